package dev.flin.runtime.entity;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.ValueCodec;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinRange;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Kinds;
import dev.flin.value.Money;

/** What fields may hold whose type leaves something open. */
final class Storable {

	private Storable() {
	}

	/** What in a value cannot be stored; null when all of it can. */
	static @Nullable String problem(@Nullable Object value) {
		return problem(value, 0);
	}

	private static @Nullable String problem(@Nullable Object value, int depth) {
		if (depth > ValueCodec.DEPTH_MAX) {
			return "nests deeper than " + ValueCodec.DEPTH_MAX;
		}
		return switch (value) {
			case null -> null;
			case FlinList list -> hasOnlyPlain(list) ? null : ofAll(list, depth);
			case List<?> list -> ofAll(list, depth);
			case FlinRange range -> "holds a range, which cannot be stored: [...range] is a list of its numbers";
			case FlinTuple tuple -> ofAll(tuple.toList(), depth);
			case Map<?, ?> map -> {
				String problem = ofAll(map.keySet(), depth);
				yield (problem != null) ? problem : ofAll(map.values(), depth);
			}
			case EnumValue variant -> ofAll(Arrays.asList(variant.payload()), depth);
			case EntityInstance entity -> "holds a " + entity.shape().name()
					+ ": only a field of that type refers to records, others may hold their id";
			case String text -> null;
			case Boolean bool -> null;
			case Long number -> null;
			case Double number -> null;
			case BigDecimal number -> null;
			case Instant time -> null;
			case Duration duration -> null;
			case Money money -> null;
			case FileValue file -> null;
			case Html html -> null;
			default -> "holds a " + Kinds.of(value) + ", which cannot be stored";
		};
	}

	private static boolean hasOnlyPlain(FlinList list) {
		return list.longStorage() != null || list.doubleStorage() != null || list.booleanStorage() != null;
	}

	private static @Nullable String ofAll(Iterable<?> values, int depth) {
		for (Object value : values) {
			String problem = problem(value, depth + 1);
			if (problem != null) {
				return problem;
			}
		}
		return null;
	}

}
