package dev.flin.autoconfigure.actuate;

import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.store.StoreHealth;

/**
 * The store in meters: log, checkpoints, recovery, scrub, retention, backups.
 */
final class FlinStoreMetrics implements MeterBinder {

	private final FlinEngine engine;

	FlinStoreMetrics(FlinEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		gauge(registry, "flin.store.healthy", "1 while the store writes, 0 when it is read only", null,
				(health) -> health.isHealthy() ? 1 : 0);
		gauge(registry, "flin.store.log.size", "Log since the last checkpoint", "bytes", StoreHealth::logBytes);
		gauge(registry, "flin.store.log.segments", "Files of the log", null, StoreHealth::logSegments);
		gauge(registry, "flin.store.log.archive.size", "Archive of the log", "bytes",
				(health) -> health.maintenance().archivedBytes());
		gauge(registry, "flin.store.checkpoint.lag", "Transactions that a restart would have to apply again", null,
				StoreHealth::checkpointLag);
		gauge(registry, "flin.store.snapshots", "Snapshots and transactions in use", null, StoreHealth::openSnapshots);
		counter(registry, "flin.store.commits", "Transactions", StoreHealth::commits);
		counter(registry, "flin.store.log.forces", "Forces of the log", StoreHealth::forces);
		FunctionTimer.builder("flin.store.log.force", this.engine, FlinStoreMetrics::forces,
				FlinStoreMetrics::forceNanos, TimeUnit.NANOSECONDS)
			.description("Forces of the log to disk")
			.register(registry);
		counter(registry, "flin.store.checkpoints", "Checkpoints", StoreHealth::checkpoints);
		counter(registry, "flin.store.retention.pruned", "Versions and values that retention has forgotten",
				(health) -> health.maintenance().pruned());
		counter(registry, "flin.store.backups", "Pieces of backups", (health) -> health.maintenance().backups());
		bindBlobs(registry);
		bindRecovery(registry);
		bindScrub(registry);
	}

	private static long forces(FlinEngine engine) {
		StoreHealth health = engine.storeHealth();
		return (health != null) ? health.forces() : 0;
	}

	private static double forceNanos(FlinEngine engine) {
		StoreHealth health = engine.storeHealth();
		return (health != null) ? health.forceNanos() : 0;
	}

	private void bindBlobs(MeterRegistry registry) {
		gauge(registry, "flin.store.files", "Contents of files, equal ones counted once", null,
				(health) -> health.blobs().count());
		gauge(registry, "flin.store.files.size", "Their size before compression", "bytes",
				(health) -> health.blobs().bytes());
		gauge(registry, "flin.store.files.orphaned", "Contents that the next checkpoint removes", null,
				(health) -> health.blobs().orphaned());
	}

	private void bindRecovery(MeterRegistry registry) {
		gauge(registry, "flin.store.recovery.recovered", "Transactions that the last start applied again", null,
				(health) -> health.recovery().recovered());
		gauge(registry, "flin.store.recovery.migrated", "Their rows of an older schema", null,
				(health) -> health.recovery().migrated());
		gauge(registry, "flin.store.recovery.skipped", "Their rows whose reference leads to nothing", null,
				(health) -> health.recovery().skipped());
		gauge(registry, "flin.store.recovery.failed", "Their rows that could not be applied", null,
				(health) -> health.recovery().failed());
	}

	private void bindScrub(MeterRegistry registry) {
		counter(registry, "flin.store.scrub.passes", "How often everything was read and checked",
				(health) -> health.maintenance().scrub().passes());
		counter(registry, "flin.store.scrub.entries", "Entries that were read and checked",
				(health) -> health.maintenance().scrub().entries());
		gauge(registry, "flin.store.scrub.damages", "Damages that the last reading found", null,
				(health) -> health.maintenance().scrub().damages().size());
	}

	private void gauge(MeterRegistry registry, String name, String description,
			@Nullable String unit, ToDoubleFunction<StoreHealth> value) {
		Gauge.builder(name, this.engine, (engine) -> read(engine, value))
			.description(description)
			.baseUnit(unit)
			.register(registry);
	}

	private void counter(MeterRegistry registry, String name, String description,
			ToDoubleFunction<StoreHealth> value) {
		FunctionCounter.builder(name, this.engine, (engine) -> read(engine, value))
			.description(description)
			.register(registry);
	}

	/** Without entities there is no store, and nothing to count. */
	private static double read(FlinEngine engine, ToDoubleFunction<StoreHealth> value) {
		StoreHealth health = engine.storeHealth();
		return (health != null) ? value.applyAsDouble(health) : 0;
	}

}
