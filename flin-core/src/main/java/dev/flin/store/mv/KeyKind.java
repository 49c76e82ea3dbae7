package dev.flin.store.mv;

import java.util.Arrays;

import org.h2.mvstore.type.BasicDataType;

import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;

/**
 * What the keys of a map are.
 *
 * @param <K> their class
 */
public final class KeyKind<K> {

	/** Record ids. */
	public static final KeyKind<Long> IDS = new KeyKind<>(1, new KeyTypes.Ids());

	/** Versions. */
	public static final KeyKind<VersionKey> VERSIONS = new KeyKind<>(2, new KeyTypes.Versions());

	/** Bytes in their unsigned order. */
	public static final KeyKind<byte[]> BYTES = new KeyKind<>(3, new KeyTypes.Bytes());

	private final BasicDataType<K> type;

	private final int tag;

	private KeyKind(int tag, BasicDataType<K> type) {
		this.tag = tag;
		this.type = type;
	}

	BasicDataType<K> type() {
		return this.type;
	}

	/**
	 * The kind as a number, for files other than the store's.
	 * @return the number, for {@link #of(int)}
	 */
	public int tag() {
		return this.tag;
	}

	/**
	 * A kind by its number.
	 * @param tag the number
	 * @return the kind
	 */
	public static KeyKind<?> of(int tag) {
		return switch (tag) {
			case 1 -> IDS;
			case 2 -> VERSIONS;
			case 3 -> BYTES;
			default -> throw new IndexOutOfBoundsException("No kind of key is " + tag);
		};
	}

	/**
	 * Writes a key by itself.
	 * @param into where to
	 * @param key the key
	 */
	public void write(ByteWriter into, K key) {
		switch (key) {
			case Long id -> into.putVar(id);
			case VersionKey version -> {
				into.putVar(version.id());
				into.putLong(version.from());
				into.putVar(version.number());
			}
			case byte[] bytes -> {
				into.putVar(bytes.length);
				into.putBytes(bytes);
			}
			default -> throw new IllegalArgumentException("No kind of key: " + key.getClass());
		}
	}

	/**
	 * Reads a key.
	 * @param from where from
	 * @return the key
	 */
	@SuppressWarnings("unchecked")
	public K read(ByteReader from) {
		Object key = switch (this.tag) {
			case 1 -> from.getVar();
			case 2 -> new VersionKey(from.getVar(), from.getLong(), from.getVar());
			default -> from.getBytes(from.getCount());
		};
		return (K) key;
	}

	/**
	 * Compares keys as the map's order does.
	 * @param a a key
	 * @param b another
	 * @return less than, equal to or greater than 0
	 */
	public int compare(K a, K b) {
		return this.type.compare(a, b);
	}

	/**
	 * The part of an entry in its map's hash.
	 * @param key its key
	 * @param value its value
	 * @return the part
	 */
	public long entryHash(K key, byte[] value) {
		return mix(hash(key) + ValueType.hash(value));
	}

	long hash(K key) {
		return switch (key) {
			case Long id -> mix(id);
			case VersionKey version -> mix(mix(mix(version.id()) + version.from()) + version.number());
			case byte[] bytes -> mix(Arrays.hashCode(bytes) * 0x9E3779B97F4A7C15L + fold(bytes));
			default -> throw new IllegalArgumentException("No kind of key: " + key.getClass());
		};
	}

	private static long fold(byte[] bytes) {
		long sum = bytes.length;
		for (byte part : bytes) {
			sum = sum * 0x100000001B3L ^ (part & 0xFF);
		}
		return sum;
	}

	static long mix(long value) {
		long z = value + 0x9E3779B97F4A7C15L;
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

}
