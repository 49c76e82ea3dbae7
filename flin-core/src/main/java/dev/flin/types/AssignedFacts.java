package dev.flin.types;

import dev.flin.resolve.Symbol;
import dev.flin.types.Type.Basic;

/** What assignments say beyond the type of a variable: of what it holds from there on, and of parameters. */
final class AssignedFacts {

	private final Body body;

	AssignedFacts(Body body) {
		this.body = body;
	}

	/**
	 * What is assigned to a parameter says nothing of what callers give, where it is none or nothing is known of it:
	 * calls are checked with their own types, and with wider ones.
	 */
	boolean isLeftToCalls(Symbol.Variable parameter, Type value, Type place) {
		boolean unknown = Holding.isUnknown(value, place);
		this.body.outgrown |= unknown;
		if (unknown && this.body.mode == Body.Mode.GENERIC
				&& this.body.widenedOf(parameter).put(parameter, Basic.ANY) == null) {
			this.body.repeat(parameter);
		}
		boolean none = Zonk.prune(place) instanceof TypeVar open
				&& (Zonk.prune(value) == Basic.NONE || Unifier.withoutNone(value) == open);
		if (none && this.body.isUpToCallers(place)) {
			this.body.open = true;
			return true;
		}
		if (none && this.body.loosening != null && this.body.loosening.loosen()) {
			this.body.loosened++;
			return true;
		}
		return false;
	}

	/** Remembers what {@code r.value} is after {@code r = try e} where {@code r.ok} holds. */
	void attempted(Symbol.Variable variable, Type value) {
		boolean elsewhere = variable.isCaptured() && variable.isReassigned();
		boolean present = switch (value) {
			case Type.Optional optional -> false;
			case TypeVar open -> false;
			case Basic basic -> !OperatorRules.isWild(basic) && basic != Basic.NONE && basic != Basic.NEVER;
			default -> true;
		};
		if (!elsewhere && present) {
			Facts.Path held = new Facts.Path(variable, "").then("value");
			this.body.facts = this.body.facts.with(held.then(Facts.WHEN_OK), value);
		}
	}

	void narrowTo(Symbol.Variable variable, World.Slot slot, Type value) {
		Facts.Path path = new Facts.Path(variable, "");
		this.body.facts = this.body.facts.without(path);
		Type declared = Zonk.prune(slot.type);
		Type given = Zonk.prune(value);
		boolean elsewhere = variable.isCaptured() && variable.isReassigned();
		if (!elsewhere && (declared instanceof Type.Optional || declared instanceof Type.Union)
				&& given != Basic.ANY && given != Basic.BROKEN && given != Basic.NONE) {
			Type stored = asStored(declared, given);
			if (!stored.equals(declared)) {
				this.body.facts = (Zonk.prune(Unifier.withoutNone(declared)) instanceof Type.Union)
						? this.body.facts.assigned(path, stored)
						: this.body.facts.with(path, stored);
			}
		}
	}

	/** What a value is in a place of an optional or union type: an int may have become a number or decimal there. */
	private Type asStored(Type declared, Type given) {
		if (given instanceof Type.Optional optional) {
			return Type.optional(asStored(declared, Zonk.prune(optional.inner())));
		}
		if (given instanceof Type.Union union) {
			return this.body.unifier
				.meetAll(OperatorRules.members(union).stream().map(each -> asStored(declared, each)).toList());
		}
		return Holding.of(Zonk.prune(Unifier.withoutNone(declared)), given);
	}

}
