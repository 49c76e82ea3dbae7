package dev.flin.autoconfigure.route;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.SmartValidator;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.autoconfigure.values.Mismatch;
import dev.flin.http.route.Exchange;

/**
 * Makes the arguments of a {@link FlinRoute} method out of a request, or says what each of them must be.
 */
final class RouteParameters {

	private final Method method;

	private final List<ParameterPlace> places;

	private final ConversionService conversions;

	private final JavaValues values;

	private final Supplier<@Nullable Validator> validator;

	/**
	 * @param places where the value of each parameter comes from
	 * @param validator gives what parameters with {@code @Valid} are checked by, when the first request comes
	 */
	RouteParameters(Method method, List<ParameterPlace> places, ConversionService conversions, JavaValues values,
			Supplier<@Nullable Validator> validator) {
		this.method = method;
		this.places = places;
		this.conversions = conversions;
		this.values = values;
		this.validator = validator;
	}

	/** Arguments, or messages by the place that they are about. */
	record Bound(@Nullable Object[] arguments, Map<String, String> failures) {
	}

	Bound bind(Exchange exchange) {
		Map<String, String> failures = new LinkedHashMap<>();
		@Nullable Object[] arguments = new @Nullable Object[this.method.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			MethodParameter parameter = new MethodParameter(this.method, i);
			String name = this.method.getParameters()[i].getName();
			try {
				arguments[i] = argument(this.places.get(i), parameter, name, exchange, failures);
			}
			catch (ConversionFailedException | ConverterNotFoundException ex) {
				failures.put(name, Mismatch.expected(element(parameter)));
			}
		}
		return new Bound(arguments, failures);
	}

	private @Nullable Object argument(ParameterPlace place, MethodParameter parameter, String name, Exchange exchange,
			Map<String, String> failures) {
		Class<?> type = parameter.getParameterType();
		return switch (place) {
			case REQUEST -> new FlinRequest(exchange);
			case PATH -> convert(exchange.params().get(name), parameter, name, failures);
			case QUERY -> (type.isArray() || Collection.class.isAssignableFrom(type))
					? all(exchange.queryValues(name), parameter)
					: convert(exchange.query().get(name), parameter, name, failures);
			case BODY -> wrapped(type, body(parameter, name, exchange.body(), failures));
		};
	}

	/** All values of a key; a single one may hold several with commas between them. */
	private @Nullable Object all(List<String> texts, MethodParameter parameter) {
		TypeDescriptor wanted = new TypeDescriptor(parameter);
		return (texts.size() == 1)
				? this.conversions.convert(texts.getFirst(), TypeDescriptor.valueOf(String.class), wanted)
				: this.conversions.convert(texts.toArray(new String[0]), TypeDescriptor.valueOf(String[].class),
						wanted);
	}

	private static @Nullable Object wrapped(Class<?> type, @Nullable Object value) {
		if (type == Mono.class) {
			return Mono.justOrEmpty(value);
		}
		if (type == Flux.class) {
			return (value instanceof Iterable<?> values) ? Flux.fromIterable(values) : Flux.empty();
		}
		return (type == Optional.class) ? Optional.ofNullable(value) : value;
	}

	/** The type of what is in the body, whatever it is handed over in. */
	private static Type bodyType(MethodParameter parameter) {
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		Class<?> raw = type.toClass();
		if (raw == Mono.class || raw == Optional.class) {
			return type.getGeneric().getType();
		}
		return (raw == Flux.class)
				? ResolvableType.forClassWithGenerics(List.class, type.getGeneric()).getType() : type.getType();
	}

	private @Nullable Object body(MethodParameter parameter, String name, @Nullable Object sent,
			Map<String, String> failures) {
		Object value;
		try {
			value = this.values.toJava(sent, bodyType(parameter));
		}
		catch (JacksonException ex) {
			Mismatch mismatch = Mismatch.of(name, ex);
			failures.put(mismatch.place(), mismatch.message());
			return null;
		}
		Object @Nullable [] hints = hints(parameter);
		if (hints == null) {
			return value;
		}
		if (value == null) {
			failures.put(name, "is required");
		}
		else {
			validate(value, name, hints, failures);
		}
		return value;
	}

	private static Object @Nullable [] hints(MethodParameter parameter) {
		for (var annotation : parameter.getParameterAnnotations()) {
			Object @Nullable [] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
			if (hints != null) {
				return hints;
			}
		}
		return null;
	}

	private void validate(Object value, String name, Object[] hints, Map<String, String> failures) {
		Validator known = this.validator.get();
		if (known == null || !known.supports(value.getClass())) {
			return;
		}
		BeanPropertyBindingResult result = new BeanPropertyBindingResult(value, name);
		if (known instanceof SmartValidator smart && hints.length > 0) {
			smart.validate(value, result, hints);
		}
		else {
			known.validate(value, result);
		}
		result.getGlobalErrors().forEach((error) -> failures.putIfAbsent(name, message(error.getDefaultMessage())));
		result.getFieldErrors()
			.forEach((error) -> failures.putIfAbsent(error.getField(), message(error.getDefaultMessage())));
	}

	private static String message(@Nullable String message) {
		return (message != null) ? message : "is not valid";
	}

	private @Nullable Object convert(@Nullable Object text, MethodParameter parameter, String name,
			Map<String, String> failures) {
		Class<?> type = parameter.getParameterType();
		if (text == null && type == boolean.class) {
			return false;
		}
		if (text == null && type.isPrimitive()) {
			failures.put(name, "is required");
			return null;
		}
		if (text == null) {
			return (type == Optional.class) ? Optional.empty() : null;
		}
		return this.conversions.convert(text, TypeDescriptor.valueOf(String.class), new TypeDescriptor(parameter));
	}

	private static Class<?> element(MethodParameter parameter) {
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		return type.isArray() ? type.getComponentType().toClass()
				: type.hasGenerics() ? type.getGeneric().toClass() : type.toClass();
	}

}
