package dev.flin.codegen;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;

/**
 * Function values give objects. Such a function that unboxes a value only to return it, as those that read a field of a
 * record do, gets a second method that returns the object itself, under its name: making a new one costs more than
 * the field.
 */
final class BoxedResults {

	private static final String CASTS = Jvm.LINK + "Casts";

	private BoxedResults() {
	}

	/**
	 * What the class of a function value is to call.
	 * @param more where functions go that the unit needs besides its own
	 * @return the function itself, or another one
	 */
	static IrFunction of(IrFunction function, List<IrFunction> more) {
		IrExpr boxed = function.countsDepth() ? null : boxed(function.body());
		if (boxed == null) {
			return function;
		}
		List<IrStmt> body = new ArrayList<>(function.body());
		body.set(body.size() - 1, new IrStmt.Return(boxed));
		IrFunction copy = new IrFunction(function.unit(), function.name(), function.params(), Kind.ANY);
		copy.captures().addAll(function.captures());
		if (function.usesUnit()) {
			copy.useUnit();
		}
		copy.complete(body);
		more.add(copy);
		return copy;
	}

	/** The object that a body unboxes at its end, if that is all it does; null otherwise. */
	private static @Nullable IrExpr boxed(List<IrStmt> body) {
		if (body.isEmpty() || !body.subList(0, body.size() - 1).stream().allMatch(each -> each instanceof IrStmt.Line)
				|| !(body.get(body.size() - 1) instanceof IrStmt.Return result)
				|| !(result.value() instanceof IrExpr.Convert convert) || convert.value().kind() != Kind.ANY) {
			return null;
		}
		return switch (convert.kind()) {
			case LONG -> checked("anInt", convert.value());
			case DOUBLE -> checked("aNumber", convert.value());
			case BOOL -> checked("aBool", convert.value());
			default -> null;
		};
	}

	private static IrExpr checked(String method, IrExpr value) {
		return new IrExpr.Invoke(new JavaMethod(CASTS, method, "(Ljava/lang/Object;)Ljava/lang/Object;",
				List.of(Kind.ANY), Kind.ANY, false), List.of(value), 0);
	}

}
