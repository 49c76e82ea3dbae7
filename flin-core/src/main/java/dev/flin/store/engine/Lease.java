package dev.flin.store.engine;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.flin.store.mv.MapStore;

/**
 * A reader's hold on a state: its pages stay in the file, and the file stays open.
 */
final class Lease implements AutoCloseable {

	private final OpenFile file;

	private final StoreState state;

	private final MapStore.Pin pin;

	private final AtomicBoolean closed = new AtomicBoolean();

	Lease(OpenFile file, StoreState state, MapStore.Pin pin) {
		this.file = file;
		this.state = state;
		this.pin = pin;
	}

	StoreState state() {
		return this.state;
	}

	void checkOpen() {
		if (this.closed.get()) {
			throw new IllegalStateException("This view of the store is closed");
		}
		if (this.file.isClosed()) {
			throw new IllegalStateException("The store is closed");
		}
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			if (!this.file.isClosed()) {
				this.pin.close();
			}
			this.file.release();
		}
	}

}
