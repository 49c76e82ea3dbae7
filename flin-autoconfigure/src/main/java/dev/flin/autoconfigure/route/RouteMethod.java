package dev.flin.autoconfigure.route;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.core.JacksonException;

import dev.flin.autoconfigure.values.JavaValues;
import dev.flin.autoconfigure.values.Results;
import dev.flin.http.Exchange;
import dev.flin.http.HttpFields;
import dev.flin.http.Reply;
import dev.flin.http.RouteHandler;
import dev.flin.http.WebLibrary;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;

/**
 * Calls a method of a bean as the code of a route.
 */
final class RouteMethod implements RouteHandler {

	private final Method method;

	private final Supplier<Object> bean;

	private final List<String> pathNames;

	private final ConversionService conversions;

	private final JavaValues values;

	/**
	 * @param bean gives the bean when the first request comes
	 * @param pathNames the names of the parameters of the path
	 */
	RouteMethod(Method method, Supplier<Object> bean, List<String> pathNames, ConversionService conversions,
			JavaValues values) {
		this.method = method;
		this.bean = bean;
		this.pathNames = pathNames;
		this.conversions = conversions;
		this.values = values;
		method.trySetAccessible();
	}

	@Override
	public @Nullable Object handle(FlinContext context, Exchange exchange) {
		@Nullable Object[] arguments = new @Nullable Object[this.method.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			try {
				arguments[i] = argument(new MethodParameter(this.method, i), exchange);
			}
			catch (ConversionFailedException | ConverterNotFoundException | JacksonException ex) {
				return WebLibrary.error(400, "Malformed " + this.method.getParameters()[i].getName());
			}
		}
		try {
			return answer(Results.call(this.method, this.bean.get(), arguments));
		}
		catch (Throwable ex) {
			return failed(ex);
		}
	}

	private @Nullable Object argument(MethodParameter parameter, Exchange exchange) {
		Class<?> type = parameter.getParameterType();
		if (type == FlinRequest.class) {
			return new FlinRequest(exchange);
		}
		String name = this.method.getParameters()[parameter.getParameterIndex()].getName();
		if (this.pathNames.contains(name)) {
			return convert(exchange.params().get(name), parameter);
		}
		if (BeanUtils.isSimpleProperty(type) && !name.equals("body")) {
			return convert(exchange.query().get(name), parameter);
		}
		return this.values.toJava(exchange.body(), parameter.getGenericParameterType());
	}

	private @Nullable Object convert(@Nullable Object text, MethodParameter parameter) {
		if (text == null && parameter.getParameterType().isPrimitive()) {
			return this.conversions.convert("0", parameter.getParameterType());
		}
		return (text == null) ? null
				: this.conversions.convert(text, TypeDescriptor.valueOf(String.class), new TypeDescriptor(parameter));
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
		if (cause instanceof RuntimeException runtime) {
			throw runtime;
		}
		if (cause instanceof Error error) {
			throw error;
		}
		throw new FlinError(FlinError.ERROR, String.valueOf(cause), cause);
	}

}
