package dev.flin;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.OneTimeUses;

/**
 * Forgets when the engine is closed. When it is full, what was put in first is forgotten first.
 */
final class UsesInMemory implements OneTimeUses {

	/** Entries. One is about 200 bytes. */
	private static final int SIZE_MAX = 100_000;

	private final Map<String, Known> entries = new LinkedHashMap<>();

	@Override
	public synchronized @Nullable Object find(String key, Instant now) {
		Known known = this.entries.get(key);
		return (known != null && now.isBefore(known.until())) ? known.value() : null;
	}

	@Override
	public synchronized boolean change(String key, Instant now, Decision decision) {
		Known known = this.entries.get(key);
		Outcome outcome = decision.decide((known != null && now.isBefore(known.until())) ? known : null);
		this.entries.remove(key);
		if (outcome.left() != null) {
			makeRoom(now);
			this.entries.put(key, outcome.left());
		}
		return outcome.accepted();
	}

	private void makeRoom(Instant now) {
		Iterator<Known> oldest = this.entries.values().iterator();
		while (oldest.hasNext()) {
			boolean over = !now.isBefore(oldest.next().until());
			if (!over && this.entries.size() < SIZE_MAX) {
				return;
			}
			oldest.remove();
		}
	}

}
