package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/**
 * What a body assigns to its parameters joins what callers give: {@code b /= 1024} makes a number of an int, and
 * {@code node = none} may be said of a node. So a call that does not fit with its own types is tried with wider ones.
 */
final class WiderParameters {

	private WiderParameters() {
	}

	/**
	 * The types to try, in their order: wider ones for the parameters that the body assigns to.
	 * @param unknown whether the body assigns what nothing is known of
	 */
	static List<List<Type>> of(List<Type> types, List<Part.Param> params, @Nullable Frame frame, boolean unknown) {
		int offset = types.size() - params.size();
		if (frame == null || offset < 0 || offset > 1) {
			return List.of();
		}
		List<Integer> assigned = new ArrayList<>();
		for (int i = 0; i < params.size(); i++) {
			if (params.get(i).type() == null && isAssigned(params.get(i), frame)) {
				assigned.add(i + offset);
			}
		}
		List<List<Type>> tries = new ArrayList<>();
		for (UnaryOperator<Type> rule : List.<UnaryOperator<Type>>of(WiderParameters::number, WiderParameters::optional,
				type -> optional(number(type)), type -> unknown ? Basic.ANY : linked(type))) {
			List<Type> wider = new ArrayList<>(types);
			assigned.forEach(i -> wider.set(i, rule.apply(Zonk.zonk(types.get(i)))));
			if (!wider.equals(types) && !tries.contains(wider)) {
				tries.add(wider);
			}
		}
		return tries;
	}

	private static Type number(Type type) {
		return (type == Basic.INT) ? Basic.NUMBER : type;
	}

	private static Type optional(Type type) {
		return OperatorRules.isWild(type) ? type : Type.optional(type);
	}

	/** What leads on to others of its kind, as the node of a list does: no type says how far. */
	private static Type linked(Type type) {
		return (Unifier.withoutNone(type) instanceof Type.RecordOf) ? Basic.ANY : type;
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
