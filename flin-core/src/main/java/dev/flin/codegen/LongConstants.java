package dev.flin.codegen;

import java.util.List;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.runtime.PackedLongs;

/** Long lists of constant ints, which stand in the code as texts. */
final class LongConstants {

	/** Shorter lists are made one by one, which costs less when it happens often. */
	private static final int COUNT_MIN = 24;

	/** So that a text fits into a class file whatever the numbers are. */
	private static final int PART = 4096;

	private LongConstants() {
	}

	/** Whether elements are many, and all constants. */
	static boolean areAll(List<IrExpr> elements) {
		return elements.size() >= COUNT_MIN && elements.stream()
			.allMatch((element) -> element instanceof IrExpr.Const constant && constant.value() instanceof Long);
	}

	/** Fills the array on top of the stack, which stays there. */
	static void fill(MethodVisitor mv, List<IrExpr> elements) {
		for (int from = 0; from < elements.size(); from += PART) {
			StringBuilder packed = new StringBuilder();
			for (IrExpr element : elements.subList(from, Math.min(elements.size(), from + PART))) {
				if (element instanceof IrExpr.Const constant && constant.value() instanceof Long value) {
					PackedLongs.append(packed, value);
				}
			}
			mv.visitInsn(Opcodes.DUP);
			mv.visitLdcInsn(packed.toString());
			mv.visitLdcInsn(from);
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, "dev/flin/runtime/PackedLongs", "fill",
					"([JLjava/lang/String;I)V", false);
		}
	}

}
