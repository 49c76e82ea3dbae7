package dev.flin.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;

/**
 * Records with and without valid time, and a migration that changes their older versions in place: always the same, and
 * everything that can be read from it as text.
 */
final class AmendedStore {

	static final String MIGRATION = "2026-11-20-sizes";

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 1 << 20);

	private static final FieldSchema NAME = FieldSchema.required("name", FieldType.TEXT).asIndexed();

	private static final StoreSchema BEFORE = schema(FieldSchema.required("size", FieldType.TEXT).asIndexed());

	static final StoreSchema AFTER = schema(FieldSchema.required("size", FieldType.INT).asIndexed());

	private static final Map<String, Long> SIZES = Map.of("small", 1L, "middle", 10L, "big", 100L);

	private AmendedStore() {
	}

	private static StoreSchema schema(FieldSchema size) {
		return new StoreSchema(List.of(EntitySchema.of("Item", NAME, size)));
	}

	/** Opens files under the schema that they have. */
	static Store open(FileSystem files) {
		ManualClock clock = new ManualClock();
		clock.set("2026-06-01T00:00:00Z");
		return Stores.openUnchanged(files, CONFIG, clock);
	}

	/** The records before the migration; the last version of each stands only in the log. */
	static void fill(FileSystem files) {
		ManualClock clock = new ManualClock();
		clock.set("2026-01-01T00:00:00Z");
		Store store = Stores.open(files, CONFIG, BEFORE, clock);
		save(store, 0, "cup", "small", null, null);
		save(store, 0, "pot", "big", "2026-01-10T00:00:00Z", null);
		save(store, 0, "jug", "middle", null, null);
		clock.advance(Duration.ofDays(1));
		save(store, 1, "cup", "big", "2026-03-01T00:00:00Z", "2026-08-01T00:00:00Z");
		save(store, 2, "pot", "middle", "2026-02-01T00:00:00Z", "2026-02-20T00:00:00Z");
		save(store, 3, "jug", "big", null, null);
		store.checkpoint();
		clock.advance(Duration.ofDays(1));
		save(store, 1, "mug", "middle", "2026-07-01T00:00:00Z", null);
		save(store, 3, "jar", "big", null, null);
		try (WriteTransaction tx = store.begin("ama")) {
			tx.delete("Item", 2, null);
			tx.commit();
		}
	}

	private static void save(Store store, long id, String name, String size, @Nullable String from,
			@Nullable String to) {
		ValidPeriod valid = (from == null) ? null
				: new ValidPeriod(Instant.parse(from), (to == null) ? null : Instant.parse(to));
		try (WriteTransaction tx = store.begin("ama")) {
			if (id == 0) {
				tx.insert("Item", new Object[] { name, size }, valid);
			}
			else {
				tx.update("Item", id, new Object[] { name, size }, valid);
			}
			tx.commit();
		}
	}

	/** Gives every version a number in the place of a word. */
	static void migrate(Store store) {
		store.migrate(AFTER, List.of(new MigrationStep(MIGRATION, (old) -> {
			try (WriteTransaction tx = store.begin("migration")) {
				for (long id : tx.ids("Item")) {
					old.history("Item", id).forEachRemaining((version) -> tx.amend("Item", id, version.number(),
							new Object[] { version.value(0), SIZES.get((String) version.value(1)) }));
				}
				tx.commit();
			}
		})));
	}

	/** Everything that can be read. */
	static String describe(Store store) {
		List<String> lines = new ArrayList<>();
		try (Snapshot view = store.snapshot()) {
			for (long id = 1; id <= 3; id++) {
				String name = "Item#" + id;
				view.history("Item", id).forEachRemaining((version) -> lines.add(name + " @ " + version.number()
						+ (version.deleted() ? " deleted " : " ") + Arrays.toString(version.values()) + " "
						+ version.changed() + " by " + version.savedBy() + " " + version.systemFrom() + ".."
						+ version.systemTo() + " valid " + version.validFrom() + ".." + version.validTo()));
				for (TimelineSegment segment : view.timeline("Item", id)) {
					lines.add(name + " from " + segment.validFrom() + " to " + segment.validTo() + " @ "
							+ segment.version().number());
				}
			}
			boolean numbers = Objects.requireNonNull(store.schema().find("Item")).fields().get(1).type()
				.equals(FieldType.INT);
			for (String day : List.of("2026-01-01", "2026-01-02", "2026-01-03", "2026-02-05", "2026-07-15")) {
				for (Map.Entry<String, Long> size : new java.util.TreeMap<>(SIZES).entrySet()) {
					Object value = numbers ? size.getValue() : size.getKey();
					Query query = Query.of("Item")
						.where(new Condition.Compare(new Column.Field(1), Condition.Operator.EQ, value));
					List<Long> ids = new ArrayList<>();
					view.query(query.asOf(AsOf.at(Instant.parse(day + "T12:00:00Z"))))
						.forEachRemaining((record) -> ids.add(record.id()));
					lines.add(day + " " + value + ": " + ids + ", now " + view.count(query));
				}
			}
		}
		return String.join("\n", lines) + "\n";
	}

}
