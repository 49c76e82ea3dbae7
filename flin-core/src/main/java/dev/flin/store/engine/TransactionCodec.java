package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.List;

import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.mv.VersionKey;

/**
 * A whole transaction as the payload of a log record.
 */
final class TransactionCodec {

	private static final int FORMAT = 1;

	private static final int PUT = 1;

	private static final int DESTROY = 2;

	private static final int HOLD = 3;

	private static final int RELEASE = 4;

	private static final int REMOVE_VERSION = 5;

	private static final int REPLACE_VERSION = 6;

	private static final int SCHEMA = 7;

	private static final int KEY = 8;

	private static final int ALL_SEALED = 9;

	private static final int REPLACE_NEWEST = 16;

	/** A transaction read back. */
	record Decoded(long systemTime, long schemaVersion, List<Change> changes) {
	}

	private TransactionCodec() {
	}

	static void encode(ByteWriter into, long systemTime, long schemaVersion, List<Change> changes) {
		into.putByte(FORMAT);
		into.putLong(systemTime);
		into.putVar(schemaVersion);
		into.putVar(changes.size());
		for (Change change : changes) {
			encode(into, change);
		}
	}

	private static void encode(ByteWriter into, Change change) {
		switch (change) {
			case Change.Put put -> {
				record(into, PUT, put.entity(), put.id());
				bytes(into, put.row());
			}
			case Change.Replace replace -> {
				record(into, REPLACE_NEWEST, replace.entity(), replace.id());
				bytes(into, replace.row());
			}
			case Change.Destroy destroy -> record(into, DESTROY, destroy.entity(), destroy.id());
			case Change.Hold hold -> {
				record(into, HOLD, hold.entity(), hold.id());
				into.putText(hold.reason());
			}
			case Change.Release release -> record(into, RELEASE, release.entity(), release.id());
			case Change.Rewrite rewrite -> {
				byte[] row = rewrite.row();
				record(into, (row == null) ? REMOVE_VERSION : REPLACE_VERSION, rewrite.entity(), rewrite.key().id());
				into.putLong(rewrite.key().from());
				into.putVar(rewrite.key().number());
				if (row != null) {
					bytes(into, row);
				}
			}
			case Change.Key key -> {
				into.putByte(KEY);
				into.putText(key.id());
				bytes(into, key.check());
			}
			case Change.AllSealed sealed -> {
				into.putByte(ALL_SEALED);
				into.putText(sealed.key());
			}
			case Change.Schema schema -> {
				into.putByte(SCHEMA);
				bytes(into, schema.catalog());
			}
		}
	}

	private static void record(ByteWriter into, int tag, int entity, long id) {
		into.putByte(tag);
		into.putVar(entity);
		into.putVar(id);
	}

	private static void bytes(ByteWriter into, byte[] bytes) {
		into.putVar(bytes.length);
		into.putBytes(bytes);
	}

	static Decoded decode(byte[] payload) {
		ByteReader from = new ByteReader(payload);
		int format = from.getByte();
		if (format != FORMAT) {
			throw new IndexOutOfBoundsException("No transaction has format " + format);
		}
		long systemTime = from.getLong();
		long schemaVersion = from.getVar();
		int count = from.getCount();
		List<Change> changes = new ArrayList<>(Math.min(count, payload.length));
		for (int i = 0; i < count; i++) {
			changes.add(decodeChange(from));
		}
		return new Decoded(systemTime, schemaVersion, changes);
	}

	/** The changes at the start of a damaged payload that look like changes. */
	static List<Change> decodeWhatIsThere(byte[] payload) {
		List<Change> changes = new ArrayList<>();
		try {
			ByteReader from = new ByteReader(payload);
			from.getByte();
			from.getLong();
			from.getVar();
			for (int left = from.getCount(); left > 0; left--) {
				changes.add(decodeChange(from));
			}
		}
		catch (IndexOutOfBoundsException | NegativeArraySizeException ex) {
			return changes; // as far as it went
		}
		return changes;
	}

	private static Change decodeChange(ByteReader from) {
		int tag = from.getByte();
		if (tag == SCHEMA) {
			return new Change.Schema(from.getBytes(from.getCount()));
		}
		if (tag == KEY) {
			return new Change.Key(from.getText(), from.getBytes(from.getCount()));
		}
		if (tag == ALL_SEALED) {
			return new Change.AllSealed(from.getText());
		}
		int entity = from.getCount();
		long id = from.getVar();
		return switch (tag) {
			case PUT -> new Change.Put(entity, id, from.getBytes(from.getCount()));
			case REPLACE_NEWEST -> new Change.Replace(entity, id, from.getBytes(from.getCount()));
			case DESTROY -> new Change.Destroy(entity, id);
			case HOLD -> new Change.Hold(entity, id, from.getText());
			case RELEASE -> new Change.Release(entity, id);
			case REMOVE_VERSION, REPLACE_VERSION -> {
				VersionKey key = new VersionKey(id, from.getLong(), from.getVar());
				yield new Change.Rewrite(entity, key,
						(tag == REPLACE_VERSION) ? from.getBytes(from.getCount()) : null);
			}
			default -> throw new IndexOutOfBoundsException("No change starts with " + tag);
		};
	}

}
