package dev.flin.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.flin.store.TimeModel.Item;
import dev.flin.store.TimeModel.Segment;
import dev.flin.store.TimeModel.Version;
import dev.flin.value.Equality;

/** Asks a store everything and compares its answers with the model's. */
final class TimeCheck {

	static final String ENTITY = "Item";

	private final TimeModel model;

	private final ReadView view;

	private final long now;

	private final List<String> differences = new ArrayList<>();

	private TimeCheck(TimeModel model, ReadView view) {
		this.model = model;
		this.view = view;
		this.now = TimeModel.micros(view.now());
	}

	/** The first difference, or null. */
	static @Nullable String difference(TimeModel model, ReadView view, Random random) {
		TimeCheck check = new TimeCheck(model, view);
		check.records(random);
		check.queries(random);
		return check.differences.isEmpty() ? null : check.differences.getFirst();
	}

	/** The first difference from records whose schema changes, or null. */
	static @Nullable String difference(ShapeModel model, ReadView view, Random random) {
		TimeCheck check = new TimeCheck(model.today(), view);
		check.records(random);
		check.fields(model.shown(), random);
		return check.differences.isEmpty() ? null : check.differences.getFirst();
	}

	/** What of one record differs; for stores of which parts cannot be read. */
	static @Nullable String difference(TimeModel model, ReadView view, long id) {
		TimeCheck check = new TimeCheck(model, view);
		check.record(id, Objects.requireNonNull(model.items.get(id)), new Random(id));
		return check.differences.isEmpty() ? null : check.differences.getFirst();
	}

	private void expect(String what, @Nullable Object expected, @Nullable Object found) {
		if (!Objects.equals(expected, found)) {
			this.differences.add(what + " is " + found + " instead of " + expected);
		}
	}

	private static String text(@Nullable RecordVersion version) {
		return (version == null) ? "none"
				: version.number() + Arrays.toString(version.values()) + (version.deleted() ? "-" : "");
	}

	private static String text(@Nullable Version version) {
		return (version == null) ? "none"
				: version.number() + version.values().toString() + (version.deleted() ? "-" : "");
	}

	private void records(Random random) {
		this.model.items.forEach((id, item) -> record(id, item, random));
	}

	private void record(long id, Item item, Random random) {
		String name = "#" + id;
		expect(name + " now", text(item.at(this.now, TimeModel.OPEN)), text(this.view.find(ENTITY, id)));
		expect(name + " newest", text(item.newest()), text(this.view.newest(ENTITY, id)));
		expect(name + " hold", item.hold, this.view.holdReason(ENTITY, id));
		history(id, item);
		timeline(id, item);
		List<Long> moments = moments(item);
		for (int i = 0; i < Math.min(12, moments.size() * 2); i++) {
			long valid = moments.get(random.nextInt(moments.size()));
			long known = moments.get(random.nextInt(moments.size()));
			AsOf point = AsOf.at(TimeModel.instant(valid));
			expect(name + " at " + valid, text(item.at(valid, TimeModel.OPEN)),
					text(this.view.findAsOf(ENTITY, id, point)));
			AsOf both = new AsOf(TimeModel.instant(valid), TimeModel.instant(known));
			expect(name + " at " + valid + " as of " + known, text(item.at(valid, known)),
					text(this.view.findAsOf(ENTITY, id, both)));
		}
	}

	/** Each moment at which something changes, and the ones beside it. */
	private static List<Long> moments(Item item) {
		TreeSet<Long> bounds = new TreeSet<>();
		for (Version version : item.versions) {
			bounds.addAll(List.of(version.from(), version.start(), version.validTo()));
		}
		bounds.remove(TimeModel.OPEN);
		List<Long> moments = new ArrayList<>();
		for (long bound : bounds) {
			moments.addAll(List.of(bound - 1, bound, bound + 1));
		}
		return moments;
	}

	private void history(long id, Item item) {
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < item.versions.size(); i++) {
			Version version = item.versions.get(i);
			if (!version.pruned()) {
				expected.add(text(version) + version.changed() + version.from() + ".." + item.endOf(i));
			}
			RecordVersion found = this.view.version(ENTITY, id, version.number());
			expect("#" + id + " @ " + version.number(), text(version.pruned() ? null : version), text(found));
		}
		List<String> found = new ArrayList<>();
		try (RecordCursor versions = this.view.history(ENTITY, id)) {
			versions.forEachRemaining((version) -> {
				Instant end = version.systemTo();
				found.add(text(version) + version.changed() + TimeModel.micros(version.systemFrom()) + ".."
						+ ((end == null) ? TimeModel.OPEN : TimeModel.micros(end)));
			});
		}
		expect("#" + id + " history", expected, found);
	}

	private void timeline(long id, Item item) {
		List<String> expected = item.timeline()
			.stream()
			.map((segment) -> segment.from() + ".." + segment.to() + text(segment.version()))
			.toList();
		List<String> found = this.view.timeline(ENTITY, id).stream().map((segment) -> {
			Instant end = segment.validTo();
			return TimeModel.micros(segment.validFrom()) + ".."
					+ ((end == null) ? TimeModel.OPEN : TimeModel.micros(end)) + text(segment.version());
		}).toList();
		expect("#" + id + " timeline", expected, found);
	}

	private void queries(Random random) {
		Condition cheap = new Condition.Compare(new Column.Field(TimeModel.PRICE), Condition.Operator.LT,
				(long) random.nextInt(8));
		String name = "n" + random.nextInt(5);
		Condition named = new Condition.Compare(new Column.Field(TimeModel.NAME), Condition.Operator.EQ, name);
		long limit = (Long) Objects.requireNonNull(((Condition.Compare) cheap).value());
		Predicate<Version> isCheap = (version) -> (Long) version.values().get(TimeModel.PRICE) < limit;
		Predicate<Version> isNamed = (version) -> name.equals(version.values().get(TimeModel.NAME));
		Query all = Query.of(ENTITY);
		live("all", all, (version) -> true);
		live("cheap", all.where(cheap), isCheap);
		live("named", all.where(named), isNamed);
		live("both", all.where(cheap).where(named), isCheap.and(isNamed));
		live("either", all.where(new Condition.Or(List.of(cheap, named))), isCheap.or(isNamed));
		query("deleted", all.visibility(Query.Visibility.DELETED), (item) -> item.newest().deleted() ? item.newest()
				: null);
		query("standing", all.where(named).visibility(Query.Visibility.STANDING),
				(item) -> item.standing(this.now)
					.stream()
					.map(Segment::version)
					.filter(isNamed)
					.findFirst()
					.orElse(null));
		ordered(random);
		long past = this.now - random.nextLong(40L * 86_400_000_000L);
		query("as of " + past, all.where(cheap).asOf(AsOf.at(TimeModel.instant(past))), (item) -> {
			Version version = item.at(past, TimeModel.OPEN);
			return (version != null && isCheap.test(version)) ? version : null;
		});
		several(random, past);
	}

	/** Each field is asked for a value, now and then; indexes have to follow when it changes. */
	private void fields(List<ShapeModel.Shape> shapes, Random random) {
		long past = this.now - random.nextLong(40L * 86_400_000_000L);
		for (int i = 0; i < shapes.size(); i++) {
			int field = i;
			Object value = (random.nextInt(4) == 0) ? null : shapes.get(i).type().value(random);
			Query query = Query.of(ENTITY)
				.where(new Condition.Compare(new Column.Field(i), Condition.Operator.EQ, value));
			Predicate<Version> wanted = (version) -> Equality.equal(version.values().get(field), value);
			String what = shapes.get(i).name() + " == " + value;
			live(what, query, wanted);
			query(what + ", deleted", query.visibility(Query.Visibility.DELETED),
					(item) -> (item.newest().deleted() && wanted.test(item.newest())) ? item.newest() : null);
			query(what + " as of " + past, query.asOf(AsOf.at(TimeModel.instant(past))), (item) -> {
				Version version = item.at(past, TimeModel.OPEN);
				return (version != null && wanted.test(version)) ? version : null;
			});
		}
	}

	/** Some values of a field, equal ones and none among them, asked for in two ways, now and then. */
	private void several(Random random, long past) {
		boolean skus = random.nextBoolean();
		int field = skus ? TimeModel.SKU : TimeModel.PRICE;
		List<@Nullable Object> values = new ArrayList<>();
		for (int left = random.nextInt(4); left >= 0; left--) {
			values.add(!skus ? (Object) (long) random.nextInt(10) : (random.nextInt(4) == 0) ? null
					: "s" + random.nextInt(6));
		}
		Column column = new Column.Field(field);
		List<Condition> equalities = values.stream()
			.<Condition>map((value) -> new Condition.Compare(column, Condition.Operator.EQ, value))
			.toList();
		Predicate<Version> wanted = (version) -> values.contains(version.values().get(field));
		for (Condition one : List.of(new Condition.In(column, values), new Condition.Or(equalities))) {
			live("one of " + values, Query.of(ENTITY).where(one), wanted);
			query("one of " + values + " as of " + past,
					Query.of(ENTITY).where(one).asOf(AsOf.at(TimeModel.instant(past))), (item) -> {
						Version version = item.at(past, TimeModel.OPEN);
						return (version != null && wanted.test(version)) ? version : null;
					});
		}
	}

	/** A part of the live records in an order, ties by id. */
	private void ordered(Random random) {
		int field = random.nextBoolean() ? TimeModel.PRICE : TimeModel.NAME;
		boolean descending = random.nextBoolean();
		long offset = random.nextInt(3);
		long limit = random.nextInt(6);
		List<String> expected = new ArrayList<>();
		record Found(long id, Version version) {
		}
		List<Found> live = new ArrayList<>();
		this.model.items.forEach((id, item) -> {
			Version version = item.at(this.now, TimeModel.OPEN);
			if (version != null) {
				live.add(new Found(id, version));
			}
		});
		Comparator<Found> order = Comparator.comparing((found) -> key(found.version(), field));
		live.sort((descending ? order.reversed() : order).thenComparing(Found::id));
		live.stream().skip(offset).limit(limit).forEach((found) -> expected.add(found.id() + ":" + text(found
				.version())));
		List<String> found = new ArrayList<>();
		Query query = Query.of(ENTITY).order(new Order(new Column.Field(field), descending)).offset(offset).limit(
				limit);
		this.view.query(query).forEachRemaining((record) -> found.add(record.id() + ":" + text(record)));
		expect("ordered by " + field + (descending ? " descending" : ""), expected, found);
	}

	private static String key(Version version, int field) {
		return "%20s".formatted(version.values().get(field));
	}

	private void live(String what, Query query, Predicate<Version> wanted) {
		query(what, query, (item) -> {
			Version version = item.at(this.now, TimeModel.OPEN);
			return (version != null && wanted.test(version)) ? version : null;
		});
	}

	private interface Choice {

		@Nullable Version of(Item item);

	}

	private void query(String what, Query query, Choice choice) {
		List<String> expected = new ArrayList<>();
		this.model.items.forEach((id, item) -> {
			Version version = choice.of(item);
			if (version != null) {
				expected.add(id + ":" + text(version));
			}
		});
		List<String> found = new ArrayList<>();
		try (RecordCursor records = this.view.query(query)) {
			records.forEachRemaining((record) -> found.add(record.id() + ":" + text(record)));
		}
		expect(what, expected, found);
		expect("count of " + what, (long) expected.size(), this.view.count(query));
	}

}
