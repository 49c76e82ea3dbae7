package dev.flin.types;

import java.util.List;
import java.util.stream.IntStream;

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
	 * Whether a value has parts of which nothing is known where the place wants something: in {@code [any]} for
	 * {@code [int]}. It has to be looked through before it is used as what the place says.
	 */
	public static boolean isUnsure(Type given, Type place) {
		Type from = Unifier.withoutNone(given);
		return switch (Unifier.withoutNone(place)) {
			case Type.ListOf to when from instanceof Type.ListOf list -> isUnknown(list.element(), to.element());
			case Type.MapOf to when from instanceof Type.MapOf map ->
				isUnknown(map.key(), to.key()) || isUnknown(map.value(), to.value());
			case Type.MapOf to when from instanceof Type.RecordOf record ->
				record.fields().values().stream().anyMatch(field -> isUnknown(field, to.value()));
			case Type.RecordOf to when from instanceof Type.RecordOf record -> to.fields()
				.entrySet()
				.stream()
				.anyMatch(field -> isUnknown(record.fields().getOrDefault(field.getKey(), Basic.NONE),
						field.getValue()));
			case Type.TupleOf to when from instanceof Type.TupleOf tuple -> IntStream
				.range(0, Math.min(tuple.elements().size(), to.elements().size()))
				.anyMatch(i -> isUnknown(tuple.elements().get(i), to.elements().get(i)));
			default -> false;
		};
	}

	/** As {@link #isUnsure}, and where nothing at all is known of the value. */
	static boolean isUnknown(Type given, Type place) {
		Type to = Zonk.prune(place);
		boolean anything = OperatorRules.isWild(to) || to instanceof TypeVar || to instanceof Type.TypeParam
				|| to == Basic.RANGE || to instanceof Type.Fn;
		return !anything && (OperatorRules.isWild(Zonk.prune(given)) || isUnsure(given, to));
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
