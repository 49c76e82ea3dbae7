package dev.flin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.mapping.GivenValues;
import dev.flin.mapping.HostValues;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntityQuery;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * A question about the records of an entity, for Java. It is a value: each method gives another, and the records are
 * read when one of the last methods is called, anew each time.
 */
public final class FlinQuery {

	private final FlinStore store;

	private final String entity;

	private final List<Step> steps;

	FlinQuery(FlinStore store, String entity, List<Step> steps) {
		this.store = store;
		this.entity = entity;
		this.steps = steps;
	}

	/** Makes one query of another. */
	interface Step {

		Object next(Object query);

	}

	private FlinQuery with(Step step) {
		List<Step> more = new ArrayList<>(this.steps);
		more.add(step);
		return new FlinQuery(this.store, this.entity, List.copyOf(more));
	}

	private FlinQuery with(String operation, @Nullable Object... arguments) {
		return with((query) -> query(Entities.operation(query, operation, null, arguments)));
	}

	private static Object query(@Nullable Object value) {
		if (value instanceof EntityQuery query) {
			return query;
		}
		throw new FlinError("this gives no query");
	}

	private <T extends @Nullable Object> T ask(BiFunction<FlinContext, Object, T> question) {
		return this.store.inRun((context) -> {
			Object query = Entities.query(context, this.entity);
			for (Step step : this.steps) {
				query = step.next(query);
			}
			return question.apply(context, query);
		});
	}

	/**
	 * Only records whose field compares so; several of these are joined by "and". Nothing is smaller or larger than
	 * none.
	 * @param field the field
	 * @param operator one of {@code == != < <= > >= in contains starts_with}
	 * @param value what to compare with; a list for {@code in}
	 */
	public FlinQuery where(String field, String operator, @Nullable Object value) {
		Object wanted = HostValues.toFlin(value);
		return with((query) -> Entities.where(query, switch (operator) {
			case "==", "!=", "<", "<=", ">", ">=" -> Entities.compare(query, field, operator, wanted);
			case "in" -> Entities.in(query, field, wanted);
			case "contains" -> Entities.contains(query, field, wanted);
			case "starts_with" -> Entities.startsWith(query, field, wanted);
			default -> throw new FlinError("'" + operator
					+ "' compares nothing; use one of == != < <= > >= in contains "
					+ "starts_with");
		}));
	}

	/** Sorted by a field, from small to large; a second one sorts what is equal. */
	public FlinQuery order(String field) {
		return with("order", field, "asc");
	}

	/** Sorted by a field, from large to small. */
	public FlinQuery orderDescending(String field) {
		return with("order", field, "desc");
	}

	/** At most so many. */
	public FlinQuery limit(long count) {
		return with("limit", count);
	}

	/** Without the first ones. */
	public FlinQuery offset(long count) {
		return with("offset", count);
	}

	/** With deleted records. */
	public FlinQuery withDeleted() {
		return with("with_deleted");
	}

	/** Deleted records alone. */
	public FlinQuery onlyDeleted() {
		return with("only_deleted");
	}

	/** As everything was at a time. */
	public FlinQuery asOf(Instant when) {
		return with("as_of", when);
	}

	/**
	 * As everything was at a time, by what was known at another.
	 * @param when the time that it is about
	 * @param known the time at which it was known
	 */
	public FlinQuery asOf(Instant when, Instant known) {
		return with((query) -> query(Entities.operation(query, "as_of", FlinMap.of("known", known), when)));
	}

	/** With what these references lead to, read at once. */
	public FlinQuery eager(String... references) {
		return with("with", (Object[]) references);
	}

	/** The records. */
	public List<EntityInstance> list() {
		return ask((context, query) -> FlinStore.list(Entities.list(query)));
	}

	/** The first record, or null. */
	public @Nullable EntityInstance first() {
		return (EntityInstance) ask("first");
	}

	/** The last record, or null. */
	public @Nullable EntityInstance last() {
		return (EntityInstance) ask("last");
	}

	/** How many records there are. */
	public long count() {
		return (ask("count") instanceof Long count) ? count : 0;
	}

	/** Whether there is one. */
	public boolean exists() {
		return Boolean.TRUE.equals(ask("exists"));
	}

	/**
	 * A page of the records.
	 * @param number its number, from 1
	 * @param size how many records fit on a page
	 */
	public FlinPage<EntityInstance> page(long number, long size) {
		FlinMap page = map("page", FlinMap.of("size", size), number);
		return new FlinPage<>(FlinStore.list(page.get("items")), whole(page, "total"), whole(page, "pages"), number,
				size);
	}

	/**
	 * The records behind a place in the order.
	 * @param cursor the {@link FlinSlice#cursor} of what came before; null to start
	 * @param limit how many at most
	 */
	public FlinSlice<EntityInstance> after(@Nullable String cursor, long limit) {
		FlinMap slice = map("after", FlinMap.of("limit", limit), cursor);
		return new FlinSlice<>(FlinStore.list(slice.get("items")), (String) slice.get("cursor"),
				Boolean.TRUE.equals(slice.get("has_more")));
	}

	private FlinMap map(String operation, FlinMap named, @Nullable Object argument) {
		Object given = ask((context, query) -> Entities.operation(query, operation, named, argument));
		if (given instanceof FlinMap map) {
			return map;
		}
		throw new FlinError("'" + operation + "' gives no map");
	}

	private static long whole(FlinMap map, String key) {
		return (map.get(key) instanceof Long number) ? number : 0;
	}

	/**
	 * Hands over one record after the other, without keeping them all in memory.
	 * @param each takes them
	 */
	public void each(Consumer<EntityInstance> each) {
		ask((context, query) -> {
			for (Object record : (EntityQuery) query) {
				if (record instanceof EntityInstance instance) {
					each.accept(instance);
				}
			}
			return null;
		});
	}

	/**
	 * What any other operation of a query gives in FLIN: {@code sum avg min max median stddev group_by distinct pluck
	 * select page after}.
	 * @param operation its name
	 * @param arguments its arguments; fields by their names
	 */
	public @Nullable Object ask(String operation, @Nullable Object... arguments) {
		return ask((context, query) -> Entities.list(Entities.operation(query, operation, null,
				Arrays.stream(arguments).map(HostValues::toFlin).toArray())));
	}

	/**
	 * Saves all of these records with other values, in one transaction.
	 * @param values by field; a reference is a record or its id
	 * @return how many
	 */
	public long update(Map<String, ? extends @Nullable Object> values) {
		return ask((context, query) -> Entities.operation(query, "update", null,
				GivenValues.of(context, this.entity, values)) instanceof Long count ? count : 0L);
	}

	/** Deletes all of these records in one transaction, and says how many. */
	public long delete() {
		return number("delete");
	}

	/** Erases all of these records in one transaction, and says how many. */
	public long destroy() {
		return number("destroy");
	}

	/** Brings all of these deleted records back in one transaction, and says how many. */
	public long restore() {
		return number("restore");
	}

	private long number(String operation, @Nullable Object... arguments) {
		return (ask(operation, arguments) instanceof Long count) ? count : 0;
	}

	/** How the records are found. */
	public String explain() {
		return String.valueOf(ask("explain"));
	}

}
