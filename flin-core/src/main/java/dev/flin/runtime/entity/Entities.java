package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Indexing;
import dev.flin.runtime.Members;
import dev.flin.store.Condition;
import dev.flin.store.ValidPeriod;
import dev.flin.store.WriteTransaction;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Kinds;

/**
 * What generated code calls for entities, queries, statements of the store and time travel.
 */
public final class Entities {

	private Entities() {
	}

	/**
	 * {@code Product { name: "x", ...body }}, {@code Product.create(name: "x")}.
	 * @param entries keys and values in turn; a null key is a spread of its value
	 */
	public static EntityInstance create(FlinContext context, String entity, @Nullable Object... entries) {
		EntitySession session = EntitySession.of(context);
		return new Creation(session, session.type(entity)).create(entries);
	}

	/** Gives a field of a new instance the value that it has when none is given. */
	public static void initialize(EntityInstance instance, int slot) {
		RecordInstance made = (RecordInstance) instance;
		made.put(slot, Creation.initial(made, made.type().field(slot)));
	}

	/** The entity's name as a query: all its live records. */
	public static EntityQuery query(FlinContext context, String entity) {
		EntitySession session = EntitySession.of(context);
		return EntityQuery.of(session, session.type(entity));
	}

	/** {@code Product.where(condition)}. */
	public static EntityQuery where(Object query, Object condition) {
		return query(query).where((Condition) condition);
	}

	private static EntityQuery query(@Nullable Object value) {
		if (value instanceof EntityQuery query) {
			return query;
		}
		throw new FlinError("expected a query, got " + Kinds.describe(value));
	}

	/**
	 * Any other operation of an entity or query.
	 * @param named named arguments: a map, or null when there are none
	 * @param args arguments in order; fields are given by name, or by a function of the instance
	 */
	public static @Nullable Object operation(Object query, String name, @Nullable FlinMap named,
			@Nullable Object... args) {
		return QueryMembers.call(query(query), name, args, (named != null) ? named : new FlinMap());
	}

	/** An operation with one argument in its place. */
	public static @Nullable Object operationWith(Object query, String name, @Nullable Object argument) {
		EntityQuery wanted = query(query);
		return switch (name) {
			case "as_of" -> wanted.asOf(TimeTravel.point(wanted.session(), argument, null));
			case "find" -> QueryMembers.find(wanted, argument);
			default -> operation(query, name, null, argument);
		};
	}

	// Conditions

	/** {@code field == value}. */
	public static Object compare(Object query, String field, String operator, @Nullable Object value) {
		return query(query).conditions().compare(field, operator, value);
	}

	/** {@code field in values}. */
	public static Object in(Object query, String field, @Nullable Object values) {
		return query(query).conditions().in(field, values);
	}

	/** {@code value in field}, {@code field.contains(value)}. */
	public static Object contains(Object query, String field, @Nullable Object value) {
		return query(query).conditions().contains(field, value);
	}

	/** {@code field.starts_with(prefix)}. */
	public static Object startsWith(Object query, String field, @Nullable Object prefix) {
		return query(query).conditions().startsWith(field, prefix);
	}

	/** {@code a && b}. */
	public static Object and(Object left, Object right) {
		return ((Condition) left).and((Condition) right);
	}

	/** {@code a || b}. */
	public static Object or(Object left, Object right) {
		return new Condition.Or(List.of((Condition) left, (Condition) right));
	}

	/** {@code not a}. */
	public static Object not(Object condition) {
		return new Condition.Not((Condition) condition);
	}

	/** A condition without fields. */
	public static Object constant(boolean value) {
		return value ? Condition.ALL : new Condition.Not(Condition.ALL);
	}

	/**
	 * What only code can tell.
	 * @param test a function of the instance
	 * @param text its source, for {@code explain}
	 * @param fields the names of the fields that it reads
	 */
	public static Object code(Object query, FlinFunction test, String text, @Nullable Object... fields) {
		List<String> names = new ArrayList<>();
		for (Object field : fields) {
			names.add(String.valueOf(field));
		}
		return query(query).conditions().code(test, names, text);
	}

	// Statements

	/** {@code save e}, {@code save list}. */
	public static @Nullable Object save(FlinContext context, @Nullable Object value) {
		return save(EntitySession.of(context), value, null);
	}

	/** {@code save e valid from t1 to t2}; {@code to} may be none. */
	public static @Nullable Object saveValid(FlinContext context, @Nullable Object value, @Nullable Object from,
			@Nullable Object to) {
		Instant start = Moments.of(from, context.zone());
		Instant end = (to != null) ? Moments.of(to, context.zone()) : null;
		if (end != null && !end.isAfter(start)) {
			throw new FlinError("a period that ends at " + end + " cannot start at " + start);
		}
		return save(EntitySession.of(context), value, new ValidPeriod(start, end));
	}

	private static @Nullable Object save(EntitySession session, @Nullable Object value, @Nullable ValidPeriod period) {
		boolean many = value instanceof FlinList || value instanceof EntityQuery;
		List<RecordInstance> instances = many ? TimeTravel.instances(value)
				: List.of(session.require(value, "save"));
		if (!instances.isEmpty()) {
			session.write(transaction -> {
				new SaveOperation(session, transaction, period).save(instances, many);
				return null;
			});
		}
		return value;
	}

	/** {@code delete e}; on a list or query all of it. */
	public static @Nullable Object delete(FlinContext context, @Nullable Object value) {
		EntitySession session = EntitySession.of(context);
		return each(session, value, "delete",
				(transaction, instances) -> RemoveOperation.remove(session, transaction, instances, false));
	}

	/** {@code delete x.k}, {@code delete x[k]} of what may be a map or hold records. */
	public static @Nullable Object deletePart(FlinContext context, @Nullable Object container, @Nullable Object key) {
		return switch (container) {
			case FlinMap map -> {
				boolean there = map.containsKey(key);
				map.remove(key);
				yield there;
			}
			case EntityInstance record ->
				delete(context, Members.getMember(context, record, String.valueOf(key), null));
			case EntityQuery query when key instanceof String name -> delete(context, query.member(name));
			case null, default -> delete(context, Indexing.index(context, container, key, null));
		};
	}

	/** {@code restore e}. */
	public static @Nullable Object restore(FlinContext context, @Nullable Object value) {
		EntitySession session = EntitySession.of(context);
		return each(session, value, "restore",
				(transaction, instances) -> RestoreOperation.restore(session, transaction, instances));
	}

	/** {@code destroy e}. */
	public static @Nullable Object destroy(FlinContext context, @Nullable Object value) {
		EntitySession session = EntitySession.of(context);
		return each(session, value, "destroy",
				(transaction, instances) -> RemoveOperation.remove(session, transaction, instances, true));
	}

	/** {@code hold e "reason"}. */
	public static @Nullable Object hold(FlinContext context, @Nullable Object value, @Nullable Object reason) {
		String why = (reason == null) ? "" : dev.flin.value.Printer.print(reason);
		return each(EntitySession.of(context), value, "hold",
				(transaction, instances) -> instances
					.forEach(instance -> transaction.hold(instance.type().name(), instance.id(), why)));
	}

	/** {@code release e}. */
	public static @Nullable Object release(FlinContext context, @Nullable Object value) {
		return each(EntitySession.of(context), value, "release",
				(transaction, instances) -> instances
					.forEach(instance -> transaction.release(instance.type().name(), instance.id())));
	}

	private static @Nullable Object each(EntitySession session, @Nullable Object value, String verb,
			Statement statement) {
		boolean many = value instanceof FlinList || value instanceof EntityQuery;
		List<RecordInstance> instances = many ? TimeTravel.instances(value) : List.of(session.require(value, verb));
		for (RecordInstance instance : instances) {
			if (instance.isNew()) {
				throw new FlinError("cannot " + verb + " a " + instance.type().name() + " that was never saved");
			}
		}
		if (!instances.isEmpty()) {
			session.write(transaction -> {
				statement.run(transaction, instances);
				return null;
			});
		}
		return value;
	}

	// Time

	/** {@code e @ t}. */
	public static @Nullable Object at(FlinContext context, @Nullable Object value, @Nullable Object when) {
		return at(context, value, when, null);
	}

	/** {@code e @ t as_of s}; {@code s} may be none. */
	public static @Nullable Object at(FlinContext context, @Nullable Object value, @Nullable Object when,
			@Nullable Object known) {
		return switch (value) {
			case RecordInstance instance -> TimeTravel.at(instance, when, known);
			case EntityQuery query -> query.asOf(TimeTravel.point(EntitySession.of(context), when, known));
			case null, default -> throw new FlinError("'@' needs a record, not " + Kinds.describe(value));
		};
	}

	// Transactions

	/** {@code transaction { }} and {@code savepoint { }}: see {@link TransactionScope}. */
	public static Object transaction(FlinContext context) {
		return EntitySession.of(context).transaction();
	}

	/** See {@link TransactionScope#start}. */
	public static void start(Object scope) {
		((TransactionScope) scope).start();
	}

	/** See {@link TransactionScope#commit}. */
	public static void commit(Object scope) {
		((TransactionScope) scope).commit();
	}

	/** See {@link TransactionScope#failed}. */
	public static boolean failed(Object scope, FlinError error) {
		return ((TransactionScope) scope).failed(error);
	}

	/** See {@link TransactionScope#end}. */
	public static void end(Object scope) {
		((TransactionScope) scope).end();
	}

	/** A query as the list of its records. */
	public static @Nullable Object list(@Nullable Object value) {
		return (value instanceof EntityQuery query) ? query.toList() : value;
	}

	/** For callers in Java. */
	public static void inTransaction(FlinContext context, Consumer<EntitySession> block) {
		EntitySession session = EntitySession.of(context);
		session.inTransaction(() -> {
			block.accept(session);
			return null;
		});
	}

	/** A statement on records. */
	@FunctionalInterface
	private interface Statement {

		void run(WriteTransaction transaction, List<RecordInstance> instances);

	}

}
