package dev.flin.codegen;

import java.util.Locale;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;

/** Writes the class of a function value: it holds context, unit and captured variables, and calls the function. */
final class ClosureGenerator {

	private static final int FIXED_CALLS_MAX = 4;

	private static final String LIST = "Ldev/flin/value/FlinList;";

	/** Behind the receiver and as many arguments as there can be. */
	private static final int DEPTH_SLOT = FIXED_CALLS_MAX + 1;

	private final IrFunction function;

	private final IrFunction called;

	private final String name;

	/** Calls that are given back are left to the caller. */
	private boolean oneStep;

	private final boolean polls;

	private ClosureGenerator(IrFunction function, IrFunction called) {
		this.function = function;
		this.called = called;
		this.name = className(function);
		this.polls = mayTakeLong(function);
	}

	/**
	 * Whether it calls what may walk through a list: where a built-in calls it for each element of another list, there
	 * is no loop of the program that could be stopped.
	 */
	private static boolean mayTakeLong(IrFunction function) {
		boolean[] found = { false };
		Walk.statements(function.body(), statement -> {
		}, expression -> {
			found[0] |= expression instanceof IrExpr.Call || expression instanceof IrExpr.CallValue
					|| expression instanceof IrExpr.Invoke invoke && invoke.target().descriptor().contains(LIST);
		});
		return found[0];
	}

	static String className(IrFunction function) {
		return Jvm.internalName(function.unit()) + "$" + Jvm.methodName(function.name());
	}

	static String constructorDescriptor(IrFunction function) {
		StringBuilder out = new StringBuilder("(").append(Jvm.CONTEXT_DESCRIPTOR);
		if (function.usesUnit()) {
			out.append('L').append(Jvm.internalName(function.unit())).append(';');
		}
		for (Local capture : function.captures()) {
			out.append(Jvm.descriptor(capture));
		}
		return out.append(")V").toString();
	}

	/** @param called the function or its form for function values */
	static byte[] generate(IrFunction function, IrFunction called, String sourceFile) {
		return new ClosureGenerator(function, called).generate(sourceFile);
	}

	private byte[] generate(String sourceFile) {
		ClassWriter writer = new FlinClassWriter();
		writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
				this.name, null,
				Jvm.FUNCTION, null);
		writer.visitSource(sourceFile, null);
		field(writer, "$context", Jvm.CONTEXT_DESCRIPTOR);
		if (this.function.usesUnit()) {
			field(writer, "$unit", "L" + Jvm.internalName(this.function.unit()) + ";");
		}
		for (int i = 0; i < this.function.captures().size(); i++) {
			field(writer, "$" + i, Jvm.descriptor(this.function.captures().get(i)));
		}
		constructor(writer);
		if (!this.function.displayName().isEmpty()) {
			name(writer);
		}
		calls(writer);
		writer.visitEnd();
		return writer.toByteArray();
	}

	private static void field(ClassWriter writer, String name, String descriptor) {
		writer.visitField(Opcodes.ACC_FINAL | Opcodes.ACC_PRIVATE, name, descriptor, null, null).visitEnd();
	}

	private void constructor(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", constructorDescriptor(this.function), null,
				null);
		mv.visitCode();
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		int arity = this.function.params().size() - (this.function.takesRest() ? 1 : 0);
		mv.visitIntInsn(Opcodes.SIPUSH, arity);
		mv.visitIntInsn(Opcodes.SIPUSH, arity - this.function.optional());
		mv.visitInsn(this.function.takesRest() ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
		mv.visitMethodInsn(Opcodes.INVOKESPECIAL, Jvm.FUNCTION, "<init>", "(IIZ)V", false);
		int slot = store(mv, "$context", Jvm.CONTEXT_DESCRIPTOR, Kind.ANY, 1);
		if (this.function.usesUnit()) {
			slot = store(mv, "$unit", "L" + Jvm.internalName(this.function.unit()) + ";", Kind.ANY, slot);
		}
		for (int i = 0; i < this.function.captures().size(); i++) {
			Local capture = this.function.captures().get(i);
			slot = store(mv, "$" + i, Jvm.descriptor(capture), capture.isCell() ? Kind.ANY : capture.kind(), slot);
		}
		mv.visitInsn(Opcodes.RETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private int store(MethodVisitor mv, String field, String descriptor, Kind kind, int slot) {
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitVarInsn(Jvm.loadOpcode(kind), slot);
		mv.visitFieldInsn(Opcodes.PUTFIELD, this.name, field, descriptor);
		return slot + Jvm.size(kind);
	}

	private void name(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "name", "()Ljava/lang/String;", null, null);
		mv.visitCode();
		mv.visitLdcInsn(this.function.displayName());
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private void calls(ClassWriter writer) {
		int params = this.function.params().size();
		if (this.function.takesRest()) {
			collecting(callN(writer), params - 1);
			for (int given = Math.max(0, params - 1 - this.function.optional()); given <= FIXED_CALLS_MAX; given++) {
				spreading(writer, given);
			}
			if (this.function.givesCallsBack()) {
				this.oneStep = true;
				collecting(method(writer, "stepN"), params - 1);
				this.oneStep = false;
			}
			return;
		}
		for (int given = params - this.function.optional(); given <= params; given++) {
			if (given <= FIXED_CALLS_MAX) {
				fixed(writer, given);
			}
		}
		if (params == 1 && this.function.params().get(0).kind() == Kind.LONG) {
			withInt(writer);
		}
		if (params > FIXED_CALLS_MAX) {
			fromArray(callN(writer), params);
		}
		if (this.function.givesCallsBack()) {
			this.oneStep = true;
			fromArray(method(writer, "stepN"), params);
			this.oneStep = false;
		}
	}

	/** A call with some of the arguments as parameters of the method; those left out are none. */
	private void fixed(ClassWriter writer, int given) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "call" + given,
				"(" + "Ljava/lang/Object;".repeat(given) + ")Ljava/lang/Object;", null, null);
		mv.visitCode();
		loadHeld(mv);
		for (int i = 0; i < this.function.params().size(); i++) {
			if (i < given) {
				mv.visitVarInsn(Opcodes.ALOAD, i + 1);
			}
			else {
				mv.visitInsn(Opcodes.ACONST_NULL);
			}
			asParameter(mv, i);
		}
		callAndReturn(mv);
	}

	/** A call with an int that needs no box. */
	private void withInt(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "callWithInt", "(J)Ljava/lang/Object;", null, null);
		mv.visitCode();
		loadHeld(mv);
		mv.visitVarInsn(Opcodes.LLOAD, 1);
		callAndReturn(mv);
	}

	private void fromArray(MethodVisitor mv, int params) {
		loadHeld(mv);
		for (int i = 0; i < params; i++) {
			loadArgument(mv, i);
			asParameter(mv, i);
		}
		callAndReturn(mv);
	}

	/** Whoever calls a value of type any may give anything. */
	private void asParameter(MethodVisitor mv, int index) {
		Local param = this.function.params().get(index);
		Kind kind = param.kind();
		String type = Jvm.className(kind);
		if (!kind.isPrimitive() && kind != Kind.DECIMAL && !type.equals(Jvm.OBJECT)) {
			int required = this.function.params().size() - this.function.optional()
					- (this.function.takesRest() ? 1 : 0);
			mv.visitLdcInsn(Type.getObjectType(type));
			mv.visitLdcInsn(kind.name().toLowerCase(Locale.ROOT));
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Casts",
					(index < required) ? "argument" : "optionalArgument",
					"(Ljava/lang/Object;Ljava/lang/Class;Ljava/lang/String;)Ljava/lang/Object;", false);
		}
		Conversions.convert(mv, Kind.ANY, kind);
		if (param.record() != null) {
			mv.visitTypeInsn(Opcodes.CHECKCAST, param.record());
		}
	}

	private void collecting(MethodVisitor mv, int fixed) {
		loadHeld(mv);
		for (int i = 0; i < fixed; i++) {
			loadArgument(mv, i);
			asParameter(mv, i);
		}
		mv.visitVarInsn(Opcodes.ALOAD, 1);
		mv.visitIntInsn(Opcodes.SIPUSH, fixed);
		mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Arguments", "rest",
				"([Ljava/lang/Object;I)" + Jvm.descriptor(Kind.LIST), false);
		callAndReturn(mv);
	}

	private void spreading(ClassWriter writer, int given) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "call" + given,
				"(" + "Ljava/lang/Object;".repeat(given) + ")Ljava/lang/Object;", null, null);
		mv.visitCode();
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitIntInsn(Opcodes.SIPUSH, given);
		mv.visitTypeInsn(Opcodes.ANEWARRAY, Jvm.OBJECT);
		for (int i = 0; i < given; i++) {
			mv.visitInsn(Opcodes.DUP);
			mv.visitIntInsn(Opcodes.SIPUSH, i);
			mv.visitVarInsn(Opcodes.ALOAD, i + 1);
			mv.visitInsn(Opcodes.AASTORE);
		}
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "callN", "([Ljava/lang/Object;)Ljava/lang/Object;",
				false);
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private static MethodVisitor callN(ClassWriter writer) {
		return method(writer, "callN");
	}

	private static MethodVisitor method(ClassWriter writer, String name) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, name, "([Ljava/lang/Object;)Ljava/lang/Object;",
				null, null);
		mv.visitCode();
		return mv;
	}

	private static void loadArgument(MethodVisitor mv, int index) {
		mv.visitVarInsn(Opcodes.ALOAD, 1);
		mv.visitIntInsn(Opcodes.SIPUSH, index);
		mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "Arguments", "at",
				"([Ljava/lang/Object;I)Ljava/lang/Object;", false);
	}

	private void loadHeld(MethodVisitor mv) {
		if (this.function.usesUnit()) {
			load(mv, "$unit", "L" + Jvm.internalName(this.function.unit()) + ";");
		}
		load(mv, "$context", Jvm.CONTEXT_DESCRIPTOR);
		if (this.function.countsDepth()) {
			mv.visitInsn(Opcodes.DUP);
			CallDepth.passFromContext(mv, DEPTH_SLOT);
		}
		else if (this.polls) {
			mv.visitInsn(Opcodes.DUP);
			mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "poll", "()V", false);
		}
		for (int i = 0; i < this.function.captures().size(); i++) {
			load(mv, "$" + i, Jvm.descriptor(this.function.captures().get(i)));
		}
	}

	private void load(MethodVisitor mv, String field, String descriptor) {
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitFieldInsn(Opcodes.GETFIELD, this.name, field, descriptor);
	}

	private void callAndReturn(MethodVisitor mv) {
		mv.visitMethodInsn(this.function.usesUnit() ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKESTATIC,
				Jvm.internalName(this.function.unit()), Jvm.methodName(this.function.name()),
				Jvm.descriptor(this.called), false);
		if (this.function.countsDepth()) {
			load(mv, "$context", Jvm.CONTEXT_DESCRIPTOR);
			CallDepth.restoreToContext(mv, DEPTH_SLOT);
		}
		Conversions.convert(mv, this.called.result(), Kind.ANY);
		if (this.function.givesCallsBack() && !this.oneStep) {
			load(mv, "$context", Jvm.CONTEXT_DESCRIPTOR);
			mv.visitInsn(Opcodes.SWAP);
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, Jvm.LINK + "TailCall", "result",
					"(" + Jvm.CONTEXT_DESCRIPTOR + "Ljava/lang/Object;)Ljava/lang/Object;", false);
		}
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

}
