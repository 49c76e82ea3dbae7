package dev.flin.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.runtime.link.Tagged;

/**
 * Operators on values whose types are known only when they run. As these are mostly numbers, or ints, the operands are
 * tested where they stand, and all operators of an expression work without boxes. Each place learns by itself what
 * comes there, so that the JIT compiler can leave out the rest, and boxes with it.
 */
final class NumberGuess {

	private static final String DYNAMIC = "dev/flin/runtime/Dynamic";

	private static final String ELEMENTS = Jvm.LINK + "OpenElements";

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
	 * @param slot where its value is, or the tag of an element that can be read again; -1 for what can be read again
	 * @param element whether it is an element of what may be a list
	 * @param other where what it is lies if it is no int, of a call that gives ints bare; else -1
	 */
	private record Leaf(IrExpr expr, Kind kind, int slot, boolean element, int other) implements Node {

		Leaf(IrExpr expr, Kind kind, int slot, boolean element) {
			this(expr, kind, slot, element, -1);
		}

		boolean isResult() {
			return this.other >= 0;
		}

		/** The same for what is read from one local. */
		Object identity() {
			return (this.slot < 0 && this.expr instanceof IrExpr.Read read) ? read.local() : this;
		}

		Local local() {
			return ((IrExpr.Read) this.expr).local();
		}

		boolean isOpen(MethodFrame frame) {
			return this.slot < 0 && this.expr instanceof IrExpr.Read read && frame.numbers.has(read.local());
		}

	}

	/** Operands in the order in which they are evaluated. */
	private static final class Operands {

		final List<Leaf> leaves = new ArrayList<>();

		/** What has to be a number itself for the guess; other leaves may be ints beside a number. */
		final Set<Object> strict = new HashSet<>();

		int operators;

		boolean fit = true;

	}

	/** Writes an operator; false when nothing is to be guessed about it. */
	boolean push(IrExpr.Invoke invoke) {
		return compute(invoke, kind -> Conversions.convert(this.mv, kind, Kind.ANY), () -> {
		});
	}

	/** Stores what an operator gives, without a box where the guess is right; false when there is none. */
	boolean store(IrExpr.Invoke invoke, Local local) {
		return compute(invoke, kind -> this.frame.numbers.store(local, kind), () -> this.frame.store(local));
	}

	/** Pushes what an operator gives as a result of a function that gives ints bare; false when there is none. */
	boolean pushResult(IrExpr.Invoke invoke) {
		CallGenerator calls = this.expressions.calls();
		return compute(invoke, kind -> {
			if (kind != Kind.LONG) {
				Conversions.convert(this.mv, kind, Kind.ANY);
				calls.leave();
			}
		}, calls::leave);
	}

	/** Stores in an element what an operator gives; false when nothing is to be guessed. */
	boolean setElement(IrExpr.Invoke invoke) {
		if (!isSetElement(invoke) || !(invoke.args().get(3) instanceof IrExpr.Invoke value)) {
			return false;
		}
		return compute(value, kind -> putElement(invoke, kind), () -> putElement(invoke, Kind.ANY));
	}

	private void putElement(IrExpr.Invoke invoke, Kind kind) {
		this.frame.loadContext();
		pushElement(invoke);
		this.expressions.push(invoke.args().get(4));
		this.frame.line(invoke.line());
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, ELEMENTS, "put", "(" + Jvm.descriptor(kind)
				+ Jvm.CONTEXT_DESCRIPTOR + "Ljava/lang/Object;JLjava/lang/String;)V", false);
	}

	/** Pushes a value and an index in it. */
	private void pushElement(IrExpr.Invoke invoke) {
		this.expressions.push(invoke.args().get(1), Kind.ANY);
		this.expressions.push(((IrExpr.Convert) invoke.args().get(2)).value());
	}

	private static boolean isElement(IrExpr expr) {
		return expr instanceof IrExpr.Invoke invoke && invoke.target().name().equals("index")
				&& invoke.target().owner().equals("dev/flin/runtime/Indexing") && isPlace(invoke);
	}

	private static boolean isSetElement(IrExpr.Invoke invoke) {
		return invoke.target().name().equals("setIndex") && invoke.target().owner().equals(Jvm.LINK + "Growth")
				&& isPlace(invoke);
	}

	/** Whether value and index can be read again, and the index is an int. */
	private static boolean isPlace(IrExpr.Invoke invoke) {
		return isReadable(invoke.args().get(1)) && invoke.args().get(2) instanceof IrExpr.Convert index
				&& index.value().kind() == Kind.LONG && isReadable(index.value());
	}

	/**
	 * Writes an operator.
	 * @param guessed what happens to a result of a kind
	 * @param unguessed what happens to the object that is the result when the guess was wrong
	 */
	private boolean compute(IrExpr.Invoke invoke, Consumer<Kind> guessed, Runnable unguessed) {
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
				guessed.accept(kind);
				NumberGuess.this.mv.visitJumpInsn(Opcodes.GOTO, end);
			}

			@Override
			public void unguessed() {
				general(tree);
				unguessed.run();
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

	private static void findStrict(Node node, boolean besideNumber, Set<Object> strict) {
		switch (node) {
			case Leaf leaf -> {
				if (leaf.kind() == Kind.ANY && !besideNumber) {
					strict.add(leaf.identity());
				}
			}
			case Operator operator -> {
				findStrict(operator.left(), isSurelyDouble(operator.right()), strict);
				findStrict(operator.right(), isSurelyDouble(operator.left()), strict);
			}
		}
	}

	private static boolean isSurelyDouble(Node node) {
		return switch (node) {
			case Leaf leaf -> leaf.kind() == Kind.DOUBLE;
			case Operator operator -> isSurelyDouble(operator.left()) || isSurelyDouble(operator.right());
		};
	}

	private void guess(Operands operands, List<Node> trees, Outcome outcome) {
		trees.forEach(tree -> findStrict(tree, false, operands.strict));
		for (Kind kind : kinds(operands, trees)) {
			Label others = new Label();
			test(operands, kind, others);
			trees.forEach(tree -> compute(tree, kind, operands));
			outcome.of(kind);
			this.mv.visitLabel(others);
		}
		this.frame.forgetLine();
		outcome.unguessed();
	}

	/** What is guessed, the likeliest first: most values are ints, but lists and locals of arithmetic hold numbers. */
	private List<Kind> kinds(Operands operands, List<Node> trees) {
		boolean wide = trees.size() > 1 && trees.stream().anyMatch(NumberGuess::isWideLong);
		boolean noInts = operands.leaves.stream()
			.anyMatch(leaf -> leaf.isOpen(this.frame) && !this.frame.numbers.mayBeInt(leaf.local()));
		if (noInts || !trees.stream().allMatch(NumberGuess::mayBeLong)) {
			return wide ? List.of() : List.of(Kind.DOUBLE);
		}
		if (wide) {
			return List.of(Kind.LONG);
		}
		boolean keeps = operands.leaves.stream().anyMatch(leaf -> leaf.element() || leaf.isOpen(this.frame));
		if (!keeps && operands.leaves.stream().anyMatch(Leaf::isResult)) {
			return List.of(Kind.LONG);
		}
		boolean ints = !keeps || operands.leaves.stream().anyMatch(leaf -> leaf.kind() == Kind.LONG);
		return ints ? List.of(Kind.LONG, Kind.DOUBLE) : List.of(Kind.DOUBLE, Kind.LONG);
	}

	/** Whether it is an int that is compared, which a number may not hold exactly. */
	private static boolean isWideLong(Node node) {
		return node instanceof Leaf leaf && NumberCode.isWideInt(leaf.expr());
	}

	static boolean isOperator(IrExpr expr) {
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
		return isPure(invoke.args().get(1)) ? node(left, operands) : evaluated(left, operands);
	}

	private static boolean isPure(IrExpr expr) {
		return isOperator(expr) ? ((IrExpr.Invoke) expr).args().stream().allMatch(NumberGuess::isPure)
				: isReadable(expr) || isElement(expr);
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
		if (isElement(expr)) {
			Leaf leaf = new Leaf(expr, Kind.ANY, this.frame.newSlot(Kind.INDEX), true);
			operands.leaves.add(leaf);
			return leaf;
		}
		return evaluated(expr, operands);
	}

	/** An operand that is evaluated once, before those behind it, which may change the list that it is taken from. */
	private Leaf evaluated(IrExpr expr, Operands operands) {
		IrExpr value = (expr instanceof IrExpr.Convert convert) ? convert.value() : expr;
		Kind kind = switch (value.kind()) {
			case LONG, DOUBLE -> value.kind();
			default -> Kind.ANY;
		};
		operands.fit &= value.kind() == kind && !(kind == Kind.ANY && value instanceof IrExpr.Const);
		if (this.expressions.calls().isBare(value) || isOfResults(value)) {
			Leaf result = new Leaf(value, kind, this.frame.newSlot(Kind.LONG), false, this.frame.newSlot(Kind.ANY));
			operands.leaves.add(result);
			return result;
		}
		Leaf leaf = new Leaf(value, kind, isReadable(value) ? -1 : this.frame.newSlot(kind), false);
		operands.leaves.add(leaf);
		return leaf;
	}

	/** Whether it is computed of ints, and of what functions give that give ints bare. */
	private boolean isOfResults(IrExpr expr) {
		return isOperator(expr) && ((IrExpr.Invoke) expr).args().stream().allMatch(
				operand -> NumberCode.whole(operand) != null || this.expressions.calls().isBare(operand)
						|| isOfResults(operand));
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
			if (leaf.element()) {
				pushElement((IrExpr.Invoke) leaf.expr());
				element("tag", "(Ljava/lang/Object;J)I");
				this.mv.visitVarInsn(Opcodes.ISTORE, leaf.slot());
			}
			else if (leaf.isResult()) {
				pushBare(leaf.expr());
				this.expressions.calls().take(leaf.slot(), leaf.other());
			}
			else if (leaf.slot() >= 0) {
				this.expressions.push(leaf.expr());
				this.mv.visitVarInsn(Jvm.storeOpcode(leaf.kind()), leaf.slot());
			}
		}
	}

	private void pushBare(IrExpr result) {
		CallGenerator calls = this.expressions.calls();
		if (result instanceof IrExpr.Call call) {
			calls.pushBare(call);
		}
		else if (!pushResult((IrExpr.Invoke) result)) {
			this.expressions.push(result, Kind.ANY);
			calls.leave();
		}
	}

	private void element(String method, String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, ELEMENTS, method, descriptor, false);
	}

	private void test(Operands operands, Kind kind, Label otherwise) {
		Set<Object> tested = new HashSet<>();
		for (Leaf leaf : operands.leaves) {
			if (leaf.kind() == Kind.ANY && tested.add(leaf.identity())) {
				test(leaf, kind, kind == Kind.DOUBLE && !operands.strict.contains(leaf.identity()), otherwise);
			}
		}
	}

	private void test(Leaf leaf, Kind kind, boolean orInt, Label otherwise) {
		if (leaf.isOpen(this.frame)) {
			if (orInt) {
				this.frame.numbers.jumpUnlessNumber(leaf.local(), otherwise);
			}
			else {
				this.frame.numbers.jumpUnless(leaf.local(), kind, otherwise);
			}
			return;
		}
		if (leaf.element()) {
			this.mv.visitVarInsn(Opcodes.ILOAD, leaf.slot());
			if (orInt) {
				this.mv.visitJumpInsn(Opcodes.IFEQ, otherwise);
			}
			else {
				this.mv.visitInsn(Opcodes.ICONST_0 + ((kind == Kind.DOUBLE) ? Tagged.NUMBER : Tagged.INT));
				this.mv.visitJumpInsn(Opcodes.IF_ICMPNE, otherwise);
			}
			return;
		}
		if (leaf.isResult() && kind == Kind.LONG) {
			this.expressions.calls().jumpUnlessInt(leaf.slot(), otherwise);
			return;
		}
		Label fine = new Label();
		if (orInt && leaf.isResult()) {
			this.expressions.calls().jumpIfInt(leaf.slot(), fine);
		}
		else if (orInt) {
			load(leaf);
			this.mv.visitTypeInsn(Opcodes.INSTANCEOF, Jvm.className(Kind.LONG));
			this.mv.visitJumpInsn(Opcodes.IFNE, fine);
		}
		if (leaf.isResult()) {
			this.mv.visitVarInsn(Opcodes.ALOAD, leaf.other());
		}
		else {
			load(leaf);
		}
		this.mv.visitTypeInsn(Opcodes.INSTANCEOF, Jvm.className(kind));
		this.mv.visitJumpInsn(Opcodes.IFEQ, otherwise);
		this.mv.visitLabel(fine);
	}

	private void load(Leaf leaf) {
		if (leaf.isResult()) {
			this.expressions.calls().load(leaf.slot(), leaf.other());
		}
		else if (leaf.slot() >= 0 && !leaf.element()) {
			this.mv.visitVarInsn(Jvm.loadOpcode(leaf.kind()), leaf.slot());
		}
		else {
			this.expressions.push(leaf.expr());
		}
	}

	private void compute(Node node, Kind kind, Operands operands) {
		switch (node) {
			case Leaf leaf when leaf.kind() == Kind.LONG && kind == Kind.DOUBLE && leaf.slot() < 0
					&& this.frame.pushCounted(leaf.expr()) -> {
			}
			case Leaf leaf when leaf.kind() != Kind.ANY -> {
				load(leaf);
				Conversions.convert(this.mv, leaf.kind(), kind);
			}
			case Leaf leaf -> {
				boolean orInt = kind == Kind.DOUBLE && !operands.strict.contains(leaf.identity());
				if (leaf.element()) {
					loadElement(leaf, kind, orInt);
				}
				else if (leaf.isResult() && kind == Kind.LONG) {
					this.mv.visitVarInsn(Opcodes.LLOAD, leaf.slot());
				}
				else if (!leaf.isOpen(this.frame)) {
					load(leaf);
					Conversions.unbox(this.mv, orInt ? "java/lang/Number" : Jvm.className(kind), kind);
				}
				else if (orInt) {
					this.frame.numbers.loadAsNumber(leaf.local());
				}
				else {
					this.frame.numbers.loadNumber(leaf.local(), kind);
				}
			}
			case Operator operator -> {
				compute(operator.left(), kind, operands);
				compute(operator.right(), kind, operands);
				this.frame.line(operator.invoke().line());
				operate(operator.invoke().target().name(), kind);
			}
		}
	}

	private void loadElement(Leaf leaf, Kind kind, boolean orInt) {
		pushElement((IrExpr.Invoke) leaf.expr());
		if (orInt) {
			this.mv.visitVarInsn(Opcodes.ILOAD, leaf.slot());
			element("widened", "(Ljava/lang/Object;JI)D");
		}
		else {
			element((kind == Kind.DOUBLE) ? "number" : "whole", "(Ljava/lang/Object;J)" + Jvm.descriptor(kind));
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
				if (isTwice(operator)) {
					this.mv.visitInsn(Opcodes.DUP);
				}
				else {
					general(operator.right());
				}
				call(operator.invoke());
			}
		}
	}

	/** Whether both operands are the same local. */
	private static boolean isTwice(Operator operator) {
		return operator.left() instanceof Leaf left && operator.right() instanceof Leaf right
				&& left.kind() == right.kind() && left.slot() < 0
				&& left.expr() instanceof IrExpr.Read && left.identity() == right.identity();
	}

	private void call(IrExpr.Invoke invoke) {
		this.frame.line(invoke.line());
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, DYNAMIC, invoke.target().name(), invoke.target().descriptor(),
				false);
	}

}
