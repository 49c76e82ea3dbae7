package dev.flin.runtime.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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

	/** The shortest way along references in either direction; both ends included, empty when there is none. */
	static FlinList shortestPath(RecordInstance from, RecordInstance to) {
		Map<RecordInstance, @Nullable RecordInstance> cameFrom = new HashMap<>();
		cameFrom.put(from, null);
		Deque<RecordInstance> queue = new ArrayDeque<>(List.of(from));
		while (!queue.isEmpty()) {
			RecordInstance at = queue.removeFirst();
			if (at.equals(to)) {
				return back(cameFrom, at);
			}
			for (RecordInstance next : neighbours(at)) {
				if (!cameFrom.containsKey(next)) {
					cameFrom.put(next, at);
					queue.addLast(next);
				}
			}
		}
		return new FlinList();
	}

	private static FlinList back(Map<RecordInstance, @Nullable RecordInstance> cameFrom, RecordInstance end) {
		List<RecordInstance> path = new ArrayList<>();
		for (RecordInstance at = end; at != null; at = cameFrom.get(at)) {
			path.addFirst(at);
		}
		return FlinList.copyOf(path);
	}

	/** What an instance refers to and what refers to it. */
	private static List<RecordInstance> neighbours(RecordInstance instance) {
		List<RecordInstance> found = new ArrayList<>(targets(instance));
		for (Relation relation : instance.type().referrers()) {
			found.addAll(instance.session().referring(instance, relation).instances());
		}
		return found;
	}

	private static List<RecordInstance> targets(RecordInstance instance) {
		List<RecordInstance> found = new ArrayList<>();
		for (EntityField field : instance.type().fields()) {
			Object value = (field.isReference() || field.isReferences()) ? instance.get(field.slot()) : null;
			if (value instanceof RecordInstance target) {
				found.add(target);
			}
			else if (value instanceof FlinList list) {
				found.addAll(TimeTravel.instances(list));
			}
		}
		return found;
	}

	/** Groups of records that references of the entity to itself join; the largest first. */
	static FlinList components(List<RecordInstance> all) {
		Map<RecordInstance, Integer> group = new LinkedHashMap<>();
		Map<Integer, List<RecordInstance>> members = new LinkedHashMap<>();
		Map<RecordInstance, List<RecordInstance>> edges = edges(all);
		int number = 0;
		for (RecordInstance start : all) {
			if (group.putIfAbsent(start, number) != null) {
				continue;
			}
			List<RecordInstance> found = new ArrayList<>(List.of(start));
			for (int i = 0; i < found.size(); i++) {
				for (RecordInstance next : edges.getOrDefault(found.get(i), List.of())) {
					if (group.putIfAbsent(next, number) == null) {
						found.add(next);
					}
				}
			}
			members.put(number++, found);
		}
		List<FlinList> groups = new ArrayList<>();
		members.values().forEach(found -> groups.add(FlinList.copyOf(found)));
		groups.sort((a, b) -> Integer.compare(b.size(), a.size()));
		return FlinList.copyOf(groups);
	}

	/** Both directions of the references among records. */
	private static Map<RecordInstance, List<RecordInstance>> edges(List<RecordInstance> all) {
		Set<RecordInstance> known = new HashSet<>(all);
		Map<RecordInstance, List<RecordInstance>> edges = new HashMap<>();
		for (RecordInstance from : all) {
			for (RecordInstance to : targets(from)) {
				if (known.contains(to)) {
					edges.computeIfAbsent(from, key -> new ArrayList<>()).add(to);
					edges.computeIfAbsent(to, key -> new ArrayList<>()).add(from);
				}
			}
		}
		return edges;
	}

}
