package dev.flin.types;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.types.Signatures.Param;
import dev.flin.types.Type.Basic;

/** What is known of a function's parameters before its body is checked: what is written, and defaults. */
final class ParameterTypes {

	private ParameterTypes() {
	}

	static List<Type> of(FunctionEntry entry, Body body) {
		List<Type> types = new ArrayList<>();
		int offset = (entry.function.owner() != null) ? 1 : 0;
		for (int i = 0; i < entry.signature.params().size(); i++) {
			Param param = entry.signature.params().get(i);
			Part.@Nullable Param written = (i >= offset) ? entry.function.declaration().params().get(i - offset) : null;
			if (param.type() != null) {
				types.add(param.type());
			}
			else if (param.rest()) {
				types.add(new Type.ListOf(body.fresh()));
			}
			else if (written != null && isAny(written, entry, body)) {
				types.add(Basic.ANY);
			}
			else if (written != null && written.defaultValue() != null) {
				types.add(defaultType(written, body));
			}
			else {
				types.add(body.fresh());
			}
		}
		return types;
	}

	/** Whether an earlier pass saw that the body assigns to it what nothing is known of. */
	private static boolean isAny(Part.Param param, FunctionEntry entry, Body body) {
		return param.target() instanceof Pattern.Name name && entry.function.frame() != null && entry.function.frame()
			.variables()
			.stream()
			.anyMatch(variable -> variable.declared().equals(name.span())
					&& body.earlier.widened().get(variable) == Basic.ANY);
	}

	/** A default gives its parameter the type; {@code none} and empty containers leave it dynamic. */
	private static Type defaultType(Part.Param param, Body body) {
		Type[] found = { Basic.ANY };
		Expr value = param.defaultValue();
		if (value != null && !param.takesOptions()) {
			body.aside(() -> found[0] = body.exprs.infer(value));
		}
		Type type = Zonk.ground(found[0]);
		return (type == Basic.NONE || type == Basic.BROKEN) ? Basic.ANY : type;
	}

}
