package dev.flin.resolve;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;

/** Finds the variables of which code asks what they hold: they may hold several things. */
final class Questions {

	private final Resolution resolution;

	Questions(Resolution resolution) {
		this.resolution = resolution;
	}

	/** Looks at an expression whose names are resolved. */
	void in(Expr expr) {
		switch (expr) {
			case Expr.Is e -> asked(e.value());
			case Expr.TypeOf e -> asked(e.value());
			case Expr.If e -> asked(e.condition());
			case Expr.While e -> asked(e.condition());
			case Expr.Match e -> asked(e.subject());
			case Expr.Unary e when e.op() == Expr.UnaryOp.NOT -> asked(e.operand());
			case Expr.Member e when e.optional() -> asked(e.target());
			case Expr.Index e when e.optional() -> asked(e.target());
			case Expr.Call e -> in(e.callee());
			case Expr.Binary e -> binary(e);
			default -> {
			}
		}
	}

	private void binary(Expr.Binary e) {
		switch (e.op()) {
			case AND, OR, ELVIS, COALESCE -> asked(e.left());
			case EQ, NE -> {
				if (e.right() instanceof Expr.None) {
					asked(e.left());
				}
				if (e.left() instanceof Expr.None) {
					asked(e.right());
				}
			}
			default -> {
			}
		}
	}

	private void asked(@Nullable Expr expr) {
		if (expr instanceof Expr.Name name
				&& this.resolution.symbol(name.id()) instanceof Symbol.Variable variable) {
			variable.asked = true;
		}
	}

}
