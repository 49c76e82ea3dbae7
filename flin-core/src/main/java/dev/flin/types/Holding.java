package dev.flin.types;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Symbol;
import dev.flin.types.Type.Basic;

/** What values become in places that hold several types. */
public final class Holding {

	private Holding() {
	}

	/**
	 * The type of a value once it is in its place: its own where the place holds that, else what it is converted to.
	 * @param place the declared type, without none
	 * @param given the type of the value, without none
	 * @return one of the place's types; the given one where nothing has to be done to the value
	 */
	public static Type of(Type place, Type given) {
		List<Type> members = OperatorRules.members(place);
		if (members.contains(given)) {
			return given;
		}
		if (given == Basic.INT) {
			return members.contains(Basic.NUMBER) ? Basic.NUMBER
					: members.contains(Basic.DECIMAL) ? Basic.DECIMAL : given;
		}
		boolean listed = given == Basic.RANGE || given instanceof Type.QueryOf || given instanceof Type.EntityType;
		return members.stream()
			.filter((member) -> (listed && member instanceof Type.ListOf)
					|| (given instanceof Type.EnumOf && member instanceof Type.EnumText))
			.findFirst()
			.orElse(given);
	}

	/**
	 * The enum whose texts a value holds where its variants are wanted: what fields of entities give is text, alone or
	 * in a list, and becomes the variant where that is declared. Null for all other values.
	 */
	public static Symbol.@Nullable EnumType variantsOf(Type from, Type to) {
		Type given = Zonk.prune(from);
		Type wanted = Zonk.prune(to);
		if (wanted instanceof Type.Optional optional) {
			wanted = Zonk.prune(optional.inner());
			given = Unifier.withoutNone(given);
		}
		if (wanted instanceof Type.ListOf places && given instanceof Type.ListOf texts) {
			return variantsOf(texts.element(), places.element());
		}
		return (given instanceof Type.EnumText text && wanted instanceof Type.EnumOf variant
				&& text.symbol() == variant.symbol()) ? text.symbol() : null;
	}

}
