package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** What deleting, destroying and restoring do to records that refer to each other, said naively. */
final class ReferenceModel {

	enum Rule {

		CASCADE, SET_NULL, RESTRICT

	}

	/** A field of an entity that refers to another. */
	record Reference(String entity, String field, String target, Rule rule, boolean many) {
	}

	/** A record by name. */
	record Key(String entity, long id) implements Comparable<Key> {

		@Override
		public int compareTo(Key other) {
			int order = this.entity.compareTo(other.entity);
			return (order != 0) ? order : Long.compare(this.id, other.id);
		}

		@Override
		public String toString() {
			return this.entity + "#" + this.id;
		}

	}

	/** A record. */
	static final class Node {

		final Map<String, List<Long>> references = new TreeMap<>();

		boolean deleted;

		boolean held;

		/** Not deleted, but valid only later. */
		boolean later;

		/** The operation that deleted it, and the record that took it along. */
		long deletion;

		@Nullable Key cause;

		Node copy() {
			Node copy = new Node();
			this.references.forEach((field, ids) -> copy.references.put(field, List.copyOf(ids)));
			copy.deleted = this.deleted;
			copy.held = this.held;
			copy.later = this.later;
			copy.deletion = this.deletion;
			copy.cause = this.cause;
			return copy;
		}

	}

	static final List<Reference> REFERENCES = List.of(new Reference("B", "a", "A", Rule.CASCADE, false),
			new Reference("B", "up", "B", Rule.CASCADE, false), new Reference("C", "a", "A", Rule.SET_NULL, false),
			new Reference("C", "b", "B", Rule.RESTRICT, false), new Reference("D", "all", "A", Rule.SET_NULL, true),
			new Reference("D", "c", "C", Rule.CASCADE, false), new Reference("D", "some", "B", Rule.RESTRICT, true));

	final TreeMap<Key, Node> nodes = new TreeMap<>();

	private long operations;

	static List<Reference> referencesOf(String entity) {
		return REFERENCES.stream().filter((reference) -> reference.entity().equals(entity)).toList();
	}

	ReferenceModel copy() {
		ReferenceModel copy = new ReferenceModel();
		this.nodes.forEach((key, node) -> copy.nodes.put(key, node.copy()));
		copy.operations = this.operations;
		return copy;
	}

	void become(ReferenceModel other) {
		this.nodes.clear();
		this.nodes.putAll(other.copy().nodes);
		this.operations = other.operations;
	}

	Node node(Key key) {
		return Objects.requireNonNull(this.nodes.get(key));
	}

	List<Key> live(String entity) {
		return keys((key) -> key.entity().equals(entity) && !node(key).deleted);
	}

	private List<Key> keys(Predicate<Key> wanted) {
		return this.nodes.keySet().stream().filter(wanted).toList();
	}

	private boolean refers(Key from, Reference reference, Key to) {
		return from.entity().equals(reference.entity()) && to.entity().equals(reference.target())
				&& node(from).references.getOrDefault(reference.field(), List.of()).contains(to.id());
	}

	/** Deletes or destroys; false when that is refused, and nothing happened. */
	boolean remove(Key root, boolean forGood) {
		if (node(root).deleted && !forGood) {
			return true;
		}
		Set<Key> going = new LinkedHashSet<>(List.of(root));
		Map<Key, Key> causes = new TreeMap<>();
		for (boolean grew = true; grew;) {
			grew = false;
			for (Key target : List.copyOf(going)) {
				for (Key from : referrers(target, Rule.CASCADE, forGood)) {
					if (going.add(from)) {
						causes.put(from, target);
						grew = true;
					}
				}
			}
		}
		for (Key target : going) {
			boolean refused = !going.containsAll(referrers(target, Rule.RESTRICT, forGood));
			if (refused || (forGood && node(target).held)) {
				return false;
			}
		}
		going.forEach((target) -> empty(target, going, forGood));
		this.operations++;
		going.forEach((key) -> go(key, causes.get(key), forGood));
		return true;
	}

	private void go(Key key, @Nullable Key cause, boolean forGood) {
		if (forGood) {
			this.nodes.remove(key);
			return;
		}
		Node node = node(key);
		node.deleted = true;
		node.later = false;
		node.deletion = this.operations;
		node.cause = cause;
	}

	private Set<Key> referrers(Key target, Rule rule, boolean deletedToo) {
		Set<Key> found = new TreeSet<>();
		for (Reference reference : REFERENCES) {
			if (reference.rule() == rule) {
				found.addAll(keys((key) -> refers(key, reference, target) && (deletedToo || !node(key).deleted)));
			}
		}
		return found;
	}

	private void empty(Key target, Set<Key> going, boolean deletedToo) {
		for (Reference reference : REFERENCES) {
			for (Key from : keys((key) -> refers(key, reference, target))) {
				if (reference.rule() == Rule.SET_NULL && !going.contains(from)
						&& (deletedToo || !node(from).deleted)) {
					List<Long> kept = new ArrayList<>(node(from).references.get(reference.field()));
					kept.removeIf((id) -> id == target.id());
					node(from).references.put(reference.field(), kept);
				}
			}
		}
	}

	/** Brings back a record and what its deletion took along; false when that is refused. */
	boolean restore(Key root) {
		if (!node(root).deleted) {
			return true;
		}
		Set<Key> returning = new LinkedHashSet<>(List.of(root));
		for (boolean grew = true; grew;) {
			grew = false;
			for (Key key : keys((other) -> node(other).deleted && node(other).deletion == node(root).deletion)) {
				Key cause = node(key).cause;
				grew |= cause != null && returning.contains(cause) && returning.add(key);
			}
		}
		for (Key key : returning) {
			for (Reference reference : referencesOf(key.entity())) {
				for (long id : node(key).references.getOrDefault(reference.field(), List.of())) {
					Key target = new Key(reference.target(), id);
					Node there = this.nodes.get(target);
					if (there == null || (there.deleted && !returning.contains(target))) {
						return false;
					}
				}
			}
		}
		returning.forEach((key) -> {
			node(key).deleted = false;
			node(key).cause = null;
		});
		return true;
	}

}
