package dev.flin.codegen;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.ir.FileVariable;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.IrUnit;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.ir.Walk;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Makes the classes of one unit: its own, and one for each function that is used as a value. */
public final class UnitGenerator {

	private static final String SCRIPT = Jvm.LINK + "Script";

	private final IrUnit unit;

	private final String name;

	private final Map<String, byte[]> classes = new LinkedHashMap<>();

	private UnitGenerator(IrUnit unit) {
		this.unit = unit;
		this.name = Jvm.internalName(unit.className());
	}

	/** The bytes of all classes by dotted name; the unit's own is the first. */
	public static Map<String, byte[]> generate(IrUnit unit) {
		MethodSplitter.split(unit);
		return new UnitGenerator(unit).generate();
	}

	private Map<String, byte[]> generate() {
		ClassWriter writer = new FlinClassWriter();
		writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, this.name, null,
				Jvm.OBJECT, new String[] { SCRIPT });
		writer.visitSource(this.unit.file().path(), null);
		for (FileVariable variable : this.unit.variables()) {
			int access = Opcodes.ACC_PUBLIC | (variable.shared() ? Opcodes.ACC_STATIC : 0);
			writer.visitField(access, Jvm.methodName(variable.name()), Jvm.descriptor(variable.kind()), null, null)
				.visitEnd();
		}
		constructor(writer);
		run(writer);
		for (IrFunction function : this.unit.functions()) {
			method(writer, function);
		}
		writer.visitEnd();
		this.classes.put(this.unit.className(), writer.toByteArray());
		for (IrFunction function : this.unit.closures()) {
			this.classes.put(ClosureGenerator.className(function).replace('/', '.'),
					ClosureGenerator.generate(function, this.unit.file().path()));
		}
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
			mv.visitMethodInsn(entry.usesUnit() ? Opcodes.INVOKEVIRTUAL : Opcodes.INVOKESTATIC, this.name,
					Jvm.methodName(entry.name()), Jvm.descriptor(entry), false);
			Conversions.convert(mv, entry.result(), Kind.ANY);
		}
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	private void method(ClassWriter writer, IrFunction function) {
		int access = Opcodes.ACC_PUBLIC | (function.usesUnit() ? Opcodes.ACC_FINAL : Opcodes.ACC_STATIC);
		MethodVisitor mv = writer.visitMethod(access, Jvm.methodName(function.name()), Jvm.descriptor(function), null,
				null);
		mv.visitCode();
		MethodFrame frame = new MethodFrame(mv, function);
		frame.start(needInitialValue(function.body()));
		if (function.countsDepth()) {
			frame.loadContext();
			mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Jvm.CONTEXT, "enter", "()V", false);
		}
		boolean reached = new StatementGenerator(frame)
			.block(function.body());
		if (reached) {
			new StatementGenerator(frame).block(List.of(new IrStmt.Return(null)));
		}
		frame.finish();
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

	/** Locals that are first mentioned inside a branch or loop: the verifier must see them defined on every path. */
	private static List<Local> needInitialValue(List<IrStmt> body) {
		Set<Local> defined = Collections.newSetFromMap(new IdentityHashMap<>());
		Set<Local> found = Collections.newSetFromMap(new IdentityHashMap<>());
		List<Local> result = new ArrayList<>();
		for (IrStmt statement : body) {
			switch (statement) {
				case IrStmt.Declare declare -> defined.add(declare.local());
				case IrStmt.Set set when !set.local().isCell() -> defined.add(set.local());
				default -> Walk.statements(List.of(statement), inner -> {
					Local local = assigned(inner);
					if (local != null && !defined.contains(local) && found.add(local)) {
						result.add(local);
					}
				}, expr -> {
				});
			}
		}
		return result;
	}

	static @Nullable Local assigned(IrStmt statement) {
		return switch (statement) {
			case IrStmt.Declare declare -> declare.local();
			case IrStmt.Set set -> set.local();
			case IrStmt.Try attempt -> attempt.error();
			default -> null;
		};
	}

}
