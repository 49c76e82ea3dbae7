package dev.flin.store.engine;

import java.util.concurrent.atomic.AtomicInteger;

import dev.flin.store.mv.MapStore;

/**
 * A store file that closes when nobody uses it any more: after a compaction readers of the old file go on with it.
 */
final class OpenFile {

	private final MapStore store;

	/** The store itself is the first user. */
	private final AtomicInteger users = new AtomicInteger(1);

	private volatile boolean closed;

	OpenFile(MapStore store) {
		this.store = store;
	}

	MapStore store() {
		return this.store;
	}

	boolean isClosed() {
		return this.closed;
	}

	/** Adds a user, unless the last one has already left. */
	boolean retain() {
		int count = this.users.get();
		while (count > 0) {
			if (this.users.compareAndSet(count, count + 1)) {
				return true;
			}
			count = this.users.get();
		}
		return false;
	}

	void release() {
		if (this.users.decrementAndGet() == 0) {
			close();
		}
	}

	/** Readers besides the store itself. */
	int readers() {
		return Math.max(0, this.users.get() - 1);
	}

	synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.store.close();
		}
	}

}
