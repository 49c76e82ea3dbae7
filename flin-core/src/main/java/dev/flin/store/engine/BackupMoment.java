package dev.flin.store.engine;

import java.util.Comparator;
import java.util.List;

import dev.flin.store.mv.OrderedMap;

/**
 * Everything as of one moment, held while it is copied.
 *
 * @param lease keeps its pages
 * @param state what is not in maps
 * @param maps the maps, and what they must give
 * @param clock the moment, microseconds; nothing that was committed up to it is missing
 */
record BackupMoment(Lease lease, FileState state, List<Expected> maps, long clock) implements AutoCloseable {

	/**
	 * A map, with the count and hash that reading it must give.
	 *
	 * @param map the map
	 * @param count how many entries
	 * @param hash their hash
	 */
	record Expected(OrderedMap<?> map, long count, long hash) {
	}

	/** By name, which is their order in every piece. */
	static List<Expected> expected(List<OrderedMap<?>> maps) {
		return maps.stream()
			.map((map) -> new Expected(map, map.count(), map.hash()))
			.sorted(Comparator.comparing((Expected expected) -> expected.map().name()))
			.toList();
	}

	@Override
	public void close() {
		this.lease.close();
	}

}
