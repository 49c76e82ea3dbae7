package dev.flin.store.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.store.blob.BlobStore;
import dev.flin.store.codec.BlobContent;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.value.FileValue;

/**
 * Encrypts what is stored already, a few records at a time: values of fields that are encrypted since a change of the
 * schema, and values that have an earlier key. Makes no versions.
 */
final class Resealing implements AutoCloseable {

	/** One transaction has the rows of at most so many records. */
	private static final int RECORDS_MAX = 64;

	private final Applier applier;

	private final BlobStore blobs;

	private final List<BlobRef> staged = new ArrayList<>();

	private final int stagedIn;

	/**
	 * Some changes.
	 *
	 * @param changes the changes
	 * @param next the first record not looked at, 0 at the end
	 */
	private record Batch(List<Change> changes, long next) {
	}

	/** Encrypts everything, in transactions that are done one by one. */
	static void all(Applier applier, Consumer<List<Change>> transactions) throws IOException {
		for (int entity : entities(applier.tables())) {
			long next = 1;
			while (next > 0) {
				try (Resealing resealing = new Resealing(applier)) {
					Batch batch = resealing.batch(entity, next);
					if (!batch.changes().isEmpty()) {
						transactions.accept(batch.changes());
					}
					next = batch.next();
				}
			}
		}
		transactions.accept(List.of(new Change.AllSealed(applier.tables().vault().keys().current())));
	}

	private Resealing(Applier applier) {
		this.applier = applier;
		this.blobs = applier.tables().vault().blobs();
		this.stagedIn = this.blobs.epoch();
	}

	private static List<Integer> entities(Tables tables) {
		List<Integer> entities = new ArrayList<>();
		tables.all().forEach((table) -> {
			if (!table.shape().stored().hidden() && !table.shape().layout().encrypted().isEmpty()) {
				entities.add(table.entityId());
			}
		});
		return entities;
	}

	/** The next rows of an entity. */
	private Batch batch(int entity, long from) throws IOException {
		EntityTable table = this.applier.tables().table(entity);
		List<Change> changes = new ArrayList<>();
		Root.Scan<Long> scan = table.records().root().scan(from, null, false);
		int records = 0;
		while (scan.next()) {
			long id = scan.key();
			if (records++ == RECORDS_MAX) {
				return finish(changes, id);
			}
			StoredRow newest = table.check(scan.value(), id);
			for (StoredRow row : Temporal.rows(table, table.versions().root(), newest, id)) {
				byte[] fresh = resealed(table, row, id);
				if (fresh != null) {
					changes.add(new Change.Rewrite(entity, new VersionKey(id, row.systemFrom(), row.number()), fresh));
				}
			}
		}
		return finish(changes, 0);
	}

	private Batch finish(List<Change> changes, long next) throws IOException {
		this.blobs.makeDurable();
		return new Batch(changes, next);
	}

	private byte @Nullable [] resealed(EntityTable table, StoredRow row, long id) throws IOException {
		try {
			byte[] fresh = table.shape().resealed(row, (file) -> encrypted(file, table.name() + "#" + id));
			if (fresh != null) {
				RowCodec.seal(fresh, table.entityId(), id);
			}
			return fresh;
		}
		catch (UncheckedIOException ex) {
			throw ex.getCause();
		}
	}

	private FileValue encrypted(FileValue file, String owner) {
		FileValue source = (file.content() instanceof BlobContent content)
				? file.withContent(() -> this.blobs.open(content.ref(), () -> owner)) : file;
		try {
			FileValue stored = this.blobs.stage(source, true, () -> owner);
			if (stored.content() instanceof BlobContent content) {
				this.staged.add(content.ref());
			}
			return stored;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.blobs.release(this.staged, this.stagedIn);
	}

}
