import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

	/** From how many labels on it is worth to ask for common kinds first. */
	private static final int LABELS_MIN = 5;

	/**
	 * The kinds that most programs are made of, the most frequent first. To ask for them first is less work, and leaves
	 * classes of other kinds unloaded until a program has one.
	 */
	private static final List<String> COMMON = List.of("dev/flin/syntax/Expr",
			"Name Member Int Text Call Binary If Lambda BlockOf Assign None Bool ListOf MapOf Match For Return "
					+ "MarkupOf",
			"dev/flin/syntax/Stmt", "Eval Var Fn Route Entity", "dev/flin/syntax/Part",
			"Arg Chunk Block Param Hole Entry Field Arm Element", "dev/flin/syntax/Markup",
			"Element Attribute Hole NoValue TextValue Text For If Branch ExprValue", "dev/flin/syntax/Pattern",
			"Name Literal Wildcard", "dev/flin/types/Type", "Basic ListOf RecordOf EntityOf Fn MapOf Optional",
			"dev/flin/types/Access", "FunctionCall BuiltinCall EntityField Key", "dev/flin/ir/IrExpr",
			"Invoke Const Read Convert Context Compare Call Arithmetic Not Closure Concat NewList Choose",
			"dev/flin/ir/IrStmt", "Line Eval Set Return If Label Break Declare Loop Block");

	private static final int PRIVATE = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

	private LinkSwitches() {
	}

	/**
	 * Rewrites the classes that need it.
	 * @param args the directory of the classes
	 */
	public static void main(String[] args) throws IOException {
		Kinds kinds = new Kinds(Path.of(args[0]));
		try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
			for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".class"))::iterator) {
				ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
				Linker linker = new Linker(writer, kinds);
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

	/** The common kinds of the classes in a directory, and what they implement. */
	private static final class Kinds {

		/** All interfaces of each common kind, by its name, in the order of kinds. */
		private final Map<String, Set<String>> interfaces = new LinkedHashMap<>();

		Kinds(Path root) throws IOException {
			for (int i = 0; i < COMMON.size(); i += 2) {
				for (String kind : COMMON.get(i + 1).split(" ")) {
					String name = COMMON.get(i) + "$" + kind;
					ClassReader reader = read(root, name);
					if ((reader.getAccess() & Opcodes.ACC_FINAL) == 0) {
						throw new IOException(name + " is not final: another kind may be one of it");
					}
					Set<String> all = new TreeSet<>();
					collect(root, reader, all);
					this.interfaces.put(name, all);
				}
			}
		}

		private static ClassReader read(Path root, String name) throws IOException {
			return new ClassReader(Files.readAllBytes(root.resolve(name + ".class")));
		}

		private static void collect(Path root, ClassReader of, Set<String> into) throws IOException {
			for (String name : of.getInterfaces()) {
				if (into.add(name) && Files.exists(root.resolve(name + ".class"))) {
					collect(root, read(root, name), into);
				}
			}
		}

		/** The common kinds with labels of their own, or with none beside others that have; and their numbers. */
		Map<String, Integer> labelled(Object[] labels) {
			Map<String, Integer> found = new LinkedHashMap<>();
			if (labels.length < LABELS_MIN || !Stream.of(labels).allMatch(Type.class::isInstance)) {
				return found;
			}
			List<String> names = Stream.of(labels).map(label -> ((Type) label).getInternalName()).toList();
			this.interfaces.forEach((kind, all) -> {
				int label = first(names, kind, all);
				String family = kind.substring(0, kind.indexOf('$') + 1);
				if (label < names.size() ? names.get(label).equals(kind)
						: names.stream().anyMatch(name -> name.startsWith(family))) {
					found.put(kind, label);
				}
			});
			return found;
		}

		/** The first label of a kind; the number of labels where none is. */
		private static int first(List<String> labels, String kind, Set<String> interfaces) {
			int label = 0;
			while (label < labels.size() && !labels.get(label).equals(kind) && !interfaces.contains(labels.get(label))
					&& !labels.get(label).equals(OBJECT)) {
				label++;
			}
			return label;
		}

	}

	/**
	 * One switch: which label is the first that a value matches, from a given one on.
	 *
	 * @param common kinds to ask for first, and their labels
	 */
	private record Switch(String owner, boolean isInterface, String name, String descriptor, Object[] labels,
			Map<String, Integer> common) {

		private void write(ClassVisitor to) {
			if (this.common.isEmpty()) {
				writeAll(to, this.name);
			}
			else {
				writeCommon(to);
				writeAll(to, this.name + "$all");
			}
		}

		/** A method of its own, small enough to become a part of others. */
		private void writeCommon(ClassVisitor to) {
			MethodVisitor mv = to.visitMethod(PRIVATE, this.name, this.descriptor, null, null);
			mv.visitCode();
			Label all = new Label();
			mv.visitVarInsn(Opcodes.ILOAD, 1);
			mv.visitJumpInsn(Opcodes.IFNE, all);
			this.common.forEach((kind, label) -> {
				Label next = new Label();
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitTypeInsn(Opcodes.INSTANCEOF, kind);
				mv.visitJumpInsn(Opcodes.IFEQ, next);
				mv.visitIntInsn(Opcodes.SIPUSH, label);
				mv.visitInsn(Opcodes.IRETURN);
				mv.visitLabel(next);
				mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
			});
			mv.visitLabel(all);
			mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
			mv.visitVarInsn(Opcodes.ALOAD, 0);
			mv.visitVarInsn(Opcodes.ILOAD, 1);
			mv.visitMethodInsn(Opcodes.INVOKESTATIC, this.owner, this.name + "$all", this.descriptor, this.isInterface);
			mv.visitInsn(Opcodes.IRETURN);
			mv.visitMaxs(2, 2);
			mv.visitEnd();
		}

		private void writeAll(ClassVisitor to, String method) {
			MethodVisitor mv = to.visitMethod(PRIVATE, method, this.descriptor, null, null);
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

		private final Kinds kinds;

		private String owner = "";

		private boolean isInterface;

		private Components hashed;

		private Components compared;

		Linker(ClassVisitor to, Kinds kinds) {
			super(Opcodes.ASM9, to);
			this.kinds = kinds;
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
			this.switches.add(new Switch(this.owner, this.isInterface, name, descriptor, labels,
					this.kinds.labelled(labels)));
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
