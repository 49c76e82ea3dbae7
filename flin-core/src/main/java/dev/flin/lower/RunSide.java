package dev.flin.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.flin.ir.IrExpr;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;

/** The methods of the run side that lowered code calls, by name: this side never sees the classes. */
final class RunSide {

	static final String LIST = "dev/flin/value/FlinList";

	static final String MAP = "dev/flin/value/FlinMap";

	static final String TUPLE = "dev/flin/value/FlinTuple";

	static final String GROWTH = "dev/flin/runtime/link/Growth";

	static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	static final String RANGE = "dev/flin/value/FlinRange";

	static final String ENUM = "dev/flin/value/EnumValue";

	static final String ENUM_TYPE = "dev/flin/value/EnumType";

	static final String ATTEMPT = "dev/flin/value/Attempt";

	static final String PRINTER = "dev/flin/value/Printer";

	static final String EQUALITY = "dev/flin/value/Equality";

	static final String ORDERING = "dev/flin/value/Ordering";

	static final String TRUTHINESS = "dev/flin/value/Truthiness";

	static final String OPERATIONS = "dev/flin/runtime/Operations";

	static final String DYNAMIC = "dev/flin/runtime/Dynamic";

	static final String INDEXING = "dev/flin/runtime/Indexing";

	static final String MEMBERS = "dev/flin/runtime/Members";

	static final String SLICES = "dev/flin/runtime/Slices";

	static final String TEXTS = "dev/flin/runtime/Texts";

	/** Texts in the code beside values of any type. */
	static final String OPEN_TEXTS = "dev/flin/runtime/OpenTexts";

	static final String FAILURES = "dev/flin/runtime/Failures";

	static final String CONVERT = "dev/flin/runtime/Convert";

	static final String VALUES = "dev/flin/runtime/link/Values";

	static final String DESCRIPTOR = "dev/flin/runtime/TypeDescriptor";

	static final String OBJ = "Ljava/lang/Object;";

	static final String STR = "Ljava/lang/String;";

	private static final String JAVA_LANG = "Ljava/lang/";

	private static final Map<String, Kind> KINDS = Map.ofEntries(Map.entry("java/lang/String", Kind.TEXT),
			Map.entry(LIST, Kind.LIST), Map.entry(MAP, Kind.MAP), Map.entry(RANGE, Kind.RANGE),
			Map.entry(TUPLE, Kind.TUPLE), Map.entry("java/math/BigDecimal", Kind.DECIMAL),
			Map.entry("dev/flin/value/Money", Kind.MONEY), Map.entry("java/time/Instant", Kind.TIME),
			Map.entry("java/time/Duration", Kind.DURATION), Map.entry("dev/flin/value/FileValue", Kind.FILE),
			Map.entry("dev/flin/value/Html", Kind.HTML), Map.entry(ENUM, Kind.ENUM),
			Map.entry("dev/flin/value/FlinFunction", Kind.FUNCTION),
			Map.entry("dev/flin/value/EntityInstance", Kind.ENTITY), Map.entry("dev/flin/value/FlinError", Kind.ERROR),
			Map.entry(ATTEMPT, Kind.ATTEMPT), Map.entry("dev/flin/view/HtmlOutput", Kind.OUTPUT));

	/** A bit for each length, modulo 64, of a descriptor whose kind is known. */
	private static final long KNOWN_LENGTHS = knownLengths();

	private RunSide() {
	}

	private static long knownLengths() {
		long lengths = 0;
		for (String name : KINDS.keySet()) {
			lengths |= 1L << (name.length() + 2);
		}
		return lengths;
	}

	static IrExpr.Invoke call(String owner, String name, String descriptor, int line, IrExpr... args) {
		return new IrExpr.Invoke(method(owner, name, descriptor, false), List.of(args), line);
	}

	/** Calls an instance method; the receiver is the first argument. */
	static IrExpr.Invoke on(String owner, String name, String descriptor, int line, IrExpr... args) {
		return new IrExpr.Invoke(method(owner, name, descriptor, true), List.of(args), line);
	}

	static JavaMethod method(String owner, String name, String descriptor, boolean instance) {
		Kind[] params = new Kind[4];
		int count = 0;
		if (instance) {
			params[count++] = kindOfClass(owner);
		}
		int at = 1;
		while (descriptor.charAt(at) != ')') {
			int end = endOfType(descriptor, at);
			if (count == params.length) {
				params = Arrays.copyOf(params, count * 2);
			}
			params[count++] = kindOf(descriptor, at, end);
			at = end;
		}
		Kind result = kindOf(descriptor, at + 1, descriptor.length());
		return new JavaMethod(owner, name, descriptor, list(params, count), result, instance);
	}

	private static List<Kind> list(Kind[] kinds, int count) {
		return switch (count) {
			case 0 -> List.of();
			case 1 -> List.of(kinds[0]);
			case 2 -> List.of(kinds[0], kinds[1]);
			default -> List.of(Arrays.copyOf(kinds, count));
		};
	}

	private static Kind kindOf(String descriptor, int at, int end) {
		return switch (descriptor.charAt(at)) {
			case 'J' -> Kind.LONG;
			case 'D' -> Kind.DOUBLE;
			case 'Z' -> Kind.BOOL;
			case 'I' -> Kind.INDEX;
			case 'V' -> Kind.VOID;
			case 'L' -> kindOfReference(descriptor, at, end);
			default -> kindOf(descriptor.substring(at, end));
		};
	}

	/** The lengths tell the types that nearly every method has from those that are known as more than ANY. */
	private static Kind kindOfReference(String descriptor, int at, int end) {
		int length = end - at;
		if ((KNOWN_LENGTHS & 1L << length) == 0) {
			return Kind.ANY;
		}
		if (length == STR.length()) {
			return (descriptor.charAt(at + JAVA_LANG.length()) == 'S' && descriptor.startsWith(STR, at)) ? Kind.TEXT
					: Kind.ANY;
		}
		return kindOfClass(descriptor.substring(at + 1, end - 1));
	}

	/** Adds the elements of a list to another one. */
	static IrExpr.Invoke addList(IrExpr list, IrExpr more) {
		return call(GROWTH, "addList", "(" + CONTEXT + "L" + LIST + ";L" + LIST + ";)V", 0, new IrExpr.Context(), list,
				more);
	}

	/** The kind that a Java type is known as; a reference that is no value of FLIN is ANY. */
	static Kind kindOf(String type) {
		return switch (type.charAt(0)) {
			case 'J' -> Kind.LONG;
			case 'D' -> Kind.DOUBLE;
			case 'Z' -> Kind.BOOL;
			case 'I' -> Kind.INDEX;
			case 'V' -> Kind.VOID;
			case 'L' -> type.equals(OBJ) ? Kind.ANY : kindOfClass(type.substring(1, type.length() - 1));
			default -> type.equals("[B") ? Kind.BYTES : Kind.ANY;
		};
	}

	static int endOfType(String descriptor, int at) {
		int end = at;
		while (descriptor.charAt(end) == '[') {
			end++;
		}
		return (descriptor.charAt(end) == 'L') ? descriptor.indexOf(';', end) + 1 : end + 1;
	}

	private static Kind kindOfClass(String name) {
		return KINDS.getOrDefault(name, Kind.ANY);
	}

}
