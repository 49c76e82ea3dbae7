package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Query;
import dev.flin.value.ArrayFunction;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Kinds;

/**
 * The operations of queries by name: those with arguments get them as values, fields by their names. Conditions are
 * made by generated code and come through {@link EntityQuery#where}.
 */
final class QueryMembers {

	private static final long PAGE_SIZE = 20;

	private static final Set<String> PLAIN = Set.of("all", "first", "last", "count", "exists", "explain", "delete",
			"destroy", "restore", "with_deleted", "only_deleted", "roots");

	private static final Set<String> WITH_ARGUMENTS = Set.of("order", "order_by", "limit", "offset", "page", "after",
			"sum", "avg", "mean", "min", "max", "median", "stddev", "group_by", "distinct", "pluck", "select", "with",
			"in", "as_of", "each", "update", "find", "find_by");

	private QueryMembers() {
	}

	static boolean has(String name) {
		return PLAIN.contains(name) || WITH_ARGUMENTS.contains(name);
	}

	static @Nullable Object get(EntityQuery query, String name) {
		return PLAIN.contains(name) ? plain(query, name) : new Bound(query, name);
	}

	private static @Nullable Object plain(EntityQuery query, String name) {
		return switch (name) {
			case "all" -> query;
			case "first" -> query.first();
			case "last" -> query.last();
			case "count" -> query.count();
			case "exists" -> query.exists();
			case "explain" -> query.explain();
			case "delete" -> query.delete();
			case "destroy" -> query.destroy();
			case "restore" -> query.restore();
			case "with_deleted" -> query.withDeleted();
			case "only_deleted" -> query.onlyDeleted();
			case "roots" -> roots(query).toList();
			default -> throw new FlinBugException("queries have no member '" + name + "'");
		};
	}

	private static EntityQuery roots(EntityQuery query) {
		EntityField parent = query.type().requireParentField();
		return query.where(query.conditions().compare(parent.name(), "==", null));
	}

	/**
	 * Does an operation.
	 * @param args its arguments in order; fields as names or functions of the instance
	 * @param named its named arguments
	 */
	static @Nullable Object call(EntityQuery query, String name, @Nullable Object[] args, FlinMap named) {
		return switch (name) {
			case "order", "order_by" -> order(query, args);
			case "limit" -> query.limit(number(args, 0, "limit"));
			case "offset" -> query.offset(number(args, 0, "offset"));
			case "sum", "avg", "mean", "median", "stddev", "min", "max" -> Aggregates.of(query, name, argument(args,
					0, name));
			case "group_by" -> Aggregates.groups(query, argument(args, 0, name));
			case "distinct" -> Aggregates.distinct(query, argument(args, 0, name));
			case "pluck" -> Aggregates.pluckAll(query, args);
			case "select" -> Aggregates.select(query, args);
			case "with" -> query.with(references(query, args));
			case "in" -> query.where(query.conditions()
				.in(String.valueOf(argument(args, 0, name)), argument(args, 1, name)));
			case "as_of" -> query
				.asOf(TimeTravel.point(query.session(), argument(args, 0, name), given(args, named, 1, "known")));
			case "page" -> page(query, number(args, 0, name), size(given(args, named, 1, "size")));
			case "after" -> after(query, argument(args, 0, name), size(given(args, named, 1, "limit")));
			case "each" -> each(query, argument(args, 0, name));
			case "update" -> query.update((args.length > 0 && args[0] instanceof FlinMap map) ? map : named);
			case "find" -> find(query, argument(args, 0, name));
			case "find_by" -> findBy(query, named);
			case "first" -> (args.length > 0) ? query.limit(number(args, 0, name)).toList() : query.first();
			case "last" -> (args.length > 0) ? query.last(number(args, 0, name)) : query.last();
			default -> {
				if (args.length > 0 || !named.isEmpty()) {
					throw new FlinError("'" + name + "' of a query takes no arguments");
				}
				yield plain(query, name);
			}
		};
	}

	/** {@code order(price, "desc")}, {@code order(kind, name)}, {@code order_by("price", "desc")}. */
	private static EntityQuery order(EntityQuery query, @Nullable Object[] args) {
		EntityQuery ordered = query;
		for (int i = 0; i < args.length; i++) {
			boolean directed = i + 1 < args.length && ("desc".equals(args[i + 1]) || "asc".equals(args[i + 1]));
			boolean descending = directed && "desc".equals(args[i + 1]);
			ordered = ordered.order(sortKey(query.type(), args[i], descending));
			if (directed) {
				i++;
			}
		}
		return ordered;
	}

	private static SortKey sortKey(EntityType type, @Nullable Object key, boolean descending) {
		if (key instanceof FlinFunction function) {
			return new SortKey(null, null, function, descending);
		}
		String name = String.valueOf(key);
		if (type.column(name) == null && type.field(name) == null && !InstanceMembers.has(name)) {
			throw new FlinError(type.name() + " has no field '" + name + "'");
		}
		return SortKey.of(type, name, descending);
	}

	private static List<EntityField> references(EntityQuery query, @Nullable Object[] names) {
		List<EntityField> found = new ArrayList<>();
		for (Object name : names) {
			EntityField field = query.type().field(String.valueOf(name));
			if (field != null && (field.isReference() || field.isReferences())) {
				found.add(field);
			}
		}
		return found;
	}

	static @Nullable RecordInstance find(EntityQuery query, @Nullable Object id) {
		Long wanted = switch (id) {
			case Long number -> number;
			case String text when text.matches("[0-9]{1,18}") -> Long.valueOf(text);
			case RecordInstance record -> record.id();
			case null, default -> null;
		};
		if (wanted == null) {
			return null;
		}
		return query.isOfAll() ? query.byId(wanted)
				: query.where(query.conditions().compare("id", "==", wanted)).first();
	}

	private static @Nullable RecordInstance findBy(EntityQuery query, FlinMap named) {
		EntityQuery narrowed = query;
		for (Object field : named.keyList()) {
			narrowed = narrowed.where(query.conditions().compare(String.valueOf(field), "==", named.get(field)));
		}
		return narrowed.first();
	}

	/** {@code page(n, size: 20)}; pages count from 1. */
	private static FlinMap page(EntityQuery query, long number, long size) {
		if (number < 1) {
			throw new FlinError("pages count from 1");
		}
		long total = query.count();
		EntityQuery part = query.offset((number - 1) * size).limit(size);
		return FlinMap.of("items", part.toList(), "total", total, "pages", (total + size - 1) / size, "page", number,
				"size", size);
	}

	/** {@code after(cursor, limit: 20)}; none starts at the beginning. */
	private static FlinMap after(EntityQuery query, @Nullable Object cursor, long size) {
		Query.SeekKey place = (cursor == null) ? null : Cursors.decode(String.valueOf(cursor), query.order());
		List<RecordInstance> found = query.after(place).limit(size + 1).instances();
		boolean more = found.size() > size;
		List<RecordInstance> items = more ? found.subList(0, (int) size) : found;
		Object next = items.isEmpty() ? cursor : Cursors.encode(items.getLast(), query.order());
		return FlinMap.of("items", FlinList.copyOf(items), "cursor", next, "has_more", more);
	}

	private static @Nullable Object each(EntityQuery query, @Nullable Object function) {
		if (!(function instanceof FlinFunction code)) {
			throw new FlinError("'each' needs a function, not " + Kinds.describe(function));
		}
		query.each(code);
		return null;
	}

	private static @Nullable Object argument(@Nullable Object[] args, int index, String name) {
		if (index >= args.length) {
			throw new FlinError("'" + name + "' of a query needs " + (index + 1)
					+ ((index == 0) ? " argument" : " arguments"));
		}
		return args[index];
	}

	private static @Nullable Object given(@Nullable Object[] args, FlinMap named, int index, String name) {
		return (index < args.length) ? args[index] : named.get(name);
	}

	private static long number(@Nullable Object[] args, int index, String name) {
		if (argument(args, index, name) instanceof Long number) {
			if (number < 0) {
				throw new FlinError("'" + name + "' of a query needs a number that is not negative, not " + number);
			}
			return number;
		}
		throw new FlinError("'" + name + "' of a query needs a whole number, not " + Kinds.describe(args[index]));
	}

	private static long size(@Nullable Object value) {
		if (value == null) {
			return PAGE_SIZE;
		}
		if (value instanceof Long size && size > 0) {
			return size;
		}
		throw new FlinError("a size must be a whole number greater than 0, not " + Kinds.describe(value));
	}

	/** An operation that waits for its arguments: for receivers that are known only when they run. */
	private static final class Bound extends ArrayFunction {

		private final EntityQuery query;

		private Bound(EntityQuery query, String name) {
			super(name, 1, 0, true);
			this.query = query;
		}

		@Override
		public @Nullable Object callN(@Nullable Object[] args) {
			return call(this.query, name(), args, new FlinMap());
		}

	}

}
