package dev.flin.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.ir.FileVariable;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.types.CheckedFile;
import dev.flin.types.Type;

/** One file while it is lowered. */
final class UnitLowering {

	private final ProgramLowering program;

	private final CheckedFile file;

	private final IrUnit unit;

	private final Map<Symbol.Variable, FileVariable> variables = new IdentityHashMap<>();

	private final Map<String, FileVariable> hostVariables = new HashMap<>();

	private final Map<Symbol.Variable, FileVariable> flags = new IdentityHashMap<>();

	private final Set<Symbol.Variable> assigned = Collections.newSetFromMap(new IdentityHashMap<>());

	private boolean mayRun;

	private boolean reported;

	private final Map<String, Integer> names = new HashMap<>();

	private final Map<Expr.Lambda, Symbol.Variable> keptIn = new IdentityHashMap<>();

	private final Map<IrFunction, TailJump.OwnName> ownNames = new IdentityHashMap<>();

	private @Nullable ViewFile view;

	private final WebLowering web;

	private final UnitTrace trace;

	UnitLowering(ProgramLowering program, CheckedFile file, IrUnit unit, UnitTrace trace) {
		this.program = program;
		this.file = file;
		this.unit = unit;
		this.trace = trace;
		this.web = new WebLowering(this);
		this.mayRun = !unit.isShared() && hasEntities();
	}

	/** The code of an entity runs for any file that saves, perhaps without the top level of its own. */
	private boolean hasEntities() {
		return this.file.tree().body().stream().anyMatch(Stmt.Entity.class::isInstance);
	}

	/** The literal that a variable of the top level stands for; null when it is anything else. */
	@Nullable Expr literal(Symbol.Variable variable) {
		if (variable.isReassigned()) {
			return null;
		}
		for (Stmt statement : this.file.tree().body()) {
			if (statement instanceof Stmt.Var declared && declared.target().span().equals(variable.declared())) {
				Expr value = declared.value();
				boolean literal = value != null && EntityParts.isConstant(value) && !(value instanceof Expr.ListOf);
				return literal ? value : null;
			}
		}
		return null;
	}

	/** What is asked of it. */
	UnitTrace trace() {
		return this.trace;
	}

	/** Whether its code stays what it was the time before, so that it is not lowered. */
	boolean isKept() {
		return this.trace.kept() != null;
	}

	String path() {
		return this.file.tree().file().path();
	}

	ProgramLowering program() {
		return this.program;
	}

	CheckedFile file() {
		return this.file;
	}

	IrUnit unit() {
		return this.unit;
	}

	String className() {
		return this.unit.className();
	}

	/** Whether there is something to say about the file that checking did not see. */
	boolean hasReported() {
		return this.reported;
	}

	void report(Diagnostic diagnostic) {
		this.reported = true;
		this.program.report(diagnostic);
	}

	/** A name that no other function of the unit has: the name itself, or with a number. */
	String uniqueName(String name) {
		int count = this.names.merge(name, 1, Integer::sum);
		boolean taken = count > 1 || name.equals("lambda") || name.equals("run");
		return taken ? name + "$" + count : name;
	}

	void add(IrFunction function) {
		this.unit.functions().add(function);
	}

	void useAsValue(IrFunction function) {
		this.unit.closures().add(function);
	}

	/** A lambda is about to be lowered that only this variable ever holds, and that may call itself by it. */
	void keptIn(Expr.Lambda lambda, Symbol.Variable variable) {
		this.keptIn.put(lambda, variable);
	}

	Symbol.@Nullable Variable variableOf(Expr.Lambda lambda) {
		return this.keptIn.remove(lambda);
	}

	void ownName(IrFunction function, TailJump.OwnName name) {
		this.ownNames.put(function, name);
	}

	TailJump.@Nullable OwnName ownName(IrFunction function) {
		return this.ownNames.get(function);
	}

	/** Whether a variable of the top level has to be a field: functions and lambdas see it. */
	boolean keepsInField(Symbol.Variable variable) {
		return variable.isCaptured();
	}

	FileVariable fileVariable(Symbol.Variable variable) {
		return this.variables.computeIfAbsent(variable, unused -> {
			Kind kind = Kinds.of(fileVariableType(variable));
			FileVariable made = new FileVariable(className(), uniqueName("v$" + variable.name()).substring(2), kind,
					this.unit.isShared(), false);
			this.unit.variables().add(made);
			return made;
		});
	}

	/** Functions of the file may run from here on: they may read what is not assigned yet. */
	void codeMayRun() {
		this.mayRun = true;
	}

	/**
	 * Notes that the top level assigns a variable.
	 * @param perhaps whether only in some runs
	 * @return the flag to set, where readers look at one
	 */
	@Nullable FileVariable assigned(Symbol.Variable variable, boolean perhaps) {
		if (this.assigned.add(variable) && (perhaps || this.mayRun)) {
			flag(variable);
		}
		return this.flags.get(variable);
	}

	/** The flag that a reader inside a function looks at; null where the variable is surely assigned. */
	@Nullable FileVariable assignedFlag(Symbol.Variable variable) {
		return this.assigned.contains(variable) ? this.flags.get(variable) : flag(variable);
	}

	/** Raises an error where a reader inside a function comes before the variable is assigned. */
	void requireAssigned(BodyLowering body, Symbol.Variable variable, Node node) {
		FileVariable flag = assignedFlag(variable);
		if (flag != null) {
			body.emit(new IrStmt.If(new IrExpr.ReadFile(flag), List.of(),
					List.of(new IrStmt.Throw(RunSide.call("dev/flin/runtime/link/Casts", "unassigned",
							"(" + RunSide.STR + ")Ldev/flin/value/FlinError;", body.lineOf(node),
							new IrExpr.Const(variable.name(), Kind.TEXT))))));
		}
	}

	@Nullable FileVariable knownFlag(Symbol.Variable variable) {
		return this.flags.get(variable);
	}

	private FileVariable flag(Symbol.Variable variable) {
		return this.flags.computeIfAbsent(variable, unused -> {
			FileVariable flag = new FileVariable(className(), fileVariable(variable).name() + "$assigned", Kind.BOOL,
					this.unit.isShared(), false);
			this.unit.variables().add(flag);
			return flag;
		});
	}

	Type fileVariableType(Symbol.Variable variable) {
		return this.file.body().variable(variable);
	}

	/** A variable that the host sets before any code of the unit runs. */
	FileVariable hostVariable(String name, Kind kind) {
		return this.hostVariables.computeIfAbsent(name, unused -> {
			FileVariable made = new FileVariable(className(), name, kind, false, false);
			this.unit.variables().add(made);
			return made;
		});
	}

	WebLowering web() {
		return this.web;
	}

	/** What the markup of this file has in common. */
	ViewFile view() {
		ViewFile known = this.view;
		if (known == null) {
			known = ViewFile.of(this.file.tree());
			this.view = known;
		}
		return known;
	}

	/** Whether the variables of this file live in an interactive session. */
	boolean isSession() {
		return session() != null;
	}

	/** Whether a place lies in a part of a session that has run before. */
	boolean isEarlier(Span place) {
		SessionFile session = session();
		return session != null && place.start() < session.from();
	}

	private @Nullable SessionFile session() {
		SessionFile session = this.program.session();
		return (session != null && session.path().equals(this.file.tree().file().path())) ? session : null;
	}

	/** Lowers the top level into the entry of the unit. */
	void lowerEntry() {
		if (!isSession() && ViewFile.isView(this.file.tree(), this.unit.isShared())) {
			lowerView();
		}
		else {
			lowerScript();
		}
		this.web.lower();
	}

	/** A file with markup: its entry takes the buffer, the props and the content of the slots. */
	private void lowerView() {
		Local out = new Local("$out", Kind.OUTPUT);
		Local props = new Local("$props", Kind.MAP);
		Local slots = new Local("$slots", Kind.ANY);
		IrFunction entry = new IrFunction(className(), uniqueName("render"), List.of(out, props, slots), Kind.VOID);
		BodyLowering body = new BodyLowering(this, this.file.body(), this.file.resolution().frame(), null, entry,
				Type.Basic.NONE);
		body.complete(() -> {
			body.emit(new IrStmt.SetFile(hostVariable("$props", Kind.MAP), new IrExpr.Read(props)));
			body.emit(new IrStmt.SetFile(hostVariable("$slots", Kind.ANY), new IrExpr.Read(slots)));
			body.writeTo(new MarkupLowering(body, view(), new IrExpr.Read(out)));
			body.statements.all(ViewFile.inOrder(this.file.tree()));
			body.emit(new IrStmt.Return(null));
		});
		add(entry);
		this.unit.entry(entry);
		lowerEntities(body);
		this.unit.markView();
		String layout = ViewFile.layout(this.file.tree());
		if (layout != null) {
			this.unit.chooseLayout(layout);
		}
	}

	private void lowerScript() {
		IrFunction entry = new IrFunction(className(), uniqueName("main"), List.of(), Kind.ANY);
		BodyLowering body = new BodyLowering(this, this.file.body(), this.file.resolution().frame(), null, entry,
				Type.Basic.ANY);
		SessionFile session = session();
		int from = (session != null) ? session.from() : 0;
		List<Stmt> statements = new ArrayList<>();
		for (Stmt each : this.file.tree().body()) {
			if (each.span().start() >= from) {
				statements.add(each);
			}
		}
		if (statements.isEmpty()) {
			entry.complete(List.of());
		}
		else {
			Part.Block block = new Part.Block(0, statements.get(0).span(), statements);
			body.complete(() -> body.block(block, Dest.RETURN));
		}
		add(entry);
		this.unit.entry(entry);
		lowerEntities(body);
	}

	/** The code of the entities that the file declares: hooks, checks, computed fields. */
	private void lowerEntities(BodyLowering body) {
		for (Stmt statement : this.file.tree().body()) {
			if (statement instanceof Stmt.Entity declared && this.program.checked()
				.declarations()
				.lookup(this.file.tree(), declared.name()) instanceof Symbol.Entity entity
					&& entity.declaration() == declared) {
				EntityCodeLowering.lower(body, entity);
			}
		}
	}

}
