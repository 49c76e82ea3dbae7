package dev.flin.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.FileVariable;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.types.CheckedBody;
import dev.flin.types.Holding;
import dev.flin.types.Type;

/**
 * Lowers the code of one function, lambda or file top level: keeps its variables, the statements written so far and the
 * scopes around, and hands each construct to the class that knows it.
 */
final class BodyLowering {

	/**
	 * A loop, or a block that a labelled break may leave.
	 *
	 * @param turn the block that {@code continue} leaves, null where the loop itself goes on
	 */
	record LoopScope(@Nullable String name, IrStmt.Label label, @Nullable Local result, Type resultType, int tryDepth,
			IrStmt.@Nullable Label turn) {

		LoopScope withTurn(IrStmt.Label block) {
			return new LoopScope(this.name, this.label, this.result, this.resultType, this.tryDepth, block);
		}

	}

	final UnitLowering unit;

	final CheckedBody body;

	final @Nullable BodyLowering parent;

	final IrFunction function;

	final Type resultType;

	final Deque<LoopScope> loops = new ArrayDeque<>();

	final ExprLowering expressions;

	final ControlLowering control;

	final LoopLowering loopForms;

	final PatternLowering patterns;

	final CallLowering calls;

	final MemberLowering members;

	final AssignLowering assignments;

	final OperatorLowering operators;

	final StatementLowering statements;

	final EntityLowering entities;

	final QueryLowering queries;

	final Characters characters;

	private final Frame frame;

	private @Nullable BodyPart part;

	private final Map<Symbol.Variable, Storage> variables = new IdentityHashMap<>();

	/** The locals of the surrounding function that are captured, in the order of the function's own. */
	private final List<Local> captured = new ArrayList<>();

	private final Prologues prologues = new Prologues();

	private final Map<Symbol.Function, Local> nested = new IdentityHashMap<>();

	private List<IrStmt> out = new ArrayList<>();

	private IrStmt.@Nullable Label tailLoop;

	private boolean tailUsed;

	/** Whether this body decides which records a query gives. */
	boolean filtersQuery;

	private @Nullable Local self;

	private Type selfType = Type.Basic.ANY;

	private int tryDepth;

	private int temporaries;

	/** How many statement lists are open: more than one inside branches and loops. */
	private int nesting;

	/** Where markup goes that stands as a statement; null where such markup has no place. */
	private @Nullable MarkupLowering markup;

	BodyLowering(UnitLowering unit, CheckedBody body, Frame frame, @Nullable BodyLowering parent, IrFunction function,
			Type resultType) {
		this.unit = unit;
		this.body = body;
		this.frame = frame;
		this.parent = parent;
		this.function = function;
		this.resultType = resultType;
		this.expressions = new ExprLowering(this);
		this.control = new ControlLowering(this);
		this.loopForms = new LoopLowering(this);
		this.patterns = new PatternLowering(this);
		this.calls = new CallLowering(this);
		this.members = new MemberLowering(this);
		this.assignments = new AssignLowering(this);
		this.operators = new OperatorLowering(this);
		this.statements = new StatementLowering(this);
		this.entities = new EntityLowering(this);
		this.queries = new QueryLowering(this);
		this.characters = new Characters(this);
	}

	// Markup

	/** From now on markup that stands as a statement is written to this buffer. */
	void writeTo(MarkupLowering markup) {
		this.markup = markup;
	}

	/** Where markup that stands as a statement goes; null outside the top level of a view. */
	@Nullable MarkupLowering view() {
		return this.markup;
	}

	/** The fields of entities. */
	RecordFields records() {
		return this.unit.program().records();
	}

	Resolution resolution() {
		return this.body.resolution();
	}

	// Statements

	void emit(IrStmt statement) {
		this.out.add(statement);
	}

	/** What is emitted by the code, as a list of its own. */
	List<IrStmt> collect(Runnable code) {
		List<IrStmt> saved = this.out;
		this.out = new ArrayList<>();
		this.nesting++;
		code.run();
		this.nesting--;
		List<IrStmt> collected = this.out;
		this.out = saved;
		return collected;
	}

	/**
	 * As {@link #collect}, for a scope whose variables are new each time it runs.
	 * @param iteration the body of the loop that it is, else null
	 */
	List<IrStmt> collectScope(@Nullable Span iteration, Runnable code) {
		this.prologues.enter(iteration);
		List<IrStmt> statements = collect(code);
		List<IrStmt> prologue = this.prologues.leave();
		if (!prologue.isEmpty()) {
			prologue.addAll(statements);
			return prologue;
		}
		return statements;
	}

	/** Whether whatever was emitted last does not go on to what follows. */
	boolean isUnreachable() {
		return endsAbruptly(this.out);
	}

	private static boolean endsAbruptly(List<IrStmt> statements) {
		if (statements.isEmpty()) {
			return false;
		}
		return switch (statements.get(statements.size() - 1)) {
			case IrStmt.Return s -> true;
			case IrStmt.Break s -> true;
			case IrStmt.Continue s -> true;
			case IrStmt.Throw s -> true;
			case IrStmt.If s -> endsAbruptly(s.then()) && endsAbruptly(s.otherwise());
			default -> false;
		};
	}

	/** After a call that never comes back: what follows is dropped. */
	void neverReached() {
		if (!isUnreachable()) {
			emit(new IrStmt.Throw(new IrExpr.Const(null, Kind.ERROR)));
		}
	}

	/** Evaluates several operands left to right: what a later one emits comes after all earlier ones. */
	List<IrExpr> operands(List<Supplier<IrExpr>> parts) {
		List<IrExpr> values = new ArrayList<>(parts.size());
		for (Supplier<IrExpr> part : parts) {
			int before = this.out.size();
			IrExpr value = part.get();
			if (this.out.size() > before) {
				List<IrStmt> saved = new ArrayList<>();
				for (int i = 0; i < values.size(); i++) {
					if (!Coercion.isStable(values.get(i))) {
						Local kept = temporary(values.get(i).kind());
						saved.add(new IrStmt.Set(kept, values.get(i)));
						values.set(i, new IrExpr.Read(kept));
					}
				}
				this.out.addAll(before, saved);
			}
			values.add(value);
		}
		return values;
	}

	/** The value in a form that may be used several times. */
	IrExpr keep(IrExpr value) {
		if (Coercion.isStable(value)) {
			return value;
		}
		if (this.characters.isCharacter(value)) {
			return this.characters.keep(value);
		}
		Local kept = temporary(value.kind());
		emit(new IrStmt.Set(kept, value));
		return new IrExpr.Read(kept);
	}

	Local temporary(Kind kind) {
		return new Local("$" + this.temporaries++, (kind == Kind.VOID) ? Kind.ANY : kind);
	}

	void line(Node node) {
		emit(new IrStmt.Line(lineOf(node)));
	}

	int lineOf(Node node) {
		return this.body.resolution().tree().file().lineOf(node.span().start());
	}

	String source(Node node) {
		return this.body.resolution().tree().file().text(node.span());
	}

	// Values

	void emit(Expr expr, Dest dest) {
		this.expressions.emit(expr, dest);
	}

	IrExpr value(Expr expr) {
		return this.expressions.value(expr);
	}

	/** The value converted to a type. */
	IrExpr value(Expr expr, Type wanted) {
		return convert(value(expr), type(expr), wanted, expr);
	}

	IrExpr condition(Expr expr) {
		return this.operators.condition(expr);
	}

	Type type(Node node) {
		return this.body.type(node.id());
	}

	Kind kind(Node node) {
		return Kinds.of(type(node));
	}

	IrExpr convert(IrExpr value, Type from, Type to, Node node) {
		if (from == to || Kinds.isDynamic(to) || from.equals(to)) {
			return Coercion.represent(value, Kinds.of(to));
		}
		Symbol.EnumType named = Holding.variantsOf(from, to);
		return (named == null) ? Coercion.convert(value, from, to, shortSource(node), lineOf(node))
				: Coercion.represent(Coercion.variants(this.members.enumType(named), value), Kinds.of(to));
	}

	String shortSource(Node node) {
		String written = source(node);
		return (written.length() <= 60 && written.indexOf('\n') < 0) ? written : "";
	}

	/** Sends a value of a known type where it is wanted. */
	void finish(IrExpr value, Type from, Dest dest, Node node) {
		switch (dest) {
			case Dest.Drop drop -> {
				if (!Coercion.isStable(value) && !(value instanceof IrExpr.Read)) {
					emit(new IrStmt.Eval(value));
				}
			}
			case Dest.Into into -> emit(new IrStmt.Set(into.local(), convert(value, from, into.type(), node)));
			case Dest.Result result -> returns(value, from, node);
		}
	}

	void finishNone(Dest dest, Node node) {
		finish(Coercion.NONE, Type.Basic.NONE, dest, node);
	}

	void returns(IrExpr value, Type from, Node node) {
		if (this.function.result() == Kind.VOID) {
			finish(value, from, Dest.DROP, node);
			emit(new IrStmt.Return(null));
		}
		else {
			emit(new IrStmt.Return(convert(value, from, this.resultType, node)));
		}
	}

	/** A form that is not built yet: a diagnostic, and code that is never run. */
	IrExpr unsupported(Node node, String what) {
		this.unit.report(Diagnostic.of(Code.E0099, this.body.resolution().tree().file(), node.span(),
				what + " is not supported yet"));
		return Coercion.NONE;
	}

	// Variables

	/** Says that this body is a part of another one. */
	void isPart(Span place) {
		this.part = new BodyPart(this.frame, place);
	}

	/** The storage of a variable that is read or assigned here; declared when it is new. */
	Storage storage(Symbol.Variable variable) {
		Storage known = this.variables.get(variable);
		if (known != null) {
			return known;
		}
		BodyLowering outer = this.parent;
		if (!BodyPart.isOwn(variable, this.frame, this.part) && outer != null) {
			Storage there = outer.storageForCapture(variable);
			if (there instanceof Storage.InLocal inLocal) {
				there = inLocal.captured(variable.name());
				this.function.captures().add(((Storage.InLocal) there).local());
				this.captured.add(inLocal.local());
			}
			this.variables.put(variable, there);
			return there;
		}
		Storage declared = declare(variable, false);
		this.variables.put(variable, declared);
		return declared;
	}

	private Storage storageForCapture(Symbol.Variable variable) {
		return BodyPart.isOwn(variable, this.frame, this.part)
				? this.variables.computeIfAbsent(variable, (own) -> declare(own, true)) : storage(variable);
	}

	private Storage declare(Symbol.Variable variable, boolean beforeAssignment) {
		boolean ofFile = variable.frame().kind() == Frame.Kind.FILE && variable.isFileLevel()
				&& !BodyPart.owns(this.part, variable);
		boolean here = variable.frame() == this.frame;
		if (ofFile && this.unit.isSession()
				&& (!here || !this.prologues.isOfIteration(variable) || this.unit.isEarlier(variable.declared()))) {
			return new Storage.InSession(variable.name(), this.unit.fileVariableType(variable));
		}
		if (ofFile && (!here || (this.unit.keepsInField(variable) && !this.prologues.isOfIteration(variable)))) {
			return new Storage.InFile(this.unit.fileVariable(variable));
		}
		Local local = local(variable, this.body.variable(variable));
		if (variable.isCaptured() && (variable.isReassigned() || beforeAssignment)) {
			local.makeCell();
			this.prologues.add(variable, new IrStmt.Declare(local, null));
		}
		return new Storage.InLocal(local);
	}

	private Local local(Symbol.Variable variable, Type type) {
		return new Local(variable.name(), Kinds.of(type), records().className(type));
	}

	/** Reads a variable; one of the file that may not be assigned yet is looked at first. */
	IrExpr read(Symbol.Variable variable, Node node) {
		Storage storage = storage(variable);
		if (storage instanceof Storage.InFile && variable.frame() != this.frame) {
			IrExpr literal = EntityCodeLowering.literal(this, variable, this.frame, node);
			if (literal != null) {
				return literal;
			}
			this.unit.requireAssigned(this, variable, node);
		}
		return storage.read();
	}

	/** Assigns a variable. The value has the variable's type. */
	void write(Symbol.Variable variable, IrExpr value) {
		Storage storage = storage(variable);
		IrExpr written = this.characters.assigned(variable, storage, Coercion.represent(value, storage.kind()));
		emit(storage.write(written));
		if (storage instanceof Storage.InFile) {
			FileVariable flag = (variable.frame() == this.frame) ? this.unit.assigned(variable, this.nesting > 1)
					: this.unit.knownFlag(variable);
			if (flag != null) {
				emit(new IrStmt.SetFile(flag, new IrExpr.Const(true, Kind.BOOL)));
			}
		}
	}

	/** Binds a variable that is new each time: of a loop, a pattern or a parameter. */
	void bind(Symbol.Variable variable, IrExpr value, Type from, Node node) {
		Type wanted = this.body.variable(variable);
		Storage known = this.variables.get(variable);
		if (known == null && BodyPart.isOwn(variable, this.frame, this.part)) {
			Local local = local(variable, wanted);
			if (variable.isCaptured() && variable.isReassigned()) {
				local.makeCell();
			}
			known = new Storage.InLocal(local);
			this.variables.put(variable, known);
		}
		IrExpr converted = convert(value, from, wanted, node);
		if (known instanceof Storage.InLocal inLocal) {
			emit(new IrStmt.Declare(inLocal.local(), this.characters.assigned(variable, known, converted)));
		}
		else {
			emit(storage(variable).write(converted));
		}
	}

	/** The local of a parameter, which the function already has. */
	void parameter(Symbol.Variable variable, Local local) {
		this.variables.put(variable, new Storage.InLocal(local));
	}

	/** The type that a variable is stored as. */
	Type variableType(Symbol.Variable variable) {
		return (variable.frame().kind() == Frame.Kind.FILE && variable.frame() != this.frame)
				? this.unit.fileVariableType(variable) : this.body.variable(variable);
	}

	/**
	 * A function value whose code stands in this body, without parameters of the program.
	 * @param node what opened the frame of its variables
	 * @param parameters what it is called with
	 */
	IrExpr closure(Node node, List<Local> parameters, Consumer<BodyLowering> code) {
		Frame opened = resolution().frame(node.id());
		if (opened == null) {
			throw new IllegalStateException("no frame for " + source(node));
		}
		IrFunction made = new IrFunction(this.unit.className(), this.unit.uniqueName("content"), parameters,
				Kind.VOID);
		made.displayName("");
		BodyLowering inner = new BodyLowering(this.unit, this.body, opened, this, made, Type.Basic.NONE);
		inner.complete(() -> {
			inner.line(node);
			code.accept(inner);
			inner.emit(new IrStmt.Return(null));
		});
		this.unit.add(made);
		this.unit.useAsValue(made);
		return new IrExpr.Closure(made, inner.captured());
	}

	Frame frame() {
		return this.frame;
	}

	List<Local> captured() {
		return this.captured;
	}

	void self(Local local, Type type) {
		this.self = local;
		this.selfType = type;
	}

	/** The instance that a method or hook speaks of; captured by lambdas like a variable. */
	IrExpr selfValue() {
		Local found = selfLocal();
		return (found != null) ? new IrExpr.Read(found) : Coercion.NONE;
	}

	Type selfType() {
		return (this.self != null || this.parent == null) ? this.selfType : this.parent.selfType();
	}

	private @Nullable Local selfLocal() {
		if (this.self == null && this.parent != null) {
			Local outer = this.parent.selfLocal();
			if (outer != null) {
				Local mine = new Local("self", outer.kind(), outer.record());
				this.function.captures().add(mine);
				this.captured.add(outer);
				this.self = mine;
				this.selfType = this.parent.selfType();
			}
		}
		return this.self;
	}

	/** The box that holds a nested function, here or captured from around. */
	Local nestedFunction(Symbol.Function symbol) {
		Local known = this.nested.get(symbol);
		if (known == null) {
			Local outer = (this.parent != null) ? this.parent.nestedFunction(symbol) : null;
			known = new Local(symbol.name(), Kind.FUNCTION);
			known.makeCell();
			if (outer != null) {
				this.function.captures().add(known);
				this.captured.add(outer);
			}
			this.nested.put(symbol, known);
		}
		return known;
	}

	Local declareNested(Symbol.Function symbol) {
		Local local = new Local(symbol.name(), Kind.FUNCTION);
		local.makeCell();
		this.nested.put(symbol, local);
		emit(new IrStmt.Declare(local, null));
		return local;
	}

	void enterTry() {
		this.tryDepth++;
	}

	void leaveTry() {
		this.tryDepth--;
	}

	boolean insideTry() {
		return this.tryDepth > 0;
	}

	int tryDepth() {
		return this.tryDepth;
	}

	IrStmt.Label useTailLoop() {
		this.tailUsed = true;
		this.tailLoop = (this.tailLoop != null) ? this.tailLoop : new IrStmt.Label("tail");
		return this.tailLoop;
	}

	/** Lowers a whole body and completes the function. */
	void complete(Runnable code) {
		List<IrStmt> statements = collectScope(null, code);
		if (this.tailUsed && this.tailLoop != null) {
			statements = List.of(new IrStmt.Loop(this.tailLoop, null, statements, List.of(), true));
		}
		this.function.complete(statements);
	}

	void block(Part.Block block, Dest dest) {
		this.statements.block(block, dest);
	}

}
