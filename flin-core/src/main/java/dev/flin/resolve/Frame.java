package dev.flin.resolve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Node;

/**
 * A body of code that runs as one activation: a file, a function, a lambda, or a block that the host calls (route,
 * hook,
 * handler, test). Branches and loops open no frame. Compared by identity.
 */
public final class Frame {

	/** What makes a frame. */
	public enum Kind {

		FILE, FUNCTION, LAMBDA, HOST_BLOCK

	}

	private final Kind kind;

	private final @Nullable Node node;

	private final @Nullable Frame parent;

	private final List<Symbol.Variable> variables = new ArrayList<>();

	private final Set<Symbol.Variable> captures = new LinkedHashSet<>();

	Frame(Kind kind, @Nullable Node node, @Nullable Frame parent) {
		this.kind = kind;
		this.node = node;
		this.parent = parent;
	}

	/** A body that is made of a part of another one and sees its variables from outside: the condition of a query. */
	public static Frame inside(Frame parent) {
		return new Frame(Kind.LAMBDA, null, parent);
	}

	public Kind kind() {
		return this.kind;
	}

	/** The node whose body this is; null for a file. */
	public @Nullable Node node() {
		return this.node;
	}

	public @Nullable Frame parent() {
		return this.parent;
	}

	/** Parameters and variables that live in this frame, in order of declaration. */
	public List<Symbol.Variable> variables() {
		return Collections.unmodifiableList(this.variables);
	}

	/** Variables of enclosing frames that this frame, or one inside it, reads or assigns. */
	public Set<Symbol.Variable> captures() {
		return Collections.unmodifiableSet(this.captures);
	}

	void add(Symbol.Variable variable) {
		this.variables.add(variable);
	}

	void capture(Symbol.Variable variable) {
		this.captures.add(variable);
	}

}
