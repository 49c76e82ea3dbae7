package dev.flin.store.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.RowCodec;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.log.LogRecords;

/**
 * What a stretch of the log destroyed and forgot, and how older records of the log look without it. Replaying the
 * edited log ends in the same state; only the way there lacks what must not be found any more.
 */
final class Forgotten implements LogArchive.Editor {

	private record Name(int entity, long id) {
	}

	private record VersionName(int entity, long id, long number) {
	}

	private boolean cut;

	private final Set<Name> destroyed = new HashSet<>();

	/** By version the last change of it. */
	private final Map<VersionName, Change.Rewrite> rewritten = new HashMap<>();

	/**
	 * Reads the log as it is.
	 * @param last its newest record
	 */
	static Forgotten since(FileSystem files, long last) throws IOException {
		Forgotten forgotten = new Forgotten();
		LogRecords log = new LogRecords(files);
		log.read(log.first(), last, (sequence, payload) -> {
			byte[] bytes = new byte[payload.remaining()];
			payload.get(bytes);
			TransactionCodec.decode(bytes).changes().forEach(forgotten::note);
		});
		return forgotten;
	}

	private void note(Change change) {
		switch (change) {
			case Change.Destroy destroy -> this.destroyed.add(new Name(destroy.entity(), destroy.id()));
			case Change.Rewrite rewrite -> this.rewritten.put(name(rewrite), rewrite);
			case Change.Put put -> {
			}
			case Change.Replace replace -> {
			}
			case Change.Hold hold -> {
			}
			case Change.Release release -> {
			}
			case Change.Schema schema -> {
			}
			case Change.Key key -> {
			}
			case Change.AllSealed sealed -> this.cut = true;
		}
	}

	/**
	 * Whether values were encrypted that the archive has as they were. Their rows have layouts of a later schema, so
	 * they cannot take the place of the old ones.
	 */
	boolean isCut() {
		return this.cut;
	}

	private static VersionName name(Change.Rewrite rewrite) {
		return new VersionName(rewrite.entity(), rewrite.key().id(), rewrite.key().number());
	}

	boolean isEmpty() {
		return this.destroyed.isEmpty() && this.rewritten.isEmpty();
	}

	@Override
	public byte[] edit(long sequence, byte[] payload) {
		if (isEmpty()) {
			return payload;
		}
		TransactionCodec.Decoded transaction = TransactionCodec.decode(payload);
		List<Change> kept = new ArrayList<>(transaction.changes().size());
		boolean any = false;
		for (Change change : transaction.changes()) {
			Change edited = edit(change);
			any |= edited != change;
			if (edited != null) {
				kept.add(edited);
			}
		}
		if (!any) {
			return payload;
		}
		ByteWriter into = new ByteWriter(payload.length);
		TransactionCodec.encode(into, transaction.systemTime(), transaction.schemaVersion(), kept);
		return into.toBytes();
	}

	/** The change without what is forgotten, null when nothing is left of it. */
	private @Nullable Change edit(Change change) {
		return switch (change) {
			case Change.Put put -> isDestroyed(put.entity(), put.id()) ? null : edit(put);
			case Change.Replace replace -> isDestroyed(replace.entity(), replace.id()) ? null : edit(replace);
			case Change.Hold hold -> isDestroyed(hold.entity(), hold.id()) ? null : hold;
			case Change.Release release -> isDestroyed(release.entity(), release.id()) ? null : release;
			case Change.Rewrite rewrite -> {
				Change.Rewrite last = this.rewritten.get(name(rewrite));
				yield isDestroyed(rewrite.entity(), rewrite.key().id()) ? null
						: (last == null || last.row() == rewrite.row()) ? rewrite : sameOrLast(rewrite, last);
			}
			// stays: it says that the id was given
			case Change.Destroy destroy -> destroy;
			case Change.Schema schema -> schema;
			case Change.Key key -> key;
			case Change.AllSealed sealed -> sealed;
		};
	}

	private static Change.Rewrite sameOrLast(Change.Rewrite rewrite, Change.Rewrite last) {
		return Arrays.equals(rewrite.row(), last.row()) ? rewrite : last;
	}

	private boolean isDestroyed(int entity, long id) {
		return this.destroyed.contains(new Name(entity, id));
	}

	private Change.Put edit(Change.Put put) {
		byte[] poorer = poorer(put.entity(), put.id(), put.row());
		return (poorer == put.row()) ? put : new Change.Put(put.entity(), put.id(), poorer);
	}

	private Change.Replace edit(Change.Replace replace) {
		byte[] poorer = poorer(replace.entity(), replace.id(), replace.row());
		return (poorer == replace.row()) ? replace : new Change.Replace(replace.entity(), replace.id(), poorer);
	}

	/** The row without what is forgotten of it; the row itself when nothing is. */
	private byte[] poorer(int entity, long id, byte[] bytes) {
		StoredRow row = new StoredRow(bytes);
		Change.Rewrite rewrite = this.rewritten.get(new VersionName(entity, id, row.number()));
		if (rewrite == null || row.isPruned()) {
			return bytes;
		}
		byte[] poorer = rewrite.row();
		byte[] open = RowCodec.reopen((poorer != null) ? poorer : RowCodec.prune(row));
		RowCodec.seal(open, entity, id);
		return Arrays.equals(open, bytes) ? bytes : open;
	}

}
