package dev.flin.codegen;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.Kind;
import dev.flin.value.FlinBugException;

/** Turns the top of the stack from one representation into another. */
final class Conversions {

	private Conversions() {
	}

	static void convert(MethodVisitor mv, Kind from, Kind to) {
		if (from == to) {
			return;
		}
		if (to == Kind.VOID) {
			drop(mv, from);
		}
		else if (from == Kind.VOID) {
			mv.visitInsn(Opcodes.ACONST_NULL);
			convert(mv, Kind.ANY, to);
		}
		else if (to.isPrimitive()) {
			toPrimitive(mv, from, to);
		}
		else if (from.isPrimitive()) {
			fromPrimitive(mv, from, to);
		}
		else if (from == Kind.RANGE && to == Kind.LIST) {
			mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.className(Kind.RANGE), "toList",
					"()" + Jvm.descriptor(Kind.LIST), false);
		}
		else if (to == Kind.DECIMAL) {
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Casts", "toDecimal",
					"(Ljava/lang/Object;)" + Jvm.descriptor(to), false);
		}
		else if (!Jvm.className(to).equals(Jvm.OBJECT)) {
			mv.visitTypeInsn(Opcodes.CHECKCAST, Jvm.className(to));
		}
	}

	static void drop(MethodVisitor mv, Kind kind) {
		if (kind != Kind.VOID) {
			mv.visitInsn((Jvm.size(kind) == 2) ? Opcodes.POP2 : Opcodes.POP);
		}
	}

	private static void toPrimitive(MethodVisitor mv, Kind from, Kind to) {
		if (!from.isPrimitive()) {
			String method = switch (to) {
				case LONG, INDEX -> "toLong";
				case DOUBLE -> "toDouble";
				default -> "toBoolean";
			};
			Kind result = (to == Kind.INDEX) ? Kind.LONG : to;
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Casts", method,
					"(Ljava/lang/Object;)" + Jvm.descriptor(result), false);
			convert(mv, result, to);
			return;
		}
		if (from == Kind.LONG && to == Kind.DOUBLE) {
			mv.visitInsn(Opcodes.L2D);
		}
		else if (from == Kind.LONG && to == Kind.INDEX) {
			mv.visitInsn(Opcodes.L2I);
		}
		else if (from == Kind.INDEX && to == Kind.LONG) {
			mv.visitInsn(Opcodes.I2L);
		}
		else if (from == Kind.INDEX && to == Kind.DOUBLE) {
			mv.visitInsn(Opcodes.I2D);
		}
		else {
			throw new FlinBugException("no conversion from " + from + " to " + to);
		}
	}

	private static void fromPrimitive(MethodVisitor mv, Kind from, Kind to) {
		if (to == Kind.DECIMAL && from == Kind.LONG) {
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, "java/math/BigDecimal", "valueOf", "(J)Ljava/math/BigDecimal;",
					false);
			return;
		}
		Kind boxed = from;
		if (from == Kind.INDEX) {
			mv.visitInsn(Opcodes.I2L);
			boxed = Kind.LONG;
		}
		String box = Jvm.className(boxed);
		mv.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf", "(" + Jvm.descriptor(boxed) + ")L" + box + ";",
				false);
		if (!Jvm.className(to).equals(Jvm.OBJECT)) {
			mv.visitTypeInsn(Opcodes.CHECKCAST, Jvm.className(to));
		}
	}

	/** Takes a number, LONG or DOUBLE, out of the object of a class on the stack. */
	static void unbox(MethodVisitor mv, String box, Kind kind) {
		mv.visitTypeInsn(Opcodes.CHECKCAST, box);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, (kind == Kind.LONG) ? "longValue" : "doubleValue",
				"()" + Jvm.descriptor(kind), false);
	}

}
