package dev.flin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.store.CommittedChange;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordRef;
import dev.flin.store.RecordVersion;
import dev.flin.store.Snapshot;
import dev.flin.store.Store;
import dev.flin.store.StoreException;

/**
 * Tells about changes of records, in the order of their commits, on one thread of its own. Whoever commits does not
 * wait for it.
 */
final class ChangeFeed implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ChangeFeed.class);

	private static final int BATCH = 256;

	private static final long CLOSE_MILLIS = 10_000;

	/** What only the log shows, such as a commit whose writer was interrupted, is seen after so long. */
	private static final long IDLE_SECONDS = 1;

	private final Store store;

	private final Consumer<EntityChange> listener;

	private final Semaphore committed = new Semaphore(0);

	private final Thread thread;

	private long last;

	private volatile boolean closing;

	ChangeFeed(Store store, Consumer<EntityChange> listener) {
		this.store = store;
		this.listener = listener;
		this.last = store.health().durableSequence();
		this.thread = Thread.ofPlatform().daemon().name("flin-changes").unstarted(this::follow);
	}

	void start() {
		this.thread.start();
	}

	/** Something was committed. */
	void signal() {
		if (this.committed.availablePermits() == 0) {
			this.committed.release();
		}
	}

	private void follow() {
		try {
			while (!this.closing) {
				if (this.committed.tryAcquire(IDLE_SECONDS, TimeUnit.SECONDS)) {
					this.committed.drainPermits();
				}
				tellWhatThereIs();
			}
			tellWhatThereIs();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What cannot be read now is tried again with the next commit, or a little later. */
	private void tellWhatThereIs() {
		try {
			tellAll();
		}
		catch (RuntimeException ex) {
			logger.error("Changes after transaction {} cannot be told yet", this.last, ex);
		}
	}

	private void tellAll() {
		List<CommittedChange> found = this.store.changesAfter(this.last, BATCH);
		while (found == null || !found.isEmpty()) {
			if (found == null) {
				logger.warn("Listeners were too slow: changes after transaction {} are not told", this.last);
				this.last = this.store.health().durableSequence();
			}
			else {
				for (CommittedChange change : found) {
					tell(change);
					this.last = change.sequence();
				}
			}
			found = this.store.changesAfter(this.last, BATCH);
		}
	}

	private void tell(CommittedChange change) {
		Set<String> gone = new TreeSet<>();
		try (Snapshot now = this.store.snapshot()) {
			for (RecordRef record : change.written()) {
				if (now.schema().find(record.entity()) != null) {
					written(now, change, record);
				}
				else {
					gone.add(record.entity());
				}
			}
		}
		if (!gone.isEmpty()) {
			logger.info("The changes of {} in transaction {} are not told: the program has no such entity any more",
					String.join(", ", gone), change.sequence());
		}
		for (RecordRef record : change.destroyed()) {
			tell(new EntityChange(change.sequence(), EntityChange.Kind.ERASED, record.entity(), record.id(), 0,
					change.systemTime(), null));
		}
	}

	/** One record that is damaged does not keep the others from being told. */
	private void written(Snapshot now, CommittedChange change, RecordRef record) {
		EntityChange told;
		try {
			RecordVersion version = saved(now, record, change.systemTime());
			told = (version != null) ? told(change, record, version)
					: new EntityChange(change.sequence(), EntityChange.Kind.ERASED, record.entity(), record.id(), 0,
							change.systemTime(), null);
		}
		catch (StoreException ex) {
			logger.error("The change of {}#{} in transaction {} cannot be told", record.entity(), record.id(),
					change.sequence(), ex);
			return;
		}
		tell(told);
	}

	/** The version that a transaction saved: by now there may be later ones. */
	private static @Nullable RecordVersion saved(Snapshot now, RecordRef record, Instant at) {
		RecordVersion newest = now.newest(record.entity(), record.id());
		if (newest == null || newest.systemFrom().equals(at)) {
			return newest;
		}
		try (RecordCursor versions = now.history(record.entity(), record.id())) {
			return versions.toList()
				.stream()
				.filter((version) -> version.systemFrom().equals(at))
				.reduce((earlier, later) -> later)
				.orElse(newest);
		}
	}

	private static EntityChange told(CommittedChange change, RecordRef record, RecordVersion version) {
		EntityChange.Kind kind = version.deleted() ? EntityChange.Kind.DELETED
				: version.createdAt().equals(change.systemTime()) ? EntityChange.Kind.CREATED
						: EntityChange.Kind.UPDATED;
		return new EntityChange(change.sequence(), kind, record.entity(), record.id(), version.number(),
				change.systemTime(), version.savedBy());
	}

	/** One listener that fails does not keep the next change from being told. */
	private void tell(EntityChange change) {
		try {
			this.listener.accept(change);
		}
		catch (RuntimeException | Error ex) {
			logger.error("A listener failed for {}", change, ex);
		}
	}

	/** Tells what was committed until now. */
	@Override
	public void close() {
		this.closing = true;
		this.committed.release();
		try {
			if (!this.thread.join(Duration.ofMillis(CLOSE_MILLIS))) {
				logger.warn("Listeners of changes did not end in time");
				this.thread.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
