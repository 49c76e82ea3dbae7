package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.List;

import dev.flin.store.StoreException;
import dev.flin.store.VerifyReport;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;

/**
 * Reads everything of a snapshot and says what is not as it should be.
 */
final class Verification {

	/** A damaged disk damages much; the first ones tell enough. */
	private static final int DAMAGES_MAX = 100;

	private final StoreSnapshot snapshot;

	private final List<String> damages = new ArrayList<>();

	private long records;

	private long versions;

	private long indexEntries;

	private final BlobVerification blobs;

	Verification(StoreSnapshot snapshot) {
		this.snapshot = snapshot;
		this.blobs = new BlobVerification(snapshot, this::damage);
	}

	VerifyReport run() {
		for (EntityTable table : this.snapshot.tables().all()) {
			attempt(() -> records(table));
			attempt(() -> versions(table));
			attempt(() -> times(table));
			for (EntityTable.Index index : table.indexes()) {
				attempt(() -> index(table, index));
			}
		}
		attempt(this::holds);
		attempt(this.blobs::run);
		return new VerifyReport(this.records, this.versions, this.indexEntries, this.damages);
	}

	private void attempt(Runnable step) {
		try {
			step.run();
		}
		catch (StoreException.Damaged ex) {
			damage(String.valueOf(ex.getMessage()));
		}
	}

	private void damage(String what) {
		if (this.damages.size() < DAMAGES_MAX) {
			this.damages.add(what);
		}
	}

	private void records(EntityTable table) {
		Root.Scan<Long> scan = this.snapshot.state().root(table.records()).scan(null, null, false);
		while (scan.next()) {
			this.records++;
			record(table, scan.key(), scan.value());
		}
	}

	/** Checks the newest version of a record. */
	void record(EntityTable table, long id, byte[] bytes) {
		attempt(() -> {
			StoredRow row = table.check(bytes, id);
			this.blobs.row(table, row, id);
			this.snapshot.view(table, id, row, row.systemTo()).values();
			for (EntityTable.Index index : table.indexes()) {
				if (!row.hasValidPeriod()) {
					hasKeys(table, index, row, id);
				}
			}
		});
	}

	/** Reads the content of a file. */
	void blob(byte[] key, byte[] value) {
		attempt(() -> this.blobs.entry(key, value));
	}

	/** What was found so far. */
	List<String> damages() {
		return this.damages;
	}

	private void hasKeys(EntityTable table, EntityTable.Index index, StoredRow row, long id) {
		for (byte[] key : table.keys(index, row, id)) {
			if (this.snapshot.state().root(index.map()).get(key) == null) {
				damage("%s#%d is missing in an index".formatted(table.name(), id));
			}
		}
	}

	private void versions(EntityTable table) {
		Root.Scan<VersionKey> scan = this.snapshot.state().root(table.versions()).scan(null, null, false);
		while (scan.next()) {
			this.versions++;
			version(table, scan.key(), scan.value());
		}
	}

	/** Checks an older version. */
	void version(EntityTable table, VersionKey key, byte[] bytes) {
		attempt(() -> {
			StoredRow row = table.check(bytes, key.id());
			this.blobs.row(table, row, key.id());
			if (row.number() != key.number() || row.systemFrom() != key.from()) {
				damage("%s#%d @ %d is not where it belongs".formatted(table.name(), key.id(), key.number()));
			}
			this.snapshot.view(table, key.id(), row, row.systemTo()).values();
		});
	}

	private void index(EntityTable table, EntityTable.Index index) {
		Root.Scan<byte[]> scan = this.snapshot.state().root(index.map()).scan(null, null, false);
		while (scan.next()) {
			this.indexEntries++;
			long id = KeyCodec.idOf(scan.key());
			if (this.snapshot.state().root(table.records()).get(id) == null) {
				damage("An index of %s names %d, which is not there".formatted(table.name(), id));
			}
		}
	}

	private void times(EntityTable table) {
		if (!ChangeTimes.isComplete(this.snapshot.state(), table)) {
			return;
		}
		Root.Scan<byte[]> scan = this.snapshot.state().root(table.times()).scan(null, null, false);
		while (scan.next()) {
			long id = ChangeTimes.id(scan.key());
			byte[] row = this.snapshot.state().root(table.records()).get(id);
			// a damaged row is named where the records are read
			boolean right = row != null
					&& (!table.isIntact(row, id) || ChangeTimes.isOf(scan.key(), new StoredRow(row)));
			if (!right) {
				damage("%s#%d is not where it belongs in the list of changes".formatted(table.name(), id));
			}
		}
	}

	private void holds() {
		Root.Scan<byte[]> scan = this.snapshot.state().root(this.snapshot.tables().holds()).scan(null, null, false);
		while (scan.next()) {
			byte[] key = scan.key();
			byte[] value = scan.value();
			attempt(() -> Holds.reason(key, value, this.snapshot.tables()));
		}
	}

}
