package dev.flin.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.FileVariable;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/** Makes the classes of one unit: its own, and one for each function that is used as a value. */
public final class UnitGenerator {

	private static final String SCRIPT = Jvm.LINK + "Script";

	private static final String COMPONENT = "dev/flin/view/Component";

	private static final String RENDER_CONTEXT = "dev/flin/view/RenderContext";

	private final IrUnit unit;

	private final String name;

	private final Map<String, byte[]> classes = new LinkedHashMap<>();

	private UnitGenerator(IrUnit unit) {
		this.unit = unit;
		this.name = Jvm.internalName(unit.className());
	}

	/**
	 * The bytes of all classes of a {@linkplain Preparation prepared} unit by dotted name; the unit's own is the first.
	 * The unit stays as it is, so that the same comes out each time.
	 */
	public static Map<String, byte[]> generate(IrUnit unit) {
		return new UnitGenerator(unit).generate();
	}

	/** The bytes of the class of an entity, by its dotted name. */
	public static Map<String, byte[]> generate(IrRecord shape, String sourceFile) {
		return Map.of(shape.className(), RecordGenerator.generate(shape, sourceFile));
	}

	private Map<String, byte[]> generate() {
		ClassWriter writer = new FlinClassWriter();
		writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, this.name, null,
				Jvm.OBJECT, interfaces());
		writer.visitSource(this.unit.file().path(), null);
		for (FileVariable variable : this.unit.variables()) {
			int access = Opcodes.ACC_PUBLIC | (variable.shared() ? Opcodes.ACC_STATIC : 0);
			writer.visitField(access, Jvm.methodName(variable.name()), Jvm.descriptor(variable.kind()), null, null)
				.visitEnd();
		}
		constructor(writer);
		if (this.unit.isView()) {
			render(writer);
		}
		else {
			run(writer);
		}
		if (!this.unit.hostCode().isEmpty()) {
			handle(writer);
		}
		Map<String, byte[]> closures = new LinkedHashMap<>();
		List<IrFunction> more = new ArrayList<>();
		for (IrFunction function : this.unit.closures()) {
			closures.put(ClosureGenerator.className(function).replace('/', '.'), ClosureGenerator.generate(function,
					BoxedResults.of(function, more), this.unit.file().path()));
		}
		for (IrFunction function : this.unit.functions()) {
			method(writer, function);
		}
		for (IrFunction function : more) {
			method(writer, function);
		}
		writer.visitEnd();
		this.classes.put(this.unit.className(), writer.toByteArray());
		this.classes.putAll(closures);
		return this.classes;
	}

	private void constructor(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
		mv.visitCode();
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitMethodInsn(Opcodes.INVOKESPECIAL, Jvm.OBJECT, "<init>", "()V", false);
		mv.visitInsn(Opcodes.RETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private String[] interfaces() {
		List<String> names = new ArrayList<>();
		names.add(this.unit.isView() ? COMPONENT : SCRIPT);
		if (!this.unit.hostCode().isEmpty()) {
			names.add(Jvm.LINK + "Handlers");
		}
		return names.toArray(String[]::new);
	}

	/** The entry of a view gets the context of the run, the buffer, the props and the slots. */
	private void render(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "render",
				"(L" + RENDER_CONTEXT + ";" + Jvm.descriptor(Kind.OUTPUT) + Jvm.descriptor(Kind.MAP)
						+ "Ldev/flin/view/Slots;)V",
				null, null);
		mv.visitCode();
		IrFunction entry = this.unit.entry();
		if (entry != null) {
			if (entry.usesUnit()) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
			}
			mv.visitVarInsn(Opcodes.ALOAD, 1);
			mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, RENDER_CONTEXT, "flin", "()" + Jvm.CONTEXT_DESCRIPTOR, false);
			depth(mv, entry);
			mv.visitVarInsn(Opcodes.ALOAD, 2);
			mv.visitVarInsn(Opcodes.ALOAD, 3);
			mv.visitVarInsn(Opcodes.ALOAD, 4);
			invoke(mv, entry);
		}
		mv.visitInsn(Opcodes.RETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private void handle(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "handle",
				"(" + Jvm.CONTEXT_DESCRIPTOR + "I)Ljava/lang/Object;", null, null);
		mv.visitCode();
		Label[] labels = new Label[this.unit.hostCode().size()];
		for (int i = 0; i < labels.length; i++) {
			labels[i] = new Label();
		}
		Label none = new Label();
		mv.visitVarInsn(Opcodes.ILOAD, 2);
		mv.visitTableSwitchInsn(0, labels.length - 1, none, labels);
		for (int i = 0; i < labels.length; i++) {
			IrFunction handler = this.unit.hostCode().get(i);
			mv.visitLabel(labels[i]);
			if (handler.usesUnit()) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
			}
			mv.visitVarInsn(Opcodes.ALOAD, 1);
			depth(mv, handler);
			invoke(mv, handler);
			Conversions.convert(mv, handler.result(), Kind.ANY);
			mv.visitInsn(Opcodes.ARETURN);
		}
		mv.visitLabel(none);
		mv.visitInsn(Opcodes.ACONST_NULL);
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	/** The context is on the stack, and stays there. */
	private static void depth(MethodVisitor mv, IrFunction function) {
		if (function.countsDepth()) {
			mv.visitInsn(Opcodes.DUP);
			mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "remainingDepth", "()I", false);
		}
	}

	private void invoke(MethodVisitor mv, IrFunction function) {
		mv.visitMethodInsn(function.usesUnit() ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKESTATIC, this.name,
				Jvm.methodName(function.name()), Jvm.descriptor(function), false);
	}

	private void run(ClassWriter writer) {
		MethodVisitor mv = writer.visitMethod(Opcodes.ACC_PUBLIC, "run",
				"(" + Jvm.CONTEXT_DESCRIPTOR + ")Ljava/lang/Object;", null, null);
		mv.visitCode();
		IrFunction entry = this.unit.entry();
		if (entry == null) {
			mv.visitInsn(Opcodes.ACONST_NULL);
		}
		else {
			if (entry.usesUnit()) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
			}
			mv.visitVarInsn(Opcodes.ALOAD, 1);
			depth(mv, entry);
			invoke(mv, entry);
			Conversions.convert(mv, entry.result(), Kind.ANY);
		}
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private void method(ClassWriter writer, IrFunction function) {
		boolean paired = RecursionPairs.has(function);
		method(writer, function, Jvm.descriptor(function), paired, false);
		if (paired) {
			method(writer, function, Jvm.secondDescriptor(function), true, true);
		}
	}

	private void method(ClassWriter writer, IrFunction function, String descriptor, boolean paired, boolean second) {
		int access = Opcodes.ACC_PUBLIC | (function.usesUnit() ? Opcodes.ACC_FINAL : Opcodes.ACC_STATIC);
		MethodVisitor mv = writer.visitMethod(access, Jvm.methodName(function.name()), descriptor, null, null);
		mv.visitCode();
		MethodFrame frame = new MethodFrame(mv, function, paired, second);
		frame.start(Undefined.in(function));
		boolean reached = new StatementGenerator(frame).body(function.body());
		if (reached) {
			new StatementGenerator(frame).block(List.of(new IrStmt.Return(null)));
		}
		frame.finish();
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	static @Nullable Local assigned(IrStmt statement) {
		return switch (statement) {
			case IrStmt.Declare declare -> declare.local();
			case IrStmt.Set set -> set.local();
			case IrStmt.Count count -> count.counter();
			case IrStmt.Try attempt -> attempt.error();
			default -> null;
		};
	}

}
