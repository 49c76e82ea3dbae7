package dev.flin.store.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A time in which nobody commits, which its thread can end and begin again.
 */
final class Standstill {

	private final ReentrantLock commits;

	private final Runnable publish;

	private boolean over;

	private boolean wasOver;

	/**
	 * Begins; this thread has the lock once.
	 * @param commits is held while transactions are committed
	 * @param publish shows readers the state as it is, at the end
	 */
	Standstill(ReentrantLock commits, Runnable publish) {
		if (commits.getHoldCount() != 1) {
			throw new IllegalStateException("Others cannot commit while this thread is in the middle of something");
		}
		this.commits = commits;
		this.publish = publish;
	}

	/** Lets others commit. Readers first get a state of the version of the file from which on they keep pages. */
	void end() {
		this.publish.run();
		this.over = true;
		this.wasOver = true;
		this.commits.unlock();
	}

	/** Lets nobody commit again. */
	void begin() {
		if (this.over) {
			this.commits.lock();
			this.over = false;
		}
	}

	/** Whether it ever ended. */
	boolean wasOver() {
		return this.wasOver;
	}

}
