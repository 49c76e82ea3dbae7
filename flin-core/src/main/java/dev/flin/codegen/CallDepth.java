package dev.flin.codegen;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.Kind;

/**
 * The limit of the call depth. Functions that may recur get as a parameter how many calls may still be nested, so that
 * counting costs no memory access; only where other code runs is the number kept in the context.
 */
final class CallDepth {

	private static final String READ = "()I";

	private static final String WRITE = "(I)V";

	private static final String NAME = "remainingDepth";

	private CallDepth() {
	}

	/**
	 * In a function that counts, before it calls anything: fails when its own call is nested too deep, and polls, as
	 * recursion may go on for ever without a loop.
	 */
	static void check(MethodFrame frame) {
		frame.loadContext();
		frame.mv.visitVarInsn(Opcodes.ILOAD, frame.depthSlot());
		frame.mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "checkCall", WRITE, false);
	}

	/**
	 * Pushes the argument for a function that counts.
	 * @return the slot of what {@link #restore} puts back after the call, or -1
	 */
	static int pass(MethodFrame frame) {
		if (frame.function.countsDepth()) {
			frame.mv.visitVarInsn(Opcodes.ILOAD, frame.depthSlot());
			frame.mv.visitInsn(Opcodes.ICONST_1);
			frame.mv.visitInsn(Opcodes.ISUB);
			return -1;
		}
		int slot = frame.newSlot(Kind.INDEX);
		frame.loadContext();
		passFromContext(frame.mv, slot);
		return slot;
	}

	/** As {@link #pass}, with the context on the stack. */
	static void passFromContext(MethodVisitor mv, int slot) {
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, NAME, READ, false);
		mv.visitInsn(Opcodes.DUP);
		mv.visitVarInsn(Opcodes.ISTORE, slot);
		mv.visitInsn(Opcodes.ICONST_1);
		mv.visitInsn(Opcodes.ISUB);
	}

	static void restore(MethodFrame frame, int slot) {
		if (slot >= 0) {
			frame.loadContext();
			restoreToContext(frame.mv, slot);
		}
	}

	/** As {@link #restore}, with the context on the stack. */
	static void restoreToContext(MethodVisitor mv, int slot) {
		mv.visitVarInsn(Opcodes.ILOAD, slot);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, NAME, WRITE, false);
	}

	/** Before code runs that finds the depth in the context. */
	static void publish(MethodFrame frame) {
		if (frame.function.countsDepth()) {
			frame.loadContext();
			restoreToContext(frame.mv, frame.depthSlot());
		}
	}

}
