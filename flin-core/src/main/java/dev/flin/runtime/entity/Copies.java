package dev.flin.runtime.entity;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EnumValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * Copies of lists and maps, so that program and store never share a mutable one.
 */
final class Copies {

	private Copies() {
	}

	/** The value itself when it cannot change; plain enum values become their names. */
	static @Nullable Object deep(@Nullable Object value) {
		return switch (value) {
			case FlinList list -> list(list);
			case FlinMap map -> map(map);
			case EnumValue variant -> (variant.size() == 0) ? variant.variant() : carrying(variant);
			case null, default -> value;
		};
	}

	/** What a value carries stays as it is, lists and maps aside. */
	private static EnumValue carrying(EnumValue variant) {
		@Nullable Object[] payload = variant.payload();
		for (int i = 0; i < payload.length; i++) {
			payload[i] = (payload[i] instanceof EnumValue) ? payload[i] : deep(payload[i]);
		}
		return variant.type().value(variant.ordinal(), payload);
	}

	private static FlinList list(FlinList list) {
		FlinList copy = list.copy();
		if (list.longStorage() == null && list.doubleStorage() == null && list.booleanStorage() == null) {
			for (int i = 0; i < copy.size(); i++) {
				Object element = copy.element(i);
				Object copied = deep(element);
				if (copied != element) {
					copy.set(i, copied);
				}
			}
		}
		return copy;
	}

	private static FlinMap map(FlinMap map) {
		FlinMap copy = new FlinMap(map.size());
		for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
			copy.put(deep(entry.getKey()), deep(entry.getValue()));
		}
		return copy;
	}

}
