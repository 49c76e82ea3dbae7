package dev.flin.autoconfigure.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;

import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * A value that is none of the type of Java that it should become, told as {@code validate} of a file says it.
 *
 * @param place what is wrong, such as {@code items[1].qty}
 * @param message what it must be
 */
public record Mismatch(String place, String message) {

	/**
	 * What an exception of a conversion says.
	 * @param name what was converted: of it the place is told when it is wrong as a whole
	 */
	public static Mismatch of(String name, JacksonException problem) {
		return new Mismatch(place(name, problem), switch (problem) {
			case MismatchedInputException mismatch -> expected(
					Objects.requireNonNullElse(mismatch.getTargetType(), Object.class));
			case InputCoercionException tooLarge -> "is too large or too small";
			default -> "is not valid";
		});
	}

	private static String place(String name, JacksonException problem) {
		StringBuilder out = new StringBuilder();
		for (JacksonException.Reference step : problem.getPath()) {
			String property = step.getPropertyName();
			if (property == null) {
				out.append('[').append(step.getIndex()).append(']');
			}
			else {
				out.append(out.isEmpty() ? "" : ".").append(property);
			}
		}
		return out.isEmpty() ? name : out.toString();
	}

	/** What a value of a type is called. */
	public static String expected(Class<?> type) {
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (boxed == Double.class || boxed == Float.class || boxed == BigDecimal.class) {
			return "must be a number";
		}
		if (Number.class.isAssignableFrom(boxed) || boxed == BigInteger.class) {
			return "must be a whole number";
		}
		if (boxed == Boolean.class) {
			return "must be true or false";
		}
		if (boxed == String.class) {
			return "must be a text";
		}
		if (boxed == Instant.class) {
			return "must be a time";
		}
		if (boxed == LocalDate.class) {
			return "must be a day such as 2026-01-31";
		}
		if (boxed == LocalDateTime.class) {
			return "must be a day and time such as 2026-01-31T09:30";
		}
		if (boxed.isEnum()) {
			return "must be one of " + String.join(", ",
					List.of(boxed.getEnumConstants()).stream().map(String::valueOf).toList());
		}
		return "is not valid";
	}

}
