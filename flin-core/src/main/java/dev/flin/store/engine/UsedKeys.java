package dev.flin.store.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;
import dev.flin.store.schema.Catalog;

/**
 * The keys of encrypted fields that were ever used, by their ids, each with what tells it from another of the same id.
 */
final class UsedKeys {

	private UsedKeys() {
	}

	/** Stands in the list while values may be left that are not encrypted with the newest key. */
	private static final byte[] PENDING = { 0 };

	static boolean isPending(OrderedMap<byte[]> map) {
		return map.get(PENDING) != null;
	}

	static void pending(OrderedMap<byte[]> map) {
		map.put(PENDING, new byte[0]);
	}

	/** What says that a schema's encrypted fields use today's key, when that is new. */
	static List<Change> firstUse(Tables tables, Catalog schema) {
		FieldKeys keys = tables.vault().keys();
		if (!schema.hasEncrypted() || !keys.canEncrypt() || has(tables.keys(), keys.current())) {
			return List.of();
		}
		return List.of(new Change.Key(keys.current(), keys.check(keys.current())));
	}

	/** Only this key is in use from now on. */
	static void only(OrderedMap<byte[]> map, String id, byte[] check) {
		map.clear();
		add(map, id, check);
	}

	static boolean isEmpty(OrderedMap<byte[]> map) {
		return map.count() == 0;
	}

	static boolean has(OrderedMap<byte[]> map, String id) {
		return map.get(id.getBytes(StandardCharsets.UTF_8)) != null;
	}

	static void add(OrderedMap<byte[]> map, String id, byte[] check) {
		if (has(map, id)) {
			return;
		}
		ByteWriter into = new ByteWriter(32);
		into.putInt(0);
		into.putVar((first(map) == null) ? 1 : 2);
		into.putVar(check.length);
		into.putBytes(check);
		byte[] key = id.getBytes(StandardCharsets.UTF_8);
		into.setInt(0, checksum(key, into.toBytes()));
		map.put(key, into.toBytes());
	}

	/** The key that was used first: that of indexes, which stay the same when later keys come. */
	static @Nullable String first(OrderedMap<byte[]> map) {
		Root.Scan<byte[]> scan = map.root().scan(null, null, false);
		while (scan.next()) {
			if (scan.value().length > 0 && value(scan.key(), scan.value()).getVar() == 1) {
				return new String(scan.key(), StandardCharsets.UTF_8);
			}
		}
		return null;
	}

	/** Makes sure that all of them are configured. */
	static void require(OrderedMap<byte[]> map, FieldKeys keys) {
		Root.Scan<byte[]> scan = map.root().scan(null, null, false);
		while (scan.next()) {
			if (scan.value().length > 0) {
				ByteReader value = value(scan.key(), scan.value());
				value.getVar();
				keys.require(new String(scan.key(), StandardCharsets.UTF_8), value.getBytes(value.getCount()));
			}
		}
	}

	private static ByteReader value(byte[] key, byte[] value) {
		ByteReader from = new ByteReader(value);
		if (value.length < 6 || from.getInt() != checksum(key, value)) {
			throw new StoreException.Damaged("The store file is damaged: its list of keys is not as written");
		}
		return from;
	}

	private static int checksum(byte[] key, byte[] value) {
		CRC32C crc = new CRC32C();
		crc.update(key);
		crc.update(value, 4, value.length - 4);
		return (int) crc.getValue();
	}

}
