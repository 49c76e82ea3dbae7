package dev.flin.autoconfigure.route;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.http.route.RouteDescription;
import dev.flin.value.FileValue;
import dev.flin.value.FlinMap;

/**
 * Describes a {@link FlinRoute} method by the types of its parameters and its result.
 */
final class RouteDescriber {

	private static final List<Class<?>> WRAPPERS = List.of(Mono.class, java.util.concurrent.CompletionStage.class,
			HttpEntity.class, java.util.Optional.class);

	private static final List<Class<?>> PIECES = List.of(InputStream.class, Reader.class, DataBuffer.class,
			ByteBuffer.class, ServerSentEvent.class);

	private RouteDescriber() {
	}

	/**
	 * Refuses a result that cannot be an answer: what is read or sent bit by bit would be sent as something else.
	 * @throws IllegalArgumentException with what to do
	 */
	static void checkResult(ResolvableType type) {
		Class<?> raw = type.toClass();
		for (Class<?> wrapper : WRAPPERS) {
			if (wrapper.isAssignableFrom(raw)) {
				checkResult(type.as(wrapper).getGeneric());
				return;
			}
		}
		boolean flux = Flux.class.isAssignableFrom(raw);
		Class<?> given = flux ? type.as(Flux.class).getGeneric().toClass() : raw;
		if (PIECES.stream().anyMatch((piece) -> piece.isAssignableFrom(given)) || (flux && given == byte[].class)) {
			throw new IllegalArgumentException("a result of the type " + type
					+ " cannot be answered; give a byte[] or a Resource, and write what is sent bit by bit in a file, "
					+ "with stream or sse");
		}
	}

	/**
	 * The description.
	 * @param places where the value of each parameter comes from
	 */
	static RouteDescription of(Method method, List<ParameterPlace> places) {
		List<RouteDescription.Parameter> parameters = new ArrayList<>();
		FlinMap body = null;
		boolean bodyRequired = false;
		for (int i = 0; i < method.getParameterCount(); i++) {
			Parameter parameter = method.getParameters()[i];
			ResolvableType type = ResolvableType.forMethodParameter(method, i);
			ParameterPlace place = places.get(i);
			boolean path = place == ParameterPlace.PATH;
			if (place == ParameterPlace.REQUEST) {
				continue;
			}
			if (place != ParameterPlace.BODY) {
				boolean required = path || (parameter.getType().isPrimitive() && parameter.getType() != boolean.class);
				parameters.add(new RouteDescription.Parameter(parameter.getName(), path, required,
						TypeSchemas.ofParameter(type, parameter)));
			}
			else {
				body = answer(type);
				bodyRequired = isValidated(new MethodParameter(method, i));
			}
		}
		return new RouteDescription(parameters, body, bodyRequired, answer(ResolvableType.forMethodReturnType(method)));
	}

	private static boolean isValidated(MethodParameter parameter) {
		for (var annotation : parameter.getParameterAnnotations()) {
			if (ValidationAnnotationUtils.determineValidationHints(annotation) != null) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable FlinMap answer(ResolvableType type) {
		Class<?> raw = type.toClass();
		if (raw == void.class || raw == Void.class) {
			return null;
		}
		for (Class<?> wrapper : WRAPPERS) {
			if (wrapper.isAssignableFrom(raw)) {
				return answer(type.as(wrapper).getGeneric());
			}
		}
		if (raw == byte[].class || Resource.class.isAssignableFrom(raw) || raw == FileValue.class) {
			return FlinMap.of("type", "string", "contentMediaType", "application/octet-stream");
		}
		if (Flux.class.isAssignableFrom(raw)) {
			return TypeSchemas.listOf(type.as(Flux.class).getGeneric());
		}
		return TypeSchemas.of(type);
	}

}
