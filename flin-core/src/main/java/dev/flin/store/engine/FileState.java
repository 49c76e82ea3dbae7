package dev.flin.store.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import dev.flin.store.codec.ByteReader;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.schema.Catalog;

/**
 * What the store file says beside its maps; stored in the same commit as they.
 *
 * @param sequence the newest transaction in the maps
 * @param systemTime its system time
 * @param erasePending whether the file may still have bytes of what was destroyed
 * @param catalog the schema
 * @param lastIds the last id given, by entity
 * @param temporal the entities with valid periods
 */
record FileState(long sequence, long systemTime, boolean erasePending, Catalog catalog, Map<Integer, Long> lastIds,
		Set<Integer> temporal) {

	private static final int FORMAT = 1;

	static final FileState EMPTY = new FileState(0, 0, false, Catalog.EMPTY, Map.of(), Set.of());

	static FileState of(Applier applier, long sequence, long systemTime, boolean erasePending) {
		Map<Integer, Long> lastIds = new HashMap<>();
		for (Map.Entry<Integer, AtomicLong> entry : applier.lastIds().entrySet()) {
			lastIds.put(entry.getKey(), entry.getValue().get());
		}
		Set<Integer> temporal = new HashSet<>();
		for (EntityTable table : applier.tables().all()) {
			if (table.isTemporal()) {
				temporal.add(table.entityId());
			}
		}
		return new FileState(sequence, systemTime, erasePending, applier.tables().catalog(), lastIds, temporal);
	}

	byte[] encode() {
		ByteWriter into = new ByteWriter(1024);
		into.putByte(FORMAT);
		into.putVar(this.sequence);
		into.putLong(this.systemTime);
		into.putByte(this.erasePending ? 1 : 0);
		byte[] schema = this.catalog.encode();
		into.putVar(schema.length);
		into.putBytes(schema);
		into.putVar(this.lastIds.size());
		this.lastIds.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((entry) -> {
			into.putVar(entry.getKey());
			into.putVar(entry.getValue());
		});
		into.putVar(this.temporal.size());
		this.temporal.stream().sorted().forEach((id) -> into.putVar(id));
		return into.toBytes();
	}

	static FileState decode(byte[] bytes) {
		ByteReader from = new ByteReader(bytes);
		int format = from.getByte();
		if (format != FORMAT) {
			throw new IndexOutOfBoundsException("No state has format " + format);
		}
		long sequence = from.getVar();
		long systemTime = from.getLong();
		boolean erasePending = from.getByte() != 0;
		Catalog catalog = Catalog.decode(from.getBytes(from.getCount()));
		Map<Integer, Long> lastIds = new HashMap<>();
		for (int left = from.getCount(); left > 0; left--) {
			lastIds.put(from.getCount(), from.getVar());
		}
		Set<Integer> temporal = new HashSet<>();
		for (int left = from.getCount(); left > 0; left--) {
			temporal.add(from.getCount());
		}
		return new FileState(sequence, systemTime, erasePending, catalog, lastIds, temporal);
	}

	/** Puts what is not in the maps back where it is used. */
	void restore(Applier applier) {
		this.lastIds.forEach((entity, id) -> applier.lastId(entity).set(id));
		applier.erasePending(this.erasePending);
		for (EntityTable table : applier.tables().all()) {
			table.temporal(this.temporal.contains(table.entityId()));
		}
	}

}
