package dev.flin.ir;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A statement. */
public sealed interface IrStmt {

	/** A place that {@link Break} and {@link Continue} name. Compared by identity. */
	final class Label {

		private final String name;

		public Label(String name) {
			this.name = name;
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** What follows comes from this line. */
	record Line(int line) implements IrStmt {
	}

	/** Evaluates for the effect. */
	record Eval(IrExpr value) implements IrStmt {
	}

	/** Makes a captured variable's new box for this iteration or call, with a value or with the zero of its kind. */
	record Declare(Local local, @Nullable IrExpr value) implements IrStmt {
	}

	record Set(Local local, IrExpr value) implements IrStmt {
	}

	record SetFile(FileVariable variable, IrExpr value) implements IrStmt {
	}

	record If(IrExpr condition, List<IrStmt> then, List<IrStmt> otherwise) implements IrStmt {
	}

	/** Statements that {@link Break} can leave. */
	record Block(Label label, List<IrStmt> body) implements IrStmt {
	}

	/**
	 * Repeats {@code body} while the condition holds. {@link Continue} goes to {@code step}, which runs after each
	 * body.
	 * @param condition null to go on until a break
	 * @param checkpoint whether a turn polls for interruption and limits
	 */
	record Loop(Label label, @Nullable IrExpr condition, List<IrStmt> body, List<IrStmt> step,
			boolean checkpoint) implements IrStmt {
	}

	/**
	 * Gives {@code counter}, a LONG, every value between two others in turn, and polls. The ends are evaluated once, in
	 * this order. {@link Continue} goes to {@code step}, which runs after each body. Neither assigns the counter.
	 * @param inclusive whether the last turn has the value of {@code to}
	 */
	record Count(Label label, Local counter, IrExpr from, IrExpr to, boolean inclusive, List<IrStmt> body,
			List<IrStmt> step) implements IrStmt {
	}

	record Break(Label label) implements IrStmt {
	}

	record Continue(Label label) implements IrStmt {
	}

	/** Chooses by an INDEX. */
	record Switch(IrExpr subject, List<Case> cases, List<IrStmt> otherwise) implements IrStmt {
	}

	record Case(int value, List<IrStmt> body) {
	}

	/** Chooses by a TEXT. */
	record SwitchText(IrExpr subject, List<TextCase> cases, List<IrStmt> otherwise) implements IrStmt {
	}

	record TextCase(String value, List<IrStmt> body) {
	}

	/** @param value null in functions without a result */
	record Return(@Nullable IrExpr value) implements IrStmt {
	}

	/** Raises an error: a value of kind ERROR. */
	record Throw(IrExpr error) implements IrStmt {
	}

	/**
	 * @param error gets the error as a value of kind ERROR; null when there is no handler
	 * @param handler null when there is none
	 * @param cleanup runs on every way out; null when there is none
	 */
	record Try(List<IrStmt> body, @Nullable Local error, @Nullable List<IrStmt> handler,
			@Nullable List<IrStmt> cleanup) implements IrStmt {
	}

}
