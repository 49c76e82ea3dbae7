package dev.flin;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after what runs, now and then, on a thread of its own. */
final class Watchdog implements AutoCloseable {

	private static final long PERIOD_MILLIS = 250;

	private final ScheduledExecutorService executor = Executors
		.newSingleThreadScheduledExecutor((task) -> Thread.ofPlatform().daemon().name("flin-watchdog").unstarted(task));

	Watchdog(Runnable look) {
		this.executor.scheduleWithFixedDelay(look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
