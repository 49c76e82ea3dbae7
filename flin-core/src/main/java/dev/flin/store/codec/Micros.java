package dev.flin.store.codec;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as microseconds, the precision of every stored time.
 */
public final class Micros {

	/** The end of an open period. */
	public static final long OPEN = Long.MAX_VALUE;

	private Micros() {
	}

	/**
	 * A time as a number.
	 * @param time the time
	 * @return microseconds since 1970
	 */
	public static long of(Instant time) {
		return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1000);
	}

	/**
	 * A number as a time.
	 * @param micros microseconds since 1970
	 * @return the time
	 */
	public static Instant toInstant(long micros) {
		return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
	}

	/**
	 * A duration as a number.
	 * @param duration the duration
	 * @return microseconds
	 */
	public static long of(Duration duration) {
		return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
	}

	/**
	 * A number as a duration.
	 * @param micros microseconds
	 * @return the duration
	 */
	public static Duration toDuration(long micros) {
		return Duration.ofSeconds(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
	}

}
