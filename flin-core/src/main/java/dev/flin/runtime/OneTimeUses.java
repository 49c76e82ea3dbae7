package dev.flin.runtime;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What must not be used a second time, until it would not be accepted anyhow. A service of contexts that all runs of an
 * engine share; it forgets when the engine is closed. When it is full, what was put in first is forgotten first.
 */
public final class OneTimeUses {

	/** Entries. One is about 200 bytes. */
	private static final int SIZE_MAX = 100_000;

	private record Entry(Object value, Instant until) {
	}

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/** What is known of a key now. */
	public synchronized @Nullable Object find(String key, Instant now) {
		Entry entry = this.entries.get(key);
		return (entry != null && now.isBefore(entry.until())) ? entry.value() : null;
	}

	/** Remembers a value until a moment; null forgets the key. */
	public synchronized void put(String key, @Nullable Object value, Instant until, Instant now) {
		this.entries.remove(key);
		if (value != null) {
			makeRoom(now);
			this.entries.put(key, new Entry(value, until));
		}
	}

	/**
	 * Remembers a number, if it is higher than the one that is known.
	 * @return whether it was
	 */
	public synchronized boolean advance(String key, long value, Instant until, Instant now) {
		if (find(key, now) instanceof Long known && known >= value) {
			return false;
		}
		put(key, value, until, now);
		return true;
	}

	/** Remembers a key. @return whether it was not known before */
	public boolean claim(String key, Instant until, Instant now) {
		return advance(key, 1, until, now);
	}

	/** What a decision came to. @param left what is remembered from now on, until the same moment; null for nothing */
	public record Taken(boolean accepted, @Nullable Object left) {
	}

	/** Decides about what is known of a key and changes it at once; false when nothing is known. */
	public synchronized boolean take(String key, Instant now, Function<Object, Taken> decision) {
		Object known = find(key, now);
		Entry entry = this.entries.get(key);
		if (known == null || entry == null) {
			return false;
		}
		Taken taken = decision.apply(known);
		put(key, taken.left(), entry.until(), now);
		return taken.accepted();
	}

	private void makeRoom(Instant now) {
		Iterator<Entry> oldest = this.entries.values().iterator();
		while (oldest.hasNext()) {
			boolean over = !now.isBefore(oldest.next().until());
			if (!over && this.entries.size() < SIZE_MAX) {
				return;
			}
			oldest.remove();
		}
	}

}
