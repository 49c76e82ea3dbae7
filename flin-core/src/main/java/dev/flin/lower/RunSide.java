package dev.flin.lower;

import java.util.ArrayList;
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

	private RunSide() {
	}

	static IrExpr.Invoke call(String owner, String name, String descriptor, int line, IrExpr... args) {
		return new IrExpr.Invoke(method(owner, name, descriptor, false), List.of(args), line);
	}

	/** Calls an instance method; the receiver is the first argument. */
	static IrExpr.Invoke on(String owner, String name, String descriptor, int line, IrExpr... args) {
		return new IrExpr.Invoke(method(owner, name, descriptor, true), List.of(args), line);
	}

	static JavaMethod method(String owner, String name, String descriptor, boolean instance) {
		List<Kind> params = new ArrayList<>(4);
		if (instance) {
			params.add(kindOfClass(owner));
		}
		int at = 1;
		while (descriptor.charAt(at) != ')') {
			int end = endOfType(descriptor, at);
			params.add(kindOf(descriptor, at, end));
			at = end;
		}
		return new JavaMethod(owner, name, descriptor, params, kindOf(descriptor, at + 1, descriptor.length()),
				instance);
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

	/** The lengths tell the types that nearly every method has from all others, at the cost of one comparison. */
	private static Kind kindOfReference(String descriptor, int at, int end) {
		int length = end - at;
		if (length == OBJ.length()) {
			char first = descriptor.charAt(at + JAVA_LANG.length());
			if (first == 'O' && descriptor.startsWith(OBJ, at)) {
				return Kind.ANY;
			}
			if (first == 'S' && descriptor.startsWith(STR, at)) {
				return Kind.TEXT;
			}
		}
		if (length == CONTEXT.length() && descriptor.startsWith(CONTEXT, at)) {
			return Kind.ANY;
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
