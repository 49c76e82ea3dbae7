package dev.flin.autoconfigure.route;

import java.beans.PropertyDescriptor;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Money;

/**
 * JSON Schemas of Java types: records and beans with their properties, and what Bean Validation says about those.
 */
final class TypeSchemas {

	private static final String OBJECT = "object";

	private static final String JSON_PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";

	/** Types inside of types that are described; what contains itself is described once. */
	private final List<Class<?>> open = new ArrayList<>();

	private TypeSchemas() {
	}

	static FlinMap of(ResolvableType type) {
		return new TypeSchemas().schema(type);
	}

	static FlinMap listOf(ResolvableType element) {
		return FlinMap.of("type", "array", "items", of(element));
	}

	static FlinMap ofParameter(ResolvableType type, AnnotatedElement annotated) {
		FlinMap schema = of(type);
		Constraints.apply(schema, annotated);
		return schema;
	}

	private FlinMap schema(ResolvableType type) {
		Class<?> raw = ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
		FlinMap scalar = scalar(raw);
		if (scalar != null) {
			return scalar;
		}
		if (Optional.class == raw) {
			return schema(type.getGeneric());
		}
		if (raw == byte[].class) {
			return FlinMap.of("type", "string", "contentEncoding", "base64");
		}
		if (raw.isArray() || Collection.class.isAssignableFrom(raw)) {
			return FlinMap.of("type", "array", "items",
					schema(raw.isArray() ? type.getComponentType() : type.as(Collection.class).getGeneric()));
		}
		if (Map.class.isAssignableFrom(raw)) {
			return FlinMap.of("type", OBJECT, "additionalProperties", schema(type.as(Map.class).getGeneric(1)));
		}
		if (raw == Object.class || raw.getName().startsWith("dev.flin.") && !raw.isRecord()) {
			return new FlinMap();
		}
		if (this.open.contains(raw)) {
			return FlinMap.of("type", OBJECT);
		}
		this.open.add(raw);
		FlinMap schema = object(raw, type);
		this.open.remove(raw);
		return schema;
	}

	private static @Nullable FlinMap scalar(Class<?> type) {
		if (type.isEnum()) {
			return FlinMap.of("type", "string", "enum",
					FlinList.of(Stream.of(type.getEnumConstants()).map(String::valueOf).toArray()));
		}
		if (type == Long.class || type == Integer.class || type == Short.class || type == Byte.class
				|| type == BigInteger.class) {
			return (type == Integer.class) ? FlinMap.of("type", "integer", "format", "int32")
					: (type == Long.class) ? FlinMap.of("type", "integer", "format", "int64")
							: FlinMap.of("type", "integer");
		}
		if (type == Double.class || type == Float.class || type == BigDecimal.class) {
			return FlinMap.of("type", "number");
		}
		if (type == Boolean.class) {
			return FlinMap.of("type", "boolean");
		}
		if (type == Money.class) {
			return FlinMap.of("type", OBJECT, "properties", FlinMap.of("amount", FlinMap.of("type", "string"),
					"currency",
					FlinMap.of("type", "string")));
		}
		return text(type);
	}

	private static @Nullable FlinMap text(Class<?> type) {
		String format = (type == Instant.class || type == OffsetDateTime.class || type == ZonedDateTime.class)
				? "date-time"
				: (type == LocalDate.class) ? "date" : (type == Duration.class) ? "duration"
						: (type == UUID.class) ? "uuid" : (type == URI.class) ? "uri" : "";
		if (!format.isEmpty()) {
			return FlinMap.of("type", "string", "format", format);
		}
		return (CharSequence.class.isAssignableFrom(type) || type == Character.class
				|| java.time.temporal.Temporal.class.isAssignableFrom(type)) ? FlinMap.of("type", "string") : null;
	}

	private FlinMap object(Class<?> raw, ResolvableType owner) {
		FlinMap properties = new FlinMap();
		FlinList required = new FlinList();
		properties(raw, owner).forEach((property, type) -> {
			AnnotatedElement element = element(raw, property);
			String name = jsonName(element, property);
			FlinMap schema = schema(type);
			properties.put(name, schema);
			if (element != null && Constraints.apply(schema, element)) {
				required.add(name);
			}
		});
		FlinMap schema = FlinMap.of("type", OBJECT, "properties", properties);
		if (!required.isEmpty()) {
			schema.put("required", required);
		}
		return schema;
	}

	private static Map<String, ResolvableType> properties(Class<?> raw, ResolvableType owner) {
		Map<String, ResolvableType> found = new LinkedHashMap<>();
		if (raw.isRecord()) {
			for (RecordComponent component : raw.getRecordComponents()) {
				found.put(component.getName(), ResolvableType.forType(component.getGenericType(), owner));
			}
			return found;
		}
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(raw)) {
			if (property.getReadMethod() != null && !property.getName().equals("class")) {
				found.put(property.getName(), ResolvableType.forMethodReturnType(property.getReadMethod(), raw));
			}
		}
		return found;
	}

	/** Where annotations of a property stand: at its field or its reader. */
	private static @Nullable AnnotatedElement element(Class<?> raw, String name) {
		Field field = ReflectionUtils.findField(raw, name);
		PropertyDescriptor property = (field == null) ? BeanUtils.getPropertyDescriptor(raw, name) : null;
		return (property != null) ? property.getReadMethod() : field;
	}

	private static String jsonName(@Nullable AnnotatedElement element, String property) {
		String named = (element != null)
				? MergedAnnotations.from(element).get(JSON_PROPERTY).getValue("value", String.class).orElse("") : "";
		return named.isEmpty() ? property : named;
	}

	/** What Bean Validation demands; its classes need not be there. */
	private static final class Constraints {

		private static final String PACKAGE = "jakarta.validation.constraints.";

		/** Writes them into a schema and says whether the value must be there. */
		static boolean apply(FlinMap schema, AnnotatedElement element) {
			MergedAnnotations all = MergedAnnotations.from(element);
			boolean list = "array".equals(schema.get("type"));
			size(schema, all, list);
			number(schema, all, "Min", "minimum");
			number(schema, all, "Max", "maximum");
			decimal(schema, all, "DecimalMin", "minimum");
			decimal(schema, all, "DecimalMax", "maximum");
			limit(schema, all, "Positive", "exclusiveMinimum");
			limit(schema, all, "PositiveOrZero", "minimum");
			limit(schema, all, "Negative", "exclusiveMaximum");
			limit(schema, all, "NegativeOrZero", "maximum");
			if (all.isPresent(PACKAGE + "Email")) {
				schema.put("format", "email");
			}
			if (all.isPresent(PACKAGE + "Pattern")) {
				schema.put("pattern", all.get(PACKAGE + "Pattern").getString("regexp"));
			}
			boolean filled = all.isPresent(PACKAGE + "NotBlank") || all.isPresent(PACKAGE + "NotEmpty");
			if (filled && !(schema.get(list ? "minItems" : "minLength") instanceof Long)) {
				schema.put(list ? "minItems" : "minLength", 1L);
			}
			return filled || all.isPresent(PACKAGE + "NotNull");
		}

		private static void size(FlinMap schema, MergedAnnotations all, boolean list) {
			if (all.isPresent(PACKAGE + "Size")) {
				long min = all.get(PACKAGE + "Size").getInt("min");
				long max = all.get(PACKAGE + "Size").getInt("max");
				if (min > 0) {
					schema.put(list ? "minItems" : "minLength", min);
				}
				if (max < Integer.MAX_VALUE) {
					schema.put(list ? "maxItems" : "maxLength", max);
				}
			}
		}

		private static void number(FlinMap schema, MergedAnnotations all, String name, String keyword) {
			if (all.isPresent(PACKAGE + name)) {
				schema.put(keyword, all.get(PACKAGE + name).getLong("value"));
			}
		}

		private static void decimal(FlinMap schema, MergedAnnotations all, String name, String keyword) {
			if (all.isPresent(PACKAGE + name)) {
				schema.put(keyword, Double.valueOf(all.get(PACKAGE + name).getString("value")));
			}
		}

		private static void limit(FlinMap schema, MergedAnnotations all, String name, String keyword) {
			if (all.isPresent(PACKAGE + name)) {
				schema.put(keyword, 0L);
			}
		}

	}

}
