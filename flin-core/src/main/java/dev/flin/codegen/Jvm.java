package dev.flin.codegen;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import dev.flin.ir.IrFunction;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/** What kinds are on the JVM. */
final class Jvm {

	static final String OBJECT = "java/lang/Object";

	static final String CONTEXT = "dev/flin/runtime/FlinContext";

	static final String CONTEXT_DESCRIPTOR = "L" + CONTEXT + ";";

	static final String FUNCTION = "dev/flin/value/FlinFunction";

	static final String ERROR = "dev/flin/value/FlinError";

	static final String LINK = "dev/flin/runtime/link/";

	/** By the order of the kinds: nothing is asked for as often. */
	private static final List<String> DESCRIPTORS = Stream.of(Kind.values()).map(Jvm::descriptorOf).toList();

	private Jvm() {
	}

	/**
	 * The internal name of the class that a reference kind is held as. Entities have none in common: locals, fields and
	 * results of which the very entity is known have its class.
	 */
	static String className(Kind kind) {
		return switch (kind) {
			case LONG -> "java/lang/Long";
			case DOUBLE -> "java/lang/Double";
			case BOOL -> "java/lang/Boolean";
			case INDEX -> "java/lang/Integer";
			case VOID, ANY, ENTITY -> OBJECT;
			case TEXT -> "java/lang/String";
			case LIST -> "dev/flin/value/FlinList";
			case MAP -> "dev/flin/value/FlinMap";
			case RANGE -> "dev/flin/value/FlinRange";
			case TUPLE -> "dev/flin/value/FlinTuple";
			case DECIMAL -> "java/math/BigDecimal";
			case MONEY -> "dev/flin/value/Money";
			case TIME -> "java/time/Instant";
			case DURATION -> "java/time/Duration";
			case FILE -> "dev/flin/value/FileValue";
			case HTML -> "dev/flin/value/Html";
			case ENUM -> "dev/flin/value/EnumValue";
			case FUNCTION -> FUNCTION;
			case ERROR -> ERROR;
			case ATTEMPT -> "dev/flin/value/Attempt";
			case OUTPUT -> "dev/flin/view/HtmlOutput";
			case BYTES -> "[B";
		};
	}

	static String descriptor(Kind kind) {
		return DESCRIPTORS.get(kind.ordinal());
	}

	private static String descriptorOf(Kind kind) {
		return switch (kind) {
			case LONG -> "J";
			case DOUBLE -> "D";
			case BOOL -> "Z";
			case INDEX -> "I";
			case VOID -> "V";
			case BYTES -> "[B";
			default -> "L" + className(kind) + ";";
		};
	}

	static int size(Kind kind) {
		return switch (kind) {
			case LONG, DOUBLE -> 2;
			case VOID -> 0;
			default -> 1;
		};
	}

	static int loadOpcode(Kind kind) {
		return switch (kind) {
			case LONG -> Opcodes.LLOAD;
			case DOUBLE -> Opcodes.DLOAD;
			case BOOL, INDEX -> Opcodes.ILOAD;
			default -> Opcodes.ALOAD;
		};
	}

	static int storeOpcode(Kind kind) {
		return switch (kind) {
			case LONG -> Opcodes.LSTORE;
			case DOUBLE -> Opcodes.DSTORE;
			case BOOL, INDEX -> Opcodes.ISTORE;
			default -> Opcodes.ASTORE;
		};
	}

	static int returnOpcode(Kind kind) {
		return switch (kind) {
			case LONG -> Opcodes.LRETURN;
			case DOUBLE -> Opcodes.DRETURN;
			case BOOL, INDEX -> Opcodes.IRETURN;
			case VOID -> Opcodes.RETURN;
			default -> Opcodes.ARETURN;
		};
	}

	/** The box of a captured variable. */
	static String cellClass(Kind kind) {
		return LINK + switch (kind) {
			case LONG -> "LongCell";
			case DOUBLE -> "DoubleCell";
			case BOOL -> "BoolCell";
			case INDEX -> "IndexCell";
			default -> "Cell";
		};
	}

	static String cellFieldDescriptor(Kind kind) {
		return switch (kind) {
			case LONG, DOUBLE, BOOL, INDEX -> descriptor(kind);
			default -> "Ljava/lang/Object;";
		};
	}

	/** The descriptor of a local: its cell's when it has one. */
	static String descriptor(Local local) {
		return local.isCell() ? "L" + cellClass(local.kind()) + ";" : valueDescriptor(local);
	}

	/** The descriptor of what a local holds. */
	static String valueDescriptor(Local local) {
		return descriptor(local.kind(), local.record());
	}

	private static String descriptor(Kind kind, @Nullable String record) {
		return (record != null) ? "L" + record + ";" : descriptor(kind);
	}

	/** The descriptor of a function: context, how many calls may still be nested, captured variables, parameters. */
	static String descriptor(IrFunction function) {
		return descriptor(function, function.countsDepth() ? CONTEXT_DESCRIPTOR + "I" : CONTEXT_DESCRIPTOR);
	}

	/** The descriptor of the second method of a {@linkplain RecursionPairs function that is two}. */
	static String secondDescriptor(IrFunction function) {
		return descriptor(function, "I" + CONTEXT_DESCRIPTOR);
	}

	private static String descriptor(IrFunction function, String before) {
		StringBuilder out = new StringBuilder("(").append(before);
		for (Local capture : function.captures()) {
			out.append(descriptor(capture));
		}
		for (Local param : function.params()) {
			out.append(valueDescriptor(param));
		}
		String result = function.givesInts() ? descriptor(Kind.LONG) : descriptor(function.result(), function.record());
		return out.append(')').append(result).toString();
	}

	static String descriptorOf(List<Kind> params, Kind result) {
		StringBuilder out = new StringBuilder("(");
		params.forEach(kind -> out.append(descriptor(kind)));
		return out.append(')').append(descriptor(result)).toString();
	}

	static String internalName(String className) {
		return className.replace('.', '/');
	}

	/** FLIN names may hold any letter; what the class file format forbids is written as a dollar sign. */
	static String methodName(String name) {
		boolean fine = true;
		for (int i = 0; i < name.length() && fine; i++) {
			fine = !isForbidden(name.charAt(i));
		}
		return fine ? name : withoutForbidden(name);
	}

	private static boolean isForbidden(char c) {
		return c <= '[' && (c == '.' || c == ';' || c == '[' || c == '/' || c == '<' || c == '>' || c == ':');
	}

	private static String withoutForbidden(String name) {
		StringBuilder out = new StringBuilder(name.length());
		for (int i = 0; i < name.length(); i++) {
			char c = name.charAt(i);
			out.append(isForbidden(c) ? '$' : c);
		}
		return out.toString();
	}

	/** Pushes an int in as few bytes as it takes. */
	static void intConstant(MethodVisitor mv, int number) {
		if (number >= -1 && number <= 5) {
			mv.visitInsn(Opcodes.ICONST_0 + number);
		}
		else if (number >= Byte.MIN_VALUE && number <= Byte.MAX_VALUE) {
			mv.visitIntInsn(Opcodes.BIPUSH, number);
		}
		else if (number >= Short.MIN_VALUE && number <= Short.MAX_VALUE) {
			mv.visitIntInsn(Opcodes.SIPUSH, number);
		}
		else {
			mv.visitLdcInsn(number);
		}
	}

}
