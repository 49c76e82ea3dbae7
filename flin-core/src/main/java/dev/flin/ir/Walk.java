package dev.flin.ir;

import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** Visits everything inside code, in written order, outer before inner. */
public final class Walk {

	private Walk() {
	}

	/** Visits statements at any depth, and the expressions in them. */
	public static void statements(@Nullable List<IrStmt> body, Consumer<IrStmt> statement,
			Consumer<IrExpr> expression) {
		if (body == null) {
			return;
		}
		for (IrStmt each : body) {
			statement.accept(each);
			inside(each, statement, expression);
		}
	}

	/** How many statements and expressions there are at any depth. */
	public static int size(List<IrStmt> body) {
		int[] count = new int[1];
		statements(body, statement -> count[0]++, expr -> count[0]++);
		return count[0];
	}

	/** Visits statements at any depth, and no expressions. */
	public static void statements(@Nullable List<IrStmt> body, Consumer<IrStmt> statement) {
		if (body == null) {
			return;
		}
		for (IrStmt each : body) {
			statement.accept(each);
			switch (each) {
				case IrStmt.If s -> {
					statements(s.then(), statement);
					statements(s.otherwise(), statement);
				}
				case IrStmt.Block s -> statements(s.body(), statement);
				case IrStmt.Loop s -> {
					statements(s.body(), statement);
					statements(s.step(), statement);
				}
				case IrStmt.Count s -> {
					statements(s.body(), statement);
					statements(s.step(), statement);
				}
				case IrStmt.Switch s -> {
					s.cases().forEach(one -> statements(one.body(), statement));
					statements(s.otherwise(), statement);
				}
				case IrStmt.SwitchText s -> {
					s.cases().forEach(one -> statements(one.body(), statement));
					statements(s.otherwise(), statement);
				}
				case IrStmt.Try s -> {
					statements(s.body(), statement);
					statements(s.handler(), statement);
					statements(s.cleanup(), statement);
				}
				case IrStmt.Line s -> {
				}
				case IrStmt.Eval s -> {
				}
				case IrStmt.Declare s -> {
				}
				case IrStmt.Set s -> {
				}
				case IrStmt.SetFile s -> {
				}
				case IrStmt.Return s -> {
				}
				case IrStmt.Throw s -> {
				}
				case IrStmt.Break s -> {
				}
				case IrStmt.Continue s -> {
				}
			}
		}
	}

	/** Visits an expression and all its operands. */
	public static void expression(@Nullable IrExpr expr, Consumer<IrExpr> visit) {
		if (expr == null) {
			return;
		}
		visit.accept(expr);
		// The most frequent ones first: they are tried in this order.
		switch (expr) {
			case IrExpr.Read e -> {
			}
			case IrExpr.Const e -> {
			}
			case IrExpr.Invoke e -> all(e.args(), visit);
			case IrExpr.Context e -> {
			}
			case IrExpr.Convert e -> expression(e.value(), visit);
			case IrExpr.Arithmetic e -> both(e.left(), e.right(), visit);
			case IrExpr.Compare e -> both(e.left(), e.right(), visit);
			case IrExpr.And e -> both(e.left(), e.right(), visit);
			case IrExpr.Or e -> both(e.left(), e.right(), visit);
			case IrExpr.IsNone e -> expression(e.value(), visit);
			case IrExpr.IsKind e -> expression(e.value(), visit);
			case IrExpr.Not e -> expression(e.value(), visit);
			case IrExpr.Choose e -> {
				expression(e.condition(), visit);
				both(e.then(), e.otherwise(), visit);
			}
			case IrExpr.Call e -> all(e.args(), visit);
			case IrExpr.CallValue e -> {
				expression(e.function(), visit);
				all(e.args(), visit);
			}
			case IrExpr.Dynamic e -> all(e.args(), visit);
			case IrExpr.Concat e -> all(e.parts(), visit);
			case IrExpr.NewList e -> all(e.elements(), visit);
			case IrExpr.Pack e -> all(e.elements(), visit);
			case IrExpr.Made e -> {
			}
			case IrExpr.ReadFile e -> {
			}
			case IrExpr.Unit e -> {
			}
			case IrExpr.Closure e -> {
			}
		}
	}

	private static void inside(IrStmt statement, Consumer<IrStmt> visit, Consumer<IrExpr> expression) {
		switch (statement) {
			case IrStmt.Line s -> {
			}
			case IrStmt.Eval s -> expression(s.value(), expression);
			case IrStmt.Declare s -> expression(s.value(), expression);
			case IrStmt.Set s -> expression(s.value(), expression);
			case IrStmt.SetFile s -> expression(s.value(), expression);
			case IrStmt.If s -> {
				expression(s.condition(), expression);
				statements(s.then(), visit, expression);
				statements(s.otherwise(), visit, expression);
			}
			case IrStmt.Block s -> statements(s.body(), visit, expression);
			case IrStmt.Loop s -> {
				expression(s.condition(), expression);
				statements(s.body(), visit, expression);
				statements(s.step(), visit, expression);
			}
			case IrStmt.Count s -> {
				both(s.from(), s.to(), expression);
				statements(s.body(), visit, expression);
				statements(s.step(), visit, expression);
			}
			case IrStmt.Switch s -> {
				expression(s.subject(), expression);
				s.cases().forEach(each -> statements(each.body(), visit, expression));
				statements(s.otherwise(), visit, expression);
			}
			case IrStmt.SwitchText s -> {
				expression(s.subject(), expression);
				s.cases().forEach(each -> statements(each.body(), visit, expression));
				statements(s.otherwise(), visit, expression);
			}
			case IrStmt.Return s -> expression(s.value(), expression);
			case IrStmt.Throw s -> expression(s.error(), expression);
			case IrStmt.Try s -> {
				statements(s.body(), visit, expression);
				statements(s.handler(), visit, expression);
				statements(s.cleanup(), visit, expression);
			}
			case IrStmt.Break s -> {
			}
			case IrStmt.Continue s -> {
			}
		}
	}

	private static void both(IrExpr left, @Nullable IrExpr right, Consumer<IrExpr> visit) {
		expression(left, visit);
		expression(right, visit);
	}

	private static void all(List<IrExpr> exprs, Consumer<IrExpr> visit) {
		for (IrExpr each : exprs) {
			expression(each, visit);
		}
	}

}
