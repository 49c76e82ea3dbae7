package dev.flin.store.engine;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Snapshot;

/**
 * A snapshot.
 */
final class StoreSnapshot extends Reader implements Snapshot {

	private final Lease lease;

	StoreSnapshot(Lease lease, long now) {
		super(lease.state(), now);
		this.lease = lease;
	}

	@Override
	@Nullable
	Pending pending(EntityTable table, long id) {
		return null;
	}

	@Override
	Collection<Pending> pending(EntityTable table) {
		return List.of();
	}

	@Override
	void checkOpen() {
		this.lease.checkOpen();
	}

	@Override
	public void close() {
		this.lease.close();
	}

}
