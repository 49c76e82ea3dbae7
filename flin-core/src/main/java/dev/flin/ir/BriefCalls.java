package dev.flin.ir;

import java.util.Set;

/** Which methods of the run side take but a few steps, as a rule, and never run other code of the program. */
public final class BriefCalls {

	private static final Set<String> LIST = Set.of("size", "element", "at", "put", "getLong", "getDouble",
			"getBoolean", "setLong", "setDouble", "setBoolean");

	private static final Set<String> TEXT = Set.of("length", "len", "at", "atOrNone", "atOrEmpty", "codePointAt",
			"codePointOrNone", "of", "is", "compare", "slice");

	private BriefCalls() {
	}

	/** Whether other functions of the program may run while this alone, without its operands, is evaluated. */
	public static boolean mayRunOthers(IrExpr expr) {
		return switch (expr) {
			case IrExpr.Call call -> true;
			case IrExpr.CallValue call -> true;
			case IrExpr.Dynamic dynamic -> true;
			case IrExpr.Invoke invoke -> !is(invoke.target());
			default -> false;
		};
	}

	public static boolean is(JavaMethod method) {
		return switch (method.owner()) {
			case "java/lang/Math", "dev/flin/runtime/Operations" -> true;
			case "dev/flin/runtime/lib/MathFunctions", "dev/flin/runtime/lib/NumberFunctions" ->
				method.params().stream().allMatch(Kind::isPrimitive) && !method.name().equals("isPrime");
			case "dev/flin/value/FlinList" -> LIST.contains(method.name());
			case "dev/flin/runtime/lib/ListChanges" -> method.name().equals("push");
			case "dev/flin/runtime/Texts", "dev/flin/runtime/lib/TextFunctions" -> TEXT.contains(method.name());
			case "dev/flin/value/EnumType" -> method.name().equals("value") || method.name().equals("maker");
			case "dev/flin/value/EnumValue" -> true;
			case "dev/flin/runtime/Convert" -> method.name().equals("present");
			case "dev/flin/runtime/Members" -> method.name().equals("record");
			default -> isField(method);
		};
	}

	/** A list or map may be checked, element by element, before a field takes it. */
	private static boolean isField(JavaMethod method) {
		return method.name().startsWith(IrRecord.READER) || method.name().startsWith(IrRecord.WRITER)
				&& !method.params().contains(Kind.LIST) && !method.params().contains(Kind.MAP);
	}

}
