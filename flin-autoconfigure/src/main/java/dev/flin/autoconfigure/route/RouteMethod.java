package dev.flin.autoconfigure.route;

import java.lang.reflect.Method;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;

import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.autoconfigure.values.Results;
import dev.flin.http.HttpFields;
import dev.flin.http.Reply;
import dev.flin.http.lib.WebLibrary;
import dev.flin.http.route.Exchange;
import dev.flin.http.route.RouteHandler;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;

/**
 * Calls a method of a bean as the code of a route.
 */
final class RouteMethod implements RouteHandler {

	private final Method method;

	private final Supplier<Object> bean;

	private final RouteParameters parameters;

	private final JavaValues values;

	/**
	 * @param bean gives the bean when the first request comes
	 */
	RouteMethod(Method method, Supplier<Object> bean, RouteParameters parameters, JavaValues values) {
		this.method = method;
		this.bean = bean;
		this.parameters = parameters;
		this.values = values;
		method.trySetAccessible();
	}

	@Override
	public @Nullable Object handle(FlinContext context, Exchange exchange) {
		RouteParameters.Bound bound = this.parameters.bind(exchange);
		if (!bound.failures().isEmpty()) {
			return Reply.invalid(bound.failures());
		}
		try {
			return answer(Results.call(this.method, this.bean.get(), bound.arguments()));
		}
		catch (Throwable ex) {
			return failed(ex);
		}
	}

	private @Nullable Object answer(@Nullable Object result) {
		if (result instanceof ResponseEntity<?> entity) {
			HttpFields.Builder headers = HttpFields.builder();
			entity.getHeaders().forEach((name, all) -> all.forEach((value) -> headers.add(name, value)));
			return new Reply(entity.getStatusCode().value(), Reply.Form.BY_VALUE, this.values.toFlin(entity.getBody()),
					headers.build());
		}
		return this.values.toFlin(result);
	}

	private static Object failed(Throwable cause) {
		if (cause instanceof ResponseStatusException status) {
			return WebLibrary.error(status.getStatusCode().value(), Objects.requireNonNullElse(status.getReason(), ""));
		}
		if (cause instanceof ErrorResponse response) {
			return WebLibrary.error(response.getStatusCode().value(),
					Objects.requireNonNullElse(response.getBody().getDetail(), ""));
		}
		ResponseStatus status = AnnotatedElementUtils.findMergedAnnotation(cause.getClass(), ResponseStatus.class);
		if (status != null) {
			return WebLibrary.error(status.code().value(), status.reason());
		}
		if (cause instanceof RuntimeException runtime) {
			throw runtime;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		throw new FlinError(FlinError.ERROR, String.valueOf(cause), cause);
	}

}
