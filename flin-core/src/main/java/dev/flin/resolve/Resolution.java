package dev.flin.resolve;


import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.syntax.SyntaxTree;

/**
 * What the names of one file mean: tables indexed by node id. A symbol is recorded for each {@code Expr.Name}, for each
 * pattern that names something, and for each declaration that makes one.
 */
public final class Resolution {

	/** What a bare name in a pattern does. */
	public enum PatternUse {

		/** Makes a new variable, or assigns one in a destructuring. */
		BINDS,
		/** Is compared with a variable of the program. */
		COMPARES,
		/** Names a variant of an enum. */
		VARIANT,
		/** Names a type. */
		TYPE

	}

	private final SyntaxTree tree;

	private final Frame frame;

	private final @Nullable Symbol[] symbols;

	private final @Nullable PatternUse[] uses;

	private final Map<Integer, Frame> frames = new HashMap<>();

	private final Map<Integer, Supplier<Diagnostic>> open = new HashMap<>();

	private final Map<Integer, Symbol.Function> functions = new HashMap<>();

	private List<Diagnostic> diagnostics = List.of();

	Resolution(SyntaxTree tree, Frame frame) {
		this.tree = tree;
		this.frame = frame;
		this.symbols = new Symbol[tree.nodeCount()];
		this.uses = new PatternUse[tree.nodeCount()];
	}

	public SyntaxTree tree() {
		return this.tree;
	}

	/** The frame of the file's own top level. */
	public Frame frame() {
		return this.frame;
	}

	/** What a name, pattern or declaration stands for; null when it is no name or was not found. */
	public @Nullable Symbol symbol(int nodeId) {
		return this.symbols[nodeId];
	}

	/** What a bare name in a pattern does; null for other nodes. */
	public @Nullable PatternUse use(int nodeId) {
		return this.uses[nodeId];
	}

	/** The frame that a function, lambda or host block opens. */
	public @Nullable Frame frame(int nodeId) {
		return this.frames.get(nodeId);
	}

	/** The function that a {@code Stmt.Fn} inside a body declares. */
	public Symbol.@Nullable Function function(int nodeId) {
		return this.functions.get(nodeId);
	}

	/**
	 * The error of a name that was not found where it may still be a field (in arguments of query operations); it is
	 * reported when it proves to be none.
	 */
	public @Nullable Diagnostic open(int nodeId) {
		Supplier<Diagnostic> message = this.open.get(nodeId);
		return (message != null) ? message.get() : null;
	}

	/** Errors and warnings in the order they were found. */
	public List<Diagnostic> diagnostics() {
		return this.diagnostics;
	}

	void symbol(int nodeId, Symbol symbol) {
		this.symbols[nodeId] = symbol;
	}

	void use(int nodeId, PatternUse use) {
		this.uses[nodeId] = use;
	}

	void frame(int nodeId, Frame opened) {
		this.frames.put(nodeId, opened);
	}

	void function(int nodeId, Symbol.Function function) {
		this.functions.put(nodeId, function);
	}

	void open(int nodeId, Supplier<Diagnostic> diagnostic) {
		this.open.put(nodeId, diagnostic);
	}

	void diagnostics(Collection<Diagnostic> found) {
		this.diagnostics = List.copyOf(found);
	}

}
