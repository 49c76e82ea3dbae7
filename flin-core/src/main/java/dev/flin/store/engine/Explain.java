package dev.flin.store.engine;

import java.util.List;
import java.util.stream.Collectors;

import dev.flin.store.Column;
import dev.flin.store.Condition;
import dev.flin.store.EntitySchema;
import dev.flin.store.Order;
import dev.flin.store.Query;
import dev.flin.store.query.Access;
import dev.flin.store.query.IndexInfo;
import dev.flin.store.query.Plan;
import dev.flin.store.query.Planner;

/**
 * Plans as text.
 */
final class Explain {

	private Explain() {
	}

	static String text(EntitySchema entity, Query query, Plan plan) {
		StringBuilder text = new StringBuilder(access(entity, plan.access()));
		if (query.asOf() != null) {
			text.append("\nas of ").append(query.asOf().valid());
		}
		if (!(plan.residual() instanceof Condition.All)) {
			text.append("\nfilter ").append(condition(entity, plan.residual()));
		}
		if (!query.order().isEmpty()) {
			text.append(plan.ordered() ? "\norder from the index" : "\nsort by " + order(entity, query.order()));
		}
		if (query.limit() >= 0) {
			text.append("\nlimit ").append(query.limit());
		}
		return text.toString();
	}

	private static String access(EntitySchema entity, Access access) {
		return switch (access) {
			case Access.Scan scan -> "scan " + entity.name();
			case Access.Ids ids -> "get " + entity.name() + " by id (" + ids.ids().size() + ")";
			case Access.Range range -> (range.index().unique() ? "unique index " : "index ")
					+ name(entity, range.index())
					+ ": " + range.text() + (range.reverse() ? ", descending" : "");
			case Access.Past past -> ((past.since().size() == 1) ? access(entity, past.since().getFirst())
					: union(entity, past.since())) + "\nor stored again since then";
			case Access.Union union -> union(entity, union.parts());
			case Access.Intersection intersection -> intersection.parts()
				.stream()
				.map((part) -> access(entity, part))
				.collect(Collectors.joining("\n  ", "intersection of\n  ", ""));
		};
	}

	private static String union(EntitySchema entity, List<Access.Range> parts) {
		return parts.stream().map((part) -> access(entity, part)).collect(Collectors.joining("\n  ", "union of\n  ",
				""));
	}

	private static String name(EntitySchema entity, IndexInfo index) {
		return index.positions()
			.stream()
			.map((position) -> entity.fields().get(position).name())
			.collect(Collectors.joining(", ", entity.name() + "(", ")"));
	}

	private static String order(EntitySchema entity, List<Order> keys) {
		return keys.stream()
			.map((key) -> column(entity, key.column()) + (key.descending() ? " desc" : ""))
			.collect(Collectors.joining(", "));
	}

	private static String column(EntitySchema entity, Column column) {
		return switch (column) {
			case Column.Field field -> entity.fields().get(field.position()).name();
			case Column.Meta meta -> meta.name().toLowerCase(java.util.Locale.ROOT);
		};
	}

	private static String condition(EntitySchema entity, Condition condition) {
		return switch (condition) {
			case Condition.All all -> "everything";
			case Condition.Compare compare -> column(entity, compare.column()) + " " + compare.operator().symbol() + " "
					+ Planner.text(compare.value());
			case Condition.In in -> column(entity, in.column()) + " in "
					+ in.values().stream().map(Planner::text).collect(Collectors.joining(", ", "[", "]"));
			case Condition.Contains contains -> column(entity, contains.column()) + " contains " + contains.value();
			case Condition.StartsWith starts -> column(entity, starts.column()) + " starts with " + starts.prefix();
			case Condition.And and -> joined(entity, and.parts(), " && ");
			case Condition.Or or -> joined(entity, or.parts(), " || ");
			case Condition.Not not -> "not (" + condition(entity, not.part()) + ")";
			case Condition.Residual residual -> residual.text();
		};
	}

	private static String joined(EntitySchema entity, List<Condition> parts, String between) {
		return parts.stream().map((part) -> condition(entity, part)).collect(Collectors.joining(between, "(", ")"));
	}

}
