package dev.flin.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/** What Java programs give where the store takes values: lists, maps and numbers of Java become those of FLIN. */
public final class HostValues {

	private HostValues() {
	}

	/** The value as one of FLIN; one that is none already stays what it is. */
	public static @Nullable Object toFlin(@Nullable Object value) {
		return switch (value) {
			case null -> null;
			case Integer number -> number.longValue();
			case Short number -> number.longValue();
			case Byte number -> number.longValue();
			case Float number -> number.doubleValue();
			case BigInteger number -> new BigDecimal(number);
			case Enum<?> constant -> constant.name();
			case UUID id -> id.toString();
			case FlinList list -> list;
			case FlinMap map -> map;
			case Collection<?> many -> list(many);
			case Map<?, ?> map -> map(map);
			default -> value;
		};
	}

	private static FlinList list(Collection<?> many) {
		FlinList list = new FlinList(many.size());
		many.forEach((element) -> list.add(toFlin(element)));
		return list;
	}

	/** Values by the names of fields, or the entries of a map. */
	public static FlinMap map(Map<?, ?> values) {
		FlinMap map = new FlinMap(values.size());
		values.forEach((key, value) -> map.put(toFlin(key), toFlin(value)));
		return map;
	}

}
