package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Counted;
import dev.flin.store.EntitySchema;
import dev.flin.store.FieldRule;
import dev.flin.store.FieldType;
import dev.flin.store.SchemaPlan;
import dev.flin.store.SchemaPlan.Kind;
import dev.flin.store.SchemaPlan.Problem;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.schema.Catalog;
import dev.flin.store.schema.Coercion;
import dev.flin.store.schema.EntityShape;
import dev.flin.store.schema.Evolution;
import dev.flin.store.schema.Evolution.Check;
import dev.flin.value.Printer;

/**
 * Runs an evolution's checks on the stored records: current and deleted ones decide, older versions are only counted.
 */
final class MigrationCheck {

	private static final int EXAMPLES_MAX = 3;

	private final StoreSnapshot snapshot;

	private final Tables before;

	private final Evolution evolution;

	private final Catalog after;

	private long unreadable;

	/** Checks records as they are. */
	MigrationCheck(StoreSnapshot snapshot, Evolution evolution) {
		this(snapshot, snapshot.tables(), evolution);
	}

	/**
	 * Checks records of which some may have the new shape already.
	 * @param before the maps under the schema from which the evolution starts
	 */
	MigrationCheck(StoreSnapshot snapshot, Tables before, Evolution evolution) {
		this.snapshot = snapshot;
		this.before = before;
		this.evolution = evolution;
		this.after = evolution.after();
	}

	/** What stands in the way of a check. */
	private static final class Finding {

		private long count;

		private final Set<String> examples = new LinkedHashSet<>();

		/** How many there are, with the name of one. */
		String count(String one) {
			return Counted.of(this.count, one);
		}

		void add(@Nullable Object value) {
			this.count++;
			if (this.examples.size() < EXAMPLES_MAX) {
				this.examples.add(Printer.print(value));
			}
		}

	}

	SchemaPlan plan() {
		List<Problem> problems = keyless();
		for (Check check : this.evolution.checks()) {
			Catalog.Entity entity = null;
			for (Catalog.Entity candidate : this.after.entities()) {
				if (candidate.name().equals(check.entity().name()) && !candidate.hidden()) {
					entity = candidate;
				}
			}
			EntityTable table = (entity == null) ? null : this.before.find(entity.id());
			if (entity != null && table != null) {
				Problem problem = run(check, table, new EntityShape(check.entity(), entity,
						this.snapshot.tables().vault().keys()));
				if (problem != null) {
					problems.add(problem);
				}
			}
		}
		return this.evolution.plan(problems, this.unreadable,
				this.evolution.hidings().stream().map(this::hidden).toList());
	}

	/** How many current and deleted records have what will be hidden. */
	private String hidden(Evolution.Hiding hiding) {
		EntityTable table = this.before.find(hiding.entity());
		if (table == null) {
			return Counted.of(0, "record");
		}
		Root<Long> records = this.snapshot.state().root(table.records());
		if (hiding.field() == 0) {
			return Counted.of(records.size(), "record");
		}
		int position = table.shape().layout().fieldIds().indexOf(hiding.field());
		long count = 0;
		Root.Scan<Long> scan = records.scan(null, null, false);
		while (position >= 0 && scan.next()) {
			StoredRow row = table.check(scan.value(), scan.key());
			boolean known = row.layout() <= table.shape().layout().id(); // not written by a migration just now
			count += known && table.shape().value(row, table.shape().offsets(row), position) != null ? 1 : 0;
		}
		return Counted.of(count, "value");
	}

	/** Encrypted fields of a store that has no key for them. */
	private List<Problem> keyless() {
		List<Problem> problems = new ArrayList<>();
		if (this.snapshot.tables().vault().keys().canEncrypt()) {
			return problems;
		}
		for (Catalog.Entity entity : this.after.entities()) {
			for (Catalog.Field field : entity.fields()) {
				if (field.encrypted() && !field.hidden() && !entity.hidden()) {
					problems.add(new Problem(Kind.NEEDS_KEY, entity.name(), field.name(), ("%s.%s is encrypted, but "
							+ "there is no key: set flin.store.encryption.key-id and flin.store.encryption.keys.<id>; "
							+ "'openssl rand -base64 32' makes a key").formatted(entity.name(), field.name()), 0,
							List.of()));
				}
			}
		}
		return problems;
	}

	private @Nullable Problem run(Check check, EntityTable table, EntityShape shape) {
		Finding finding = new Finding();
		Map<String, List<Taken>> seen = new HashMap<>();
		Root.Scan<Long> scan = this.snapshot.state().root(table.records()).scan(null, null, false);
		Root<VersionKey> versions = this.snapshot.state().root(table.versions());
		long now = Micros.of(this.snapshot.now());
		while (scan.next()) {
			StoredRow newest = table.check(scan.value(), scan.key());
			for (Temporal.Stretch stretch : Temporal.standing(table, versions, newest, scan.key(), now)) {
				run(check, table, shape, scan.key(), stretch, seen, finding);
			}
		}
		if (check instanceof Check.Coercible coercible) {
			countUnreadable(table, shape, coercible);
		}
		return (finding.count == 0) ? null : problem(check, finding);
	}

	private static void run(Check check, EntityTable table, EntityShape shape, long id, Temporal.Stretch stretch,
			Map<String, List<Taken>> seen, Finding finding) {
		StoredRow row = stretch.row();
		int[] offsets = shape.offsets(row);
		switch (check) {
			case Check.Coercible coercible -> {
				Object stored = stored(table, shape, row, coercible.position());
				boolean none = shape.value(row, offsets, coercible.position()) == null;
				// a deletion that a migration made of what it could not read
				boolean lost = isNew(table, row) && !shape.fields().get(coercible.position()).nullable();
				if (none && (stored != null || lost)) {
					finding.add(stored);
				}
			}
			case Check.Present present -> {
				// what cannot be coerced is not missing, and said already
				if (shape.value(row, offsets, present.position()) == null
						&& stored(table, shape, row, present.position()) == null) {
					finding.add(null);
				}
			}
			case Check.Keeps keeps -> {
				Object value = shape.value(row, offsets, keeps.position());
				if (value != null && !holds(keeps.rule(), value, shape, row, offsets)) {
					finding.add(value);
				}
			}
			case Check.Distinct distinct -> distinct(distinct, shape, id, stretch, seen, finding);
		}
	}

	private static boolean holds(FieldRule rule, Object value, EntityShape shape, StoredRow row, int[] offsets) {
		Predicate<@Nullable Object[]> together = rule.together();
		if (together == null) {
			return rule.holds().test(value);
		}
		@Nullable Object[] values = new @Nullable Object[shape.fields().size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = shape.value(row, offsets, i);
		}
		return together.test(values);
	}

	/** Whether a row was written in the new shape, by the migration. */
	private static boolean isNew(EntityTable table, StoredRow row) {
		return row.layout() > table.shape().layout().id();
	}

	/** What a record has in a field before the evolution. */
	private static @Nullable Object stored(EntityTable table, EntityShape shape, StoredRow row, int position) {
		if (isNew(table, row)) {
			return null;
		}
		int field = shape.layout().fieldIds().get(position);
		int before = table.shape().layout().fieldIds().indexOf(field);
		if (before >= 0) {
			return table.shape().value(row, table.shape().offsets(row), before);
		}
		for (Catalog.Field hidden : table.shape().stored().fields()) {
			if (hidden.id() == field) {
				return shape.hiddenValue(row, position, hidden);
			}
		}
		return null;
	}

	/** A unique value that a record has for a time. */
	private record Taken(long id, long from, long to) {

		boolean clashes(Taken other) {
			return this.id != other.id && this.from < other.to && other.from < this.to;
		}

	}

	private static void distinct(Check.Distinct check, EntityShape shape, long id, Temporal.Stretch stretch,
			Map<String, List<Taken>> seen, Finding finding) {
		StoredRow row = stretch.row();
		int[] offsets = shape.offsets(row);
		if (row.isDeleted()) {
			return;
		}
		ByteWriter key = new ByteWriter(32);
		List<String> texts = new ArrayList<>();
		for (int position : check.positions()) {
			Object value = shape.value(row, offsets, position);
			if (value == null) {
				return;
			}
			KeyCodec.write(key, shape.fields().get(position).type(), value);
			texts.add(Printer.print(value));
		}
		String text = new String(key.toBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
		List<Taken> others = seen.computeIfAbsent(text, (unused) -> new ArrayList<>(1));
		Taken taken = new Taken(id, stretch.from(), stretch.to());
		if (others.stream().anyMatch(taken::clashes)) {
			finding.add(String.join(", ", texts));
		}
		others.add(taken);
	}

	private void countUnreadable(EntityTable table, EntityShape shape, Check.Coercible check) {
		Root.Scan<VersionKey> scan = this.snapshot.state().root(table.versions()).scan(null, null, false);
		while (scan.next()) {
			StoredRow row = table.check(scan.value(), scan.key().id());
			if (!row.isPruned() && stored(table, shape, row, check.position()) != null
					&& shape.value(row, shape.offsets(row), check.position()) == null) {
				this.unreadable++;
			}
		}
	}

	private static Problem problem(Check check, Finding finding) {
		EntitySchema entity = check.entity();
		List<String> examples = List.copyOf(finding.examples);
		String some = String.join(", ", examples);
		return switch (check) {
			case Check.Coercible coercible -> {
				String field = entity.fields().get(coercible.position()).name();
				FieldType to = entity.fields().get(coercible.position()).type();
				boolean members = coercible.from() instanceof FieldType.Choice && to instanceof FieldType.Choice;
				boolean possible = Coercion.isPossible(coercible.from(), to);
				yield new Problem(members ? Kind.MEMBER_IN_USE : Kind.CANNOT_COERCE, entity.name(), field,
						members ? "%s of %s.%s use members that are gone: %s".formatted(finding.count("record"),
								entity.name(), field, some)
								: "%s of %s.%s cannot become the new type%s: %s".formatted(finding.count("value"),
										entity.name(), field, possible ? "" : " at all", some),
						finding.count, examples);
			}
			case Check.Present present -> {
				String field = entity.fields().get(present.position()).name();
				String earlier = present.earlier();
				yield new Problem(Kind.NEEDS_DEFAULT, entity.name(), field,
						"%s of %s without %s: give the field a default or make it optional%s".formatted(
								finding.count("record"), entity.name(), field,
								(earlier != null) ? ", or @was(\"" + earlier + "\") if that is what it was" : ""),
						finding.count, List.of());
			}
			case Check.Keeps keeps -> {
				String field = entity.fields().get(keeps.position()).name();
				yield new Problem(Kind.BREAKS_RULE, entity.name(), field,
						"%s of %s.%s break %s: %s".formatted(finding.count("value"), entity.name(), field,
								keeps.rule().text(), some),
						finding.count, examples);
			}
			case Check.Distinct distinct -> {
				String fields = String.join(", ",
						distinct.positions().stream().map((position) -> entity.fields().get(position).name()).toList());
				yield new Problem(Kind.NOT_UNIQUE, entity.name(),
						(distinct.positions().size() == 1) ? fields : null,
						"%s of %s with a repeated %s: %s".formatted(finding.count("record"), entity.name(), fields,
								some),
						finding.count, examples);
			}
		};
	}

}
