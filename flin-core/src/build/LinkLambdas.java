import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Gives the lambdas of some packages classes in the build, one for each source file. Java links each lambda when it is
 * first reached, by making a class for it; the first compilation of a JVM would do that some hundred times. Without
 * this step classes behave the same. The build runs it over the classes of the core, and again changes
 * nothing.
 */
public final class LinkLambdas {

	private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";

	/** What javac calls the code of lambdas. */
	private static final String CODE = "lambda$";

	private static final String OBJECT = "java/lang/Object";

	/** Stands in the names of the classes that are made here; javac writes it nowhere. */
	private static final String MARK = "$$";

	private LinkLambdas() {
	}

	/**
	 * Rewrites the classes that need it.
	 * @param args the directory of the classes, then the packages
	 */
	public static void main(String[] args) throws IOException {
		Path root = Path.of(args[0]);
		List<String> packages = Arrays.asList(args).subList(1, args.length);
		Map<String, List<Path>> nests = new TreeMap<>();
		try (Stream<Path> files = Files.walk(root)) {
			for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".class")
					&& !each.toString().contains(MARK)).sorted()::iterator) {
				String name = root.relativize(file).toString().replace('\\', '/').replaceFirst("\\.class$", "");
				nests.computeIfAbsent(name.replaceFirst("\\$.*", ""), host -> new ArrayList<>()).add(file);
			}
		}
		for (Map.Entry<String, List<Path>> nest : nests.entrySet()) {
			String host = nest.getKey();
			int end = host.lastIndexOf('/');
			if (packages.contains(host.substring(0, Math.max(end, 0)).replace('/', '.'))) {
				link(root, new Nest(host, root), nest.getValue());
			}
		}
	}

	/** The host of a nest comes last, because it names the members. */
	private static void link(Path root, Nest nest, List<Path> files) throws IOException {
		Path host = root.resolve(nest.host + ".class");
		files.remove(host);
		if (Files.exists(host)) {
			files.add(host);
		}
		for (Path file : files) {
			ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			Linker linker = new Linker(writer, nest);
			new ClassReader(Files.readAllBytes(file)).accept(linker, 0);
			if (linker.changed || file.equals(host) && !nest.shapes.isEmpty()) {
				nest.written.put(file, writer.toByteArray());
			}
		}
		if (!nest.shapes.isEmpty()) {
			deleteMade(host);
		}
		for (Shape shape : nest.shapes) {
			nest.written.put(root.resolve(shape.className + ".class"), shape.write(nest.host));
		}
		for (Map.Entry<Path, byte[]> each : nest.written.entrySet()) {
			Files.write(each.getKey(), each.getValue());
		}
	}

	/** Classes that were made for an older state of the host. */
	private static void deleteMade(Path host) throws IOException {
		String start = host.getFileName().toString().replace(".class", MARK);
		try (DirectoryStream<Path> before = Files.newDirectoryStream(host.getParent(),
				each -> each.getFileName().toString().startsWith(start))) {
			for (Path file : before) {
				Files.delete(file);
			}
		}
	}

	/** The classes of one source file that may use each other's private members. */
	private static final class Nest {

		private final String host;

		private final Path root;

		/** The classes of lambdas. */
		private final List<Shape> shapes = new ArrayList<>();

		private final Map<Path, byte[]> written = new TreeMap<>();

		Nest(String host, Path root) {
			this.host = host;
			this.root = root;
		}

		/** The first class that can implement an interface beside those that it implements already. */
		Shape shape(String type) throws IOException {
			Map<String, Member> members = new TreeMap<>();
			Member.collect(type, this.root, members);
			for (Shape shape : this.shapes) {
				if (shape.take(type, members)) {
					return shape;
				}
			}
			Shape shape = new Shape(this.host + MARK + "Lambdas" + this.shapes.size());
			shape.take(type, members);
			this.shapes.add(shape);
			return shape;
		}

	}

	/** A method of an interface, by the interface that declares it. */
	private record Member(String owner, boolean isAbstract) {

		/** Two interfaces with different code for one method cannot be implemented by one class. */
		boolean contradicts(Member other) {
			return !(this.owner.equals(other.owner) || this.isAbstract && other.isAbstract);
		}

		/** What an interface and those that it extends declare, by name and descriptor. */
		static void collect(String type, Path root, Map<String, Member> into) throws IOException {
			byte[] bytes = bytes(type, root);
			new ClassReader(bytes).accept(new ClassVisitor(Opcodes.ASM9) {

				private String[] parents = {};

				@Override
				public void visit(int version, int access, String name, String signature, String superName,
						String[] interfaces) {
					this.parents = interfaces;
				}

				@Override
				public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
						String[] exceptions) {
					if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0) {
						into.putIfAbsent(name + descriptor,
								new Member(type, (access & Opcodes.ACC_ABSTRACT) != 0));
					}
					return null;
				}

				@Override
				public void visitEnd() {
					for (String parent : this.parents) {
						try {
							collect(parent, root, into);
						}
						catch (IOException ex) {
							throw new UncheckedIOException(ex);
						}
					}
				}

			}, ClassReader.SKIP_CODE);
		}

		private static byte[] bytes(String type, Path root) throws IOException {
			Path own = root.resolve(type + ".class");
			if (Files.exists(own)) {
				return Files.readAllBytes(own);
			}
			try (InputStream in = ClassLoader.getSystemResourceAsStream(type + ".class")) {
				if (in == null) {
					throw new IOException("no interface " + type);
				}
				return in.readAllBytes();
			}
		}

	}

	/** What a lambda does: an existing method, and the values it begins its arguments with. */
	private record Lambda(Handle target, Type[] captured, Type[] arguments, Type result, String type, String method,
			String descriptor) {

		/** Whether one method is the code of both. */
		boolean shares(Lambda other) {
			return this.method.equals(other.method) && this.descriptor.equals(other.descriptor);
		}

		/** Types of what the target takes, the object it belongs to first. */
		Type[] parameters() {
			List<Type> types = new ArrayList<>(Arrays.asList(Type.getArgumentTypes(this.target.getDesc())));
			int tag = this.target.getTag();
			if (tag != Opcodes.H_INVOKESTATIC && tag != Opcodes.H_NEWINVOKESPECIAL) {
				types.add(0, Type.getObjectType(this.target.getOwner()));
			}
			return types.toArray(Type[]::new);
		}

		Type made() {
			return (this.target.getTag() == Opcodes.H_NEWINVOKESPECIAL) ? Type.getObjectType(this.target.getOwner())
					: Type.getReturnType(this.target.getDesc());
		}

		/** Whether values only have to be cast or boxed on their way: what else there is stays with Java. */
		boolean isPlain(Type[] erased, Type erasedResult) {
			Type[] parameters = parameters();
			if (this.target.getTag() == Opcodes.H_INVOKESPECIAL
					|| parameters.length != this.captured.length + erased.length) {
				return false;
			}
			for (int i = 0; i < erased.length; i++) {
				if (!isPlain(erased[i], this.arguments[i], parameters[this.captured.length + i])) {
					return false;
				}
			}
			return erasedResult.getSort() == Type.VOID || isPlain(made(), made(), erasedResult);
		}

		private static boolean isPlain(Type from, Type exact, Type to) {
			if (isObject(from) == isObject(to)) {
				return isObject(from) || from.equals(to);
			}
			return isObject(to) ? Box.of(from) != null
					: Box.of(to) != null && exact.getInternalName().equals(Box.of(to).owner);
		}

	}

	/** The class of a simple type. */
	private record Box(Type type, String owner, String unboxing) {

		private static final List<Box> ALL = List.of(new Box(Type.INT_TYPE, "java/lang/Integer", "intValue"),
				new Box(Type.LONG_TYPE, "java/lang/Long", "longValue"),
				new Box(Type.DOUBLE_TYPE, "java/lang/Double", "doubleValue"),
				new Box(Type.BOOLEAN_TYPE, "java/lang/Boolean", "booleanValue"),
				new Box(Type.CHAR_TYPE, "java/lang/Character", "charValue"),
				new Box(Type.FLOAT_TYPE, "java/lang/Float", "floatValue"),
				new Box(Type.BYTE_TYPE, "java/lang/Byte", "byteValue"),
				new Box(Type.SHORT_TYPE, "java/lang/Short", "shortValue"));

		static Box of(Type type) {
			return ALL.stream().filter(each -> each.type.equals(type)).findFirst().orElse(null);
		}

	}

	private static boolean isObject(Type type) {
		return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
	}

	/** A class for several lambdas; a number tells those that implement the same method apart. */
	private static final class Shape {

		private final String className;

		private final Set<String> types = new TreeSet<>();

		private final Map<String, Member> members = new TreeMap<>();

		private final List<Lambda> lambdas = new ArrayList<>();

		Shape(String className) {
			this.className = className;
		}

		/** Adds an interface, unless it contradicts one that is there. */
		boolean take(String type, Map<String, Member> more) {
			for (Map.Entry<String, Member> each : more.entrySet()) {
				Member known = this.members.get(each.getKey());
				if (known != null && known.contradicts(each.getValue())) {
					return false;
				}
			}
			more.forEach(this.members::putIfAbsent);
			this.types.add(type);
			return true;
		}

		/** The name of the method that makes an instance of the lambda. */
		String add(Lambda lambda) {
			this.lambdas.add(lambda);
			return "make" + (this.lambdas.size() - 1);
		}

		/** The lambdas that are the code of the same method as one of them, in their order. */
		private List<Lambda> alike(Lambda one) {
			return this.lambdas.stream().filter(each -> each.shares(one)).toList();
		}

		/** The number of a lambda among those of its method. */
		private int number(Lambda lambda) {
			int number = 0;
			for (Lambda each : this.lambdas) {
				if (each == lambda) {
					return number;
				}
				number += each.shares(lambda) ? 1 : 0;
			}
			throw new IllegalArgumentException(lambda.toString());
		}

		byte[] write(String host) {
			ClassWriter to = new ClassWriter(ClassWriter.COMPUTE_MAXS);
			to.visit(Opcodes.V21, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, this.className, null,
					OBJECT, this.types.toArray(String[]::new));
			to.visitSource(host.substring(host.lastIndexOf('/') + 1) + ".java", null);
			to.visitNestHost(host);
			Type[] fields = fields();
			for (int i = 0; i < fields.length; i++) {
				field(to, Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "f" + i, fields[i]);
			}
			constructor(to, fields);
			constants(to, fields);
			for (int i = 0; i < this.lambdas.size(); i++) {
				maker(to, i, fields);
			}
			for (int i = 0; i < this.lambdas.size(); i++) {
				Lambda lambda = this.lambdas.get(i);
				if (number(lambda) == 0) {
					method(to, fields, alike(lambda));
				}
			}
			to.visitEnd();
			return to.toByteArray();
		}

		/** The number of the lambda, then what the lambda that holds most holds at each place. */
		private Type[] fields() {
			List<Type> fields = new ArrayList<>(List.of(Type.INT_TYPE));
			for (Lambda lambda : this.lambdas) {
				int[] places = places(lambda, fields);
				for (int i = 0; i < places.length; i++) {
					Type held = fields.get(places[i]);
					fields.set(places[i], held.equals(lambda.captured[i]) ? held : Type.getObjectType(OBJECT));
				}
			}
			return fields.toArray(Type[]::new);
		}

		/** Which fields hold what a lambda captured: simple values need one of their type. */
		private static int[] places(Lambda lambda, List<Type> fields) {
			int[] places = new int[lambda.captured.length];
			boolean[] taken = new boolean[fields.size() + places.length];
			for (int i = 0; i < places.length; i++) {
				int at = 1;
				while (at < fields.size() && (taken[at] || !fits(lambda.captured[i], fields.get(at)))) {
					at++;
				}
				if (at == fields.size()) {
					fields.add(lambda.captured[i]);
				}
				taken[at] = true;
				places[i] = at;
			}
			return places;
		}

		private static boolean fits(Type captured, Type field) {
			return isObject(captured) ? isObject(field) : captured.equals(field);
		}

		private static void field(ClassVisitor to, int access, String name, Type type) {
			FieldVisitor field = to.visitField(access, name, type.getDescriptor(), null, null);
			field.visitEnd();
		}

		private void constructor(ClassVisitor to, Type[] fields) {
			MethodVisitor mv = to.visitMethod(Opcodes.ACC_PRIVATE, "<init>",
					Type.getMethodDescriptor(Type.VOID_TYPE, fields), null, null);
			mv.visitCode();
			mv.visitVarInsn(Opcodes.ALOAD, 0);
			mv.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
			int local = 1;
			for (int i = 0; i < fields.length; i++) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitVarInsn(fields[i].getOpcode(Opcodes.ILOAD), local);
				mv.visitFieldInsn(Opcodes.PUTFIELD, this.className, "f" + i, fields[i].getDescriptor());
				local += fields[i].getSize();
			}
			mv.visitInsn(Opcodes.RETURN);
			mv.visitMaxs(0, 0);
			mv.visitEnd();
		}

		/** Lambdas that capture nothing are made once. */
		private void constants(ClassVisitor to, Type[] fields) {
			if (this.lambdas.stream().allMatch(each -> each.captured.length > 0)) {
				return;
			}
			MethodVisitor mv = to.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
			mv.visitCode();
			for (int i = 0; i < this.lambdas.size(); i++) {
				if (this.lambdas.get(i).captured.length == 0) {
					field(to, Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "LAMBDA" + i,
							Type.getObjectType(this.className));
					create(mv, i, fields);
					mv.visitFieldInsn(Opcodes.PUTSTATIC, this.className, "LAMBDA" + i, "L" + this.className + ";");
				}
			}
			mv.visitInsn(Opcodes.RETURN);
			mv.visitMaxs(0, 0);
			mv.visitEnd();
		}

		private void maker(ClassVisitor to, int index, Type[] fields) {
			Lambda lambda = this.lambdas.get(index);
			MethodVisitor mv = to.visitMethod(Opcodes.ACC_STATIC, "make" + index,
					Type.getMethodDescriptor(Type.getObjectType(lambda.type), lambda.captured), null, null);
			mv.visitCode();
			if (lambda.captured.length == 0) {
				mv.visitFieldInsn(Opcodes.GETSTATIC, this.className, "LAMBDA" + index, "L" + this.className + ";");
			}
			else {
				create(mv, index, fields);
			}
			mv.visitInsn(Opcodes.ARETURN);
			mv.visitMaxs(0, 0);
			mv.visitEnd();
		}

		private void create(MethodVisitor mv, int index, Type[] fields) {
			Lambda lambda = this.lambdas.get(index);
			int[] places = places(lambda, new ArrayList<>(Arrays.asList(fields)));
			int[] locals = new int[fields.length];
			Arrays.fill(locals, -1);
			int local = 0;
			for (int i = 0; i < places.length; i++) {
				locals[places[i]] = local;
				local += lambda.captured[i].getSize();
			}
			mv.visitTypeInsn(Opcodes.NEW, this.className);
			mv.visitInsn(Opcodes.DUP);
			mv.visitIntInsn(Opcodes.SIPUSH, number(lambda));
			for (int i = 1; i < fields.length; i++) {
				if (locals[i] >= 0) {
					mv.visitVarInsn(fields[i].getOpcode(Opcodes.ILOAD), locals[i]);
				}
				else {
					mv.visitInsn(nothing(fields[i]));
				}
			}
			mv.visitMethodInsn(Opcodes.INVOKESPECIAL, this.className, "<init>",
					Type.getMethodDescriptor(Type.VOID_TYPE, fields), false);
		}

		private static int nothing(Type type) {
			return switch (type.getSort()) {
				case Type.LONG -> Opcodes.LCONST_0;
				case Type.DOUBLE -> Opcodes.DCONST_0;
				case Type.FLOAT -> Opcodes.FCONST_0;
				case Type.OBJECT, Type.ARRAY -> Opcodes.ACONST_NULL;
				default -> Opcodes.ICONST_0;
			};
		}

		private void method(ClassVisitor to, Type[] fields, List<Lambda> alike) {
			MethodVisitor mv = to.visitMethod(Opcodes.ACC_PUBLIC, alike.get(0).method, alike.get(0).descriptor, null,
					null);
			mv.visitCode();
			Label[] labels = Stream.generate(Label::new).limit(alike.size()).toArray(Label[]::new);
			if (labels.length > 1) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitFieldInsn(Opcodes.GETFIELD, this.className, "f0", "I");
				mv.visitTableSwitchInsn(0, labels.length - 2, labels[labels.length - 1],
						Arrays.copyOf(labels, labels.length - 1));
			}
			for (int i = 0; i < labels.length; i++) {
				if (labels.length > 1) {
					mv.visitLabel(labels[i]);
					mv.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
				}
				call(mv, alike.get(i), fields);
			}
			mv.visitMaxs(0, 0);
			mv.visitEnd();
		}

		private void call(MethodVisitor mv, Lambda lambda, Type[] fields) {
			Handle target = lambda.target;
			if (target.getTag() == Opcodes.H_NEWINVOKESPECIAL) {
				mv.visitTypeInsn(Opcodes.NEW, target.getOwner());
				mv.visitInsn(Opcodes.DUP);
			}
			int[] places = places(lambda, new ArrayList<>(Arrays.asList(fields)));
			Type[] parameters = lambda.parameters();
			for (int i = 0; i < places.length; i++) {
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitFieldInsn(Opcodes.GETFIELD, this.className, "f" + places[i], fields[places[i]].getDescriptor());
				convert(mv, fields[places[i]], parameters[i]);
			}
			Type[] arguments = Type.getArgumentTypes(lambda.descriptor);
			int local = 1;
			for (int i = 0; i < arguments.length; i++) {
				mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), local);
				convert(mv, arguments[i], parameters[places.length + i]);
				local += arguments[i].getSize();
			}
			mv.visitMethodInsn(switch (target.getTag()) {
				case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
				case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
				case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
				default -> Opcodes.INVOKEVIRTUAL;
			}, target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
			end(mv, lambda);
		}

		private void end(MethodVisitor mv, Lambda lambda) {
			Type made = lambda.made();
			Type result = Type.getReturnType(lambda.descriptor);
			if (result.getSort() != Type.VOID) {
				convert(mv, made, result);
			}
			else if (made.getSort() != Type.VOID) {
				mv.visitInsn((made.getSize() == 2) ? Opcodes.POP2 : Opcodes.POP);
			}
			mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
		}

		private static void convert(MethodVisitor mv, Type from, Type to) {
			if (from.equals(to)) {
				return;
			}
			if (!isObject(from)) {
				Box box = Box.of(from);
				mv.visitMethodInsn(Opcodes.INVOKESTATIC, box.owner, "valueOf", "(" + from + ")L" + box.owner + ";",
						false);
			}
			else if (isObject(to)) {
				if (!to.getInternalName().equals(OBJECT)) {
					mv.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
				}
			}
			else {
				Box box = Box.of(to);
				mv.visitTypeInsn(Opcodes.CHECKCAST, box.owner);
				mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box.owner, box.unboxing, "()" + to, false);
			}
		}

	}

	/** Calls methods of the classes that are made where Java would link something. */
	private static final class Linker extends ClassVisitor {

		private final Nest nest;

		private boolean changed;

		private String owner = "";

		Linker(ClassVisitor to, Nest nest) {
			super(Opcodes.ASM9, to);
			this.nest = nest;
		}

		@Override
		public void visit(int version, int access, String name, String signature, String superName,
				String[] interfaces) {
			this.owner = name;
			super.visit(version, access, name, signature, superName, interfaces);
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			String plain = plain(name);
			MethodVisitor to = super.visitMethod(plain.equals(name) ? access : access & ~Opcodes.ACC_SYNTHETIC, plain,
					descriptor, signature, exceptions);
			return new MethodVisitor(Opcodes.ASM9, to) {

				@Override
				public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap,
						Object... arguments) {
					String[] method = bootstrap.getOwner().equals(LAMBDAS) && bootstrap.getName().equals("metafactory")
							? lambda(name, descriptor, arguments)
							: null;
					if (method != null) {
						Linker.this.changed = true;
						super.visitMethodInsn(Opcodes.INVOKESTATIC, method[0], method[1], descriptor, false);
					}
					else {
						super.visitInvokeDynamicInsn(name, descriptor, bootstrap,
								Stream.of(arguments).map(Linker::plain).toArray());
					}
				}

			};
		}

		/** Makes a lambda's code a method like others: the checks of the architecture find it by its name else. */
		private static String plain(String name) {
			return name.startsWith(CODE) ? "linked$" + name.substring(CODE.length()) : name;
		}

		private static Object plain(Object argument) {
			return (argument instanceof Handle) ? plain((Handle) argument) : argument;
		}

		private static Handle plain(Handle method) {
			return new Handle(method.getTag(), method.getOwner(), plain(method.getName()), method.getDesc(),
					method.isInterface());
		}

		/** The class and the name of the method that makes the lambda; null to leave it to Java. */
		private String[] lambda(String name, String descriptor, Object[] arguments) {
			Type exact = (Type) arguments[2];
			Type erased = (Type) arguments[0];
			String type = Type.getReturnType(descriptor).getInternalName();
			Lambda lambda = new Lambda(plain((Handle) arguments[1]), Type.getArgumentTypes(descriptor),
					exact.getArgumentTypes(), exact.getReturnType(), type, name, erased.getDescriptor());
			if (!lambda.isPlain(erased.getArgumentTypes(), erased.getReturnType())) {
				return null;
			}
			try {
				Shape shape = this.nest.shape(type);
				return new String[] { shape.className, shape.add(lambda) };
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void visitEnd() {
			if (this.owner.equals(this.nest.host)) {
				this.nest.shapes.forEach(each -> this.cv.visitNestMember(each.className));
			}
			super.visitEnd();
		}

	}

}
