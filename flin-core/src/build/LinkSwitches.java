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
 * Gives the switches over types in compiled classes methods of their own. Java links each such switch when it is first
 * reached, by making a class for it; the first compilation of a JVM would do that more than a hundred times. Without
 * this
 * step classes behave the same. The build runs it over the classes of the core, and again changes nothing.
 */
public final class LinkSwitches {

	private static final String BOOTSTRAPS = "java/lang/runtime/SwitchBootstraps";

	private LinkSwitches() {
	}

	/**
	 * Rewrites the classes that need it.
	 * @param args the directory of the classes
	 */
	public static void main(String[] args) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
			for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".class"))::iterator) {
				byte[] bytes = Files.readAllBytes(file);
				byte[] linked = link(bytes);
				if (linked != bytes) {
					Files.write(file, linked);
				}
			}
		}
	}

	private static byte[] link(byte[] bytes) {
		ClassReader reader = new ClassReader(bytes);
		ClassWriter writer = new ClassWriter(0);
		Linker linker = new Linker(writer);
		reader.accept(linker, 0);
		return linker.switches.isEmpty() ? bytes : writer.toByteArray();
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

	/** Calls a method where a switch would be linked, and adds these methods at the end. */
	private static final class Linker extends ClassVisitor {

		private final List<Switch> switches = new ArrayList<>();

		private String owner = "";

		private boolean isInterface;

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
				public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... labels) {
					if (bootstrap.getOwner().equals(BOOTSTRAPS) && name.equals("typeSwitch")
							&& Stream.of(labels).allMatch(each -> each instanceof Type || each instanceof String)) {
						super.visitMethodInsn(Opcodes.INVOKESTATIC, Linker.this.owner, add(descriptor, labels),
								descriptor, Linker.this.isInterface);
					}
					else {
						super.visitInvokeDynamicInsn(name, descriptor, bootstrap, labels);
					}
				}

			};
		}

		private String add(String descriptor, Object[] labels) {
			String name = "switch$" + this.switches.size();
			this.switches.add(new Switch(name, descriptor, labels));
			return name;
		}

		@Override
		public void visitEnd() {
			this.switches.forEach(each -> each.write(this.cv));
			super.visitEnd();
		}

	}

}
