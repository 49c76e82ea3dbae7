package dev.flin.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of the engine: the past while the shop is filled for the first time, then the real time.
 */
class SeedClock implements InstantSource {

	private volatile InstantSource source = Clock.systemUTC();

	@Override
	public Instant instant() {
		return this.source.instant();
	}

	void setTo(Instant past) {
		this.source = InstantSource.fixed(past);
	}

	void letRun() {
		this.source = Clock.systemUTC();
	}

}
