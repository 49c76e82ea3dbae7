package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.store.WriteTransaction.CommitResult;
import dev.flin.value.FlinBugException;

/**
 * Transactions that want to be committed at the same time. One of their threads takes the lock, commits all that came
 * meanwhile, in their order, and waits for the disk; the others sleep until it wakes them. So the lock goes from thread
 * to thread once for many transactions, and each thread sleeps and wakes once, which takes longer than a commit.
 */
final class CommitQueue {

	/** A transaction that is in the maps and the log, durable when the log says so; 0 stands for one without writes. */
	record Logged(Disk disk, CommitResult result) {

		void awaitDurable() {
			this.disk.log().await(this.result.sequence());
		}

	}

	/** A transaction and who waits for it. What came of it is there once it is over. */
	private static final class Ticket {

		private final StoreTransaction transaction;

		private final Thread owner = Thread.currentThread();

		/** Who came before. */
		private @Nullable Ticket before;

		private @Nullable Logged logged;

		private @Nullable RuntimeException refusal;

		private @Nullable Error error;

		private volatile boolean over;

		Ticket(StoreTransaction transaction) {
			this.transaction = transaction;
		}

		Logged result() {
			if (this.error != null) {
				throw this.error;
			}
			if (this.refusal != null) {
				throw this.refusal;
			}
			if (this.logged == null) {
				throw new FlinBugException("A transaction was left behind in the queue");
			}
			return this.logged;
		}

	}

	private final ReentrantLock lock;

	private final Function<StoreTransaction, Logged> commit;

	/** Whether somebody commits for all; whoever sets it does. */
	private final AtomicBoolean leading = new AtomicBoolean();

	/** Who came last and was not yet taken. */
	private final AtomicReference<@Nullable Ticket> last = new AtomicReference<>();

	/**
	 * Creates an empty queue.
	 * @param lock is held while transactions are committed
	 * @param commit puts a transaction into the maps and the log
	 */
	CommitQueue(ReentrantLock lock, Function<StoreTransaction, Logged> commit) {
		this.lock = lock;
		this.commit = commit;
	}

	/**
	 * Commits a transaction and returns when it is durable; this thread must not have the lock.
	 * @param gathers whether one thread may commit for others
	 */
	Logged commit(StoreTransaction transaction, boolean gathers) {
		Logged logged = gathers ? commitTogether(transaction) : commitAlone(transaction);
		logged.awaitDurable();
		return logged;
	}

	private Logged commitAlone(StoreTransaction transaction) {
		this.lock.lock();
		try {
			return this.commit.apply(transaction);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Logged commitTogether(StoreTransaction transaction) {
		Ticket own = new Ticket(transaction);
		do {
			own.before = this.last.get();
		}
		while (!this.last.compareAndSet(own.before, own));
		if (leads(own)) {
			lead(own);
		}
		return own.result();
	}

	/** Returns when this thread is the one that commits, or when its transaction is over. */
	private boolean leads(Ticket own) {
		boolean interrupted = false;
		boolean leads = this.leading.compareAndSet(false, true);
		while (!leads && !own.over) {
			LockSupport.park(this);
			interrupted |= Thread.interrupted();
			leads = !own.over && this.leading.compareAndSet(false, true);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return leads;
	}

	private void lead(Ticket own) {
		List<Ticket> group = new ArrayList<>();
		this.lock.lock();
		try {
			commitAll(group);
		}
		finally {
			this.lock.unlock();
			this.leading.set(false);
			wakeNext();
		}
		try {
			// whoever was refused has nothing to wait for; the others then wait themselves
			if (own.logged != null && !group.isEmpty()) {
				awaitDurable(group);
			}
		}
		finally {
			group.forEach((ticket) -> wake(ticket, own));
		}
	}

	/** Commits who is there, and who comes while the log would wait anyway: for its disk, or for those that come. */
	private void commitAll(List<Ticket> group) {
		boolean gathering = true;
		while (gathering && this.last.get() != null) {
			List<Ticket> taken = take();
			taken.forEach(this::commit);
			group.addAll(taken);
			Logged logged = taken.getLast().logged;
			gathering = logged != null && logged.disk.log().isGathering();
		}
	}

	/** Takes all out, in the order in which they came. */
	private List<Ticket> take() {
		List<Ticket> taken = new ArrayList<>();
		for (Ticket ticket = this.last.getAndSet(null); ticket != null; ticket = ticket.before) {
			taken.add(ticket);
		}
		return taken.reversed();
	}

	private void commit(Ticket ticket) {
		try {
			ticket.logged = this.commit.apply(ticket.transaction);
		}
		catch (RuntimeException ex) {
			ticket.refusal = ex;
		}
		catch (Error error) {
			ticket.error = error;
		}
	}

	private static void awaitDurable(List<Ticket> group) {
		for (Ticket ticket : group.reversed()) {
			Logged logged = ticket.logged;
			if (logged != null && logged.result.sequence() > 0) {
				logged.awaitDurable();
				return;
			}
		}
	}

	private static void wake(Ticket ticket, Ticket own) {
		ticket.over = true;
		if (ticket != own) {
			LockSupport.unpark(ticket.owner);
		}
	}

	/** Those who came after the last look have nobody else who commits for them. */
	private void wakeNext() {
		Ticket waiting = this.last.get();
		if (waiting != null) {
			LockSupport.unpark(waiting.owner);
		}
	}

}
