package dev.flin.store.query;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Column;
import dev.flin.store.Condition;
import dev.flin.store.Condition.Compare;
import dev.flin.store.Condition.Operator;
import dev.flin.store.EntitySchema;
import dev.flin.store.FieldType;
import dev.flin.store.Order;
import dev.flin.store.Query;
import dev.flin.store.codec.ByteWriter;
import dev.flin.store.codec.KeyCodec;

/**
 * Picks how a query is run: ids, then the index whose equalities and range cover most of the condition, a union for
 * {@code in}, an intersection where no one index is unique, an index's order where there is nothing else to gain.
 */
public final class Planner {

	/** More values than this in an {@code in} are cheaper to test than to look up one by one. */
	private static final int UNION_PARTS_MAX = 1000;

	private final EntitySchema entity;

	private final List<IndexInfo> indexes;

	/**
	 * Creates a planner.
	 * @param entity the entity
	 * @param indexes its indexes
	 */
	public Planner(EntitySchema entity, List<IndexInfo> indexes) {
		this.entity = entity;
		this.indexes = List.copyOf(indexes);
	}

	/** An index with the parts of a condition it answers. */
	private record Candidate(IndexInfo index, int equalities, boolean ranged, List<Condition> used, byte[] low,
			byte @Nullable [] high, String text) {

		int score() {
			return this.equalities * 4 + (this.ranged ? 2 : 0)
					+ ((this.index.unique() && this.equalities == this.index.positions().size()) ? 100 : 0);
		}

	}

	/**
	 * Plans a query.
	 * @param query the query
	 * @return the plan
	 */
	public Plan plan(Query query) {
		List<Condition> parts = parts(query.where());
		Plan byId = byId(query, parts);
		if (byId != null) {
			return byId;
		}
		if (query.visibility() != Query.Visibility.LIVE && query.visibility() != Query.Visibility.STANDING) {
			return new Plan(new Access.Scan(), query.where(), query.order().isEmpty());
		}
		Candidate best = null;
		List<Candidate> single = new ArrayList<>();
		for (IndexInfo index : this.indexes) {
			Candidate candidate = candidate(index, parts);
			if (candidate != null) {
				single.add(candidate);
				if (best == null || candidate.score() > best.score()) {
					best = candidate;
				}
			}
		}
		if (query.asOf() != null) {
			return new Plan(past(best, parts), query.where(), query.order().isEmpty());
		}
		if (best == null) {
			return withoutRange(query, parts);
		}
		Plan crossed = intersection(query, parts, best, single);
		return (crossed != null) ? crossed : range(query, parts, best);
	}

	private static List<Condition> parts(Condition where) {
		return switch (where) {
			case Condition.All all -> List.of();
			case Condition.And and -> and.parts().stream().map(Planner::alternatives).toList();
			case Condition other -> List.of(alternatives(other));
		};
	}

	/** {@code a == 1 || a == 2} asks for the same as {@code a in [1, 2]}. */
	private static Condition alternatives(Condition condition) {
		if (!(condition instanceof Condition.Or)) {
			return condition;
		}
		List<@Nullable Object> values = new ArrayList<>();
		Column column = alternatives(condition, null, values);
		return (column == null) ? condition : new Condition.In(column, values);
	}

	/** The only column that is compared, given what is known of it; null when there is none. */
	private static @Nullable Column alternatives(Condition condition, @Nullable Column known,
			List<@Nullable Object> values) {
		Column column = known;
		switch (condition) {
			case Condition.Or(List<Condition> parts) -> {
				for (Condition part : parts) {
					column = alternatives(part, column, values);
					if (column == null) {
						return null;
					}
				}
			}
			case Compare(Column compared, Operator operator, Object value) when operator == Operator.EQ -> {
				values.add(value);
				column = compared;
			}
			case Condition.In(Column compared, List<@Nullable Object> wanted) -> {
				values.addAll(wanted);
				column = compared;
			}
			case Condition other -> {
				return null;
			}
		}
		return (known == null || known.equals(column)) ? column : null;
	}

	private static Condition without(List<Condition> parts, List<Condition> used) {
		Condition rest = Condition.ALL;
		for (Condition part : parts) {
			if (used.stream().noneMatch((other) -> other == part)) {
				rest = rest.and(part);
			}
		}
		return rest;
	}

	private static @Nullable Plan byId(Query query, List<Condition> parts) {
		for (Condition part : parts) {
			List<Long> ids = null;
			if (part instanceof Compare(Column column, Operator operator, Long id) && column == Column.Meta.ID
					&& operator == Operator.EQ) {
				ids = List.of(id);
			}
			else if (part instanceof Condition.In(Column column, List<@Nullable Object> values)
					&& column == Column.Meta.ID) {
				ids = values.stream().filter(Long.class::isInstance).map(Long.class::cast).sorted().distinct().toList();
			}
			if (ids != null) {
				return new Plan(new Access.Ids(ids), without(parts, List.of(part)), query.order().isEmpty());
			}
		}
		return null;
	}

	private @Nullable Candidate candidate(IndexInfo index, List<Condition> parts) {
		ByteWriter key = new ByteWriter(32);
		List<Condition> used = new ArrayList<>();
		List<String> texts = new ArrayList<>();
		int equalities = 0;
		while (equalities < index.positions().size()) {
			int position = index.positions().get(equalities);
			FieldType type = index.types().get(equalities);
			Condition equality = equality(position, type, parts);
			if (equality == null) {
				break;
			}
			index.writeKey(key, equalities, keyValue(equality, type));
			used.add(equality);
			texts.add(this.entity.fields().get(position).name() + " == " + compared(equality));
			equalities++;
		}
		byte[] low = key.toBytes();
		byte[] high = KeyCodec.after(low);
		Bounds bounds = null;
		if (equalities < index.positions().size() && !index.blinding().covers(equalities)) {
			bounds = bounds(low, index.positions().get(equalities), index.types().get(equalities), parts);
		}
		if (bounds != null) {
			used.addAll(bounds.used());
			texts.add(bounds.text());
			return new Candidate(index, equalities, true, used, bounds.low(), bounds.high(),
					String.join(", ", texts));
		}
		return (equalities == 0) ? null
				: new Candidate(index, equalities, false, used, low, high, String.join(", ", texts));
	}

	private static String compared(Condition equality) {
		return switch (equality) {
			case Compare compare -> text(compare.value());
			case Condition.Contains contains -> String.valueOf(contains.value());
			case Condition other -> "?";
		};
	}

	/** A value of a condition as a plan names it. */
	public static String text(@Nullable Object value) {
		return (value == null) ? "none" : value.toString();
	}

	private static @Nullable Condition equality(int position, FieldType type, List<Condition> parts) {
		for (Condition part : parts) {
			boolean multi = type instanceof FieldType.References;
			if (!multi && part instanceof Compare compare && isField(compare.column(), position)
					&& compare.operator() == Operator.EQ
					&& (compare.value() == null || Keys.exact(type, compare.value()) != null)) {
				return part;
			}
			if (multi && part instanceof Condition.Contains contains && isField(contains.column(), position)
					&& contains.value() instanceof Long) {
				return part;
			}
		}
		return null;
	}

	private static @Nullable Object keyValue(Condition equality, FieldType type) {
		return switch (equality) {
			case Compare compare -> (compare.value() == null) ? null : Keys.exact(type, compare.value());
			case Condition.Contains contains -> contains.value();
			case Condition other -> throw new IllegalArgumentException("No equality: " + other);
		};
	}

	private static boolean isField(Column column, int position) {
		return column instanceof Column.Field field && field.position() == position;
	}

	/** Bounds of a key behind a common start. */
	private record Bounds(byte[] low, byte @Nullable [] high, List<Condition> used, String text) {
	}

	private @Nullable Bounds bounds(byte[] start, int position, FieldType type, List<Condition> parts) {
		byte[] low = null;
		byte[] high = null;
		List<Condition> used = new ArrayList<>();
		List<String> texts = new ArrayList<>();
		String name = this.entity.fields().get(position).name();
		for (Condition part : parts) {
			if (part instanceof Condition.StartsWith starts && isField(starts.column(), position)
					&& type.equals(FieldType.TEXT) && used.isEmpty()) {
				ByteWriter key = new ByteWriter(32);
				key.putBytes(start);
				KeyCodec.writePrefix(key, starts.prefix());
				return new Bounds(key.toBytes(), KeyCodec.after(key.toBytes()), List.of(part),
						name + " starts with " + starts.prefix());
			}
			if (!(part instanceof Compare compare) || !isField(compare.column(), position) || compare.value() == null) {
				continue;
			}
			Object exact = Keys.ranged(type, compare.value());
			if (exact == null) {
				continue;
			}
			ByteWriter writer = new ByteWriter(32);
			writer.putBytes(start);
			KeyCodec.write(writer, type, exact);
			byte[] key = writer.toBytes();
			boolean lower = compare.operator() == Operator.GT || compare.operator() == Operator.GE;
			boolean upper = compare.operator() == Operator.LT || compare.operator() == Operator.LE;
			if (lower && low == null) {
				low = (compare.operator() == Operator.GE) ? key : KeyCodec.after(key);
			}
			else if (upper && high == null) {
				high = (compare.operator() == Operator.LT) ? key : KeyCodec.after(key);
			}
			else {
				continue;
			}
			used.add(part);
			texts.add(name + " " + compare.operator().symbol() + " " + compare.value());
		}
		if (used.isEmpty()) {
			return null;
		}
		byte[] end = (high != null) ? high : Keys.last(start, type);
		return new Bounds((low != null) ? low : Keys.present(start), end, used, String.join(", ", texts));
	}

	private Access past(@Nullable Candidate best, List<Condition> parts) {
		if (best != null) {
			return new Access.Past(
					List.of(new Access.Range(best.index(), best.low(), best.high(), false, best.text())));
		}
		for (Condition part : parts) {
			List<Access.Range> ranges = ranges(part);
			if (ranges != null) {
				return new Access.Past(ranges);
			}
		}
		return new Access.Scan();
	}

	private Plan range(Query query, List<Condition> parts, Candidate best) {
		Condition residual = without(parts, best.used());
		boolean reverse = isOrder(best.index(), best.equalities(), query.order(), true);
		boolean ordered = (reverse || isOrder(best.index(), best.equalities(), query.order(), false))
				&& !best.index().isMulti();
		return new Plan(new Access.Range(best.index(), best.low(), best.high(), reverse && ordered, best.text()),
				residual, ordered);
	}

	/** An index behind equalities gives an order when its next fields are the order's keys, up to ties by id. */
	private static boolean isOrder(IndexInfo index, int equalities, List<Order> order, boolean descending) {
		if (order.isEmpty()) {
			return !descending && equalities == index.positions().size();
		}
		if (equalities + order.size() != index.positions().size()) {
			return false;
		}
		for (int i = 0; i < order.size(); i++) {
			if (order.get(i).descending() != descending || index.blinding().covers(equalities + i)
					|| !isField(order.get(i).column(), index.positions().get(equalities + i))) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable Plan intersection(Query query, List<Condition> parts, Candidate best,
			List<Candidate> single) {
		boolean one = best.score() >= 100 || best.equalities() != 1 || best.index().positions().size() != 1
				|| query.limit() == 1;
		if (one) {
			return null;
		}
		List<Access.Range> ranges = new ArrayList<>();
		List<Condition> used = new ArrayList<>();
		for (Candidate candidate : single) {
			if (candidate.equalities() == 1 && candidate.index().positions().size() == 1) {
				ranges.add(new Access.Range(candidate.index(), candidate.low(), candidate.high(), false,
						candidate.text()));
				used.addAll(candidate.used());
			}
		}
		return (ranges.size() < 2) ? null
				: new Plan(new Access.Intersection(ranges), without(parts, used), query.order().isEmpty());
	}

	private Plan withoutRange(Query query, List<Condition> parts) {
		Plan union = union(query, parts);
		if (union != null) {
			return union;
		}
		boolean few = query.limit() >= 0 && !query.order().isEmpty();
		for (IndexInfo index : this.indexes) {
			if (few && !index.isMulti()) {
				boolean reverse = isOrder(index, 0, query.order(), true);
				if (reverse || isOrder(index, 0, query.order(), false)) {
					return new Plan(new Access.Range(index, new byte[0], null, reverse, "everything"), query.where(),
							true);
				}
			}
		}
		return new Plan(new Access.Scan(), query.where(), query.order().isEmpty());
	}

	private @Nullable Plan union(Query query, List<Condition> parts) {
		for (Condition part : parts) {
			List<Access.Range> ranges = ranges(part);
			if (ranges != null) {
				return new Plan(new Access.Union(ranges), without(parts, List.of(part)), query.order().isEmpty());
			}
		}
		return null;
	}

	/** The stretches of an index that have the values of an {@code in}, each once; null when there is no such index. */
	private @Nullable List<Access.Range> ranges(Condition part) {
		if (!(part instanceof Condition.In in) || in.values().size() > UNION_PARTS_MAX) {
			return null;
		}
		for (IndexInfo index : this.indexes) {
			if (!index.isMulti() && isField(in.column(), index.positions().getFirst())) {
				Map<ByteBuffer, Access.Range> ranges = new LinkedHashMap<>();
				for (Object value : in.values()) {
					Object exact = (value == null) ? null : Keys.exact(index.types().getFirst(), value);
					if (value == null || exact != null) {
						ByteWriter key = new ByteWriter(32);
						index.writeKey(key, 0, exact);
						byte[] low = key.toBytes();
						ranges.putIfAbsent(ByteBuffer.wrap(low),
								new Access.Range(index, low, KeyCodec.after(low), false, "== " + text(value)));
					}
				}
				return List.copyOf(ranges.values());
			}
		}
		return null;
	}

}
