package dev.flin.store.engine;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.mv.MapStore;

/**
 * When checkpoints are made: one at a time, and beside commits where that is possible. Whoever needs both locks takes
 * {@link #turn} first.
 */
final class Checkpoints {

	private final ReentrantLock commits;

	private final Predicate<Disk> isOpen;

	private final Consumer<Disk> publish;

	private final Supplier<@Nullable StoreState> published;

	/** Is held while a checkpoint is made, also while others commit. */
	private final ReentrantLock turn = new ReentrantLock();

	/**
	 * Creates it.
	 * @param commits is held while transactions are committed
	 * @param isOpen whether files are those in use
	 * @param publish shows readers the state of files as they are
	 * @param published what readers see
	 */
	Checkpoints(ReentrantLock commits, Predicate<Disk> isOpen, Consumer<Disk> publish,
			Supplier<@Nullable StoreState> published) {
		this.commits = commits;
		this.isOpen = isOpen;
		this.publish = publish;
		this.published = published;
	}

	/** From now on neither a checkpoint nor a commit is under way. */
	void stopAll() {
		this.turn.lock();
		this.commits.lock();
	}

	void goOn() {
		this.commits.unlock();
		this.turn.unlock();
	}

	/** Makes a checkpoint when one is due; where another thread makes it, waits for it only if too much piles up. */
	void ifDue(Disk current) {
		if (!current.isCheckpointDue()) {
			return;
		}
		if (current.isCheckpointOverdue()) {
			this.turn.lock();
		}
		else if (!this.turn.tryLock()) {
			return;
		}
		try {
			runIf(current, current::isCheckpointDue);
		}
		finally {
			this.turn.unlock();
		}
	}

	/**
	 * Makes a checkpoint when there is a reason. One that fails shows in health and in the next commit.
	 * @return whether one was made
	 */
	boolean runIf(Disk current, BooleanSupplier due) {
		stopAll();
		try {
			if (due.getAsBoolean() && this.isOpen.test(current) && current.log().failure() == null) {
				run(current);
				return true;
			}
		}
		catch (IOException | StoreException.ReadOnly ex) {
			// what this thread committed before is durable all the same
			current.log().fail(ex);
		}
		finally {
			goOn();
		}
		return false;
	}

	/** Makes a checkpoint; this thread has called {@link #stopAll()}. Others may commit meanwhile. */
	void run(Disk current) throws IOException {
		if (!current.mayWriteBeside()) {
			runAlone(current);
			return;
		}
		runBeside(current);
		// what stays is put together in a checkpoint of its own, so that the space that the first one freed is used
		if (current.log().failure() == null && current.file().store().gather()) {
			runBeside(current);
		}
	}

	private void runBeside(Disk current) throws IOException {
		Standstill standstill = new Standstill(this.commits, () -> this.publish.accept(current));
		try {
			current.checkpointBeside(standstill);
		}
		finally {
			standstill.begin();
			if (!standstill.wasOver()) {
				publishNewest(current);
			}
		}
	}

	/** Makes a checkpoint while nobody commits; this thread has called {@link #stopAll()}. */
	void runAlone(Disk current) throws IOException {
		try {
			current.checkpoint();
		}
		finally {
			publishNewest(current);
		}
	}

	private void publishNewest(Disk current) {
		StoreState state = this.published.get();
		MapStore maps = current.file().store();
		boolean moved = state == null || state.tables().store() != maps || state.fileVersion() != maps.version();
		if (current.log().failure() == null || moved) {
			this.publish.accept(current);
		}
	}

}
