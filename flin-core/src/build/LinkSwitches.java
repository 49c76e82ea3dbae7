import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Gives the switches over types in compiled classes, and the equality and hash codes of records, methods of their own.
 * Java links each when it is first reached, by making classes for it; the first compilation of a JVM would do that some
 * hundred times. Without this step classes behave the same. The build runs it over the classes of the core, and again
 * changes nothing.
 */
public final class LinkSwitches {

	private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";

	private static final String RECORDS = "java/lang/runtime/ObjectMethods";

	private static final String OBJECT = "java/lang/Object";

	private static final int PRIVATE = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

	private LinkSwitches() {
	}

	/**
	 * Rewrites the classes that need it.
	 * @param args the directory of the classes
	 */
	public static void main(String[] args) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
			for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".class"))::iterator) {
				ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
				Linker linker = new Linker(writer);
				new ClassReader(Files.readAllBytes(file)).accept(linker, 0);
				if (linker.changed) {
					Files.write(file, writer.toByteArray());
				}
			}
		}
	}

	private static boolean isObject(Type type) {
		return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
	}

	/** The class that has the methods for values of a type. */
	private static String helper(Type type) {
		return "java/" + switch (type.getSort()) {
			case Type.INT -> "lang/Integer";
			case Type.LONG -> "lang/Long";
			case Type.DOUBLE -> "lang/Double";
			case Type.BOOLEAN -> "lang/Boolean";
			case Type.CHAR -> "lang/Character";
			case Type.FLOAT -> "lang/Float";
			case Type.BYTE -> "lang/Byte";
			case Type.SHORT -> "lang/Short";
			default -> "util/Objects";
		};
	}

	/** One switch: which label is the first that a value matches, from a given one on. */
	private record Switch(String name, String descriptor, Object[] labels) {

		private void write(ClassVisitor to) {
			MethodVisitor mv = to.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
					this.name, this.descriptor, null, null);
			mv.visitCode();
			Label present = new Label();
			mv.visitVarInsn(Opcodes.ALOAD, 0);
			mv.visitJumpInsn(Opcodes.IFNONNULL, present);
			mv.visitInsn(Opcodes.ICONST_M1);
			mv.visitInsn(Opcodes.IRETURN);
			mv.visitLabel(present);
			mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
			Label[] tests = Stream.generate(Label::new).limit(this.labels.length).toArray(Label[]::new);
			Label none = new Label();
			if (tests.length > 0) {
				mv.visitVarInsn(Opcodes.ILOAD, 1);
				mv.visitTableSwitchInsn(0, tests.length - 1, none, tests);
			}
			for (int i = 0; i < tests.length; i++) {
				mv.visitLabel(tests[i]);
				mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
				test(mv, i, (i + 1 < tests.length) ? tests[i + 1] : none);
			}
			mv.visitLabel(none);
			if (tests.length > 0) {
				mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
			}
			mv.visitIntInsn(Opcodes.SIPUSH, tests.length);
			mv.visitInsn(Opcodes.IRETURN);
			mv.visitMaxs(2, 2);
			mv.visitEnd();
		}

		private void test(MethodVisitor mv, int index, Label next) {
			if (this.labels[index] instanceof Type) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitTypeInsn(Opcodes.INSTANCEOF, ((Type) this.labels[index]).getInternalName());
			}
			else {
				mv.visitLdcInsn(this.labels[index]);
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Object", "equals", "(Ljava/lang/Object;)Z", false);
			}
			mv.visitJumpInsn(Opcodes.IFEQ, next);
			mv.visitIntInsn(Opcodes.SIPUSH, index);
			mv.visitInsn(Opcodes.IRETURN);
		}

	}

	/** How the hash code or the equality of a record follows from its components. */
	private record Components(String owner, Object[] arguments) {

		private Stream<Handle> getters() {
			return Stream.of(this.arguments).skip(2).map(Handle.class::cast);
		}

		private void hashCode(ClassVisitor to) {
			MethodVisitor mv = to.visitMethod(PRIVATE, "record$hashCode", "(L" + this.owner + ";)I", null, null);
			mv.visitCode();
			mv.visitInsn(Opcodes.ICONST_0);
			getters().forEach(getter -> {
				Type type = Type.getType(getter.getDesc());
				mv.visitIntInsn(Opcodes.BIPUSH, 31);
				mv.visitInsn(Opcodes.IMUL);
				read(mv, 0, getter);
				boolean isObject = isObject(type);
				mv.visitMethodInsn(Opcodes.INVOKESTATIC, helper(type), "hashCode",
						"(" + (isObject ? "L" + OBJECT + ";" : type.toString()) + ")I", false);
				mv.visitInsn(Opcodes.IADD);
			});
			mv.visitInsn(Opcodes.IRETURN);
			mv.visitMaxs(0, 0);
			mv.visitEnd();
		}

		private void equals(ClassVisitor to) {
			MethodVisitor mv = to.visitMethod(PRIVATE, "record$equals", "(L" + this.owner + ";L" + OBJECT + ";)Z", null,
					null);
			mv.visitCode();
			Label other = new Label();
			mv.visitVarInsn(Opcodes.ALOAD, 0);
			mv.visitVarInsn(Opcodes.ALOAD, 1);
			mv.visitJumpInsn(Opcodes.IF_ACMPNE, other);
			answer(mv, Opcodes.ICONST_1);
			mv.visitLabel(other);
			mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
			Label different = new Label();
			mv.visitVarInsn(Opcodes.ALOAD, 1);
			mv.visitTypeInsn(Opcodes.INSTANCEOF, this.owner);
			mv.visitJumpInsn(Opcodes.IFEQ, different);
			getters().forEach(getter -> {
				read(mv, 0, getter);
				mv.visitVarInsn(Opcodes.ALOAD, 1);
				mv.visitTypeInsn(Opcodes.CHECKCAST, this.owner);
				mv.visitFieldInsn(Opcodes.GETFIELD, this.owner, getter.getName(), getter.getDesc());
				compare(mv, Type.getType(getter.getDesc()), different);
			});
			answer(mv, Opcodes.ICONST_1);
			mv.visitLabel(different);
			mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
			answer(mv, Opcodes.ICONST_0);
			mv.visitMaxs(0, 0);
			mv.visitEnd();
		}

		private void read(MethodVisitor mv, int local, Handle getter) {
			mv.visitVarInsn(Opcodes.ALOAD, local);
			mv.visitFieldInsn(Opcodes.GETFIELD, this.owner, getter.getName(), getter.getDesc());
		}

		private static void compare(MethodVisitor mv, Type type, Label different) {
			switch (type.getSort()) {
				case Type.OBJECT, Type.ARRAY -> {
					mv.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/Objects", "equals",
							"(L" + OBJECT + ";L" + OBJECT + ";)Z", false);
					mv.visitJumpInsn(Opcodes.IFEQ, different);
				}
				case Type.LONG, Type.FLOAT, Type.DOUBLE -> {
					mv.visitMethodInsn(Opcodes.INVOKESTATIC, helper(type), "compare", "(" + type + type + ")I",
							false);
					mv.visitJumpInsn(Opcodes.IFNE, different);
				}
				default -> mv.visitJumpInsn(Opcodes.IF_ICMPNE, different);
			}
		}

		private static void answer(MethodVisitor mv, int constant) {
			mv.visitInsn(constant);
			mv.visitInsn(Opcodes.IRETURN);
		}

	}

	/** Calls methods where Java would link something, and adds these methods at the end. */
	private static final class Linker extends ClassVisitor {

		private final List<Switch> switches = new ArrayList<>();

		private boolean changed;

		private String owner = "";

		private boolean isInterface;

		private Components hashed;

		private Components compared;

		Linker(ClassVisitor to) {
			super(Opcodes.ASM9, to);
		}

		@Override
		public void visit(int version, int access, String name, String signature, String superName,
				String[] interfaces) {
			this.owner = name;
			this.isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
			super.visit(version, access, name, signature, superName, interfaces);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
			return new MethodVisitor(Opcodes.ASM9, to) {

				@Override
				public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap,
						Object... arguments) {
					String method = linked(name, descriptor, bootstrap, arguments);
					if (method != null) {
						Linker.this.changed = true;
						super.visitMethodInsn(Opcodes.INVOKESTATIC, Linker.this.owner, method, descriptor,
								Linker.this.isInterface);
					}
					else {
						super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
					}
				}

			};
		}

		/** The method that is called instead; null to leave the call to Java. */
		private String linked(String name, String descriptor, Handle bootstrap, Object[] arguments) {
			return switch (bootstrap.getOwner()) {
				case SWITCHES -> name.equals("typeSwitch")
						&& Stream.of(arguments).allMatch(each -> each instanceof Type || each instanceof String)
								? add(descriptor, arguments)
								: null;
				case RECORDS -> record(name, arguments);
				default -> null;
			};
		}

		private String add(String descriptor, Object[] labels) {
			String name = "switch$" + this.switches.size();
			this.switches.add(new Switch(name, descriptor, labels));
			return name;
		}

		private String record(String name, Object[] arguments) {
			switch (name) {
				case "hashCode" -> this.hashed = new Components(this.owner, arguments);
				case "equals" -> this.compared = new Components(this.owner, arguments);
				default -> {
					return null;
				}
			}
			return "record$" + name;
		}

		@Override
		public void visitEnd() {
			this.switches.forEach(each -> each.write(this.cv));
			if (this.hashed != null) {
				this.hashed.hashCode(this.cv);
			}
			if (this.compared != null) {
				this.compared.equals(this.cv);
			}
			super.visitEnd();
		}

	}

}
