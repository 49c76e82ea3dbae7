package dev.flin.resolve;


import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.diag.Spelling;
import dev.flin.source.Span;
import dev.flin.syntax.Node;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** What the resolvers of one file share: where they are, what they found, and the tables they fill. */
final class ResolveContext {

	/** A loop that {@code break} and {@code continue} may mean. */
	static final class Loop {

		final @Nullable String label;

		final Frame frame;

		@Nullable Flow broken;

		/** What is assigned where {@code continue} goes on with the next turn, null without one. */
		@Nullable Flow continued;

		Loop(@Nullable String label, Frame frame) {
			this.label = label;
			this.frame = frame;
		}

	}

	private static final String STATE = "leave it out: variables of a page or component that change are state, and "
			+ "what is computed from them follows";

	/** What FLIN has in the place of names that others have. */
	private static final Map<String, String> FOREIGN = Map.of("this",
			"a function sees the variables around it by their names; in an 'impl' the value is 'self'", "Promise",
			"calls that wait simply wait; several at once: parallel([f, g])", "process", "use env(\"NAME\")", "require",
			"everything under the application's root is visible without it", "slot", "write <slot/> or {children}",
			"useState", STATE, "useRef", STATE, "computed", STATE, "useMemo", STATE, "useEffect",
			"onMount { }, onUpdate { } and onUnmount { } run in the browser");

	final SyntaxTree tree;

	final Declarations declarations;

	final BuiltinNames builtins;

	final Resolution resolution;

	final List<Diagnostic> diagnostics = new ArrayList<>();

	final Deque<Loop> loops = new ArrayDeque<>();

	final BrowserNames browser;

	private final List<Symbol.Variable> variables = new ArrayList<>();

	Scope scope;

	Frame frame;

	Flow flow = new Flow();

	/** What was surely assigned in the frames around when the code of the inner one began. */
	private final Deque<Flow> outerFlows = new ArrayDeque<>();

	/** How many argument lists of query operations are around. */
	int queryArguments;

	/** The names that the call of {@code update} around gives values to. */
	Set<String> updated = Set.of();

	private int slots;

	/** Scopes that are left, for what to say of their names. */
	private final List<Scope> ended = new ArrayList<>();

	ResolveContext(SyntaxTree tree, Declarations declarations, BuiltinNames builtins) {
		this.tree = tree;
		this.declarations = declarations;
		this.builtins = builtins;
		this.frame = new Frame(Frame.Kind.FILE, null, null);
		this.scope = new Scope(null, this.frame);
		this.resolution = new Resolution(tree, this.frame);
		this.browser = new BrowserNames(this);
	}

	List<Symbol.Variable> variables() {
		return this.variables;
	}

	void report(Diagnostic diagnostic) {
		this.diagnostics.add(diagnostic);
	}

	void report(Code code, Span span, String message) {
		report(Diagnostic.of(code, this.tree.file(), span, message));
	}

	// Scopes

	void inScope(Runnable action) {
		Scope before = this.scope;
		this.scope = new Scope(before, this.frame);
		try {
			action.run();
		}
		finally {
			this.ended.add(this.scope);
			this.scope = before;
		}
	}

	/** Runs an action inside a new frame with a scope of its own; what it assigns is not surely assigned after it. */
	Frame inFrame(Frame.Kind kind, Node node, Runnable action) {
		Frame outer = this.frame;
		Scope outerScope = this.scope;
		Flow outerFlow = this.flow;
		Frame inner = new Frame(kind, node, outer);
		this.resolution.frame(node.id(), inner);
		this.frame = inner;
		this.scope = new Scope(outerScope, inner);
		this.flow = new Flow();
		this.outerFlows.push(outerFlow);
		try {
			action.run();
			endFrame();
		}
		finally {
			this.ended.add(this.scope);
			this.frame = outer;
			this.scope = outerScope;
			this.flow = outerFlow;
			this.outerFlows.pop();
		}
		return inner;
	}

	/** What inner frames read of variables that may be without a value to the last. */
	void endFrame() {
		for (Symbol each : this.scope.names().values()) {
			if (each instanceof Symbol.Variable variable && variable.bare && variable.captured
					&& !this.flow.isAssigned(variable.slot)) {
				variable.noneAtFirst = true;
			}
		}
	}

	/** Declares the names that a body assigns and no enclosing scope has. */
	void declareAssigned(List<? extends Node> body) {
		for (Map.Entry<String, AssignedNames.Assigned> entry : AssignedNames.of(body).entrySet()) {
			AssignedNames.Assigned assigned = entry.getValue();
			Symbol known = this.scope.assignable(entry.getKey());
			if (assigned.declare() == Stmt.Declare.NONE ? known == null : !isOwn(known)) {
				if (known instanceof Symbol.Variable hidden && this.frame.kind() != Frame.Kind.FILE) {
					warnShadow(entry.getKey(), assigned.span(), hidden);
				}
				declare(entry.getKey(), Symbol.Variable.Kind.LOCAL, assigned.span(),
						assigned.declare() == Stmt.Declare.CONST);
			}
		}
	}

	private boolean isOwn(@Nullable Symbol known) {
		return known != null && this.scope.names().get(known.name()) == known;
	}

	Symbol.Variable declare(String name, Symbol.Variable.Kind kind, Span span, boolean constant) {
		Symbol.Variable variable = new Symbol.Variable(name, kind, this.frame, this.tree.file(), span, constant,
				this.slots++);
		this.frame.add(variable);
		this.scope.names().put(name, variable);
		this.variables.add(variable);
		return variable;
	}

	/** Declares a name bound by a parameter, loop or pattern: always new, and assigned. */
	Symbol.Variable bind(String name, Symbol.Variable.Kind kind, Span span) {
		Symbol hidden = this.scope.lookup(name);
		if (hidden instanceof Symbol.Variable other && !name.startsWith("_")
				&& hidden != this.scope.names().get(name)) {
			warnShadow(name, span, other);
		}
		Symbol.Variable variable = declare(name, kind, span, false);
		variable.assignments = 1;
		this.flow.assign(variable.slot);
		return variable;
	}

	/** A parameter that nobody wrote, which may hide a variable. */
	void give(String name, Span span) {
		Symbol.Variable variable = declare(name, Symbol.Variable.Kind.PARAMETER, span, false);
		variable.assignments = 1;
		variable.reads = 1;
		this.flow.assign(variable.slot);
	}

	private void warnShadow(String name, Span span, Symbol.Variable hidden) {
		int line = this.tree.file().lineOf(hidden.declared().start());
		report(Diagnostic.of(Code.W0106, this.tree.file(), span, "'" + name + "' hides a variable of the same name")
			.withHelp("the other '" + name + "' is declared on line " + line));
	}

	// Uses

	/** A use of a variable; gives the error when it may not be assigned yet. */
	@Nullable Diagnostic read(Symbol.Variable variable, Span span) {
		variable.reads++;
		if (variable.frame() != this.frame) {
			capture(variable);
		}
		else if (!this.flow.isAssigned(variable.slot)) {
			if (variable.bare) {
				variable.noneAtFirst = true;
				return null;
			}
			if (this.queryArguments == 0) {
				this.flow.assign(variable.slot);
			}
			return notAssigned(variable, span);
		}
		return null;
	}

	/** Declares a function inside a body. */
	Symbol.Function declareNested(Stmt.Fn fn) {
		Symbol before = this.scope.names().get(fn.name());
		Symbol own = this.declarations.lookup(this.tree, fn.name());
		Symbol.Function function = new Symbol.Function(fn, this.tree, null, this.slots++);
		this.flow.assign(function.slot());
		if (before instanceof Symbol.Function other && !this.flow.isDead() && this.flow.isAssigned(other.slot())
				|| this.frame.kind() == Frame.Kind.FILE && own instanceof Symbol.Function same
						&& same.tree() == this.tree) {
			report(Code.E0108, fn.nameSpan(), "function '" + fn.name() + "' is declared twice");
		}
		else {
			this.scope.names().put(fn.name(), function);
		}
		return function;
	}

	/** A use of a nested function; gives the error when its declaration may not have run. */
	@Nullable Diagnostic use(Symbol.Function function, Span span) {
		if (isDeclared(function)) {
			return null;
		}
		int line = this.tree.file().lineOf(function.declaration().nameSpan().start());
		return Diagnostic
			.of(Code.E0109, this.tree.file(), span, "function '" + function.name() + "' may not be declared here")
			.withLabel("not declared on every way to here")
			.withHelp("the branch on line " + line + " may not have run; declare '" + function.name()
					+ "' outside of it, or assign a function to a variable in every branch");
	}

	/** Functions of the file are no closures: what the file's body declares is not there for them. */
	private boolean isDeclared(Symbol.Function function) {
		if (this.flow.isAssigned(function.slot())) {
			return true;
		}
		Frame inner = this.frame;
		for (Flow outer : this.outerFlows) {
			if (inner == null || inner.node() instanceof Stmt.Fn fn
					&& !(this.resolution.function(fn.id()) instanceof Symbol.Function closure && closure.isNested())) {
				return false;
			}
			if (outer.isAssigned(function.slot())) {
				return true;
			}
			inner = inner.parent();
		}
		return false;
	}

	private Diagnostic notAssigned(Symbol.Variable variable, Span span) {
		int line = this.tree.file().lineOf(variable.declared().start());
		boolean later = variable.declared().start() > span.start();
		return Diagnostic
			.of(Code.E0109, this.tree.file(), span, "'" + variable.name() + "' may not be assigned here")
			.withLabel(later ? "not assigned yet" : "not assigned on every way to here")
			.withHelp(later ? "it is first assigned on line " + line
					: "the assignment on line " + line + " may not have run; assign '" + variable.name()
							+ "' on the other ways too");
	}

	void assign(Symbol.Variable variable, Span span) {
		variable.assignments++;
		if (variable.isConstant() && variable.assignments > 1) {
			report(Diagnostic.of(Code.E0110, this.tree.file(), span, "'" + variable.name() + "' is a constant")
				.withLabel("cannot be assigned again")
				.withHelp("declare it without 'const' if it has to change"));
		}
		if (variable.frame() != this.frame) {
			variable.assignedElsewhere = true;
			capture(variable);
		}
		else {
			variable.ownAssignments++;
			this.flow.assign(variable.slot);
		}
	}

	private void capture(Symbol.Variable variable) {
		variable.captured = true;
		for (Frame inner = this.frame; inner != null && inner != variable.frame(); inner = inner.parent()) {
			inner.capture(variable);
		}
	}

	// Names not found

	/** The message about an unknown name; what is near it is looked for when the message is wanted. */
	Supplier<Diagnostic> undefined(Code code, String what, String name, Span span) {
		List<String> inScope = new ArrayList<>();
		for (Scope each = this.scope; each != null; each = each.parent()) {
			each.names().forEach((known, symbol) -> {
				if (!isMissing(symbol)) {
					inScope.add(known);
				}
			});
		}
		Scope at = this.scope;
		Set<String> fields = this.updated;
		return () -> {
			Diagnostic undefined = Diagnostic.of(code, this.tree.file(), span, "undefined " + what + " '" + name + "'");
			return fields.contains(name)
					? undefined.withLabel("a field of the records, not a variable").withHelp(eachOnItsOwn(name))
					: undefined(undefined, name, inScope, at);
		};
	}

	/** Whether a variable is there, but has no value yet, as in {@code total = totl}. */
	private boolean isMissing(Symbol symbol) {
		return symbol instanceof Symbol.Variable variable && variable.frame() == this.frame
				&& !this.flow.isAssigned(variable.slot);
	}

	/** The variable of this name in a loop, an arm or a function that stands in a scope and is over; null for none. */
	private Symbol.@Nullable Variable lost(String name, Scope in) {
		for (Scope each : this.ended) {
			boolean inside = false;
			for (Scope around = each.parent(); around != null && !inside; around = around.parent()) {
				inside = around == in;
			}
			if (inside && each.names().get(name) instanceof Symbol.Variable variable) {
				return variable;
			}
		}
		return null;
	}

	private static String eachOnItsOwn(String field) {
		return "'update' gives all records one value. To compute it from each: "
				+ "'transaction { for one in … { one.%s = one.%s …; save one } }'".formatted(field, field);
	}

	private Diagnostic undefined(Diagnostic message, String name, List<String> inScope, Scope at) {
		Diagnostic diagnostic = message.withLabel("not declared in this scope");
		String foreign = FOREIGN.get(name);
		if (foreign != null) {
			return diagnostic.withHelp(foreign);
		}
		Symbol.Variable lost = lost(name, at);
		if (lost != null) {
			return diagnostic.withHelp("the '" + name + "' of line " + this.tree.file().lineOf(lost.declared().start())
					+ " is only there in the loop, arm or function around it: assign '" + name + "' before that");
		}
		Set<String> candidates = new LinkedHashSet<>(inScope);
		candidates.addAll(this.declarations.names(this.tree));
		String nearest = Spelling.nearest(name, candidates).orElse(null);
		if (nearest == null) {
			nearest = Spelling.nearest(name, this.builtins.all()).orElse(null);
		}
		if (nearest == null) {
			return diagnostic;
		}
		Symbol symbol = at.lookup(nearest);
		if (symbol instanceof Symbol.Variable && !inScope.contains(nearest)) {
			return diagnostic;
		}
		String where = (symbol instanceof Symbol.Variable variable)
				? " (declared on line " + this.tree.file().lineOf(variable.declared().start()) + ")" : "";
		return diagnostic.withHelp("did you mean '" + nearest + "'?" + where);
	}

}
