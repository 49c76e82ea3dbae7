package dev.flin.http.route;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.flin.http.RateLimits;

/**
 * Buckets in memory. Their table is bounded: the bucket that was not used for longest goes first.
 */
public final class RateLimiter implements RateLimits {

	private static final int BUCKETS_MAX = 100_000;

	private final int bucketsMax;

	private final Map<String, Level> buckets = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
			return size() > RateLimiter.this.bucketsMax;
		}

	};

	public RateLimiter() {
		this(BUCKETS_MAX);
	}

	RateLimiter(int bucketsMax) {
		this.bucketsMax = bucketsMax;
	}

	@Override
	public synchronized Outcome take(String bucket, long capacity, long seconds, Instant now) {
		Outcome outcome = RateLimits.step(this.buckets.get(bucket), capacity, seconds, now);
		this.buckets.put(bucket, outcome.level());
		return outcome;
	}

}
