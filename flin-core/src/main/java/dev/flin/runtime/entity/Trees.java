package dev.flin.runtime.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.flin.store.AsOf;
import dev.flin.store.Condition;
import dev.flin.value.FlinList;

/**
 * Trees of records that refer to their parent.
 */
final class Trees {

	private Trees() {
	}

	static FlinList named(RecordInstance instance, String name) {
		return switch (name) {
			case "ancestors" -> FlinList.copyOf(ancestors(instance));
			case "descendants" -> descendants(instance);
			default -> siblings(instance);
		};
	}

	/** From the parent up to the root; a cycle ends where it closes. */
	private static List<RecordInstance> ancestors(RecordInstance instance) {
		EntityField parent = instance.type().requireParentField();
		List<RecordInstance> found = new ArrayList<>();
		Set<Long> seen = new HashSet<>(Set.of(instance.id()));
		Object above = instance.get(parent.slot());
		while (above instanceof RecordInstance next && seen.add(next.id())) {
			found.add(next);
			above = next.get(parent.slot());
		}
		return found;
	}

	/** Level by level, each in the order of creation. */
	private static FlinList descendants(RecordInstance instance) {
		FlinList found = new FlinList();
		Set<Long> seen = new HashSet<>(Set.of(instance.id()));
		Deque<RecordInstance> queue = new ArrayDeque<>(List.of(instance));
		while (!queue.isEmpty()) {
			for (RecordInstance child : children(queue.removeFirst())) {
				if (seen.add(child.id())) {
					found.add(child);
					queue.addLast(child);
				}
			}
		}
		return found;
	}

	private static List<RecordInstance> children(RecordInstance instance) {
		EntityField parent = instance.type().requireParentField();
		return query(instance).where(new Condition.Compare(parent.column(), Condition.Operator.EQ, instance.id()))
			.instances();
	}

	private static EntityQuery query(RecordInstance instance) {
		EntityQuery all = EntityQuery.of(instance.session(), instance.type());
		AsOf moment = instance.moment();
		return (moment != null) ? all.asOf(moment) : all;
	}

	/** The other records with the same parent; roots are siblings of each other. */
	private static FlinList siblings(RecordInstance instance) {
		EntityField parent = instance.type().requireParentField();
		Object above = instance.get(parent.slot());
		Object id = (above instanceof RecordInstance record) ? record.id() : null;
		FlinList found = new FlinList();
		for (RecordInstance other : query(instance)
			.where(new Condition.Compare(parent.column(), Condition.Operator.EQ, id))
			.instances()) {
			if (other.id() != instance.id()) {
				found.add(other);
			}
		}
		return found;
	}

	/** The way through the tree, both ends included; empty when there is none. */
	static FlinList path(RecordInstance from, RecordInstance to) {
		List<RecordInstance> up = new ArrayList<>(List.of(from));
		up.addAll(ancestors(from));
		List<RecordInstance> down = new ArrayList<>(List.of(to));
		down.addAll(ancestors(to));
		for (int i = 0; i < up.size(); i++) {
			int meeting = down.indexOf(up.get(i));
			if (meeting >= 0) {
				FlinList path = FlinList.copyOf(up.subList(0, i + 1));
				for (int j = meeting - 1; j >= 0; j--) {
					path.add(down.get(j));
				}
				return path;
			}
		}
		return new FlinList();
	}

}
