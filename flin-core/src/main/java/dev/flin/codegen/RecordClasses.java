package dev.flin.codegen;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;

/** Knows of which class the records are that expressions give. */
final class RecordClasses {

	private final MethodFrame frame;

	RecordClasses(MethodFrame frame) {
		this.frame = frame;
	}

	/** The internal name of the class of entities whose instance, or none, a value is on the stack; null if unknown. */
	@Nullable
	String of(IrExpr expr) {
		return switch (expr) {
			case IrExpr.Read read -> this.frame.recordOf(read.local());
			case IrExpr.Convert convert when convert.kind() == Kind.ANY || convert.kind() == Kind.ENTITY ->
				of(convert.value());
			case IrExpr.Call call -> call.target().record();
			case IrExpr.Invoke invoke when this.frame.facts.presence.isNeedless(invoke) ->
				of(invoke.args().get(0));
			case IrExpr.Invoke invoke when invoke.target().result() == Kind.ANY
					|| invoke.target().result() == Kind.ENTITY -> result(invoke.target().descriptor());
			case IrExpr.Choose choose -> {
				String then = of(choose.then());
				String otherwise = of(choose.otherwise());
				yield isNone(choose.then()) || then != null && then.equals(otherwise) ? otherwise
						: isNone(choose.otherwise()) ? then : null;
			}
			default -> null;
		};
	}

	private static @Nullable String result(String descriptor) {
		int at = descriptor.indexOf(')') + 1;
		String name = (descriptor.charAt(at) == 'L') ? descriptor.substring(at + 1, descriptor.length() - 1) : "";
		return (name.isEmpty() || name.equals(Jvm.OBJECT)) ? null : name;
	}

	static boolean isNone(IrExpr expr) {
		return expr instanceof IrExpr.Const constant && constant.value() == null
				|| expr instanceof IrExpr.Convert convert && isNone(convert.value());
	}

}
