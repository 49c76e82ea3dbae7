package dev.flin.store.engine;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which records of a transaction ever had a value of a unique index within it, so that a bulk save need not compare
 * each record with all others. A record that was changed again or taken back stays: whoever asks looks at each.
 */
final class PendingUniques {

	private final Map<EntityTable.Index, Map<ByteBuffer, Set<Long>>> records = new IdentityHashMap<>();

	/** Notes the keys that a record has now. */
	void note(EntityTable.Index index, long id, Iterable<byte[]> keys) {
		Map<ByteBuffer, Set<Long>> byValues = this.records.computeIfAbsent(index, (key) -> new HashMap<>());
		for (byte[] key : keys) {
			byValues.computeIfAbsent(values(key), (values) -> new TreeSet<>()).add(id);
		}
	}

	/**
	 * The records that may have the values of a key, sorted.
	 * @param key a key of the index with any id
	 */
	Collection<Long> of(EntityTable.Index index, byte[] key) {
		return this.records.getOrDefault(index, Map.of()).getOrDefault(values(key), Set.of());
	}

	private static ByteBuffer values(byte[] key) {
		return ByteBuffer.wrap(key, 0, key.length - Long.BYTES);
	}

}
