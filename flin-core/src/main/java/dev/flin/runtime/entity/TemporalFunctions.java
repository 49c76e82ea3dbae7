package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.Equality;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Kinds;

/**
 * The built-in functions that compare versions.
 */
public final class TemporalFunctions {

	private TemporalFunctions() {
	}

	@Builtin(value = "field_changed(e: any, field: text) -> bool",
			doc = "Whether a field differs from the version before; `false` when there is none.")
	public static boolean fieldChanged(@Nullable Object e, String field) {
		RecordInstance saved = TimeTravel.saved(withMember(record(e), field));
		RecordInstance before = TimeTravel.previous(saved);
		return before != null
				&& !Equality.equal(InstanceMembers.read(before, field), InstanceMembers.read(saved, field));
	}

	@Builtin(value = "changed_from(e: any, field: text, value: any) -> bool",
			doc = "Whether a field changed and had this value before.")
	public static boolean changedFrom(@Nullable Object e, String field, @Nullable Object value) {
		RecordInstance saved = TimeTravel.saved(withMember(record(e), field));
		RecordInstance before = TimeTravel.previous(saved);
		if (before == null) {
			return false;
		}
		Object old = InstanceMembers.read(before, field);
		return Equality.equal(old, value) && !Equality.equal(old, InstanceMembers.read(saved, field));
	}

	/** The record, of which the member must be known even where there is nothing to compare yet. */
	private static RecordInstance withMember(RecordInstance instance, String name) {
		if (instance.shape().slotOf(name) < 0 && !instance.hasMember(name)) {
			throw new FlinError(instance.shape().name() + " has no field '" + name + "'");
		}
		return instance;
	}

	private static RecordInstance record(@Nullable Object value) {
		if (value instanceof RecordInstance instance) {
			return instance;
		}
		throw new FlinError("expected an entity, got " + Kinds.describe(value));
	}

	@Builtin(value = "field_history(e: any, field: text) -> [any]",
			doc = "The values of a field in all versions, oldest first.")
	public static FlinList fieldHistory(@Nullable Object e, String field) {
		return TimeTravel.fieldHistory(withMember(record(e), field), field);
	}

	@Builtin(value = "version_at(e: any, when: any) -> any", doc = "The state at a time or version, as `e @ t`.")
	public static @Nullable Object versionAt(@Nullable Object e, @Nullable Object when) {
		return TimeTravel.at(record(e), when, null);
	}

	@Builtin(value = "diff(a: any, b: any) -> [text: (any, any)]",
			doc = "For each field that differs between two versions its old and its new value.")
	public static FlinMap diff(@Nullable Object first, @Nullable Object second) {
		RecordInstance a = record(first);
		RecordInstance b = record(second);
		if (!a.shape().name().equals(b.shape().name())) {
			throw new FlinError("cannot compare a " + a.shape().name() + " with a " + b.shape().name());
		}
		FlinMap changes = new FlinMap();
		for (EntityField field : a.type().fields()) {
			Object before = a.get(field.slot());
			Object after = b.get(field.slot());
			if (!Equality.equal(before, after)) {
				changes.put(field.name(), FlinTuple.of2(before, after));
			}
		}
		return changes;
	}

	@Builtin(value = "where_field(versions: [any], field: text, operator: text, value: any) -> [any]",
			doc = "The versions whose field compares so: `== != < <= > >= contains in`.")
	public static FlinList whereField(FlinList versions, String field, String operator, @Nullable Object value) {
		FlinList found = new FlinList();
		for (RecordInstance version : TimeTravel.instances(versions)) {
			if (matches(InstanceMembers.read(version, field), operator, value)) {
				found.add(version);
			}
		}
		return found;
	}

	private static boolean matches(@Nullable Object field, String operator, @Nullable Object value) {
		return switch (operator) {
			case "in" -> value instanceof FlinList list && list.indexOf(field) >= 0;
			case "contains" -> (field instanceof String text && value instanceof String part && text.contains(part))
					|| (field instanceof FlinList list && list.indexOf(value) >= 0);
			default -> Conditions.holds(Conditions.operator(operator), field, value);
		};
	}

	@Builtin(value = "order_by(versions: [any], field: text, direction: text = \"asc\") -> [any]",
			doc = "The versions ordered by a field; equal ones stay in their order.")
	public static FlinList orderBy(FlinList versions, String field, String direction) {
		List<RecordInstance> sorted = new ArrayList<>(TimeTravel.instances(versions));
		sorted.forEach(version -> withMember(version, field));
		if (!direction.equals("asc") && !direction.equals("desc")) {
			throw new FlinError("the direction of an order is \"asc\" or \"desc\", not \"" + direction + "\"");
		}
		int sign = direction.equals("desc") ? -1 : 1;
		sorted.sort((a, b) -> sign
				* SortKey.compareValues(InstanceMembers.read(a, field), InstanceMembers.read(b, field)));
		return FlinList.copyOf(sorted);
	}

	@Builtin(value = "path_to(from: any, to: any) -> [any]",
			doc = "The way through a tree of records, both ends included; empty when there is none.")
	public static FlinList pathTo(@Nullable Object from, @Nullable Object to) {
		return Trees.path(record(from), record(to));
	}

	@Builtin(value = "shortest_path(a: any, b: any) -> [any]",
			doc = "The shortest way between two records along their references; empty when there is none.")
	public static FlinList shortestPath(@Nullable Object a, @Nullable Object b) {
		return Graphs.shortestPath(record(a), record(b));
	}

	@Builtin(value = "components(records: any) -> [[any]]",
			doc = "Groups of records that references among them join, the largest first.")
	public static FlinList components(@Nullable Object records) {
		return Graphs.components(TimeTravel.instances(records));
	}

	@Builtin(value = "pagerank(records: any) -> [any: number]",
			doc = "How much the references among records point at each of them; together 1.")
	public static FlinMap pagerank(@Nullable Object records) {
		return Graphs.pagerank(TimeTravel.instances(records));
	}

	@Builtin(value = "topological_sort(records: any) -> [any]",
			doc = "The records ordered so that each comes after those that it refers to; an error for a cycle.")
	public static FlinList topologicalSort(@Nullable Object records) {
		return Graphs.topologicalSort(TimeTravel.instances(records));
	}

	@Builtin(value = "restore(e: any) -> any", doc = "Brings a deleted record back, as the statement does.")
	public static @Nullable Object restore(FlinContext context, @Nullable Object e) {
		return Entities.restore(context, e);
	}

}
