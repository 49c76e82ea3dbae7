package dev.flin.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.FileSystem;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Money;

/** A store with a little of everything, always the same, and everything that can be read from it as text. */
final class GoldenStore {

	private static final StoreConfig CONFIG = StoreConfig.defaults().withLog(16 << 10, 1 << 20);

	private static final FieldType MOOD = new FieldType.Choice("Mood", List.of("Calm", "Loud"));

	private static final EntitySchema MAKER = EntitySchema.of("Maker", FieldSchema.required("name", FieldType.TEXT));

	private static final EntitySchema FIRST_THING = EntitySchema.of("Gadget",
			FieldSchema.required("title", FieldType.TEXT), FieldSchema.optional("gone", FieldType.TEXT),
			FieldSchema.optional("amount", FieldType.INT));

	private static final EntitySchema THING = new EntitySchema("Thing", List.of("Gadget"),
			List.of(FieldSchema.required("name", FieldType.TEXT).withWas("title").asIndexed(),
					FieldSchema.optional("code", FieldType.TEXT).asUnique(),
					FieldSchema.optional("amount", FieldType.NUMBER).asIndexed(),
					FieldSchema.optional("exact", FieldType.DECIMAL).asIndexed(),
					FieldSchema.required("ready", FieldType.BOOL).asIndexed().withInitial(true),
					FieldSchema.optional("due", FieldType.TIME).asIndexed(),
					FieldSchema.optional("span", FieldType.DURATION).asIndexed(),
					FieldSchema.optional("price", FieldType.MONEY).asIndexed(),
					FieldSchema.optional("mood", MOOD).asIndexed(),
					FieldSchema.optional("maker", new FieldType.Reference("Maker")),
					FieldSchema.optional("others", new FieldType.References("Thing")),
					FieldSchema.optional("words", new FieldType.Structure("[text]")),
					FieldSchema.optional("any", new FieldType.Structure("any"))),
			List.of(new IndexSchema(List.of("ready", "name"), false), new IndexSchema(List.of("name", "due"), true)),
			null);

	private static final StoreSchema FIRST = new StoreSchema(List.of(MAKER, FIRST_THING));

	static final StoreSchema SCHEMA = new StoreSchema(List.of(MAKER, THING));

	private final ManualClock clock = new ManualClock();

	private Store store;

	private GoldenStore(FileSystem files) {
		this.store = Stores.open(files, CONFIG, FIRST, this.clock);
	}

	/** Opens files with the store in them. */
	static Store open(FileSystem files) {
		ManualClock later = new ManualClock();
		later.set("2027-01-01T00:00:00Z");
		return Stores.open(files, CONFIG, SCHEMA, later);
	}

	/**
	 * Makes the store.
	 * @param closed whether to close it, after a checkpoint in the middle; else everything is in the log alone
	 */
	static void write(FileSystem files, boolean closed) {
		GoldenStore golden = new GoldenStore(files);
		golden.before();
		if (closed) {
			golden.store.close();
			golden.store = Stores.open(files, CONFIG, SCHEMA, golden.clock);
		}
		else {
			golden.store.migrate(SCHEMA);
		}
		golden.things();
		if (closed) {
			golden.store.checkpoint();
		}
		golden.times();
		if (closed) {
			golden.store.close();
		}
	}

	private void before() {
		try (WriteTransaction tx = this.store.begin("ama")) {
			tx.insert("Maker", new Object[] { "Zoé & Söhne" }, null);
			tx.insert("Maker", new Object[] { "second" }, null);
			tx.insert("Gadget", new Object[] { "old", "hidden", 7L }, null);
			tx.insert("Gadget", new Object[] { "älter", null, null }, null);
			tx.commit();
		}
		this.clock.advance(Duration.ofHours(5));
		update("Gadget", 1, new Object[] { "old", "still hidden", 8L }, null, "kofi");
	}

	private void update(String entity, long id, @Nullable Object[] values, @Nullable ValidPeriod valid,
			@Nullable String user) {
		try (WriteTransaction tx = this.store.begin(user)) {
			tx.update(entity, id, values, valid);
			tx.commit();
		}
	}

	private static @Nullable Object[] thing(String name, @Nullable String code, double amount) {
		return new Object[] { name, code, amount, new BigDecimal("-12.3450"), false,
				Instant.parse("2026-03-01T10:00:00.123456Z"), Duration.ofMillis(90_061_001), Money.of(new BigDecimal(
						"19.90"), "XOF"), "Loud", 1L, FlinList.ofLongs(1, 2, 1), FlinList.of("a", "", "ü"),
				FlinMap.of("n", 1L, "x", 1.5, "none", null, "in", FlinList.of(true, new BigDecimal("2.0"))) };
	}

	private void things() {
		this.clock.advance(Duration.ofDays(1));
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.insert("Thing", thing("full", "c-1", 0.1), null);
			tx.insert("Thing", new Object[] { "empty", null, null, null, true, null, null, null, null, null, null, null,
					null }, null);
			tx.insert("Thing", thing("erased", "c-2", -1e300), null);
			tx.insert("Thing", thing("deleted", "c-3", 4), null);
			tx.commit();
		}
		this.clock.advance(Duration.ofDays(1));
		try (WriteTransaction tx = this.store.begin("ama")) {
			tx.update("Thing", 3, thing("full again", "c-2b", Double.MIN_VALUE), null);
			tx.update("Thing", 3, thing("full at last", "c-1", 0.2), null);
			tx.delete("Thing", 6, new RecordRef("Maker", 2));
			tx.hold("Thing", 3, "court, § 5");
			tx.commit();
		}
		this.clock.advance(Duration.ofDays(1));
		try (WriteTransaction tx = this.store.begin("ama")) {
			tx.destroy("Thing", 5);
			tx.hold("Maker", 1, "released");
			tx.commit();
		}
		try (WriteTransaction tx = this.store.begin("ama")) {
			tx.release("Maker", 1);
			tx.commit();
		}
	}

	private void times() {
		this.clock.advance(Duration.ofDays(10));
		update("Thing", 4, thing("from june", "v-1", 1), new ValidPeriod(Instant.parse("2026-06-01T00:00:00Z"), null),
				"kofi");
		update("Thing", 4, thing("in may", "v-2", 2), new ValidPeriod(Instant.parse("2026-05-01T00:00:00Z"),
				Instant.parse("2026-05-10T12:00:00Z")), null);
		this.clock.advance(Duration.ofDays(10));
		try (WriteTransaction tx = this.store.begin("ama")) {
			tx.insert("Thing", thing("once", "c-9", 9), new ValidPeriod(Instant.parse("2025-01-01T00:00:00Z"),
					Instant.parse("2025-02-01T00:00:00Z")));
			tx.delete("Thing", 2, null);
			tx.restore("Thing", 2);
			tx.commit();
		}
	}

	/** Everything that can be read. */
	static String describe(ReadView view) {
		List<String> lines = new ArrayList<>();
		for (EntitySchema entity : SCHEMA.entities()) {
			for (long id = 1; id <= 8; id++) {
				record(view, entity, id, lines);
			}
			for (int i = 0; i < entity.fields().size(); i++) {
				order(view, entity, i, lines);
			}
			lines.add(entity.name() + " deleted " + ids(view, Query.of(entity.name())
				.visibility(Query.Visibility.DELETED)));
			lines.add(entity.name() + " in May " + ids(view, Query.of(entity.name())
				.asOf(AsOf.at(Instant.parse("2026-05-05T00:00:00Z")))));
		}
		return String.join("\n", lines) + "\n";
	}

	private static void record(ReadView view, EntitySchema entity, long id, List<String> lines) {
		String name = entity.name() + "#" + id;
		view.history(entity.name(), id).forEachRemaining((version) -> lines.add(name + " @ " + text(version)));
		for (TimelineSegment segment : view.timeline(entity.name(), id)) {
			lines.add(name + " from " + segment.validFrom() + " to " + segment.validTo() + " @ "
					+ segment.version().number());
		}
		String held = view.holdReason(entity.name(), id);
		if (held != null) {
			lines.add(name + " held: " + held);
		}
	}

	private static String text(RecordVersion version) {
		return version.number() + (version.deleted() ? " deleted" : "") + " by " + version.savedBy() + " "
				+ version.createdAt() + " " + version.systemFrom() + ".." + version.systemTo() + " valid "
				+ (version.hasValidPeriod() ? version.validFrom() + ".." + version.validTo() : "always") + " cause "
				+ version.cause() + " changed " + version.changed() + " "
				+ Arrays.stream(version.values()).map(GoldenStore::text).toList();
	}

	private static String text(@Nullable Object value) {
		return switch (value) {
			case null -> "none";
			case Map<?, ?> map -> map.entrySet()
				.stream()
				.map((entry) -> text(entry.getKey()) + ": " + text(entry.getValue()))
				.toList()
				.toString();
			case List<?> list -> list.stream().map(GoldenStore::text).toList().toString();
			case Money money -> money.amount() + " " + money.currency();
			default -> value.getClass().getSimpleName() + " " + value;
		};
	}

	private static void order(ReadView view, EntitySchema entity, int position, List<String> lines) {
		FieldSchema field = entity.fields().get(position);
		if (field.type() instanceof FieldType.Scalar || field.type() instanceof FieldType.Choice) {
			Column column = new Column.Field(position);
			Query query = Query.of(entity.name());
			lines.add(entity.name() + " by " + field.name() + " " + ids(view, query.order(new Order(column, false))));
			RecordVersion last = view.find(entity.name(), 3);
			if (last != null && last.value(position) != null) {
				lines.add(entity.name() + " with the " + field.name() + " of the third " + ids(view, query
					.where(new Condition.Compare(column, Condition.Operator.EQ, last.value(position)))));
			}
		}
	}

	private static String ids(ReadView view, Query query) {
		List<Long> ids = new ArrayList<>();
		view.query(query).forEachRemaining((record) -> ids.add(record.id()));
		return ids.toString();
	}

}
