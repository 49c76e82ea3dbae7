package dev.flin.store.mv;

import java.util.Arrays;

import org.h2.mvstore.type.BasicDataType;

/**
 * What the keys of a map are.
 *
 * @param <K> their class
 */
public final class KeyKind<K> {

	/** Record ids. */
	public static final KeyKind<Long> IDS = new KeyKind<>(new KeyTypes.Ids());

	/** Versions. */
	public static final KeyKind<VersionKey> VERSIONS = new KeyKind<>(new KeyTypes.Versions());

	/** Bytes in their unsigned order. */
	public static final KeyKind<byte[]> BYTES = new KeyKind<>(new KeyTypes.Bytes());

	private final BasicDataType<K> type;

	private KeyKind(BasicDataType<K> type) {
		this.type = type;
	}

	BasicDataType<K> type() {
		return this.type;
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
