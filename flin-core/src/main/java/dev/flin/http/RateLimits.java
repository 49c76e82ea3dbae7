package dev.flin.http;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where the token buckets of {@code guard rate_limit} stand. Those of one application on several servers have to stand
 * in a place that all of them share; without a bean of this type each server counts for itself.
 */
public interface RateLimits {

	/**
	 * What is in a bucket.
	 *
	 * @param tokens how many, parts of one too
	 * @param at when that was so
	 */
	record Level(double tokens, Instant at) {
	}

	/**
	 * What a bucket said.
	 *
	 * @param level what is left
	 * @param resetAt when the bucket will be full
	 * @param retryAfterSeconds how long until the next token; 0 when allowed
	 */
	record Outcome(boolean allowed, Level level, Instant resetAt, long retryAfterSeconds) {

		/** Whole tokens left. */
		public long remaining() {
			return (long) this.level.tokens();
		}

	}

	/**
	 * Takes a token from a bucket, as {@link #step} says; no two callers take the same one.
	 * @param bucket what names the guard and what it counts for
	 */
	Outcome take(String bucket, long capacity, long seconds, Instant now);

	/**
	 * Takes a token; a refused request takes none.
	 * @param before what is in the bucket; null for one that nobody has used, which is full
	 * @param capacity how many tokens it holds
	 * @param seconds in which an empty bucket becomes full
	 */
	static Outcome step(@Nullable Level before, long capacity, long seconds, Instant now) {
		long most = Math.max(0, capacity);
		double perSecond = (double) most / Math.max(1, seconds);
		double tokens = most;
		if (before != null) {
			double elapsed = Math.max(0, Duration.between(before.at(), now).toMillis() / 1000.0);
			tokens = Math.min(most, before.tokens() + elapsed * perSecond);
		}
		boolean allowed = tokens >= 1;
		double left = allowed ? tokens - 1 : tokens;
		long untilFull = (most == 0) ? 0 : (long) Math.ceil((most - left) / perSecond);
		long untilNext = allowed ? 0 : (most == 0) ? Math.max(1, seconds) : (long) Math.ceil((1 - left) / perSecond);
		return new Outcome(allowed, new Level(left, now), now.plusSeconds(untilFull), untilNext);
	}

}
