package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Expr;
import dev.flin.types.BuiltinSignatures;
import dev.flin.types.Type;

/**
 * What only the files of tests have: blocks that run as somebody or at some time, and assertions that show the values
 * of both sides.
 */
final class TestSide {

	private static final String LIBRARY = "dev/flin/http/test/TestLibrary";

	private static final Set<String> BLOCKS = Set.of("as", "at");

	private static final Set<Expr.BinaryOp> COMPARISONS = Set.of(Expr.BinaryOp.EQ, Expr.BinaryOp.NE, Expr.BinaryOp.LT,
			Expr.BinaryOp.LE, Expr.BinaryOp.GT, Expr.BinaryOp.GE, Expr.BinaryOp.IN, Expr.BinaryOp.NOT_IN);

	private TestSide() {
	}

	static boolean isTestFile(SourceFile file) {
		return file.path().endsWith(".test.flin");
	}

	private static boolean isTest(BodyLowering body) {
		return isTestFile(body.resolution().tree().file());
	}

	/** {@code as(user) { }} and {@code at("2024-01-01") { }}. */
	static boolean isBlock(BodyLowering body, Expr.BlockCall call) {
		return BLOCKS.contains(call.name()) && call.args().size() == 1 && isTest(body);
	}

	static IrExpr block(BodyLowering body, Expr.BlockCall call) {
		IrExpr value = body.keep(Coercion.represent(body.value(call.args().getFirst().value()), Kind.ANY));
		IrExpr code = body.expressions.closure(call.name(), call.name(), List.of(), Type.Basic.ANY, call.id(),
				call.body(), call, null);
		return RunSide.call(LIBRARY, call.name(), "(" + RunSide.CONTEXT + RunSide.OBJ + "Ldev/flin/value/FlinFunction;)"
				+ RunSide.OBJ, body.lineOf(call), new IrExpr.Context(), value, code);
	}

	static boolean isAssert(BodyLowering body, BuiltinSignatures.Row row, CallLowering.Site site) {
		return row.name().equals("assert") && site.receiver() == null && !site.args().isEmpty()
				&& site.args().size() <= 2
				&& site.args().stream().allMatch((arg) -> arg.name() == null && !arg.spread()) && isTest(body);
	}

	/** The sides of a comparison are evaluated once, and shown when it does not hold. */
	static IrExpr assertion(BodyLowering body, CallLowering.Site site) {
		Expr condition = site.args().getFirst().value();
		List<IrExpr> shown = new ArrayList<>();
		IrExpr holds;
		if (condition instanceof Expr.Binary comparison && COMPARISONS.contains(comparison.op())) {
			IrExpr left = body.keep(body.value(comparison.left()));
			IrExpr right = body.keep(body.value(comparison.right()));
			holds = body.operators.compared(comparison, left, right);
			shown.add(left);
			shown.add(right);
		}
		else {
			IrExpr value = body.keep(body.value(condition));
			holds = body.operators.truth(value, body.type(condition));
			shown.add(value);
		}
		String descriptor = "(" + RunSide.STR + RunSide.OBJ.repeat(shown.size() + 1) + ")V";
		List<IrStmt> failing = body.collect(() -> {
			List<IrExpr> arguments = new ArrayList<>();
			arguments.add(new IrExpr.Const(body.resolution().tree().file().text(condition.span()), Kind.TEXT));
			shown.forEach((value) -> arguments.add(Coercion.represent(value, Kind.ANY)));
			arguments.add((site.args().size() > 1)
					? Coercion.represent(body.value(site.args().get(1).value()), Kind.ANY) : Coercion.NONE);
			body.emit(new IrStmt.Eval(RunSide.call(RunSide.FAILURES, "refuted", descriptor,
					body.lineOf(site.node()), arguments.toArray(new IrExpr[0]))));
		});
		body.emit(new IrStmt.If(OperatorLowering.not(holds), failing, List.of()));
		return Coercion.NONE;
	}

}
