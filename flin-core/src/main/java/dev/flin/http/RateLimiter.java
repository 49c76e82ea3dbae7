package dev.flin.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets by guard line and key. The table is bounded: the bucket that was not used for longest goes first.
 */
final class RateLimiter {

	static final int BUCKETS_MAX = 100_000;

	/**
	 * What a bucket said.
	 *
	 * @param remaining whole tokens left
	 * @param resetAt when the bucket will be full
	 * @param retryAfterSeconds how long until the next token; 0 when allowed
	 */
	record Outcome(boolean allowed, long remaining, Instant resetAt, long retryAfterSeconds) {
	}

	private record Key(Object line, String key) {
	}

	private static final class Bucket {

		private double tokens;

		private Instant at;

		private Bucket(double tokens, Instant at) {
			this.tokens = tokens;
			this.at = at;
		}

	}

	private final int bucketsMax;

	private final Map<Key, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<Key, Bucket> eldest) {
			return size() > RateLimiter.this.bucketsMax;
		}

	};

	RateLimiter(int bucketsMax) {
		this.bucketsMax = bucketsMax;
	}

	/** Takes a token from the bucket of a key; a refused request takes none. */
	synchronized Outcome take(Object line, String key, long capacity, long seconds, Instant now) {
		double perSecond = (double) capacity / Math.max(1, seconds);
		Bucket bucket = this.buckets.computeIfAbsent(new Key(line, key), (unused) -> new Bucket(capacity, now));
		double elapsed = Math.max(0, Duration.between(bucket.at, now).toMillis() / 1000.0);
		bucket.tokens = Math.min(capacity, bucket.tokens + elapsed * perSecond);
		bucket.at = now;
		boolean allowed = bucket.tokens >= 1;
		if (allowed) {
			bucket.tokens -= 1;
		}
		long untilFull = (long) Math.ceil((capacity - bucket.tokens) / perSecond);
		long untilNext = allowed ? 0 : (long) Math.ceil((1 - bucket.tokens) / perSecond);
		return new Outcome(allowed, (long) bucket.tokens, now.plusSeconds(untilFull), untilNext);
	}

}
