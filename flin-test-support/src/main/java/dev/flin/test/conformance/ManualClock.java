package dev.flin.test.conformance;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. */
final class ManualClock implements InstantSource {

	private volatile Instant now;

	ManualClock(Instant start) {
		this.now = start;
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	void set(Instant time) {
		this.now = time;
	}

}
