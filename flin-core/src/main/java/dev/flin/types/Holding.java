package dev.flin.types;

import java.util.List;

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

}
