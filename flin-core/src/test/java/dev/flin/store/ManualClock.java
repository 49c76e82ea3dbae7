package dev.flin.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told otherwise. */
public final class ManualClock implements InstantSource {

	private volatile Instant now = Instant.parse("2026-01-05T09:00:00Z");

	@Override
	public Instant instant() {
		return this.now;
	}

	public void set(String time) {
		this.now = Instant.parse(time);
	}

	public void advance(Duration by) {
		this.now = this.now.plus(by);
	}

}
