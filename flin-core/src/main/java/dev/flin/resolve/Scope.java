package dev.flin.resolve;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Names of one scope: a file, a body, an iteration, an arm. */
final class Scope {

	private final @Nullable Scope parent;

	private final Frame frame;

	private final Map<String, Symbol> names = new HashMap<>();

	Scope(@Nullable Scope parent, Frame frame) {
		this.parent = parent;
		this.frame = frame;
	}

	@Nullable Scope parent() {
		return this.parent;
	}

	Frame frame() {
		return this.frame;
	}

	Map<String, Symbol> names() {
		return this.names;
	}

	@Nullable Symbol lookup(String name) {
		for (Scope scope = this; scope != null; scope = scope.parent) {
			Symbol symbol = scope.names.get(name);
			if (symbol != null) {
				return symbol;
			}
		}
		return null;
	}

	/** What an assignment to this name would change: a variable or a field of the instance; else null. */
	@Nullable Symbol assignable(String name) {
		Symbol symbol = lookup(name);
		return (symbol instanceof Symbol.Variable || symbol instanceof Symbol.SelfField) ? symbol : null;
	}

}
