package dev.flin.runtime.entity;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may commit while work is done again because another transaction came first. Where many change one record, most
 * come second, also the second and third time. So those who repeat take turns, and meanwhile others commit between
 * two turns: then nothing comes first any more. Nobody waits for longer than a moment, because the work of somebody
 * else may wait for this one. Safe for many threads.
 */
final class RetryTurns {

	/** For the turn to repeat; longer than any other wait, so that a queue of those who repeat ends before. */
	private static final long REPEAT_MILLIS = 2_000;

	private static final long COMMIT_MILLIS = 250;

	/** Fair: who came second first repeats first. */
	private final ReentrantLock turn = new ReentrantLock(true);

	/** Before work is done again by this thread; it keeps its turn until {@link #leave}. */
	void take() {
		if (!this.turn.isHeldByCurrentThread()) {
			await(REPEAT_MILLIS);
		}
	}

	/** When the work is done, or given up. Nothing happens without a turn. */
	void leave() {
		if (this.turn.isHeldByCurrentThread()) {
			this.turn.unlock();
		}
	}

	/**
	 * Before work commits that is done for the first time.
	 * @return whether this thread has the turn now, and has to leave it after the commit
	 */
	boolean giveWay() {
		return this.turn.isLocked() && !this.turn.isHeldByCurrentThread() && await(COMMIT_MILLIS);
	}

	/** Without a turn in time, or interrupted, work goes on without: then it may come second again. */
	private boolean await(long millis) {
		try {
			return this.turn.tryLock(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
