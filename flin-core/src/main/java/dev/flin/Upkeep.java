package dev.flin;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.flin.store.Store;

/**
 * What a store needs now and then, on a thread of its own: forces by the clock, retention, the slow reading of
 * everything, and another try to write after a failure.
 */
final class Upkeep implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Upkeep.class);

	private static final Duration SCRUB_STEP = Duration.ofSeconds(1);

	private static final Duration RETRY = Duration.ofSeconds(5);

	/** How much longer than a checkpoint that erases the pause until the next such one is at least. */
	private static final long ERASE_PAUSES = 50;

	private static final long CLOSE_MILLIS = 10_000;

	private final Store store;

	private final Settings settings;

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("flin-upkeep").unstarted(task));

	private long passes;

	private long pauseUntilNanos;

	private long eraseAgainNanos = System.nanoTime();

	/**
	 * How often what is done.
	 *
	 * @param forceEvery forces of durability INTERVAL, null with another
	 * @param eraseEvery checkpoints after records were destroyed
	 * @param retentionEvery retention and compaction
	 * @param scrubBytes how much is read and checked in a second, 0 for nothing
	 * @param scrubPause how long nothing is read after everything was
	 */
	record Settings(@Nullable Duration forceEvery, Duration eraseEvery, Duration retentionEvery, long scrubBytes,
			Duration scrubPause) {
	}

	Upkeep(Store store, Settings settings, Runnable prune) {
		this.store = store;
		this.settings = settings;
		if (settings.forceEvery() != null) {
			every(settings.forceEvery(), store::forceDue);
		}
		every(settings.eraseEvery(), this::erase);
		every(settings.retentionEvery(), prune);
		if (settings.scrubBytes() > 0) {
			this.pauseUntilNanos = System.nanoTime() + SCRUB_STEP.toNanos();
			every(SCRUB_STEP, this::scrub);
		}
		every(RETRY, this::retry);
	}

	private void every(Duration period, Runnable work) {
		long nanos = Math.max(1_000_000, period.toNanos());
		this.executor.scheduleWithFixedDelay(() -> attempt(work), nanos, nanos, TimeUnit.NANOSECONDS);
	}

	/** A failure shows in the store's health; it must not end what comes later. */
	private static void attempt(Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			logger.warn("Upkeep of the store failed", ex);
		}
	}

	private void erase() {
		long start = System.nanoTime();
		if (start - this.eraseAgainNanos >= 0 && this.store.eraseDestroyed()) {
			long end = System.nanoTime();
			this.eraseAgainNanos = end + ERASE_PAUSES * (end - start);
		}
	}

	private void scrub() {
		if (System.nanoTime() - this.pauseUntilNanos < 0) {
			return;
		}
		long now = this.store.scrub(this.settings.scrubBytes()).passes();
		if (now != this.passes) {
			this.passes = now;
			this.pauseUntilNanos = System.nanoTime() + this.settings.scrubPause().toNanos();
		}
	}

	private void retry() {
		if (!this.store.health().isHealthy() && this.store.tryRecover()) {
			logger.warn("The store writes again");
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		try {
			if (!this.executor.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
				logger.warn("Upkeep of the store did not end in time");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
