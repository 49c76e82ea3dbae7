package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.MemoryUsage;

import org.junit.jupiter.api.Test;

/** How the parts of an engine are judged. */
class EngineChecksTests {

	private static final long MEGABYTE = 1024 * 1024;

	private static MemoryUsage heap(long usedMegabytes) {
		return new MemoryUsage(0, usedMegabytes * MEGABYTE, 100 * MEGABYTE, 100 * MEGABYTE);
	}

	@Test
	void aHeapThatIsFullOfWhatCanBeCollectedIsHealthy() {
		EngineHealth.Part memory = EngineChecks.memory(heap(99), 20 * MEGABYTE);
		assertThat(memory.status()).isEqualTo(EngineHealth.Status.HEALTHY);
		assertThat(memory.details()).containsEntry("used", 99 * MEGABYTE).containsEntry("budget", 100 * MEGABYTE);
	}

	@Test
	void aHeapThatStaysFullIsDegraded() {
		assertThat(EngineChecks.memory(heap(98), 96 * MEGABYTE).status()).isEqualTo(EngineHealth.Status.DEGRADED);
	}

	@Test
	void aHeapWithoutALimitIsHealthy() {
		MemoryUsage unlimited = new MemoryUsage(0, 99, 100, -1);
		assertThat(EngineChecks.memory(unlimited, 99).status()).isEqualTo(EngineHealth.Status.HEALTHY);
	}

}
