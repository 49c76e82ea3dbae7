package dev.flin.store.engine;

import java.util.HexFormat;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import dev.flin.store.StoreException;
import dev.flin.store.codec.BlobRef;
import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;

/**
 * How many rows refer to each blob. The counts change with the rows, in the same transactions.
 */
final class BlobCounts {

	private BlobCounts() {
	}

	/** One blob's entry. */
	record Entry(BlobRef ref, long count) {
	}

	/** Counts a reference more. */
	static void add(OrderedMap<byte[]> map, BlobRef ref) {
		byte[] key = HexFormat.of().parseHex(ref.id());
		byte[] before = map.get(key);
		long count = (before == null) ? 0 : decode(key, before).count();
		map.put(key, encode(key, count + 1, ref));
	}

	/** Counts a reference less; true when it was the last one. */
	static boolean remove(OrderedMap<byte[]> map, BlobRef ref) {
		byte[] key = HexFormat.of().parseHex(ref.id());
		byte[] before = map.get(key);
		if (before == null) {
			throw new StoreException.Damaged("The store file is damaged: blob " + ref.id() + " is not counted");
		}
		long count = decode(key, before).count() - 1;
		if (count == 0) {
			map.remove(key);
			return true;
		}
		map.put(key, encode(key, count, ref));
		return false;
	}

	/** Whether a name is that of a blob that rows refer to. */
	static boolean has(OrderedMap<byte[]> map, String name) {
		byte[] key = key(name);
		return key != null && map.get(key) != null;
	}

	/** Whether a name is that of a blob that rows of a state refer to. */
	static boolean has(Root<byte[]> root, String name) {
		byte[] key = key(name);
		return key != null && root.get(key) != null;
	}

	private static byte @Nullable [] key(String name) {
		return name.matches("[0-9a-f]{64}") ? HexFormat.of().parseHex(name) : null;
	}

	private static byte[] encode(byte[] key, long count, BlobRef ref) {
		ByteWriter into = new ByteWriter(16);
		into.putInt(0);
		into.putVar(count);
		into.putVar(ref.size());
		into.putByte(ref.encrypted() ? 1 : 0);
		byte[] value = into.toBytes();
		into.setInt(0, checksum(key, value));
		return into.toBytes();
	}

	static Entry decode(byte[] key, byte[] value) {
		ByteReader from = new ByteReader(value);
		String id = HexFormat.of().formatHex(key);
		if (value.length < 7 || from.getInt() != checksum(key, value)) {
			throw new StoreException.Damaged("The store file is damaged: the count of blob " + id
					+ " is not as written");
		}
		long count = from.getVar();
		return new Entry(new BlobRef(id, from.getVar(), from.getByte() != 0), count);
	}

	private static int checksum(byte[] key, byte[] value) {
		CRC32C crc = new CRC32C();
		crc.update(key);
		crc.update(value, 4, value.length - 4);
		return (int) crc.getValue();
	}

	/** The bytes of all contents. */
	static long bytes(Root<byte[]> root) {
		long sum = 0;
		Root.Scan<byte[]> scan = root.scan(null, null, false);
		while (scan.next()) {
			sum += decode(scan.key(), scan.value()).ref().size();
		}
		return sum;
	}

}
