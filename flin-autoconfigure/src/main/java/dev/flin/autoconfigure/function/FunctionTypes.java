package dev.flin.autoconfigure.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import dev.flin.value.EntityInstance;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.value.Money;

/** Types of Java as types of FLIN. */
final class FunctionTypes {

	private static final Map<Class<?>, String> KNOWN = Map.ofEntries(Map.entry(long.class, "int"),
			Map.entry(Long.class, "int"), Map.entry(int.class, "int"), Map.entry(Integer.class, "int"),
			Map.entry(short.class, "int"), Map.entry(Short.class, "int"), Map.entry(byte.class, "int"),
			Map.entry(Byte.class, "int"), Map.entry(double.class, "number"), Map.entry(Double.class, "number"),
			Map.entry(float.class, "number"), Map.entry(Float.class, "number"), Map.entry(boolean.class, "bool"),
			Map.entry(Boolean.class, "bool"), Map.entry(BigDecimal.class, "decimal"),
			Map.entry(BigInteger.class, "decimal"), Map.entry(String.class, "text"),
			Map.entry(CharSequence.class, "text"), Map.entry(UUID.class, "text"), Map.entry(URI.class, "text"),
			Map.entry(LocalDate.class, "text"), Map.entry(LocalDateTime.class, "text"),
			Map.entry(Instant.class, "time"), Map.entry(Duration.class, "duration"), Map.entry(Money.class, "money"),
			Map.entry(FileValue.class, "file"), Map.entry(Html.class, "html"), Map.entry(FlinMap.class, "map"),
			Map.entry(FlinList.class, "[any]"), Map.entry(EntityInstance.class, "any"),
			Map.entry(dev.flin.value.FlinFunction.class, "any"), Map.entry(Object.class, "any"));

	private FunctionTypes() {
	}

	/** The type of FLIN; null when there is none. */
	static @Nullable String of(ResolvableType type) {
		Class<?> raw = type.resolve();
		if (raw == null) {
			return null;
		}
		String known = KNOWN.get(raw);
		if (known != null) {
			return known;
		}
		if (Collection.class.isAssignableFrom(raw)) {
			String element = of(type.as(Collection.class).getGeneric(0));
			return (element != null) ? "[" + element + "]" : null;
		}
		if (Map.class.isAssignableFrom(raw)) {
			return "map";
		}
		if (raw.isEnum()) {
			return "text";
		}
		return raw.isRecord() ? "map" : null;
	}

}
