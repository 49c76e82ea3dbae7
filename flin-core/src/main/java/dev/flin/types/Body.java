package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/**
 * One pass over one body: a file's top level or a function for certain parameter types. Holds the tables being filled,
 * the slots of variables, what is known at the current point, and operations that wait until a type is known.
 */
final class Body {

	/** How types of parameters are known. */
	enum Mode {

		/** Parameters without annotation are type variables that will be generalised. */
		GENERIC,
		/** Everything is known or will be. */
		GROUND,
		/** As {@code GROUND}, for the arguments of some calls: what fits others only is no mistake of the body. */
		INSTANCE

	}

	/** An operation that waits for the type of an operand. */
	private record Waiting(TypeVar on, Runnable action) {
	}

	/** Where {@code return} and the last expression lead. */
	static final class Target {

		final @Nullable Type declared;

		Type result = Basic.NEVER;

		Target(@Nullable Type declared) {
			this.declared = declared;
		}

	}

	/** What earlier passes over a body found. */
	record Earlier(Map<Symbol.Variable, Type> widened, Set<Symbol.Variable> polymorphic, Set<Integer> dynamic) {

		static Earlier nothing() {
			return new Earlier(new HashMap<>(), new HashSet<>(), new HashSet<>());
		}

	}

	/** Takes back what uses said about the parameters of a function value. */
	interface Loosening {

		/**
		 * From the next pass on the parameters may be anything.
		 * @return false when they are that already
		 */
		boolean loosen();

	}

	final World world;

	final World.FileState file;

	final Resolution resolution;

	final Unifier unifier;

	final Mode mode;

	final int level;

	Tables tables;

	List<Diagnostic> diagnostics = new ArrayList<>();

	final Map<Symbol.Variable, World.Slot> slots = new HashMap<>();

	final Earlier earlier;

	/** Of the innermost function value whose parameters are known by their uses alone; null outside of any. */
	@Nullable Loosening loosening;

	/** How often uses did not agree in this pass. */
	int loosened;

	/** The variable that the next lambda is assigned to. */
	Symbol.@Nullable Variable assignee;

	boolean again;

	/** Operations on parameters remain: the result depends on what a call gives. */
	boolean open;

	/** A parameter is assigned what it cannot hold, or what holds more than the argument: it has to be wider. */
	boolean outgrown;

	/** What an operation gave when its result was already taken for something else. */
	@Nullable Type conflict;

	/** The expression that is being checked. */
	Span at = new Span(0, 0);

	Facts facts = Facts.NONE;

	Target target = new Target(null);

	Map<String, Type> typeParams = Map.of();

	@Nullable Type self;

	/** The entity whose fields are meant by bare names, inside conditions of queries. */
	Symbol.@Nullable Entity queryEntity;

	/** The types of the parameters of the function that is checked. */
	List<Type> parameters = List.of();

	private List<Waiting> waiting = new ArrayList<>();

	private int solvedAt = -1;

	private boolean solving;

	final ExprChecker exprs;

	final OperatorChecker operators;

	final MemberChecker members;

	final CallChecker calls;

	final QueryChecker queries;

	final ControlChecker control;

	final Conditions conditions;

	final PatternChecker patterns;

	final Destructuring destructuring;

	final MarkupChecker markup;

	final StatementChecker statements;

	final AssignedFacts assigned;

	Body(World world, World.FileState file, Mode mode, int level, Tables tables, Earlier earlier) {
		this.world = world;
		this.file = file;
		this.resolution = file.resolution;
		this.unifier = world.unifier;
		this.mode = mode;
		this.level = level;
		this.tables = tables;
		this.earlier = earlier;
		this.exprs = new ExprChecker(this);
		this.operators = new OperatorChecker(this);
		this.members = new MemberChecker(this);
		this.calls = new CallChecker(this);
		this.queries = new QueryChecker(this);
		this.control = new ControlChecker(this);
		this.conditions = new Conditions(this);
		this.patterns = new PatternChecker(this);
		this.destructuring = new Destructuring(this);
		this.markup = new MarkupChecker(this);
		this.statements = new StatementChecker(this);
		this.assigned = new AssignedFacts(this);
	}

	TypeVar fresh() {
		return this.unifier.fresh(this.level);
	}

	TypeReader.Where where() {
		return new TypeReader.Where(this.file.tree, this.typeParams, this.diagnostics::add);
	}

	// Errors

	void report(Diagnostic diagnostic) {
		this.diagnostics.add(diagnostic);
	}

	Diagnostic error(Code code, Span span, String message) {
		Diagnostic diagnostic = Diagnostic.of(code, this.file.tree.file(), span, message);
		this.diagnostics.add(diagnostic);
		return diagnostic;
	}

	void error(Code code, Span span, String message, String help) {
		this.diagnostics.add(Diagnostic.of(code, this.file.tree.file(), span, message).withHelp(help));
	}

	boolean hasErrors() {
		return hasErrorsSince(0);
	}

	/** Whether an error was found since there were so many diagnostics. */
	boolean hasErrorsSince(int count) {
		return count < this.diagnostics.size()
				&& Diagnostic.anyError(this.diagnostics.subList(count, this.diagnostics.size()));
	}

	// Types

	/** The type as far as it is known now, after trying what waits. */
	Type resolve(Type type) {
		Type pruned = Zonk.prune(type);
		if (pruned instanceof TypeVar && !this.waiting.isEmpty()) {
			solve();
			pruned = Zonk.prune(pruned);
		}
		return pruned;
	}

	/** Runs an action when a variable is known, and gives a variable for its result. */
	Type later(TypeVar on, java.util.function.Supplier<Type> action) {
		TypeVar result = fresh();
		Span place = this.at;
		Loosening loose = this.loosening;
		this.waiting.add(new Waiting(on, new InItsPlace(this, () -> {
			Type found = action.get();
			if (loose != null && isTakenFor(result, found) && loose.loosen()) {
				this.loosened++;
				return;
			}
			if (!this.unifier.unify(result, found) && !this.unifier.assign(found, result)) {
				this.conflict = this.unifier.meet((this.conflict != null) ? this.conflict : result, found);
				error(Code.E0209, place, "this is " + Zonk.zonk(found) + ", and what it is used for took it for "
						+ Zonk.zonk(result), "write the types of the parameters");
			}
		})));
		return result;
	}

	/** Whether a result was taken for something that the value need not be. */
	private boolean isTakenFor(TypeVar result, Type found) {
		Type taken = Zonk.prune(result);
		if (taken instanceof TypeVar || OperatorRules.isWild(taken)) {
			return false;
		}
		if (Zonk.prune(found) == Basic.ANY) {
			return true;
		}
		int mark = this.unifier.mark();
		boolean fits = this.unifier.unify(result, found) || this.unifier.assign(found, result);
		this.unifier.undo(mark);
		return !fits;
	}

	/** Tries what waits, as long as something moves. */
	void solve() {
		if (this.solving) {
			return;
		}
		this.solving = true;
		try {
			while (this.solvedAt != this.unifier.bindings()) {
				this.solvedAt = this.unifier.bindings();
				List<Waiting> before = this.waiting;
				this.waiting = new ArrayList<>();
				for (Waiting each : before) {
					if (Zonk.prune(each.on()) instanceof TypeVar) {
						this.waiting.add(each);
					}
					else {
						each.action().run();
					}
				}
			}
		}
		finally {
			this.solving = false;
		}
	}

	/** At the end of the body: what waits on variables that nobody will bind runs with any. */
	void finish(Set<TypeVar> parameters) {
		solve();
		while (!this.waiting.isEmpty()) {
			Waiting next = null;
			for (Waiting each : this.waiting) {
				if (!reaches(parameters, each.on())) {
					next = each;
					break;
				}
			}
			if (next == null) {
				this.open = true;
				return;
			}
			if (Zonk.prune(next.on()) instanceof TypeVar variable) {
				this.unifier.bindTo(variable, Basic.ANY);
			}
			this.solvedAt = -1;
			solve();
		}
	}

	/** Results of operations on parameters depend on parameters too, so nothing of a generic body is fixed to any. */
	private boolean reaches(Set<TypeVar> parameters, TypeVar variable) {
		return this.mode == Mode.GENERIC && !parameters.isEmpty();
	}

	boolean isWaiting() {
		return !this.waiting.isEmpty();
	}

	// Variables

	World.@Nullable Slot slot(Symbol.Variable variable) {
		return slotsOf(variable).get(variable);
	}

	Map<Symbol.Variable, World.Slot> slotsOf(Symbol.Variable variable) {
		return (variable.frame().kind() == Frame.Kind.FILE) ? this.file.slots : this.slots;
	}

	Map<Symbol.Variable, Type> widenedOf(Symbol.Variable variable) {
		return (variable.frame().kind() == Frame.Kind.FILE) ? this.file.widened : this.earlier.widened();
	}

	Set<Symbol.Variable> polymorphicOf(Symbol.Variable variable) {
		return (variable.frame().kind() == Frame.Kind.FILE) ? this.file.polymorphic
				: this.earlier.polymorphic();
	}

	/** Lets the lambda that a variable holds serve several types from the next pass on. */
	boolean serveSeveral(Symbol.Variable variable) {
		if (!polymorphicOf(variable).add(variable)) {
			return false;
		}
		repeat(variable);
		return true;
	}

	/** Lets a function value take anything from the next pass on. */
	boolean serveAll(int id) {
		if (!this.earlier.dynamic().add(id)) {
			return false;
		}
		this.again = true;
		return true;
	}

	void repeat(Symbol.Variable variable) {
		if (variable.frame().kind() == Frame.Kind.FILE) {
			this.world.again = true;
		}
		else {
			this.again = true;
		}
	}

	void declare(Symbol.Variable variable, Type type, boolean annotated) {
		World.Slot before = slot(variable);
		if (before != null && !before.annotated && !annotated && variable.kind() == Symbol.Variable.Kind.LOCAL) {
			this.unifier.assign(type, before.type);
			return;
		}
		if (before != null && Zonk.prune(before.type) instanceof TypeVar open) {
			this.unifier.unify(open, type);
		}
		slotsOf(variable).put(variable, new World.Slot(type, annotated));
	}

	/** The type of a variable's storage; of one that is not assigned yet a variable. */
	Type variable(Symbol.Variable variable) {
		World.Slot slot = slot(variable);
		if (slot == null) {
			Type known = widenedOf(variable).get(variable);
			slot = new World.Slot((known != null) ? refresh(known)
					: this.unifier.fresh((variable.frame().kind() == Frame.Kind.FILE) ? 0 : this.level), false);
			slotsOf(variable).put(variable, slot);
		}
		return slot.type;
	}

	/** A type found by an earlier pass, its open variables replaced by new ones. */
	Type refresh(Type type) {
		return Zonk.map(type, leaf -> (leaf instanceof TypeVar) ? fresh() : leaf);
	}

	/** A value is assigned to a variable; the error stands at {@code at}. */
	void assign(Symbol.Variable variable, Type value, Span at) {
		World.Slot slot = slot(variable);
		if (slot == null) {
			Type known = widenedOf(variable).get(variable);
			slot = new World.Slot((known != null) ? refresh(known) : stored(value), false);
			slotsOf(variable).put(variable, slot);
		}
		if (slot.annotated || Zonk.prune(slot.type) == Basic.BROKEN) {
			if (variable.kind() == Symbol.Variable.Kind.PARAMETER
					&& this.assigned.isLeftToCalls(variable, value, slot.type)) {
				this.facts = this.facts.without(new Facts.Path(variable, ""));
				return;
			}
			if (!this.unifier.give(value, slot.type)) {
				mismatch(at, value, slot.type);
			}
			this.assigned.narrowTo(variable, slot, (Holding.variantsOf(value, slot.type) != null) ? slot.type : value);
			return;
		}
		Type joined = this.unifier.join(slot.type, value);
		if (joined == null) {
			error(Code.E0201, at, "'" + variable.name() + "' is " + slot.type + " and cannot become " + value,
					"annotate it where it is first assigned: " + variable.name() + ": "
							+ this.unifier.meet(slot.type, value));
			slot.type = Basic.BROKEN;
			return;
		}
		if (!Zonk.zonk(joined).equals(Zonk.zonk(slot.type))) {
			widenedOf(variable).put(variable, Zonk.zonk(joined));
			repeat(variable);
			slot.type = joined;
		}
		this.assigned.narrowTo(variable, slot, value);
	}

	private static Type stored(Type value) {
		return (Zonk.prune(value) == Basic.NEVER) ? Basic.NONE : value;
	}

	/** The type of what a question is about: a variable is asked about as it is declared, whatever it holds now. */
	Type asked(Expr expr, @Nullable Type hint) {
		Facts before = this.facts;
		Facts asking = before.isEmpty() ? before : before.beforeAsking(path(expr));
		if (asking == before) {
			return this.exprs.infer(expr, hint);
		}
		this.facts = asking;
		Type type = this.exprs.infer(expr, hint);
		this.facts = before;
		return type;
	}

	/**
	 * Where values of different types meet. What a caller gives for a parameter need not be what the other side is:
	 * that is decided where the function is called.
	 */
	Type meet(Type first, Type second) {
		Type a = Zonk.prune(first);
		Type b = Zonk.prune(second);
		boolean both = a != b && b instanceof TypeVar other && isUpToCallers(other);
		if (a instanceof TypeVar open && isUpToCallers(open) && (both || OperatorRules.isDecided(b))) {
			return later(open, () -> meet(open, b));
		}
		if (b instanceof TypeVar open && isUpToCallers(open) && OperatorRules.isDecided(a)) {
			return later(open, () -> meet(a, open));
		}
		return this.unifier.meet(a, b);
	}

	Type meetAll(List<Type> types) {
		Type met = Basic.NEVER;
		for (Type type : types) {
			met = meet(met, type);
		}
		return Unifier.withInts(types, met);
	}

	/** Whether a type is that of a parameter of which nothing is known yet. */
	boolean isUpToCallers(Type type) {
		return this.mode == Mode.GENERIC && Zonk.prune(type) instanceof TypeVar open
				&& this.parameters.stream().anyMatch(each -> Zonk.prune(each) == open);
	}

	/** Reports that a value does not fit its place; nothing when one of the types is already in error. */
	void mismatch(Span at, Type found, Type expected) {
		String wanted = Zonk.zonk(expected).toString();
		String written = Zonk.zonk(found).toString();
		String have = written.equals(wanted) ? "texts of " + written : written;
		Diagnostic diagnostic = Diagnostic.of(Code.E0201, this.file.tree.file(), at,
				"expected " + wanted + ", found " + have).withLabel("this is " + have);
		String help = Mismatches.help(Zonk.prune(found), Unifier.withoutNone(Zonk.prune(expected)));
		report((help != null) ? diagnostic.withHelp(help) : diagnostic);
	}

	// Paths

	/** The stable path that an expression reads, or null. */
	Facts.@Nullable Path path(Expr expr) {
		return switch (expr) {
			case Expr.Name e -> Facts.Path.of(this.resolution.symbol(e.id()));
			case Expr.Member e -> {
				Facts.Path target = path(e.target());
				yield (target != null) ? target.then(e.name()) : null;
			}
			case Expr.Index e -> {
				Facts.Path target = path(e.target());
				String key = constantText(e.index());
				yield (target != null && key != null) ? target.then("[" + key + "]") : null;
			}
			default -> null;
		};
	}

	/** What is known at this point of what a path leads to; null when it is no more than its type says. */
	@Nullable Type known(Expr expr) {
		Facts.Path path = this.facts.isEmpty() ? null : path(expr);
		return (path != null) ? this.facts.get(path) : null;
	}

	/** The value of a text literal without interpolation, or null. */
	static @Nullable String constantText(Expr expr) {
		if (!(expr instanceof Expr.Text text)) {
			return null;
		}
		if (text.parts().isEmpty()) {
			return "";
		}
		return (text.parts().size() == 1 && text.parts().get(0) instanceof Part.Chunk chunk) ? chunk.text() : null;
	}

	/** Runs an action whose tables and messages are thrown away; gives the messages. */
	List<Diagnostic> aside(Runnable action) {
		Tables tablesBefore = this.tables;
		List<Diagnostic> diagnosticsBefore = this.diagnostics;
		boolean againBefore = this.again;
		this.tables = new Tables(0, 0);
		this.diagnostics = new ArrayList<>();
		try {
			action.run();
			return this.diagnostics;
		}
		finally {
			this.tables = tablesBefore;
			this.diagnostics = diagnosticsBefore;
			this.again = againBefore;
		}
	}

	/**
	 * Like {@link #aside}, and what the action leaves waiting is not waited for.
	 * @return null when something was left
	 */
	@Nullable List<Diagnostic> apart(Runnable action) {
		List<Waiting> waitingBefore = this.waiting;
		boolean solvingBefore = this.solving;
		this.waiting = new ArrayList<>();
		this.solving = false;
		try {
			List<Diagnostic> problems = aside(() -> {
				action.run();
				this.solvedAt = -1;
				solve();
			});
			return (this.waiting.isEmpty() || Diagnostic.anyError(problems)) ? problems : null;
		}
		finally {
			this.waiting = waitingBefore;
			this.solving = solvingBefore;
			this.solvedAt = -1;
		}
	}

}
