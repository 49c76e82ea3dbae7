package dev.flin.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Safe for any number of threads. */
public final class ManualClock implements InstantSource {

	/** Where the clocks of tests stand at first. */
	public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private volatile Instant now;

	/** A clock that stands at {@link #START}. */
	public ManualClock() {
		this(START);
	}

	/** A clock that stands at a time. */
	public ManualClock(Instant start) {
		this.now = start;
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	/** Puts the clock to a time, which may be an earlier one. */
	public synchronized void set(Instant time) {
		this.now = time;
	}

	/** Moves the clock on. */
	public synchronized void advance(Duration time) {
		this.now = this.now.plus(time);
	}

}
