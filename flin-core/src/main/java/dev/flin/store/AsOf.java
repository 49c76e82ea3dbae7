package dev.flin.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A point on both time axes.
 *
 * @param valid when it was true
 * @param known as it was known when; null for as it is known in the snapshot
 */
public record AsOf(Instant valid, @Nullable Instant known) {

	/**
	 * What was true then, as known now.
	 * @param valid the moment
	 * @return the point
	 */
	public static AsOf at(Instant valid) {
		return new AsOf(valid, null);
	}

}
