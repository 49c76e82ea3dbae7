package dev.flin.http.route;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The digits of the numbers of a JSON body. Programs see numbers there; where a decimal is declared it has the digits
 * that were sent.
 */
final class ExactNumbers {

	private ExactNumbers() {
	}

	/**
	 * A body with the numbers that are no ints as decimals.
	 * @param value the body as it is now: middleware may have changed it
	 * @param json the body as it was sent
	 */
	static @Nullable Object of(@Nullable Object value, String json) {
		return merged(value, JsonParser.parseExactly(json));
	}

	private static @Nullable Object merged(@Nullable Object value, @Nullable Object exact) {
		return switch (value) {
			case Double number when exact instanceof BigDecimal digits && digits.doubleValue() == number -> digits;
			case FlinList list when exact instanceof FlinList digits -> list(list, digits);
			case FlinMap map when exact instanceof FlinMap digits -> map(map, digits);
			case null, default -> value;
		};
	}

	private static FlinList list(FlinList list, FlinList exact) {
		FlinList merged = new FlinList();
		for (int i = 0; i < list.size(); i++) {
			Object element = list.element(i);
			merged.add((i < exact.size()) ? merged(element, exact.element(i)) : element);
		}
		return merged;
	}

	private static FlinMap map(FlinMap map, FlinMap exact) {
		FlinMap merged = new FlinMap();
		for (FlinMap.Cursor cursor = map.cursor(); cursor.advance();) {
			merged.put(cursor.key(), merged(cursor.value(), exact.get(cursor.key())));
		}
		return merged;
	}

}
