package dev.flin.ir;

import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * An expression. It holds no statements: whatever jumps, assigns variables or loops stands in statements before it, so
 * that operands are always evaluated left to right without anything in between.
 */
public sealed interface IrExpr {

	/** What the value is represented as. */
	Kind kind();

	/** A constant: null for none, Long, Double, Boolean, Integer (an index), String or {@code byte[]}. */
	record Const(@Nullable Object value, Kind kind) implements IrExpr {
	}

	/**
	 * A constant that is made once, by a static method of the run side, from texts and numbers.
	 * @param args String, Integer, Long or Double
	 */
	record Made(JavaMethod maker, List<Object> args, Kind kind) implements IrExpr {

		public Made {
			args = List.copyOf(args);
		}

	}

	record Read(Local local) implements IrExpr {

		@Override
		public Kind kind() {
			return this.local.kind();
		}

	}

	record ReadFile(FileVariable variable) implements IrExpr {

		@Override
		public Kind kind() {
			return this.variable.kind();
		}

	}

	/** The context of the run: what every function gets as its first argument. */
	record Context() implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.ANY;
		}

	}

	/** Operations on primitive values. Those on ints raise an error on overflow and division by zero. */
	enum Op {

		ADD, SUB, MUL, DIV, REM, NEGATE,
		/** Without overflow checks, where the compiler knows that there is none. */
		ADD_RAW, SUB_RAW

	}

	/** Arithmetic on LONG, DOUBLE or INDEX; {@code right} is null for {@link Op#NEGATE}. */
	record Arithmetic(Op op, Kind kind, IrExpr left, @Nullable IrExpr right, int line) implements IrExpr {
	}

	enum Test {

		EQ, NE, LT, LE, GT, GE

	}

	/** Compares two values of one primitive kind; with NaN every test but NE is false. */
	record Compare(Test test, IrExpr left, IrExpr right) implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.BOOL;
		}

	}

	record IsNone(IrExpr value) implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.BOOL;
		}

	}

	/** Whether a boxed value is represented as this kind. */
	record IsKind(IrExpr value, Kind tested) implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.BOOL;
		}

	}

	record Not(IrExpr value) implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.BOOL;
		}

	}

	record And(IrExpr left, IrExpr right) implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.BOOL;
		}

	}

	record Or(IrExpr left, IrExpr right) implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.BOOL;
		}

	}

	/** One of two values, both of this kind. */
	record Choose(IrExpr condition, IrExpr then, IrExpr otherwise, Kind kind) implements IrExpr {
	}

	/**
	 * Another representation of the same value: boxing, unboxing and narrowing of a value that is known to fit, int to
	 * number, index to int.
	 */
	record Convert(IrExpr value, Kind kind) implements IrExpr {
	}

	/** Calls a function of the program. */
	record Call(IrFunction target, List<IrExpr> args, int line) implements IrExpr {

		public Call {
			args = List.copyOf(args);
		}

		@Override
		public Kind kind() {
			return this.target.result();
		}

	}

	/** Calls a static method of the run side. */
	record Invoke(JavaMethod target, List<IrExpr> args, int line) implements IrExpr {

		public Invoke {
			args = List.copyOf(args);
		}

		@Override
		public Kind kind() {
			return this.target.result();
		}

	}

	/** Calls a function value with arguments of kind ANY. */
	record CallValue(IrExpr function, List<IrExpr> args, int line) implements IrExpr {

		public CallValue {
			args = List.copyOf(args);
		}

		@Override
		public Kind kind() {
			return Kind.ANY;
		}

	}

	/**
	 * An operation that is chosen by its operands when it runs, with an inline cache at its place.
	 * @param operation what is done, as the linkage of the run side names it
	 * @param name the member or operator
	 * @param what the source of the receiver, for messages
	 */
	record Dynamic(String operation, String name, String what, List<IrExpr> args, Kind kind,
			int line) implements IrExpr {

		public Dynamic {
			args = List.copyOf(args);
		}

	}

	/**
	 * A function value. The captured locals are those of the surrounding function, in the order of the function's own.
	 */
	record Closure(IrFunction function, List<Local> captured) implements IrExpr {

		public Closure {
			captured = List.copyOf(captured);
		}

		@Override
		public Kind kind() {
			return Kind.FUNCTION;
		}

	}

	/** A text of parts that are TEXT, LONG, BOOL or BYTES-free kinds already in their printed form. */
	record Concat(List<IrExpr> parts) implements IrExpr {

		public Concat {
			parts = List.copyOf(parts);
		}

		@Override
		public Kind kind() {
			return Kind.TEXT;
		}

	}

	/** A list; with elements all LONG, all DOUBLE, all BOOL, or all ANY. */
	record NewList(List<IrExpr> elements, Kind element) implements IrExpr {

		public NewList {
			elements = List.copyOf(elements);
		}

		@Override
		public Kind kind() {
			return Kind.LIST;
		}

	}

	/** An array of ANY, only as the last argument of an {@link Invoke}. */
	record Pack(List<IrExpr> elements) implements IrExpr {

		public Pack {
			elements = List.copyOf(elements);
		}

		@Override
		public Kind kind() {
			return Kind.ANY;
		}

	}

	/** The instance of the unit itself, for calls that hand it to the run side. */
	record Unit() implements IrExpr {

		@Override
		public Kind kind() {
			return Kind.ANY;
		}

	}

	/** The same expression with other operands; itself if it has none. */
	default IrExpr mapOperands(UnaryOperator<IrExpr> change) {
		return switch (this) {
			case Convert e -> new Convert(change.apply(e.value()), e.kind());
			case Arithmetic e -> new Arithmetic(e.op(), e.kind(), change.apply(e.left()),
					(e.right() != null) ? change.apply(e.right()) : null, e.line());
			case Compare e -> new Compare(e.test(), change.apply(e.left()), change.apply(e.right()));
			case IsNone e -> new IsNone(change.apply(e.value()));
			case IsKind e -> new IsKind(change.apply(e.value()), e.tested());
			case Not e -> new Not(change.apply(e.value()));
			case And e -> new And(change.apply(e.left()), change.apply(e.right()));
			case Or e -> new Or(change.apply(e.left()), change.apply(e.right()));
			case Choose e -> new Choose(change.apply(e.condition()), change.apply(e.then()),
					change.apply(e.otherwise()), e.kind());
			case Call e -> new Call(e.target(), map(e.args(), change), e.line());
			case Invoke e -> new Invoke(e.target(), map(e.args(), change), e.line());
			case CallValue e -> new CallValue(change.apply(e.function()), map(e.args(), change), e.line());
			case Dynamic e ->
				new Dynamic(e.operation(), e.name(), e.what(), map(e.args(), change), e.kind(), e.line());
			case Concat e -> new Concat(map(e.parts(), change));
			case NewList e -> new NewList(map(e.elements(), change), e.element());
			case Pack e -> new Pack(map(e.elements(), change));
			case Const e -> e;
			case Made e -> e;
			case Read e -> e;
			case ReadFile e -> e;
			case Context e -> e;
			case Closure e -> e;
			case Unit e -> e;
		};
	}

	private static List<IrExpr> map(List<IrExpr> operands, UnaryOperator<IrExpr> change) {
		return operands.stream().map(change).toList();
	}

}
