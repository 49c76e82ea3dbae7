package dev.flin.codegen;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/**
 * Writes calls of functions of the program. Where there is {@linkplain NumberCopies a copy for ints and numbers}, that
 * is called when the arguments are some, which may turn out when they are there.
 */
final class CallGenerator {

	/** What an argument is that is written where it is needed, not in a slot. */
	private static final int NOWHERE = -1;

	private final MethodFrame frame;

	private final MethodVisitor mv;

	private final ExpressionGenerator expressions;

	CallGenerator(MethodFrame frame, ExpressionGenerator expressions) {
		this.frame = frame;
		this.mv = frame.mv;
		this.expressions = expressions;
	}

	void push(IrExpr.Call call) {
		IrFunction copy = copy(call);
		if (copy == null) {
			call(call.target(), call);
		}
		else if (isSure(copy, call)) {
			call(copy, call);
			toObject(copy);
		}
		else {
			either(copy, call);
		}
	}

	/** Whether a call surely gives an int bare, or leaves what is none in the context. */
	boolean isBare(IrExpr expr) {
		if (!(expr instanceof IrExpr.Call call)) {
			return false;
		}
		IrFunction copy = copy(call);
		return copy != null && copy.givesInts() && isSure(copy, call);
	}

	/** Writes a call that {@link #isBare}: an int is on the stack, which may stand for something else. */
	void pushBare(IrExpr.Call call) {
		IrFunction copy = copy(call);
		call((copy != null) ? copy : call.target(), call);
	}

	/** The copy that may serve for a call; null when there is none. */
	private @Nullable IrFunction copy(IrExpr.Call call) {
		IrFunction copy = call.target().forNumbers();
		if (copy == null || !copy.unit().equals(this.frame.function.unit())) {
			return null;
		}
		for (int i = 0; i < call.args().size(); i++) {
			if (takesBare(copy, call, i) && !mayBe(call.args().get(i), copy.params().get(i).kind())) {
				return null;
			}
		}
		return copy;
	}

	private static boolean takesBare(IrFunction copy, IrExpr.Call call, int arg) {
		return copy.params().get(arg) != call.target().params().get(arg);
	}

	private static boolean mayBe(IrExpr arg, Kind kind) {
		return isBare(arg, kind) || arg.kind() == Kind.ANY && !(arg instanceof IrExpr.Convert)
				&& !(arg instanceof IrExpr.Const);
	}

	/** Whether an argument is an int or a number, which is boxed only to be passed. */
	private static boolean isBare(IrExpr arg, Kind kind) {
		IrExpr bare = NumberCode.bare(arg);
		return bare != null && bare.kind() == kind;
	}

	private static boolean isSure(IrFunction copy, IrExpr.Call call) {
		for (int i = 0; i < call.args().size(); i++) {
			if (takesBare(copy, call, i) && !isBare(call.args().get(i), copy.params().get(i).kind())) {
				return false;
			}
		}
		return true;
	}

	private void call(IrFunction target, IrExpr.Call call) {
		int depth = start(target);
		List<IrExpr> args = call.args();
		int captures = target.captures().size();
		for (int i = 0; i < args.size(); i++) {
			if (i < captures) {
				this.frame.loadCaptured(((IrExpr.Read) args.get(i)).local());
			}
			else {
				argument(args.get(i), target.params().get(i - captures));
			}
		}
		invoke(target, call.line(), depth);
	}

	private void argument(IrExpr arg, Local param) {
		IrExpr bare = isBare(arg, param.kind()) ? NumberCode.bare(arg) : null;
		this.expressions.push((bare != null) ? bare : arg, param.kind(), param.record());
	}

	/** Pushes what comes before the arguments. */
	private int start(IrFunction target) {
		if (target.usesUnit()) {
			this.frame.loadUnit();
		}
		if (this.frame.callsSecond(target)) {
			int depth = CallDepth.pass(this.frame);
			this.frame.loadContext();
			return depth;
		}
		this.frame.loadContext();
		return target.countsDepth() ? CallDepth.pass(this.frame) : -1;
	}

	private void invoke(IrFunction target, int line, int depth) {
		this.frame.line(line);
		if (!target.countsDepth() && !target.isLeaf()) {
			CallDepth.publish(this.frame);
		}
		this.mv.visitMethodInsn(target.usesUnit() ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKESTATIC,
				Jvm.internalName(target.unit()), Jvm.methodName(target.name()),
				this.frame.callsSecond(target) ? Jvm.secondDescriptor(target) : Jvm.descriptor(target), false);
		CallDepth.restore(this.frame, depth);
	}

	/** Evaluates the arguments and looks whether those are ints or numbers that have to be. */
	private void either(IrFunction copy, IrExpr.Call call) {
		int[] slots = new int[call.args().size()];
		for (int i = 0; i < slots.length; i++) {
			slots[i] = slot(call.args().get(i), copy.params().get(i), call.target().params().get(i));
		}
		Label others = new Label();
		Label end = new Label();
		for (int i = 0; i < slots.length; i++) {
			if (takesBare(copy, call, i) && !isBare(call.args().get(i), copy.params().get(i).kind())) {
				this.mv.visitVarInsn(Opcodes.ALOAD, slots[i]);
				this.mv.visitTypeInsn(Opcodes.INSTANCEOF, Jvm.className(copy.params().get(i).kind()));
				this.mv.visitJumpInsn(Opcodes.IFEQ, others);
			}
		}
		call(copy, copy, call, slots);
		toObject(copy);
		this.mv.visitJumpInsn(Opcodes.GOTO, end);
		this.mv.visitLabel(others);
		this.frame.forgetLine();
		call(call.target(), copy, call, slots);
		this.mv.visitLabel(end);
		this.frame.forgetLine();
	}

	/** Evaluates an argument; what surely is an int or a number stays bare. */
	private int slot(IrExpr arg, Local bare, Local param) {
		if (arg instanceof IrExpr.Const || NumberCode.bare(arg) instanceof IrExpr.Const) {
			return NOWHERE;
		}
		Local taken = isBare(arg, bare.kind()) ? bare : param;
		Kind kind = taken.kind();
		argument(arg, taken);
		int slot = this.frame.newSlot(kind);
		this.mv.visitVarInsn(Jvm.storeOpcode(kind), slot);
		return slot;
	}

	/** @param copy for which the arguments were evaluated */
	private void call(IrFunction target, IrFunction copy, IrExpr.Call call, int[] slots) {
		int depth = start(target);
		for (int i = 0; i < slots.length; i++) {
			IrExpr arg = call.args().get(i);
			Local param = target.params().get(i);
			if (slots[i] == NOWHERE) {
				argument(arg, param);
				continue;
			}
			Kind kind = isBare(arg, copy.params().get(i).kind()) ? copy.params().get(i).kind()
					: call.target().params().get(i).kind();
			this.mv.visitVarInsn(Jvm.loadOpcode(kind), slots[i]);
			Conversions.convert(this.mv, kind, param.kind());
		}
		invoke(target, call.line(), depth);
	}

	/** Makes an object of what a function gives. */
	private void toObject(IrFunction function) {
		if (function.givesInts()) {
			int slot = this.frame.newSlot(Kind.LONG);
			int other = this.frame.newSlot(Kind.ANY);
			take(slot, other);
			load(slot, other);
		}
	}

	/** Stores what a {@linkplain #isBare bare} call gave: an int, and what it stands for where it does. */
	void take(int slot, int other) {
		this.mv.visitVarInsn(Opcodes.LSTORE, slot);
		this.frame.loadContext();
		this.mv.visitVarInsn(Opcodes.LLOAD, slot);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "otherThan", "(J)Ljava/lang/Object;", false);
		this.mv.visitVarInsn(Opcodes.ASTORE, other);
	}

	void jumpIfInt(int slot, Label target) {
		this.mv.visitVarInsn(Opcodes.LLOAD, slot);
		this.mv.visitLdcInsn(Long.MIN_VALUE);
		this.mv.visitInsn(Opcodes.LCMP);
		this.mv.visitJumpInsn(Opcodes.IFNE, target);
	}

	void jumpUnlessInt(int slot, Label target) {
		this.mv.visitVarInsn(Opcodes.LLOAD, slot);
		this.mv.visitLdcInsn(Long.MIN_VALUE);
		this.mv.visitInsn(Opcodes.LCMP);
		this.mv.visitJumpInsn(Opcodes.IFEQ, target);
	}

	/** Pushes what was {@linkplain #take taken} as an object. */
	void load(int slot, int other) {
		this.mv.visitVarInsn(Opcodes.LLOAD, slot);
		this.mv.visitVarInsn(Opcodes.ALOAD, other);
		this.mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Tagged", "result",
				"(JLjava/lang/Object;)Ljava/lang/Object;", false);
	}

	/** Leaves the object on the stack in the context unless it is an int, which is on the stack then. */
	void leave() {
		this.frame.loadContext();
		this.mv.visitInsn(Opcodes.SWAP);
		this.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "leaveResult", "(Ljava/lang/Object;)J", false);
	}

}
