package dev.flin.types;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Symbol;

/** What is known at a point of the code about variables and stable paths beyond their declared types. Immutable. */
final class Facts {

	static final Facts NONE = new Facts(Map.of());

	/** The last part of a path that holds the type of a tried value: no name of a program looks like it. */
	static final String WHEN_OK = "(ok)";

	/** The last part of a path whose known type says only what was assigned last: nobody has asked for it. */
	private static final String ASSIGNED = "(assigned)";

	/** A variable or what the host provides, and keys from there on: {@code body.key}. */
	record Path(Symbol root, String rest) {

		/** The path of what a name stands for; null when that is no place. */
		static @Nullable Path of(@Nullable Symbol root) {
			return (root instanceof Symbol.Variable || root instanceof Symbol.Ambient
					|| root instanceof Symbol.SelfField) ? new Path(root, "") : null;
		}

		Path then(String name) {
			return new Path(this.root, this.rest + "." + name);
		}

	}

	private final Map<Path, Type> known;

	private Facts(Map<Path, Type> known) {
		this.known = known;
	}

	@Nullable Type get(Path path) {
		return this.known.get(path);
	}

	/** Whether nothing is known: then nobody need make the path of what he asks for. */
	boolean isEmpty() {
		return this.known.isEmpty();
	}

	Facts with(Path path, Type type) {
		Map<Path, Type> more = new HashMap<>(this.known);
		more.put(path, type);
		return new Facts(more);
	}

	/** What a variable was given last. Operations may use it; questions about the variable are about its own type. */
	Facts assigned(Path path, Type type) {
		return with(path, type).with(path.then(ASSIGNED), type);
	}

	/** What may be asked about a place: without what was only assigned to it. */
	Facts beforeAsking(@Nullable Path path) {
		return (path != null && this.known.containsKey(path.then(ASSIGNED))) ? without(path) : this;
	}

	/** Without what was known about a place and everything reached through it. */
	Facts without(Path path) {
		if (this.known.isEmpty()) {
			return this;
		}
		Map<Path, Type> fewer = new HashMap<>(this.known);
		fewer.keySet()
			.removeIf(each -> each.root().equals(path.root())
					&& (each.rest().equals(path.rest()) || each.rest().startsWith(path.rest() + ".")));
		return new Facts(fewer);
	}

	/** What still holds when code may run again, or later: nothing about variables that change. */
	Facts stable() {
		if (this.known.isEmpty()) {
			return this;
		}
		Map<Path, Type> fewer = new HashMap<>(this.known);
		fewer.keySet().removeIf(each -> each.root() instanceof Symbol.Variable variable && variable.isReassigned());
		return new Facts(fewer);
	}

	/** What holds on both of two ways. */
	Facts and(Facts other) {
		if (this == other || this.known.isEmpty()) {
			return this;
		}
		Map<Path, Type> both = new HashMap<>(this.known);
		both.entrySet().removeIf(each -> !each.getValue().equals(other.known.get(each.getKey())));
		return new Facts(both);
	}

}
