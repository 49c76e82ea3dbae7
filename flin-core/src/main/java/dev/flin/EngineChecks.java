package dev.flin;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.flin.EngineHealth.Part;
import dev.flin.EngineHealth.Status;
import dev.flin.store.MaintenanceReport;
import dev.flin.store.StoreHealth;

/** Looks at the parts of an engine. */
final class EngineChecks {

	/** Above this share of the heap, after a collection, the engine counts as degraded. */
	private static final double MEMORY_DEGRADED = 0.95;

	private static final long NANOS_PER_MILLI = 1_000_000;

	private EngineChecks() {
	}

	static EngineHealth health(Records records, Duration uptime) {
		Map<String, Part> parts = new LinkedHashMap<>();
		StoreHealth store = records.health();
		parts.put("database", database(store, records.describe()));
		parts.put("wal", log(store));
		parts.put("memory", memory(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage(), lastingBytes()));
		parts.put("search", new Part(Status.HEALTHY, Map.of("indexes", 0L)));
		parts.put("cron", new Part(Status.HEALTHY, Map.of("jobs", 0L)));
		return new EngineHealth(EngineHealth.worst(parts.values().stream().map(Part::status).toList()), parts, uptime);
	}

	private static Part database(@Nullable StoreHealth store, String where) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("location", where);
		if (store == null) {
			return new Part(Status.HEALTHY, details);
		}
		details.put("sequence", store.durableSequence());
		details.put("commits", store.commits());
		details.put("checkpoint_lag", store.checkpointLag());
		details.put("files", store.blobs().count());
		details.put("file_bytes", store.blobs().bytes());
		details.put("files_orphaned", store.blobs().orphaned());
		details.put("recovered", store.recovery().recovered());
		details.put("migrated", store.recovery().migrated());
		details.put("skipped", store.recovery().skipped());
		details.put("failed", store.recovery().failed());
		MaintenanceReport done = store.maintenance();
		details.put("pruned", done.pruned());
		at("pruned_at", done.prunedAt(), details);
		details.put("scrub_passes", done.scrub().passes());
		at("scrubbed_at", done.scrub().lastPass(), details);
		details.put("scrub_damages", done.scrub().damages());
		details.put("backups", done.backups());
		at("backed_up_at", done.backedUpAt(), details);
		if (store.readOnlyReason() != null) {
			details.put("reason", store.readOnlyReason());
		}
		return new Part(!store.isHealthy() ? Status.UNHEALTHY
				: done.scrub().damages().isEmpty() ? Status.HEALTHY : Status.DEGRADED, details);
	}

	/** When something was last done, if it ever was. */
	private static void at(String name, @Nullable Instant when, Map<String, Object> details) {
		if (when != null) {
			details.put(name, when.toString());
		}
	}

	private static Part log(@Nullable StoreHealth store) {
		Map<String, Object> details = new LinkedHashMap<>();
		if (store != null) {
			details.put("bytes", store.logBytes());
			details.put("segments", (long) store.logSegments());
			details.put("forces", store.forces());
			details.put("force_millis", store.forceNanos() / NANOS_PER_MILLI);
			details.put("checkpoints", store.checkpoints());
			details.put("archived_bytes", store.maintenance().archivedBytes());
		}
		return new Part((store == null || store.isHealthy()) ? Status.HEALTHY : Status.UNHEALTHY, details);
	}

	/**
	 * @param lastingBytes what the last collections left
	 */
	static Part memory(MemoryUsage heap, long lastingBytes) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("used", heap.getUsed());
		details.put("budget", heap.getMax());
		boolean full = heap.getMax() > 0 && lastingBytes > heap.getMax() * MEMORY_DEGRADED;
		return new Part(full ? Status.DEGRADED : Status.HEALTHY, details);
	}

	/** A heap is filled before it is collected, and not in need because of that. */
	private static long lastingBytes() {
		return ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getType() == MemoryType.HEAP)
			.flatMap((pool) -> Optional.ofNullable(pool.getCollectionUsage()).stream())
			.mapToLong(MemoryUsage::getUsed)
			.sum();
	}

}
