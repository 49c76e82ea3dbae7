package dev.flin.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When a fact is true in the world.
 *
 * @param from the first moment
 * @param to the first moment after it, null when open
 */
public record ValidPeriod(Instant from, @Nullable Instant to) {

	/** Checks that the period is not empty or reversed. */
	public ValidPeriod {
		if (to != null && !to.isAfter(from)) {
			throw new IllegalArgumentException("A period that ends at " + to + " cannot start at " + from);
		}
	}

}
