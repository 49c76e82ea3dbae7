package dev.flin.store.engine;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.Micros;
import dev.flin.store.mv.OrderedMap;
import dev.flin.store.mv.Root;

/**
 * Everything as of one transaction: unchanging, shared by all that read it.
 */
final class StoreState {

	private final Tables tables;

	private final Root<?>[] roots;

	private final long sequence;

	private final long systemTime;

	private final Instant latest;

	private final long fileVersion;

	private StoreState(Tables tables, Root<?>[] roots, long sequence, long systemTime, long fileVersion) {
		this.tables = tables;
		this.roots = roots;
		this.sequence = sequence;
		this.systemTime = systemTime;
		this.latest = Micros.toInstant(systemTime);
		this.fileVersion = fileVersion;
	}

	/**
	 * The newest state of the maps.
	 * @param last the state before, whose roots serve for maps that were not changed since; null to take all again
	 */
	static StoreState of(Tables tables, long sequence, long systemTime, long fileVersion, @Nullable StoreState last) {
		List<OrderedMap<?>> maps = tables.store().maps();
		Root<?>[] roots = new Root<?>[maps.size()];
		boolean reuse = last != null && last.tables.store() == tables.store() && last.fileVersion == fileVersion;
		for (int i = 0; i < roots.length; i++) {
			OrderedMap<?> map = maps.get(i);
			boolean changed = map.takeChanged();
			roots[i] = (reuse && !changed && last != null && i < last.roots.length) ? last.roots[i] : map.root();
		}
		return new StoreState(tables, roots, sequence, systemTime, fileVersion);
	}

	Tables tables() {
		return this.tables;
	}

	/** Whether a map was there. */
	boolean has(OrderedMap<?> map) {
		return map.ordinal() < this.roots.length;
	}

	@SuppressWarnings("unchecked")
	<K> Root<K> root(OrderedMap<K> map) {
		return (Root<K>) this.roots[map.ordinal()];
	}

	long sequence() {
		return this.sequence;
	}

	long systemTime() {
		return this.systemTime;
	}

	/** The system time as readers get it. */
	Instant latest() {
		return this.latest;
	}

	long fileVersion() {
		return this.fileVersion;
	}

}
