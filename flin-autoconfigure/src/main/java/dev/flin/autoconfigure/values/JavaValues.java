package dev.flin.autoconfigure.values;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import tools.jackson.databind.json.JsonMapper;

import dev.flin.SourceRoot;
import dev.flin.http.Reply;
import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Money;

/**
 * Values of Java as values of FLIN and back.
 */
public final class JavaValues {

	private final JsonMapper mapper;

	public JavaValues(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/** A value of FLIN for any value of Java; what is not one goes through JSON. */
	public @Nullable Object toFlin(@Nullable Object value) {
		return switch (value) {
			case null -> null;
			case String text -> text;
			case Boolean bool -> bool;
			case Long number -> number;
			case Double number -> number;
			case Integer number -> number.longValue();
			case Short number -> number.longValue();
			case Byte number -> number.longValue();
			case Float number -> number.doubleValue();
			case BigInteger number -> new BigDecimal(number);
			case BigDecimal decimal -> decimal;
			case Instant time -> time;
			case Duration duration -> duration;
			case UUID id -> id.toString();
			case Enum<?> constant -> constant.name();
			case byte[] bytes -> new FileValue("download", "application/octet-stream", bytes.length, null,
					() -> new ByteArrayInputStream(bytes));
			case Resource resource -> file(resource);
			case Optional<?> optional -> toFlin(optional.orElse(null));
			default -> isFlin(value) ? value : container(value);
		};
	}

	/** What can be read once only is read now: its length is in no other way known. */
	private static FileValue file(Resource resource) {
		try {
			String name = Objects.requireNonNullElse(resource.getFilename(), "download");
			if (resource.isOpen()) {
				byte[] bytes = resource.getContentAsByteArray();
				return new FileValue(name, SourceRoot.contentType(name), bytes.length, null,
						() -> new ByteArrayInputStream(bytes));
			}
			return new FileValue(name, SourceRoot.contentType(name), resource.contentLength(), null,
					resource::getInputStream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(resource.getDescription() + " cannot be read", ex);
		}
	}

	private static boolean isFlin(Object value) {
		return value instanceof FlinMap || value instanceof FlinList || value instanceof FlinTuple
				|| value instanceof Html || value instanceof Money || value instanceof FileValue
				|| value instanceof EnumValue || value instanceof EntityInstance || value instanceof Reply;
	}

	private @Nullable Object container(Object value) {
		if (value instanceof Map<?, ?> map) {
			FlinMap result = new FlinMap();
			map.forEach((key, element) -> result.put(String.valueOf(key), toFlin(element)));
			return result;
		}
		if (value instanceof Collection<?> collection) {
			FlinList result = new FlinList();
			collection.forEach((element) -> result.add(toFlin(element)));
			return result;
		}
		return toFlin(this.mapper.convertValue(value, Object.class));
	}

	/** A value of a Java type for a value of FLIN that came with the request. */
	public @Nullable Object toJava(@Nullable Object value, Type type) {
		if (value == null || (type instanceof Class<?> wanted && wanted.isInstance(value))) {
			return value;
		}
		return this.mapper.convertValue(value, this.mapper.constructType(type));
	}

}
