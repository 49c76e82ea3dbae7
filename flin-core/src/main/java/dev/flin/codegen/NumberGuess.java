package dev.flin.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;

/**
 * Operators on values whose types are known only when they run. As these are mostly numbers, or ints, the operands are
 * tested where they stand, and all operators of an expression work without boxes. Each place learns by itself what
 * comes there, so that the JIT compiler can leave out the rest, and boxes with it.
 */
final class NumberGuess {

	private static final String DYNAMIC = "dev/flin/runtime/Dynamic";

	private static final Set<String> OPERATORS = Set.of("add", "subtract", "multiply", "divide", "remainder");

	private static final Map<String, IrExpr.Test> TESTS = Map.of("equal", IrExpr.Test.EQ, "less", IrExpr.Test.LT,
			"lessOrEqual", IrExpr.Test.LE, "greater", IrExpr.Test.GT, "greaterOrEqual", IrExpr.Test.GE);

	private static final int OPERATORS_MAX = 6;

	private static final int PLACES_MAX = 100;

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final ExpressionGenerator expressions;

	/** How many more there may be in the method: they take room. */
	private int left = PLACES_MAX;

	NumberGuess(MethodFrame frame, ExpressionGenerator expressions) {
		this.frame = frame;
		this.mv = frame.mv;
		this.expressions = expressions;
	}

	private sealed interface Node {

	}

	private record Operator(IrExpr.Invoke invoke, Node left, Node right) implements Node {
	}

	/**
	 * An operand.
	 * @param kind LONG or DOUBLE where that is sure, else ANY
	 * @param slot where its value is; -1 for what can be read again
	 */
	private record Leaf(IrExpr expr, Kind kind, int slot) implements Node {
	}

	/** Operands in the order in which they are evaluated. */
	private static final class Operands {

		final List<Leaf> leaves = new ArrayList<>();

		int operators;

		boolean fit = true;

	}

	/** Writes an operator; false when nothing is to be guessed about it. */
	boolean push(IrExpr.Invoke invoke) {
		if (!isOperator(invoke)) {
			return false;
		}
		Operands operands = new Operands();
		Node tree = node(invoke, operands);
		if (!fits(operands) || !isDouble(tree)) {
			return false;
		}
		Label end = new Label();
		evaluate(operands);
		guess(operands, List.of(tree), new Outcome() {

			@Override
			public void of(Kind kind) {
				Conversions.convert(NumberGuess.this.mv, kind, Kind.ANY);
				NumberGuess.this.mv.visitJumpInsn(Opcodes.GOTO, end);
			}

			@Override
			public void unguessed() {
				general(tree);
			}

		});
		this.mv.visitLabel(end);
		this.frame.forgetLine();
		return true;
	}

	/** Jumps when a comparison has this value; false when nothing is to be guessed about it. */
	boolean jump(IrExpr.Invoke invoke, Label target, boolean when) {
		IrExpr.Test test = TESTS.get(invoke.target().name());
		if (test == null || !invoke.target().owner().equals(DYNAMIC) || invoke.args().size() != 2) {
			return false;
		}
		Operands operands = new Operands();
		Node left = first(invoke, operands);
		Node right = node(invoke.args().get(1), operands);
		if (!fits(operands) || !isDouble(left) && !isDouble(right) || !isSound(left) || !isSound(right)) {
			return false;
		}
		Label end = new Label();
		evaluate(operands);
		guess(operands, List.of(left, right), new Outcome() {

			@Override
			public void of(Kind kind) {
				NumberGuess.this.expressions.jumpCompared(kind, test, target, when);
				NumberGuess.this.mv.visitJumpInsn(Opcodes.GOTO, end);
			}

			@Override
			public void unguessed() {
				general(left);
				general(right);
				call(invoke);
				NumberGuess.this.mv.visitJumpInsn(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
			}

		});
		this.mv.visitLabel(end);
		this.frame.forgetLine();
		return true;
	}

	/** What happens after a guess. */
	private interface Outcome {

		/** The values are on the stack, each of this kind. */
		void of(Kind kind);

		void unguessed();

	}

	private void guess(Operands operands, List<Node> trees, Outcome outcome) {
		boolean ints = trees.stream().allMatch(NumberGuess::mayBeLong);
		Label others = new Label();
		test(operands, Kind.DOUBLE, others);
		trees.forEach(tree -> compute(tree, Kind.DOUBLE));
		outcome.of(Kind.DOUBLE);
		this.mv.visitLabel(others);
		if (ints) {
			Label general = new Label();
			test(operands, Kind.LONG, general);
			trees.forEach(tree -> compute(tree, Kind.LONG));
			outcome.of(Kind.LONG);
			this.mv.visitLabel(general);
		}
		this.frame.forgetLine();
		outcome.unguessed();
	}

	private static boolean isOperator(IrExpr expr) {
		return expr instanceof IrExpr.Invoke invoke && invoke.target().owner().equals(DYNAMIC)
				&& OPERATORS.contains(invoke.target().name());
	}

	private boolean fits(Operands operands) {
		return this.left > 0 && operands.fit && operands.operators <= OPERATORS_MAX
				&& operands.leaves.stream().anyMatch(leaf -> leaf.kind() == Kind.ANY);
	}

	private Node node(IrExpr expr, Operands operands) {
		if (!isOperator(expr)) {
			return leaf(expr, operands);
		}
		IrExpr.Invoke invoke = (IrExpr.Invoke) expr;
		operands.operators++;
		Node left = first(invoke, operands);
		return new Operator(invoke, left, node(invoke.args().get(1), operands));
	}

	/** Nothing is computed before an operand that may do something: then what is before it is one operand. */
	private Node first(IrExpr.Invoke invoke, Operands operands) {
		IrExpr left = invoke.args().get(0);
		return isPure(invoke.args().get(1)) ? node(left, operands) : leaf(left, operands);
	}

	private static boolean isPure(IrExpr expr) {
		return isOperator(expr) ? ((IrExpr.Invoke) expr).args().stream().allMatch(NumberGuess::isPure)
				: isReadable(expr);
	}

	/** Whether it can be read as often as needed, and is the same each time. */
	private static boolean isReadable(IrExpr expr) {
		return switch (expr) {
			case IrExpr.Const constant -> true;
			case IrExpr.Read read -> !read.local().isCell();
			case IrExpr.Convert convert -> isReadable(convert.value());
			default -> false;
		};
	}

	private Leaf leaf(IrExpr expr, Operands operands) {
		IrExpr value = (expr instanceof IrExpr.Convert convert) ? convert.value() : expr;
		Kind kind = switch (value.kind()) {
			case LONG, DOUBLE -> value.kind();
			default -> Kind.ANY;
		};
		operands.fit &= value.kind() == kind && !(kind == Kind.ANY && value instanceof IrExpr.Const);
		Leaf leaf = new Leaf(value, kind, isReadable(value) ? -1 : this.frame.newSlot(kind));
		operands.leaves.add(leaf);
		return leaf;
	}

	/** Whether the operators of a tree work on numbers when what is not known is numbers. */
	private static boolean isDouble(Node node) {
		return switch (node) {
			case Leaf leaf -> leaf.kind() != Kind.LONG;
			case Operator operator -> (isDouble(operator.left()) || isDouble(operator.right()))
					&& isSound(operator.left()) && isSound(operator.right());
		};
	}

	private static boolean isSound(Node node) {
		return node instanceof Leaf || isDouble(node);
	}

	private static boolean mayBeLong(Node node) {
		return switch (node) {
			case Leaf leaf -> leaf.kind() != Kind.DOUBLE;
			case Operator operator -> !operator.invoke().target().name().equals("divide")
					&& mayBeLong(operator.left()) && mayBeLong(operator.right());
		};
	}

	private void evaluate(Operands operands) {
		this.left--;
		for (Leaf leaf : operands.leaves) {
			if (leaf.slot() >= 0) {
				this.expressions.push(leaf.expr());
				this.mv.visitVarInsn(Jvm.storeOpcode(leaf.kind()), leaf.slot());
			}
		}
	}

	private void test(Operands operands, Kind kind, Label otherwise) {
		List<Object> tested = new ArrayList<>();
		for (Leaf leaf : operands.leaves) {
			Object same = (leaf.expr() instanceof IrExpr.Read read) ? read.local() : leaf;
			if (leaf.kind() == Kind.ANY && !tested.contains(same)) {
				tested.add(same);
				load(leaf);
				this.mv.visitTypeInsn(Opcodes.INSTANCEOF, Jvm.className(kind));
				this.mv.visitJumpInsn(Opcodes.IFEQ, otherwise);
			}
		}
	}

	private void load(Leaf leaf) {
		if (leaf.slot() >= 0) {
			this.mv.visitVarInsn(Jvm.loadOpcode(leaf.kind()), leaf.slot());
		}
		else {
			this.expressions.push(leaf.expr());
		}
	}

	private void compute(Node node, Kind kind) {
		switch (node) {
			case Leaf leaf -> {
				load(leaf);
				if (leaf.kind() == Kind.ANY) {
					this.mv.visitTypeInsn(Opcodes.CHECKCAST, Jvm.className(kind));
					this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.className(kind),
							(kind == Kind.LONG) ? "longValue" : "doubleValue", "()" + Jvm.descriptor(kind), false);
				}
				else {
					Conversions.convert(this.mv, leaf.kind(), kind);
				}
			}
			case Operator operator -> {
				compute(operator.left(), kind);
				compute(operator.right(), kind);
				this.frame.line(operator.invoke().line());
				operate(operator.invoke().target().name(), kind);
			}
		}
	}

	private void operate(String name, Kind kind) {
		if (kind == Kind.LONG) {
			this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/flin/runtime/Operations", name, "(JJ)J", false);
			return;
		}
		this.mv.visitInsn(switch (name) {
			case "add" -> Opcodes.DADD;
			case "subtract" -> Opcodes.DSUB;
			case "multiply" -> Opcodes.DMUL;
			case "divide" -> Opcodes.DDIV;
			default -> Opcodes.DREM;
		});
	}

	private void general(Node node) {
		switch (node) {
			case Leaf leaf -> {
				load(leaf);
				Conversions.convert(this.mv, leaf.kind(), Kind.ANY);
			}
			case Operator operator -> {
				general(operator.left());
				general(operator.right());
				call(operator.invoke());
			}
		}
	}

	private void call(IrExpr.Invoke invoke) {
		this.frame.line(invoke.line());
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, DYNAMIC, invoke.target().name(), invoke.target().descriptor(),
				false);
	}

}
