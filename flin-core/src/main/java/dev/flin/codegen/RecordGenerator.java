package dev.flin.codegen;

import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrRecord;
import dev.flin.ir.Kind;

/**
 * Writes the class of an entity's instances: a typed field for each slot, methods that read, assign and first set it,
 * and the same by slot for the run side. A reader looks at one reference before it takes the field; the other ways are
 * those of the class above.
 */
final class RecordGenerator {

	private static final String SUPER = "dev/flin/runtime/entity/RecordInstance";

	private static final String SESSION = "Ldev/flin/runtime/entity/EntitySession;";

	private static final String SWITCH_POINT = "java/lang/invoke/SwitchPoint";

	/** The static field that holds what the JIT compiler may assume about all instances. */
	private static final String ASSUMPTION = "assumption$";

	private static final String HANDLE = "(I)Ljava/lang/invoke/MethodHandle;";

	/** What reads a field for call sites that know the class of the record only when they run. */
	private static final String OPEN_READER = "get$";

	private static final String OPEN_READS = "(" + Jvm.CONTEXT_DESCRIPTOR + "Ljava/lang/Object;)Ljava/lang/Object;";

	/** What assigns a field for such call sites. */
	private static final String OPEN_WRITER = "set$";

	private static final String OPEN_WRITES = "(" + Jvm.CONTEXT_DESCRIPTOR
			+ "Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

	/** How many slots can be marked. */
	private static final int SLOTS_MAX = 63;

	/** The bit of past versions among the marks. */
	private static final long PAST = 1L << SLOTS_MAX;

	/** Getters that instances have without declaring them. */
	private static final Set<String> OTHER_GETTERS = Set.of("get", "getClass", "getId", "getVersion", "getCreatedAt",
			"getUpdatedAt", "getDeletedAt", "getValidFrom", "getValidTo");

	private final IrRecord shape;

	private final String name;

	private final ClassWriter writer = new FlinClassWriter();

	private RecordGenerator(IrRecord shape) {
		this.shape = shape;
		this.name = Jvm.internalName(shape.className());
	}

	static byte[] generate(IrRecord shape, String sourceFile) {
		return new RecordGenerator(shape).generate(sourceFile);
	}

	private byte[] generate(String sourceFile) {
		this.writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, this.name, null,
				SUPER, null);
		this.writer.visitSource(sourceFile, null);
		assumption();
		constructor();
		fresh();
		describe();
		make();
		bySlot("load", "(I)Ljava/lang/Object;", Opcodes.ACONST_NULL, Opcodes.ARETURN, this::load);
		bySlot("store", "(ILjava/lang/Object;)Z", Opcodes.ICONST_0, Opcodes.IRETURN, this::store);
		bySlot("getter", HANDLE, Opcodes.ACONST_NULL, Opcodes.ARETURN,
				(mv, field) -> handle(mv, OPEN_READER, field.name(), OPEN_READS));
		bySlot("setter", HANDLE, Opcodes.ACONST_NULL, Opcodes.ARETURN,
				(mv, field) -> handle(mv, OPEN_WRITER, field.name(), OPEN_WRITES));
		tester();
		getters();
		for (int slot = 0; slot < this.shape.fields().size(); slot++) {
			IrRecord.Field field = this.shape.fields().get(slot);
			if (field.isHeld()) {
				this.writer.visitField(Opcodes.ACC_PRIVATE, member(field), field.storage(), null, null).visitEnd();
				reader(field);
				otherReader(field, slot);
				writer(field);
				otherWriter(field, slot);
				initializer(field);
				openReader(field, slot);
				openWriter(field, slot);
			}
		}
		this.writer.visitEnd();
		return this.writer.toByteArray();
	}

	private static String member(IrRecord.Field field) {
		return Jvm.methodName(field.name());
	}

	/** What stands until an instance has something beside its fields, or may have: until then nobody looks for it. */
	private void assumption() {
		int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
		this.writer.visitField(access, ASSUMPTION, "L" + SWITCH_POINT + ";", null, null).visitEnd();
		MethodVisitor mv = method(Opcodes.ACC_STATIC, "<clinit>", "()V");
		mv.visitTypeInsn(Opcodes.NEW, SWITCH_POINT);
		mv.visitInsn(Opcodes.DUP);
		mv.visitMethodInsn(Opcodes.INVOKESPECIAL, SWITCH_POINT, "<init>", "()V", false);
		mv.visitFieldInsn(Opcodes.PUTSTATIC, this.name, ASSUMPTION, "L" + SWITCH_POINT + ";");
		mv.visitInsn(Opcodes.RETURN);
		end(mv);
		MethodVisitor getter = method(Opcodes.ACC_PROTECTED, "assumption", "()L" + SWITCH_POINT + ";");
		loadAssumption(getter);
		getter.visitInsn(Opcodes.ARETURN);
		end(getter);
	}

	private void loadAssumption(MethodVisitor mv) {
		mv.visitFieldInsn(Opcodes.GETSTATIC, this.name, ASSUMPTION, "L" + SWITCH_POINT + ";");
	}

	private void constructor() {
		MethodVisitor mv = method(Opcodes.ACC_PUBLIC, "<init>", "(" + SESSION + ")V");
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitVarInsn(Opcodes.ALOAD, 1);
		mv.visitMethodInsn(Opcodes.INVOKESPECIAL, SUPER, "<init>", "(" + SESSION + ")V", false);
		mv.visitInsn(Opcodes.RETURN);
		end(mv);
	}

	private void fresh() {
		MethodVisitor mv = method(Opcodes.ACC_PROTECTED, "fresh", "(" + SESSION + ")L" + SUPER + ";");
		mv.visitTypeInsn(Opcodes.NEW, this.name);
		mv.visitInsn(Opcodes.DUP);
		mv.visitVarInsn(Opcodes.ALOAD, 1);
		mv.visitMethodInsn(Opcodes.INVOKESPECIAL, this.name, "<init>", "(" + SESSION + ")V", false);
		mv.visitInsn(Opcodes.ARETURN);
		end(mv);
	}

	/** What the class above asks about the class. */
	private void describe() {
		MethodVisitor entity = method(Opcodes.ACC_PROTECTED, "entity", "()Ljava/lang/String;");
		entity.visitLdcInsn(this.shape.entity());
		entity.visitInsn(Opcodes.ARETURN);
		end(entity);
		long marks = 0;
		for (int slot = 0; slot < Math.min(SLOTS_MAX, this.shape.fields().size()); slot++) {
			marks |= this.shape.fields().get(slot).isHeld() ? 0 : 1L << slot;
		}
		MethodVisitor unheld = method(Opcodes.ACC_PROTECTED, "unheld", "()J");
		unheld.visitLdcInsn(marks);
		unheld.visitInsn(Opcodes.LRETURN);
		end(unheld);
	}

	/** What a literal in the code calls. */
	private void make() {
		MethodVisitor mv = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, IrRecord.MAKER,
				"(" + Jvm.CONTEXT_DESCRIPTOR + ")L" + this.name + ";");
		mv.visitTypeInsn(Opcodes.NEW, this.name);
		mv.visitInsn(Opcodes.DUP);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitMethodInsn(Opcodes.INVOKESTATIC, SESSION.substring(1, SESSION.length() - 1), "of",
				"(" + Jvm.CONTEXT_DESCRIPTOR + ")" + SESSION, false);
		mv.visitMethodInsn(Opcodes.INVOKESPECIAL, this.name, "<init>", "(" + SESSION + ")V", false);
		mv.visitInsn(Opcodes.ARETURN);
		end(mv);
	}

	/** A method that does something with the field of a slot, and nothing where there is none. */
	private void bySlot(String method, String descriptor, int nothing, int returns,
			BiConsumer<MethodVisitor, IrRecord.Field> code) {
		int count = this.shape.fields().size();
		MethodVisitor mv = method(Opcodes.ACC_PROTECTED, method, descriptor);
		Label none = new Label();
		if (count > 0) {
			Label[] labels = new Label[count];
			for (int i = 0; i < count; i++) {
				labels[i] = this.shape.fields().get(i).isHeld() ? new Label() : none;
			}
			mv.visitVarInsn(Opcodes.ILOAD, 1);
			mv.visitTableSwitchInsn(0, count - 1, none, labels);
			for (int i = 0; i < count; i++) {
				if (labels[i] != none) {
					mv.visitLabel(labels[i]);
					code.accept(mv, this.shape.fields().get(i));
				}
			}
		}
		mv.visitLabel(none);
		mv.visitInsn(nothing);
		mv.visitInsn(returns);
		end(mv);
	}

	/** Getters as Java beans have them, so that projections and expressions of Java find the fields. */
	private void getters() {
		Set<String> taken = new HashSet<>(OTHER_GETTERS);
		for (int slot = 0; slot < this.shape.fields().size(); slot++) {
			String name = beanGetter(this.shape.fields().get(slot).name());
			if (taken.add(name)) {
				MethodVisitor mv = method(Opcodes.ACC_PUBLIC, Jvm.methodName(name), "()Ljava/lang/Object;");
				mv.visitVarInsn(Opcodes.ALOAD, 0);
				mv.visitLdcInsn(slot);
				mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "get", "(I)Ljava/lang/Object;", false);
				mv.visitInsn(Opcodes.ARETURN);
				end(mv);
			}
		}
	}

	/** {@code unit_price} gives {@code getUnitPrice}. */
	private static String beanGetter(String field) {
		StringBuilder name = new StringBuilder("get");
		boolean start = true;
		for (int i = 0; i < field.length(); i++) {
			char c = field.charAt(i);
			if (c != '_') {
				name.append(start ? Character.toUpperCase(c) : c);
			}
			start = c == '_';
		}
		return name.toString();
	}

	private void load(MethodVisitor mv, IrRecord.Field field) {
		get(mv, field);
		Conversions.convert(mv, primitive(field), Kind.ANY);
		mv.visitInsn(Opcodes.ARETURN);
	}

	private void store(MethodVisitor mv, IrRecord.Field field) {
		Label misfit = new Label();
		testFits(mv, field, misfit);
		putOpen(mv, field);
		mv.visitInsn(Opcodes.ICONST_1);
		mv.visitInsn(Opcodes.IRETURN);
		mv.visitLabel(misfit);
		mv.visitInsn(Opcodes.ICONST_0);
		mv.visitInsn(Opcodes.IRETURN);
	}

	/** Jumps when the field cannot hold the object that is the second argument. */
	private static void testFits(MethodVisitor mv, IrRecord.Field field, Label misfit) {
		Kind primitive = primitive(field);
		String held = primitive.isPrimitive() ? Jvm.className(primitive) : className(field);
		if (held.equals(Jvm.OBJECT)) {
			return;
		}
		Label fits = new Label();
		if (!primitive.isPrimitive()) {
			mv.visitVarInsn(Opcodes.ALOAD, 2);
			mv.visitJumpInsn(Opcodes.IFNULL, fits);
		}
		mv.visitVarInsn(Opcodes.ALOAD, 2);
		mv.visitTypeInsn(Opcodes.INSTANCEOF, held);
		mv.visitJumpInsn(Opcodes.IFEQ, misfit);
		mv.visitLabel(fits);
	}

	/** Puts the object that is the second argument into a field that can hold it. */
	private void putOpen(MethodVisitor mv, IrRecord.Field field) {
		Kind primitive = primitive(field);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitVarInsn(Opcodes.ALOAD, 2);
		if (primitive.isPrimitive()) {
			Conversions.convert(mv, Kind.ANY, primitive);
		}
		else {
			cast(mv, className(field));
		}
		put(mv, field);
	}

	private void handle(MethodVisitor mv, String method, String field, String descriptor) {
		mv.visitLdcInsn(new Handle(Opcodes.H_INVOKESTATIC, this.name, Jvm.methodName(method + field), descriptor,
				false));
		mv.visitInsn(Opcodes.ARETURN);
	}

	/** Whether a value is an instance, for call sites. */
	private void tester() {
		String descriptor = "(" + Jvm.CONTEXT_DESCRIPTOR + "Ljava/lang/Object;)Z";
		MethodVisitor mv = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, IrRecord.TESTER, descriptor);
		mv.visitVarInsn(Opcodes.ALOAD, 1);
		mv.visitTypeInsn(Opcodes.INSTANCEOF, this.name);
		mv.visitInsn(Opcodes.IRETURN);
		end(mv);
		MethodVisitor found = method(Opcodes.ACC_PUBLIC, "tester", "()Ljava/lang/invoke/MethodHandle;");
		handle(found, IrRecord.TESTER, "", descriptor);
		end(found);
	}

	/** One method for all that a call site does: the JIT compiler makes more of it than of handles put together. */
	private void openReader(IrRecord.Field field, int slot) {
		MethodVisitor mv = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, Jvm.methodName(OPEN_READER + field.name()),
				OPEN_READS);
		Label plain = new Label();
		Label beside = new Label();
		cast(mv);
		jumpIfPlain(mv, plain);
		test(mv, "isClear", 1L << slot, beside);
		mv.visitLabel(plain);
		load(mv, field);
		mv.visitLabel(beside);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitIntInsn(Opcodes.BIPUSH, slot);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "get", "(I)Ljava/lang/Object;", false);
		mv.visitInsn(Opcodes.ARETURN);
		end(mv);
	}

	private void openWriter(IrRecord.Field field, int slot) {
		MethodVisitor mv = method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, Jvm.methodName(OPEN_WRITER + field.name()),
				OPEN_WRITES);
		Label plain = new Label();
		Label other = new Label();
		cast(mv);
		testFits(mv, field, other);
		jumpIfPlain(mv, plain);
		test(mv, "mayAssign", 1L << slot | PAST, other);
		mv.visitLabel(plain);
		putOpen(mv, field);
		mv.visitInsn(Opcodes.ACONST_NULL);
		mv.visitInsn(Opcodes.ARETURN);
		mv.visitLabel(other);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitIntInsn(Opcodes.BIPUSH, slot);
		mv.visitVarInsn(Opcodes.ALOAD, 2);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "set", "(ILjava/lang/Object;)V", false);
		mv.visitInsn(Opcodes.ACONST_NULL);
		mv.visitInsn(Opcodes.ARETURN);
		end(mv);
	}

	/** Takes the record, the argument after the context, as an instance of the class, in place of the context. */
	private void cast(MethodVisitor mv) {
		mv.visitVarInsn(Opcodes.ALOAD, 1);
		mv.visitTypeInsn(Opcodes.CHECKCAST, this.name);
		mv.visitVarInsn(Opcodes.ASTORE, 0);
	}

	/**
	 * Two methods: the JIT compiler takes one of six bytes into every caller, and the other one, which it knows to be
	 * called all the time, with it. A larger one it would leave out where it has seen little of the caller.
	 */
	private void reader(IrRecord.Field field) {
		MethodVisitor shim = accessor(IrRecord.reader(field.name()), "(L" + this.name + ";)" + descriptor(field));
		shim.visitVarInsn(Opcodes.ALOAD, 0);
		shim.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, plainly(IrRecord.reader(field.name())), reads(field),
				false);
		shim.visitInsn(Jvm.returnOpcode(field.kind()));
		end(shim);
		MethodVisitor mv = method(Opcodes.ACC_PRIVATE, plainly(IrRecord.reader(field.name())), reads(field));
		Label other = new Label();
		testAssumption(mv, other);
		get(mv, field);
		mv.visitInsn(Jvm.returnOpcode(field.kind()));
		mv.visitLabel(other);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, otherwise(IrRecord.reader(field.name())), reads(field),
				false);
		mv.visitInsn(Jvm.returnOpcode(field.kind()));
		end(mv);
	}

	private void otherReader(IrRecord.Field field, int slot) {
		MethodVisitor mv = method(Opcodes.ACC_PRIVATE, otherwise(IrRecord.reader(field.name())), reads(field));
		Label plain = new Label();
		Label beside = new Label();
		jumpIfPlain(mv, plain);
		test(mv, "isClear", 1L << slot, beside);
		mv.visitLabel(plain);
		get(mv, field);
		mv.visitInsn(Jvm.returnOpcode(field.kind()));
		mv.visitLabel(beside);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitIntInsn(Opcodes.BIPUSH, slot);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "get", "(I)Ljava/lang/Object;", false);
		Conversions.convert(mv, Kind.ANY, field.kind());
		if (field.isRecord()) {
			cast(mv, className(field));
		}
		mv.visitInsn(Jvm.returnOpcode(field.kind()));
		end(mv);
	}

	/** As short as readers. */
	private void writer(IrRecord.Field field) {
		MethodVisitor shim = accessor(IrRecord.writer(field.name()), assigns(field));
		shim.visitVarInsn(Opcodes.ALOAD, 0);
		shim.visitVarInsn(Jvm.loadOpcode(field.kind()), 1);
		shim.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, plainly(IrRecord.writer(field.name())), writes(field),
				false);
		shim.visitInsn(Opcodes.RETURN);
		end(shim);
		MethodVisitor mv = method(Opcodes.ACC_PRIVATE, plainly(IrRecord.writer(field.name())), writes(field));
		Label other = new Label();
		testAssumption(mv, other);
		assign(mv, field);
		mv.visitInsn(Opcodes.RETURN);
		mv.visitLabel(other);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitVarInsn(Jvm.loadOpcode(field.kind()), 1);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, otherwise(IrRecord.writer(field.name())), writes(field),
				false);
		mv.visitInsn(Opcodes.RETURN);
		end(mv);
	}

	private void otherWriter(IrRecord.Field field, int slot) {
		MethodVisitor mv = method(Opcodes.ACC_PRIVATE, otherwise(IrRecord.writer(field.name())), writes(field));
		Label plain = new Label();
		Label beside = new Label();
		jumpIfPlain(mv, plain);
		test(mv, "mayAssign", 1L << slot | PAST, beside);
		mv.visitLabel(plain);
		assign(mv, field);
		mv.visitInsn(Opcodes.RETURN);
		mv.visitLabel(beside);
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitIntInsn(Opcodes.BIPUSH, slot);
		mv.visitVarInsn(Jvm.loadOpcode(field.kind()), 1);
		Conversions.convert(mv, field.kind(), Kind.ANY);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "set", "(ILjava/lang/Object;)V", false);
		mv.visitInsn(Opcodes.RETURN);
		end(mv);
	}

	private static String reads(IrRecord.Field field) {
		return "()" + descriptor(field);
	}

	private static String writes(IrRecord.Field field) {
		return "(" + descriptor(field) + ")V";
	}

	private String assigns(IrRecord.Field field) {
		return "(L" + this.name + ";" + descriptor(field) + ")V";
	}

	/** The descriptor of what reading a field gives and assigning it takes. */
	private static String descriptor(IrRecord.Field field) {
		return field.isRecord() ? field.storage() : Jvm.descriptor(field.kind());
	}

	/** The method for what is marked. */
	private static String otherwise(String method) {
		return Jvm.methodName("other$" + method);
	}

	/** The method for what is not marked. */
	private static String plainly(String method) {
		return Jvm.methodName("plain$" + method);
	}

	/** Jumps where the class above finds some of these marks. */
	private void test(MethodVisitor mv, String method, long bits, Label found) {
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitLdcInsn(bits);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, method, "(J)Z", false);
		mv.visitJumpInsn(Opcodes.IFEQ, found);
	}

	/**
	 * Jumps where an instance of the class may have something beside its fields. Until one has, the JIT compiler knows
	 * that it has not, and writes no test: its code is half as long, and it takes methods in by the length of that.
	 */
	private void testAssumption(MethodVisitor mv, Label otherwise) {
		loadAssumption(mv);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, SWITCH_POINT, "hasBeenInvalidated", "()Z", false);
		mv.visitJumpInsn(Opcodes.IFNE, otherwise);
	}

	/**
	 * Jumps where the class above says that nothing lies beside the fields. Readers and writers ask for all of it at
	 * once: what the JIT compiler has seen once about an instance it need not test again for another of its fields.
	 */
	private void jumpIfPlain(MethodVisitor mv, Label plain) {
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, this.name, "isPlain", "()Z", false);
		mv.visitJumpInsn(Opcodes.IFNE, plain);
	}

	private void initializer(IrRecord.Field field) {
		MethodVisitor mv = accessor(IrRecord.initializer(field.name()), assigns(field));
		assign(mv, field);
		mv.visitInsn(Opcodes.RETURN);
		end(mv);
	}

	/** Puts the first argument of a method into the field. */
	private void assign(MethodVisitor mv, IrRecord.Field field) {
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitVarInsn(Jvm.loadOpcode(field.kind()), 1);
		if (!field.storage().equals(descriptor(field))) {
			cast(mv, className(field));
		}
		put(mv, field);
	}

	private void get(MethodVisitor mv, IrRecord.Field field) {
		mv.visitVarInsn(Opcodes.ALOAD, 0);
		mv.visitFieldInsn(Opcodes.GETFIELD, this.name, member(field), field.storage());
	}

	private void put(MethodVisitor mv, IrRecord.Field field) {
		mv.visitFieldInsn(Opcodes.PUTFIELD, this.name, member(field), field.storage());
	}

	private static void cast(MethodVisitor mv, String type) {
		if (!type.equals(Jvm.OBJECT)) {
			mv.visitTypeInsn(Opcodes.CHECKCAST, type);
		}
	}

	private static Kind primitive(IrRecord.Field field) {
		return field.kind().isPrimitive() ? field.kind() : Kind.ANY;
	}

	private static String className(IrRecord.Field field) {
		return field.storage().substring(1, field.storage().length() - 1);
	}

	/** A method for the code of programs, which knows that its first argument is an instance. */
	private MethodVisitor accessor(String method, String descriptor) {
		return method(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, Jvm.methodName(method), descriptor);
	}

	private MethodVisitor method(int access, String method, String descriptor) {
		MethodVisitor mv = this.writer.visitMethod(access, method, descriptor, null, null);
		mv.visitCode();
		return mv;
	}

	private static void end(MethodVisitor mv) {
		mv.visitMaxs(0, 0);
		mv.visitEnd();
	}

}
