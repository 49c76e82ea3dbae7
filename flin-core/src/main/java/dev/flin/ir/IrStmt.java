package dev.flin.ir;

import java.util.List;
import java.util.function.UnaryOperator;

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

	/** The same statement with other blocks inside: bodies, steps, arms, handlers, cleanups; itself if it has none. */
	default IrStmt mapBlocks(UnaryOperator<List<IrStmt>> change) {
		return switch (this) {
			case If s -> new If(s.condition(), change.apply(s.then()), change.apply(s.otherwise()));
			case Block s -> new Block(s.label(), change.apply(s.body()));
			case Loop s ->
				new Loop(s.label(), s.condition(), change.apply(s.body()), change.apply(s.step()), s.checkpoint());
			case Count s -> new Count(s.label(), s.counter(), s.from(), s.to(), s.inclusive(), change.apply(s.body()),
					change.apply(s.step()));
			case Switch s -> new Switch(s.subject(),
					s.cases().stream().map(each -> new Case(each.value(), change.apply(each.body()))).toList(),
					change.apply(s.otherwise()));
			case SwitchText s -> new SwitchText(s.subject(),
					s.cases().stream().map(each -> new TextCase(each.value(), change.apply(each.body()))).toList(),
					change.apply(s.otherwise()));
			case Try s -> new Try(change.apply(s.body()), s.error(),
					(s.handler() != null) ? change.apply(s.handler()) : null,
					(s.cleanup() != null) ? change.apply(s.cleanup()) : null);
			case Line s -> s;
			case Eval s -> s;
			case Declare s -> s;
			case Set s -> s;
			case SetFile s -> s;
			case Break s -> s;
			case Continue s -> s;
			case Return s -> s;
			case Throw s -> s;
		};
	}

	/** The same statement with other expressions, those of its own and not of the blocks inside. */
	default IrStmt mapExpressions(UnaryOperator<IrExpr> change) {
		return switch (this) {
			case Eval s -> new Eval(change.apply(s.value()));
			case Declare s -> new Declare(s.local(), (s.value() != null) ? change.apply(s.value()) : null);
			case Set s -> new Set(s.local(), change.apply(s.value()));
			case SetFile s -> new SetFile(s.variable(), change.apply(s.value()));
			case If s -> new If(change.apply(s.condition()), s.then(), s.otherwise());
			case Loop s -> new Loop(s.label(), (s.condition() != null) ? change.apply(s.condition()) : null, s.body(),
					s.step(), s.checkpoint());
			case Count s -> new Count(s.label(), s.counter(), change.apply(s.from()), change.apply(s.to()),
					s.inclusive(), s.body(), s.step());
			case Switch s -> new Switch(change.apply(s.subject()), s.cases(), s.otherwise());
			case SwitchText s -> new SwitchText(change.apply(s.subject()), s.cases(), s.otherwise());
			case Return s -> new Return((s.value() != null) ? change.apply(s.value()) : null);
			case Throw s -> new Throw(change.apply(s.error()));
			case Block s -> s;
			case Try s -> s;
			case Line s -> s;
			case Break s -> s;
			case Continue s -> s;
		};
	}

}
