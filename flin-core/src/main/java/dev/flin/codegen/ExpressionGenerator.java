package dev.flin.codegen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.FileVariable;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.value.FlinBugException;

/** Writes the code of expressions: each leaves its value on the stack. */
final class ExpressionGenerator {

	/** The longest UTF-8 form of a text constant. */
	private static final int CONSTANT_BYTES_MAX = 65_535;

	private static final Handle INVOKE_CONSTANT = new Handle(Opcodes.H_INVOKESTATIC,
			"java/lang/invoke/ConstantBootstraps", "invoke",
			"(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
					+ "Ljava/lang/invoke/MethodHandle;[Ljava/lang/Object;)Ljava/lang/Object;",
			false);

	private static final Handle LINK_DYNAMIC = new Handle(Opcodes.H_INVOKESTATIC, Jvm.LINK + "Linkage", "bootstrap",
			"(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
					+ "Ljava/lang/String;Ljava/lang/String;)Ljava/lang/invoke/CallSite;",
			false);

	/** Classes that take the context for what it remembers, and call nothing of the program. */
	private static final Set<String> LEAVES = Set.of("dev/flin/runtime/Texts", "dev/flin/runtime/Indexing",
			"dev/flin/runtime/OpenTexts", "dev/flin/runtime/lib/TextFunctions", "dev/flin/runtime/link/Growth");

	private final MethodFrame frame;

	private final RecordClasses records;

	private final MethodVisitor mv;

	private final TextGenerator texts;

	private final ListStorages storages;

	private final NumberGuess guess;

	private final OpenIndexes elements;

	private final CallGenerator calls;

	ExpressionGenerator(MethodFrame frame) {
		this.frame = frame;
		this.records = new RecordClasses(frame);
		this.mv = frame.mv;
		this.texts = new TextGenerator(this, this.mv);
		this.storages = new ListStorages(frame);
		this.guess = new NumberGuess(frame, this);
		this.elements = new OpenIndexes(frame, this);
		this.calls = new CallGenerator(frame, this);
	}

	ListStorages storages() {
		return this.storages;
	}

	CallGenerator calls() {
		return this.calls;
	}

	NumberGuess guess() {
		return this.guess;
	}

	void push(IrExpr expr) {
		switch (expr) {
			case IrExpr.Const constant -> constant(constant.value(), constant.kind());
			case IrExpr.Read read -> this.frame.load(read.local());
			case IrExpr.Invoke invoke -> {
				if (this.frame.facts.presence.isNeedless(invoke)) {
					push(invoke.args().get(0));
				}
				else if (!this.guess.push(invoke) && !this.guess.setElement(invoke)
						&& !this.elements.push(invoke) && !EnumConstants.push(this.mv, invoke)) {
					invoke(invoke);
				}
			}
			case IrExpr.Context context -> this.frame.loadContext();
			case IrExpr.Convert convert when this.frame.numbers.pushInt(convert) -> {
			}
			case IrExpr.Convert convert when convert.kind() == Kind.DOUBLE
					&& this.frame.pushCounted(convert.value()) -> {
			}
			case IrExpr.Convert convert -> {
				push(convert.value());
				Conversions.convert(this.mv, convert.value().kind(), convert.kind());
			}
			case IrExpr.Made made -> made(made);
			case IrExpr.ReadFile read -> readFile(read.variable());
			case IrExpr.Unit unit -> this.frame.loadUnit();
			case IrExpr.Arithmetic arithmetic -> arithmetic(arithmetic);
			case IrExpr.Compare compare -> truth(compare);
			case IrExpr.IsNone none -> truth(none);
			case IrExpr.IsKind test when this.frame.numbers.pushIsKind(test) -> {
			}
			case IrExpr.IsKind test -> {
				push(test.value());
				this.mv.visitTypeInsn(Opcodes.INSTANCEOF, Jvm.className(test.tested()));
			}
			case IrExpr.Not not -> truth(not);
			case IrExpr.And and -> truth(and);
			case IrExpr.Or or -> truth(or);
			case IrExpr.Choose choose -> choose(choose);
			case IrExpr.Call call -> this.calls.push(call);
			case IrExpr.CallValue call -> callValue(call);
			case IrExpr.Dynamic dynamic -> dynamic(dynamic);
			case IrExpr.Closure closure -> closure(closure);
			case IrExpr.Concat concat -> this.texts.concat(concat.parts());
			case IrExpr.NewList list -> newList(list);
			case IrExpr.Pack pack -> array(pack.elements(), Kind.ANY);
		}
	}

	void push(IrExpr expr, Kind wanted) {
		push(expr);
		Conversions.convert(this.mv, expr.kind(), wanted);
	}

	/**
	 * Pushes a value as an instance of a class, or none, unless that is null.
	 * @return the class of the value, null where it is not known
	 */
	@Nullable
	String push(IrExpr expr, Kind wanted, @Nullable String record) {
		String known = this.records.of(expr);
		push(expr, wanted);
		if (record == null || record.equals(known) || RecordClasses.isNone(expr)) {
			return known;
		}
		this.mv.visitTypeInsn(Opcodes.CHECKCAST, record);
		return record;
	}

	/** Pushes what a local is about to hold, and gives its class as {@link #push(IrExpr, Kind, String)} does. */
	@Nullable
	String pushFor(Local local, IrExpr value) {
		return push(value, local.kind(), local.isCell() ? null : local.record());
	}

	/** Stores a value in a local that has places for numbers. */
	void store(IrExpr value, Local local) {
		if (!(value instanceof IrExpr.Invoke invoke && this.guess.store(invoke, local))) {
			push(value, Kind.ANY);
			this.frame.store(local);
		}
	}

	/** Jumps when the condition has this value; falls through otherwise. */
	void jump(IrExpr condition, Label target, boolean when) {
		switch (condition) {
			case IrExpr.Const constant -> {
				if (Boolean.valueOf(when).equals(constant.value())) {
					this.mv.visitJumpInsn(Opcodes.GOTO, target);
				}
			}
			case IrExpr.Not not -> jump(not.value(), target, !when);
			case IrExpr.And and -> jumpBoth(and.left(), and.right(), target, when, false);
			case IrExpr.Or or -> jumpBoth(or.left(), or.right(), target, when, true);
			case IrExpr.IsNone none -> {
				push(none.value());
				this.mv.visitJumpInsn(when ? Opcodes.IFNULL : Opcodes.IFNONNULL, target);
			}
			case IrExpr.Compare compare -> jumpCompare(compare, target, when);
			case IrExpr.Invoke invoke when this.guess.jump(invoke, target, when) -> {
			}
			default -> {
				push(condition, Kind.BOOL);
				this.mv.visitJumpInsn(when ? Opcodes.IFNE : Opcodes.IFEQ, target);
			}
		}
	}

	private void jumpBoth(IrExpr left, IrExpr right, Label target, boolean when, boolean decides) {
		Label decided = new Label();
		jump(left, (when == decides) ? target : decided, decides);
		Facts.Saved known = this.frame.facts.save();
		this.frame.facts.assume(left, !decides);
		jump(right, target, when);
		this.frame.facts.restore(known);
		this.mv.visitLabel(decided);
	}

	private void jumpCompare(IrExpr.Compare compare, Label target, boolean when) {
		Kind kind = compare.left().kind();
		push(compare.left());
		IrExpr.Test test = compare.test();
		boolean zero = compare.right() instanceof IrExpr.Const constant && Integer.valueOf(0).equals(constant.value());
		if ((kind == Kind.INDEX || kind == Kind.BOOL) && zero) {
			this.mv.visitJumpInsn(Opcodes.IFEQ + offset(test, when), target);
			return;
		}
		push(compare.right());
		jumpCompared(kind, test, target, when);
	}

	/** Jumps when a comparison of the two values on the stack has this value. */
	void jumpCompared(Kind kind, IrExpr.Test test, Label target, boolean when) {
		switch (kind) {
			case LONG -> this.mv.visitInsn(Opcodes.LCMP);
			case DOUBLE -> this.mv.visitInsn(
					(test == IrExpr.Test.LT || test == IrExpr.Test.LE) ? Opcodes.DCMPG : Opcodes.DCMPL);
			case BOOL, INDEX -> {
				this.mv.visitJumpInsn(Opcodes.IF_ICMPEQ + offset(test, when), target);
				return;
			}
			default -> throw new FlinBugException("comparison of " + kind);
		}
		this.mv.visitJumpInsn(Opcodes.IFEQ + offset(test, when), target);
	}

	/** The opcodes of jumps come in the order EQ NE LT GE GT LE. */
	private static int offset(IrExpr.Test test, boolean when) {
		int base = switch (test) {
			case EQ -> 0;
			case NE -> 1;
			case LT -> 2;
			case GE -> 3;
			case GT -> 4;
			case LE -> 5;
		};
		return when ? base : base ^ 1;
	}

	private void truth(IrExpr condition) {
		Label yes = new Label();
		Label end = new Label();
		jump(condition, yes, true);
		this.mv.visitInsn(Opcodes.ICONST_0);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(yes);
		this.mv.visitInsn(Opcodes.ICONST_1);
		this.mv.visitLabel(end);
	}

	private void choose(IrExpr.Choose choose) {
		Label otherwise = new Label();
		Label end = new Label();
		jump(choose.condition(), otherwise, false);
		Facts.Saved known = this.frame.facts.save();
		this.frame.facts.assume(choose.condition(), true);
		push(choose.then(), choose.kind());
		this.frame.facts.restore(known);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(otherwise);
		this.frame.facts.assume(choose.condition(), false);
		push(choose.otherwise(), choose.kind());
		this.frame.facts.restore(known);
		this.mv.visitLabel(end);
	}

	void constant(@Nullable Object value, Kind kind) {
		switch (value) {
			case null -> this.mv.visitInsn(Opcodes.ACONST_NULL);
			case Long number -> longConstant(number);
			case Double number -> doubleConstant(number);
			case Boolean bool -> this.mv.visitInsn(bool ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
			case Integer index -> intConstant(index);
			case String text -> textConstant(text);
			case byte[] bytes -> bytesConstant(bytes);
			default -> throw new FlinBugException("no constant of " + value.getClass());
		}
	}

	private void longConstant(long number) {
		if (number == 0 || number == 1) {
			this.mv.visitInsn((number == 0) ? Opcodes.LCONST_0 : Opcodes.LCONST_1);
		}
		else {
			this.mv.visitLdcInsn(number);
		}
	}

	private void doubleConstant(double number) {
		if (Double.doubleToRawLongBits(number) == 0 || number == 1) {
			this.mv.visitInsn((number == 0) ? Opcodes.DCONST_0 : Opcodes.DCONST_1);
		}
		else {
			this.mv.visitLdcInsn(number);
		}
	}

	void intConstant(int number) {
		Jvm.intConstant(this.mv, number);
	}

	private void textConstant(String text) {
		int chunk = CONSTANT_BYTES_MAX / 3;
		if (text.length() <= chunk) {
			this.mv.visitLdcInsn(text);
			return;
		}
		this.texts.constant(text, chunk);
	}

	/** Constant bytes are the UTF-8 form of texts in the class file, decoded when they are first used. */
	private void bytesConstant(byte[] bytes) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		int chunk = CONSTANT_BYTES_MAX / 3;
		List<Object> args = new ArrayList<>();
		args.add(new Handle(Opcodes.H_INVOKESTATIC, Jvm.LINK + "Values", "bytes", "([Ljava/lang/String;)[B", false));
		for (int from = 0; from < text.length(); from += chunk) {
			args.add(text.substring(from, Math.min(text.length(), from + chunk)));
		}
		this.mv.visitLdcInsn(new ConstantDynamic("bytes", "[B", INVOKE_CONSTANT, args.toArray()));
	}

	private void made(IrExpr.Made made) {
		JavaMethod maker = made.maker();
		Object[] args = new Object[made.args().size() + 1];
		args[0] = new Handle(Opcodes.H_INVOKESTATIC, maker.owner(), maker.name(), maker.descriptor(), false);
		for (int i = 1; i < args.length; i++) {
			args[i] = made.args().get(i - 1);
		}
		this.mv.visitLdcInsn(new ConstantDynamic("constant", Jvm.descriptor(made.kind()), INVOKE_CONSTANT, args));
	}

	private void readFile(FileVariable variable) {
		String owner = Jvm.internalName(variable.unit());
		String descriptor = Jvm.descriptor(variable.kind());
		if (variable.shared()) {
			this.mv.visitFieldInsn(Opcodes.GETSTATIC, owner, Jvm.methodName(variable.name()), descriptor);
		}
		else {
			this.frame.loadUnit();
			this.mv.visitFieldInsn(Opcodes.GETFIELD, owner, Jvm.methodName(variable.name()), descriptor);
		}
	}

	private void arithmetic(IrExpr.Arithmetic expr) {
		push(expr.left());
		if (expr.right() != null) {
			push(expr.right());
		}
		this.frame.line(expr.line());
		switch (expr.kind()) {
			case LONG -> longArithmetic(expr);
			case DOUBLE -> this.mv.visitInsn(switch (expr.op()) {
				case ADD, ADD_RAW -> Opcodes.DADD;
				case SUB, SUB_RAW -> Opcodes.DSUB;
				case MUL -> Opcodes.DMUL;
				case DIV -> Opcodes.DDIV;
				case REM -> Opcodes.DREM;
				case NEGATE -> Opcodes.DNEG;
			});
			case INDEX -> this.mv.visitInsn(switch (expr.op()) {
				case ADD, ADD_RAW -> Opcodes.IADD;
				case SUB, SUB_RAW -> Opcodes.ISUB;
				case MUL -> Opcodes.IMUL;
				case DIV -> Opcodes.IDIV;
				case REM -> Opcodes.IREM;
				case NEGATE -> Opcodes.INEG;
			});
			default -> throw new FlinBugException("arithmetic on " + expr.kind());
		}
	}

	private void longArithmetic(IrExpr.Arithmetic expr) {
		if (this.frame.facts.bounds.fits(expr)) {
			this.mv.visitInsn(switch (expr.op()) {
				case ADD, ADD_RAW -> Opcodes.LADD;
				case SUB, SUB_RAW -> Opcodes.LSUB;
				case MUL -> Opcodes.LMUL;
				case DIV -> Opcodes.LDIV;
				case REM -> Opcodes.LREM;
				case NEGATE -> Opcodes.LNEG;
			});
			return;
		}
		switch (expr.op()) {
			case ADD_RAW -> this.mv.visitInsn(Opcodes.LADD);
			case SUB_RAW -> this.mv.visitInsn(Opcodes.LSUB);
			case ADD -> operation(adder(expr), "(JJ)J");
			case SUB -> operation(isNotNegative(expr.right()) ? "decrease" : "subtract", "(JJ)J");
			case MUL -> operation("multiply", "(JJ)J");
			case DIV -> operation("div", "(JJ)J");
			case REM -> operation("remainder", "(JJ)J");
			case NEGATE -> operation("negate", "(J)J");
		}
	}

	/**
	 * Which test for an overflow serves best: a cheaper one where what is added is not negative. The sum of a counter
	 * and something else small needs none in the end, but only of the general one the JIT compiler knows; and none is
	 * left of a comparison with a constant where it knows that an int is small.
	 */
	private String adder(IrExpr.Arithmetic sum) {
		if (!isNotNegative(sum.right())) {
			return "add";
		}
		if (sum.right() instanceof IrExpr.Const) {
			return "addConstant";
		}
		return this.frame.assignments().isCounter(sum.left()) ? "add" : "increase";
	}

	private boolean isNotNegative(@Nullable IrExpr value) {
		return value != null && (this.frame.facts.bounds.of(value).isNotNegative()
				|| this.frame.assignments().isCounter(value));
	}

	private void operation(String name, String descriptor) {
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/flin/runtime/Operations", name, descriptor, false);
	}

	private void invoke(IrExpr.Invoke invoke) {
		JavaMethod target = invoke.target();
		boolean stored = this.storages.push(invoke);
		int at = 1;
		for (int i = 0; i < invoke.args().size(); i++) {
			IrExpr arg = invoke.args().get(i);
			String known = push(arg, target.params().get(i), null);
			boolean receiver = target.instance() && i == 0;
			int end = receiver ? at : endOfType(target.descriptor(), at);
			Kind param = target.params().get(i);
			if ((param == Kind.ANY || param == Kind.ENTITY) && !isExact(arg)) {
				castTo(receiver ? "L" + target.owner() + ";" : target.descriptor().substring(at, end), known);
			}
			at = end;
		}
		this.frame.line(invoke.line());
		if (stored) {
			this.storages.access(target);
			return;
		}
		if (mayCallBack(invoke)) {
			CallDepth.publish(this.frame);
		}
		this.mv.visitMethodInsn(target.instance() ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKESTATIC, target.owner(),
				target.name(), target.descriptor(), false);
	}

	private static boolean mayCallBack(IrExpr.Invoke invoke) {
		for (IrExpr arg : invoke.args()) {
			if (arg instanceof IrExpr.Context || arg.kind() == Kind.FUNCTION) {
				return !LEAVES.contains(invoke.target().owner());
			}
		}
		return false;
	}

	/** Whether the operand has its Java class already. */
	private static boolean isExact(IrExpr arg) {
		return arg instanceof IrExpr.Context || arg instanceof IrExpr.Unit || arg instanceof IrExpr.Pack;
	}

	/** Boxed values go where the run side wants a class that is no kind of its own. */
	private void castTo(String descriptor, @Nullable String known) {
		if (descriptor.charAt(0) == 'L' && !descriptor.equals("Ljava/lang/Object;")) {
			String name = descriptor.substring(1, descriptor.length() - 1);
			if (!name.equals(known)) {
				this.mv.visitTypeInsn(Opcodes.CHECKCAST, name);
			}
		}
		else if (descriptor.charAt(0) == '[') {
			this.mv.visitTypeInsn(Opcodes.CHECKCAST, descriptor);
		}
	}

	private static int endOfType(String descriptor, int at) {
		int end = at;
		while (descriptor.charAt(end) == '[') {
			end++;
		}
		return (descriptor.charAt(end) == 'L') ? descriptor.indexOf(';', end) + 1 : end + 1;
	}

	private void callValue(IrExpr.CallValue call) {
		push(call.function(), Kind.FUNCTION);
		int count = call.args().size();
		if (count <= 4) {
			call.args().forEach(arg -> push(arg, Kind.ANY));
			CallDepth.publish(this.frame);
			this.frame.line(call.line());
			this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.FUNCTION, "call" + count,
					"(" + "Ljava/lang/Object;".repeat(count) + ")Ljava/lang/Object;", false);
		}
		else {
			array(call.args(), Kind.ANY);
			CallDepth.publish(this.frame);
			this.frame.line(call.line());
			this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.FUNCTION, "callN",
					"([Ljava/lang/Object;)Ljava/lang/Object;", false);
		}
	}

	/** The call site gets the context first, then the operands boxed or bare as they are. */
	private void dynamic(IrExpr.Dynamic dynamic) {
		this.frame.loadContext();
		StringBuilder descriptor = new StringBuilder("(").append(Jvm.CONTEXT_DESCRIPTOR);
		for (IrExpr arg : dynamic.args()) {
			if (arg instanceof IrExpr.Pack pack) {
				array(pack.elements(), Kind.ANY);
				descriptor.append("[Ljava/lang/Object;");
			}
			else {
				push(arg, Kind.ANY);
				descriptor.append("Ljava/lang/Object;");
			}
		}
		descriptor.append(')').append(Jvm.descriptor(dynamic.kind()));
		CallDepth.publish(this.frame);
		this.frame.line(dynamic.line());
		this.mv.visitInvokeDynamicInsn(dynamic.operation(), descriptor.toString(), LINK_DYNAMIC, dynamic.name(),
				dynamic.what());
	}

	private void closure(IrExpr.Closure closure) {
		IrFunction function = closure.function();
		String name = ClosureGenerator.className(function);
		this.mv.visitTypeInsn(Opcodes.NEW, name);
		this.mv.visitInsn(Opcodes.DUP);
		this.frame.loadContext();
		if (function.usesUnit()) {
			this.frame.loadUnit();
		}
		for (Local captured : closure.captured()) {
			this.frame.loadCaptured(captured);
		}
		this.mv.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>", ClosureGenerator.constructorDescriptor(function),
				false);
		this.mv.visitTypeInsn(Opcodes.CHECKCAST, Jvm.FUNCTION);
	}

	private void newList(IrExpr.NewList list) {
		array(list.elements(), list.element());
		String maker = switch (list.element()) {
			case LONG -> "ofLongs";
			case DOUBLE -> "ofDoubles";
			case BOOL -> "ofBooleans";
			default -> "of";
		};
		String element = list.element().isPrimitive() ? Jvm.descriptor(list.element()) : "Ljava/lang/Object;";
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.className(Kind.LIST), maker,
				"([" + element + ")" + Jvm.descriptor(Kind.LIST), false);
	}

	private void array(List<IrExpr> elements, Kind element) {
		intConstant(elements.size());
		switch (element) {
			case LONG -> this.mv.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
			case DOUBLE -> this.mv.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_DOUBLE);
			case BOOL -> this.mv.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_BOOLEAN);
			default -> this.mv.visitTypeInsn(Opcodes.ANEWARRAY, Jvm.OBJECT);
		}
		int store = switch (element) {
			case LONG -> Opcodes.LASTORE;
			case DOUBLE -> Opcodes.DASTORE;
			case BOOL -> Opcodes.BASTORE;
			default -> Opcodes.AASTORE;
		};
		if (element == Kind.LONG && LongConstants.areAll(elements)) {
			LongConstants.fill(this.mv, elements);
			return;
		}
		for (int i = 0; i < elements.size(); i++) {
			this.mv.visitInsn(Opcodes.DUP);
			intConstant(i);
			push(elements.get(i), element.isPrimitive() ? element : Kind.ANY);
			this.mv.visitInsn(store);
		}
	}

}
