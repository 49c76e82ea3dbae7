package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type;

/** Lowers branches, matches, and everything about errors. */
final class ControlLowering {

	private static final String ERROR = "Ldev/flin/value/FlinError;";

	/** The JVM's frames cost twice as much with each try in another. */
	private static final int TRIES_MAX = 12;

	private final BodyLowering body;

	/** How many are around the current place, in all their parts. */
	private int tries;

	ControlLowering(BodyLowering body) {
		this.body = body;
	}

	void branch(Expr.If e, Dest dest) {
		if (holdsLet(e.condition())) {
			branchWithLet(e, dest);
			return;
		}
		IrExpr condition = this.body.condition(e.condition());
		if (condition instanceof IrExpr.Const constant) {
			chosen(Boolean.TRUE.equals(constant.value()) ? e.then() : e.otherwise(), dest, e);
			return;
		}
		List<IrStmt> then = this.body.collect(() -> chosen(e.then(), dest, e));
		List<IrStmt> otherwise = this.body.collect(() -> chosen(e.otherwise(), dest, e));
		this.body.emit(new IrStmt.If(condition, then, otherwise));
	}

	private void chosen(@Nullable Expr branch, Dest dest, Expr whole) {
		if (branch == null) {
			this.body.finishNone(dest, whole);
		}
		else {
			this.body.emit(branch, dest);
		}
	}

	private static boolean holdsLet(Expr condition) {
		return condition instanceof Expr.Let || condition instanceof Expr.Binary both
				&& both.op() == Expr.BinaryOp.AND && (holdsLet(both.left()) || holdsLet(both.right()));
	}

	private void branchWithLet(Expr.If e, Dest dest) {
		IrStmt.Label end = new IrStmt.Label("end");
		IrStmt.Label otherwise = new IrStmt.Label("else");
		List<IrStmt> whole = this.body.collect(() -> {
			List<IrStmt> then = this.body.collect(() -> {
				testAll(e.condition(), otherwise);
				chosen(e.then(), dest, e);
				this.body.emit(new IrStmt.Break(end));
			});
			this.body.emit(new IrStmt.Block(otherwise, then));
			chosen(e.otherwise(), dest, e);
		});
		this.body.emit(new IrStmt.Block(end, whole));
	}

	/** Tests conditions in order; leaves to the label at the first that does not hold. */
	void testAll(Expr condition, IrStmt.Label otherwise) {
		if (condition instanceof Expr.Let let) {
			IrExpr value = this.body.keep(this.body.value(let.value()));
			Type type = this.body.type(let.value());
			if (let.pattern() instanceof Pattern.Name && mayBeNone(value)) {
				List<IrStmt> leave = List.of(new IrStmt.Break(otherwise));
				this.body.emit(new IrStmt.If(new IrExpr.IsNone(value), leave, List.of()));
				type = Kinds.present(type);
				value = this.body.keep(Coercion.represent(value, Kinds.of(type)));
			}
			this.body.patterns.test(let.pattern(), value, type, otherwise);
		}
		else if (holdsLet(condition) && condition instanceof Expr.Binary both) {
			testAll(both.left(), otherwise);
			testAll(both.right(), otherwise);
		}
		else {
			leaveUnless(this.body.condition(condition), otherwise);
		}
	}

	private static boolean mayBeNone(IrExpr value) {
		return switch (value.kind()) {
			case LONG, DOUBLE, BOOL, INDEX, VOID -> false;
			default -> true;
		};
	}

	void leaveUnless(IrExpr condition, IrStmt.Label label) {
		if (!(condition instanceof IrExpr.Const constant && Boolean.TRUE.equals(constant.value()))) {
			this.body.emit(
					new IrStmt.If(OperatorLowering.not(condition), List.of(new IrStmt.Break(label)), List.of()));
		}
	}

	/** {@code let p = e} used as a value: whether it fits. */
	IrExpr letValue(Expr.Let e) {
		Local fits = this.body.temporary(Kind.BOOL);
		IrStmt.Label otherwise = new IrStmt.Label("else");
		this.body.emit(new IrStmt.Set(fits, new IrExpr.Const(false, Kind.BOOL)));
		List<IrStmt> test = this.body.collect(() -> {
			testAll(e, otherwise);
			this.body.emit(new IrStmt.Set(fits, new IrExpr.Const(true, Kind.BOOL)));
		});
		this.body.emit(new IrStmt.Block(otherwise, test));
		return new IrExpr.Read(fits);
	}

	/** An {@code if} as a value: without statements when both branches are plain values. */
	IrExpr choose(Expr.If e) {
		Type type = this.body.type(e);
		Expr otherwise = e.otherwise();
		if (holdsLet(e.condition()) || otherwise == null || !isPlain(e.then()) || !isPlain(otherwise)) {
			return throughTemporary(e, type);
		}
		IrExpr condition = this.body.condition(e.condition());
		IrExpr[] values = new IrExpr[2];
		List<IrStmt> then = this.body.collect(() -> values[0] = plainValue(e.then(), type));
		List<IrStmt> other = this.body.collect(() -> values[1] = plainValue(otherwise, type));
		if (then.isEmpty() && other.isEmpty()) {
			return new IrExpr.Choose(condition, values[0], values[1], Kinds.of(type));
		}
		Local result = this.body.temporary(Kinds.of(type));
		then.add(new IrStmt.Set(result, values[0]));
		other.add(new IrStmt.Set(result, values[1]));
		this.body.emit(new IrStmt.If(condition, then, other));
		return new IrExpr.Read(result);
	}

	private IrExpr throughTemporary(Expr.If e, Type type) {
		Local result = this.body.temporary(Kinds.of(type));
		branch(e, new Dest.Into(result, type));
		return new IrExpr.Read(result);
	}

	private static boolean isPlain(Expr branch) {
		return switch (branch) {
			case Expr.BlockOf block -> block.label() == null && block.block().body().size() == 1
					&& block.block().body().get(0) instanceof dev.flin.syntax.Stmt.Eval eval && isPlain(eval.value());
			case Expr.Break e -> false;
			case Expr.Continue e -> false;
			case Expr.Return e -> false;
			case Expr.Throw e -> false;
			default -> true;
		};
	}

	private IrExpr plainValue(Expr branch, Type type) {
		Expr inner = branch;
		while (inner instanceof Expr.BlockOf block
				&& block.block().body().get(0) instanceof dev.flin.syntax.Stmt.Eval eval) {
			inner = eval.value();
		}
		return this.body.value(inner, type);
	}

	// Match

	void match(Expr.Match e, Dest dest) {
		Type type = this.body.type(e.subject());
		IrStmt.Label end = new IrStmt.Label("match");
		List<IrStmt> whole = this.body.collect(() -> {
			Subject subject = subject(e, type);
			boolean complete = false;
			IrExpr value = subject.value();
			int chosen = (value == null) ? 0 : ConstantArms.lower(this.body, value, e.arms(), arm -> {
				this.body.line(arm);
				this.body.emit(arm.body(), dest);
				this.body.emit(new IrStmt.Break(end));
			});
			for (Part.Arm arm : e.arms().subList(chosen, e.arms().size())) {
				complete = arm(arm, subject, end, dest);
				if (complete) {
					break;
				}
			}
			if (!complete) {
				this.body.finishNone(dest, e);
			}
		});
		this.body.emit(new IrStmt.Block(end, whole));
	}

	/** What is matched; the parts of a literal tuple are kept apart and the tuple is never made. */
	private record Subject(@Nullable IrExpr value, Type type, List<IrExpr> parts, List<Type> partTypes) {
	}

	private Subject subject(Expr.Match e, Type type) {
		boolean apart = e.subject() instanceof Expr.Tuple && type instanceof Type.TupleOf
				&& e.arms().stream().allMatch(arm -> PatternLowering.takesTupleApart(arm.pattern()));
		if (!apart) {
			return new Subject(this.body.keep(this.body.value(e.subject())), type, List.of(), List.of());
		}
		Expr.Tuple tuple = (Expr.Tuple) e.subject();
		List<IrExpr> parts = new ArrayList<>();
		for (Expr element : tuple.elements()) {
			parts.add(this.body.keep(this.body.value(element)));
		}
		return new Subject(null, type, parts, tuple.elements().stream().map(this.body::type).toList());
	}

	/** Lowers one arm; says whether it always fits. */
	private boolean arm(Part.Arm arm, Subject subject, IrStmt.Label end, Dest dest) {
		IrStmt.Label next = new IrStmt.Label("arm");
		List<IrStmt> code = this.body.collect(() -> {
			this.body.line(arm);
			IrExpr value = subject.value();
			if (value != null) {
				this.body.patterns.test(arm.pattern(), value, subject.type(), next);
			}
			else {
				this.body.patterns.testParts(arm.pattern(), subject.parts(), subject.partTypes(), next);
			}
			Expr guard = arm.guard();
			if (guard != null) {
				testAll(guard, next);
			}
			this.body.emit(arm.body(), dest);
			this.body.emit(new IrStmt.Break(end));
		});
		boolean mayFail = leaves(code, next);
		if (mayFail) {
			this.body.emit(new IrStmt.Block(next, code));
		}
		else {
			code.forEach(this.body::emit);
		}
		return !mayFail;
	}

	private static boolean leaves(List<IrStmt> code, IrStmt.Label label) {
		boolean[] found = new boolean[1];
		dev.flin.ir.Walk.statements(code, statement -> found[0] |= statement instanceof IrStmt.Break leave
				&& leave.label() == label, expr -> {
				});
		return found[0];
	}

	// Errors

	void returns(Expr.Return e) {
		this.body.line(e);
		Expr value = e.value();
		if (value == null) {
			this.body.finishNone(Dest.RETURN, e);
		}
		else {
			MarkupLowering view = this.body.view();
			if (view != null) {
				view.returns(value);
			}
			else {
				this.body.emit(value, Dest.RETURN);
			}
		}
	}

	void raise(Expr.Throw e) {
		this.body.line(e);
		IrExpr value = Coercion.represent(this.body.value(e.value()), Kind.ANY);
		this.body.emit(new IrStmt.Throw(
				RunSide.call(RunSide.FAILURES, "raised", "(" + RunSide.OBJ + ")" + ERROR, this.body.lineOf(e), value)));
	}

	/** Lowers a {@code try} unless it stands in too many others. */
	private void nested(Expr e, Runnable lowering) {
		if (this.tries == TRIES_MAX) {
			this.body.unit.report(Diagnostic
				.of(Code.E0015, this.body.resolution().tree().file(), e.span(), "code is nested too deeply")
				.withHelp("at most " + TRIES_MAX
						+ " 'try' may stand in each other; give an inner one a function of its own"));
			return;
		}
		this.tries++;
		lowering.run();
		this.tries--;
	}

	void attempt(Expr.Try e, Dest dest) {
		nested(e, () -> attempted(e, dest));
	}

	private void attempted(Expr.Try e, Dest dest) {
		Local result = this.body.temporary(Kind.MAP);
		Local error = this.body.temporary(Kind.ERROR);
		this.body.enterTry();
		List<IrStmt> tried = this.body.collect(() -> {
			IrExpr value = Coercion.represent(this.body.value(e.value()), Kind.ANY);
			this.body.emit(new IrStmt.Set(result, RunSide.call(RunSide.VALUES, "success",
					"(" + RunSide.OBJ + ")L" + RunSide.MAP + ";", this.body.lineOf(e), value)));
		});
		this.body.leaveTry();
		List<IrStmt> failed = List.of(new IrStmt.Set(result, RunSide.call(RunSide.VALUES, "failure",
				"(" + ERROR + ")L" + RunSide.MAP + ";", this.body.lineOf(e), new IrExpr.Read(error))));
		this.body.emit(new IrStmt.Try(tried, error, failed, null));
		this.body.finish(new IrExpr.Read(result), this.body.type(e), dest, e);
	}

	void tryCatch(Expr.TryCatch e, Dest dest) {
		nested(e, () -> tried(e, dest));
	}

	private void tried(Expr.TryCatch e, Dest dest) {
		LateReturn end = new LateReturn(this.body, dest);
		this.body.enterTry();
		List<IrStmt> tried = this.body.collect(() -> this.body.block(e.body(), end.inside()));
		Local error = null;
		List<IrStmt> handled = null;
		Part.Block handler = e.handler();
		if (handler != null) {
			Local caught = this.body.temporary(Kind.ERROR);
			error = caught;
			handled = this.body.collect(() -> {
				bindError(e, caught);
				this.body.block(handler, end.inside());
			});
		}
		this.body.leaveTry();
		Part.Block cleanup = e.cleanup();
		List<IrStmt> always = (cleanup != null) ? this.body.collect(() -> this.body.block(cleanup, Dest.DROP)) : null;
		this.body.emit(new IrStmt.Try(tried, error, handled, always));
		end.emitReturn();
	}

	private void bindError(Expr.TryCatch e, Local caught) {
		if (e.error() != null) {
			IrExpr value = new IrExpr.Read(caught);
			if (e.error() instanceof dev.flin.syntax.Pattern.Name name
					&& this.body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable) {
				this.body.bind(variable, value, Type.Basic.FAILURE, name);
			}
			else {
				this.body.patterns.bind(e.error(), value, Type.Basic.FAILURE);
			}
		}
	}

}
