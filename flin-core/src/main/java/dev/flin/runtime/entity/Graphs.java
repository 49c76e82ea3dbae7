package dev.flin.runtime.entity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordRef;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Records as the nodes of a graph, and their references as its edges.
 */
final class Graphs {

	private static final int RANK_ROUNDS = 50;

	private static final double DAMPING = 0.85;

	private Graphs() {
	}

	private static RecordRef key(RecordInstance instance) {
		return new RecordRef(instance.type().name(), instance.id());
	}

	/** The shortest way along references in either direction; both ends included, empty when there is none. */
	static FlinList shortestPath(RecordInstance from, RecordInstance to) {
		Map<RecordRef, @Nullable RecordInstance> cameFrom = new HashMap<>();
		cameFrom.put(key(from), null);
		Deque<RecordInstance> queue = new ArrayDeque<>(List.of(from));
		while (!queue.isEmpty()) {
			RecordInstance at = queue.removeFirst();
			if (at.equals(to)) {
				return back(cameFrom, at);
			}
			for (RecordInstance next : neighbours(at)) {
				if (!cameFrom.containsKey(key(next))) {
					cameFrom.put(key(next), at);
					queue.addLast(next);
				}
			}
		}
		return new FlinList();
	}

	private static FlinList back(Map<RecordRef, @Nullable RecordInstance> cameFrom, RecordInstance end) {
		List<RecordInstance> path = new ArrayList<>();
		for (RecordInstance at = end; at != null; at = cameFrom.get(key(at))) {
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

	/** For each record the places of the records among them that it refers to. */
	private static List<List<Integer>> edges(List<RecordInstance> all) {
		Map<RecordRef, Integer> places = new HashMap<>();
		all.forEach(record -> places.putIfAbsent(key(record), places.size()));
		List<List<Integer>> edges = new ArrayList<>();
		for (RecordInstance record : all) {
			List<Integer> out = new ArrayList<>();
			for (RecordInstance target : targets(record)) {
				Integer place = places.get(key(target));
				if (place != null) {
					out.add(place);
				}
			}
			edges.add(out);
		}
		return edges;
	}

	static FlinList components(List<RecordInstance> all) {
		List<List<Integer>> edges = edges(all);
		int[] parent = new int[all.size()];
		Arrays.setAll(parent, place -> place);
		for (int from = 0; from < parent.length; from++) {
			for (int to : edges.get(from)) {
				parent[root(parent, from)] = root(parent, to);
			}
		}
		Map<Integer, FlinList> groups = new java.util.LinkedHashMap<>();
		for (int i = 0; i < parent.length; i++) {
			groups.computeIfAbsent(root(parent, i), key -> new FlinList()).add(all.get(i));
		}
		List<FlinList> sorted = new ArrayList<>(groups.values());
		sorted.sort((a, b) -> Integer.compare(b.size(), a.size()));
		return FlinList.copyOf(sorted);
	}

	private static int root(int[] parent, int place) {
		int at = place;
		while (parent[at] != at) {
			parent[at] = parent[parent[at]];
			at = parent[at];
		}
		return at;
	}

	static FlinMap pagerank(List<RecordInstance> all) {
		int count = all.size();
		List<List<Integer>> edges = edges(all);
		double[] rank = new double[count];
		Arrays.fill(rank, 1.0 / Math.max(1, count));
		for (int round = 0; round < RANK_ROUNDS; round++) {
			double[] next = new double[count];
			double spread = 0;
			for (int from = 0; from < count; from++) {
				List<Integer> out = edges.get(from);
				if (out.isEmpty()) {
					spread += rank[from];
				}
				for (int to : out) {
					next[to] += rank[from] / out.size();
				}
			}
			for (int i = 0; i < count; i++) {
				next[i] = (1 - DAMPING) / count + DAMPING * (next[i] + spread / count);
			}
			rank = next;
		}
		FlinMap ranks = new FlinMap(count);
		for (int i = 0; i < count; i++) {
			ranks.put(all.get(i), rank[i]);
		}
		return ranks;
	}

	static FlinList topologicalSort(List<RecordInstance> all) {
		List<List<Integer>> edges = edges(all);
		int[] waiting = new int[all.size()];
		List<List<Integer>> dependents = new ArrayList<>();
		all.forEach(record -> dependents.add(new ArrayList<>()));
		for (int from = 0; from < waiting.length; from++) {
			for (int to : edges.get(from)) {
				waiting[from]++;
				dependents.get(to).add(from);
			}
		}
		Deque<Integer> ready = new ArrayDeque<>();
		for (int i = 0; i < waiting.length; i++) {
			if (waiting[i] == 0) {
				ready.addLast(i);
			}
		}
		FlinList sorted = new FlinList(waiting.length);
		while (!ready.isEmpty()) {
			int next = ready.removeFirst();
			sorted.add(all.get(next));
			for (int dependent : dependents.get(next)) {
				if (--waiting[dependent] == 0) {
					ready.addLast(dependent);
				}
			}
		}
		if (sorted.size() < waiting.length) {
			throw new FlinError("the references of the records form a cycle");
		}
		return sorted;
	}

}
