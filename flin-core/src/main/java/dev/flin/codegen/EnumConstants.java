package dev.flin.codegen;

import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;

/**
 * What is known of a variant where code is written, as constants of the class: the JIT compiler knows the values of
 * those, but not what lies in the fields and arrays of the enum.
 */
final class EnumConstants {

	private static final String ENUM_TYPE = "dev/flin/value/EnumType";

	private static final Handle VARIANT = new Handle(Opcodes.H_INVOKESTATIC, Jvm.LINK + "Values", "variant",
			"(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;"
					+ "Ljava/lang/invoke/MethodHandle;I)Ldev/flin/value/EnumValue;",
			false);

	private EnumConstants() {
	}

	/** Pushes what an enum of the program says of a variant; false when the call says something else. */
	static boolean push(MethodVisitor mv, IrExpr.Invoke invoke) {
		JavaMethod asked = invoke.target();
		if (!asked.owner().equals(ENUM_TYPE) || !asked.descriptor().equals("(I)" + Jvm.descriptor(Kind.ENUM))
				|| !(invoke.args().get(0) instanceof IrExpr.Call call) || !call.target().givesEnum()
				|| !(invoke.args().get(1) instanceof IrExpr.Const variant)
				|| !(variant.value() instanceof Integer ordinal)) {
			return false;
		}
		IrFunction giver = call.target();
		Handle choice = new Handle(Opcodes.H_INVOKESTATIC, Jvm.internalName(giver.unit()),
				Jvm.methodName(giver.name()), Jvm.descriptor(giver), false);
		mv.visitLdcInsn(new ConstantDynamic(asked.name(), Jvm.descriptor(Kind.ENUM), VARIANT, choice, ordinal));
		return true;
	}

}
