package dev.flin.store.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.flin.store.StoreException;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.value.FlinError;

/**
 * Counts the references that rows have to blobs, compares them with the stored counts, and reads each blob once.
 */
final class BlobVerification {

	private static final class Seen {

		private final BlobRef ref;

		private final String owner;

		private long count;

		Seen(BlobRef ref, String owner) {
			this.ref = ref;
			this.owner = owner;
		}

	}

	private final StoreSnapshot snapshot;

	private final Consumer<String> damage;

	private final Map<String, Seen> seen = new HashMap<>();

	BlobVerification(StoreSnapshot snapshot, Consumer<String> damage) {
		this.snapshot = snapshot;
		this.damage = damage;
	}

	/** Notes the references of a row. */
	void row(EntityTable table, StoredRow row, long id) {
		if (!table.shape().mayHoldFiles()) {
			return;
		}
		table.shape().blobs(row, (field, ref) -> {
			String owner = "%s#%d.%s".formatted(table.name(), id, field);
			this.seen.computeIfAbsent(ref.id(), (key) -> new Seen(ref, owner)).count++;
		});
	}

	void run() {
		Root<byte[]> counts = this.snapshot.state().root(this.snapshot.tables().blobs());
		Root.Scan<byte[]> scan = counts.scan(null, null, false);
		while (scan.next()) {
			try {
				BlobCounts.Entry entry = BlobCounts.decode(scan.key(), scan.value());
				Seen rows = this.seen.get(entry.ref().id());
				if (rows == null || rows.count != entry.count()) {
					this.damage.accept("Blob %s is counted %d times but referred to %d times"
						.formatted(entry.ref().id(), entry.count(), (rows == null) ? 0 : rows.count));
				}
			}
			catch (StoreException.Damaged ex) {
				this.damage.accept(String.valueOf(ex.getMessage()));
			}
		}
		for (Seen rows : this.seen.values()) {
			if (!BlobCounts.has(counts, rows.ref.id())) {
				this.damage.accept("Blob %s of %s is not counted".formatted(rows.ref.id(), rows.owner));
			}
			read(rows);
		}
	}

	/** Reads the content behind one stored count. */
	void entry(byte[] key, byte[] value) {
		BlobRef ref = BlobCounts.decode(key, value).ref();
		read(new Seen(ref, "A file"));
	}

	private void read(Seen rows) {
		try (InputStream content = this.snapshot.tables().vault().blobs().open(rows.ref, () -> rows.owner)) {
			content.transferTo(java.io.OutputStream.nullOutputStream());
		}
		catch (FlinError ex) {
			// erased since the snapshot was taken
			return;
		}
		catch (StoreException.Damaged ex) {
			this.damage.accept(String.valueOf(ex.getMessage()));
		}
		catch (IOException ex) {
			this.damage.accept("%s cannot be read: %s".formatted(rows.owner, ex.getMessage()));
		}
	}

}
