package dev.flin.types;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/**
 * What a body assigns to its parameters joins what callers give: {@code b /= 1024} makes a number of an int. So a call
 * that does not fit with an int is tried with a number.
 */
final class WiderParameters {

	private WiderParameters() {
	}

	/** The types with numbers for ints where the body assigns to the parameter; null where there is none. */
	static @Nullable List<Type> of(List<Type> types, List<Part.Param> params, @Nullable Frame frame) {
		if (frame == null || types.size() > params.size()) {
			return null;
		}
		List<Type> wider = new ArrayList<>(types);
		boolean changed = false;
		for (int i = 0; i < types.size(); i++) {
			Part.Param param = params.get(i);
			if (Zonk.prune(types.get(i)) == Basic.INT && param.type() == null && isAssigned(param, frame)) {
				wider.set(i, Basic.NUMBER);
				changed = true;
			}
		}
		return changed ? wider : null;
	}

	private static boolean isAssigned(Part.Param param, Frame frame) {
		for (Symbol.Variable variable : frame.variables()) {
			if (variable.isReassigned() && param.target() instanceof Pattern.Name name
					&& variable.declared().equals(name.span())) {
				return true;
			}
		}
		return false;
	}

}
