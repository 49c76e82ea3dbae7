package dev.flin.http.route;

import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Forms have no structure: their keys say it. {@code address.city} and {@code items[1].qty} are the value {@code city}
 * of {@code address} and {@code qty} of the second of {@code items}, as messages about them say too.
 */
final class FormKeys {

	/** Larger indexes are no places of a list that anybody filled in by hand. */
	private static final int INDEX_DIGITS_MAX = 4;

	private FormKeys() {
	}

	/** What the keys say that begin with a name: a map, a list in the order of the indexes, or null. */
	static @Nullable Object below(FlinMap sent, String name) {
		FlinMap members = new FlinMap();
		TreeMap<Integer, Object> elements = new TreeMap<>();
		for (FlinMap.Cursor cursor = sent.cursor(); cursor.advance();) {
			if (!(cursor.key() instanceof String key) || !key.startsWith(name) || key.length() == name.length()) {
				continue;
			}
			String rest = key.substring(name.length());
			int close = rest.indexOf(']');
			if (rest.startsWith(".")) {
				members.put(rest.substring(1), cursor.value());
			}
			else if (rest.startsWith("[") && isIndex(rest, close)) {
				element(elements, Integer.parseInt(rest.substring(1, close)), rest.substring(close + 1),
						cursor.value());
			}
		}
		return !elements.isEmpty() ? FlinList.of(elements.values().toArray()) : members.isEmpty() ? null : members;
	}

	private static boolean isIndex(String rest, int close) {
		return close > 1 && close <= INDEX_DIGITS_MAX + 1
				&& rest.substring(1, close).chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	private static void element(TreeMap<Integer, Object> elements, int index, String rest, @Nullable Object value) {
		if (rest.startsWith(".")) {
			if (elements.computeIfAbsent(index, (i) -> new FlinMap()) instanceof FlinMap map) {
				map.put(rest.substring(1), value);
			}
		}
		else if (rest.isEmpty() && value != null) {
			elements.putIfAbsent(index, value);
		}
	}

}
