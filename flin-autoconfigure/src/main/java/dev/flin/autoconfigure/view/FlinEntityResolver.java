package dev.flin.autoconfigure.view;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import dev.flin.FlinStore;
import dev.flin.value.EntityInstance;

/** Reads the records that {@link FlinEntity} names. */
final class FlinEntityResolver implements HandlerMethodArgumentResolver {

	private final FlinStore store;

	private final Scheduler scheduler;

	FlinEntityResolver(FlinStore store, Scheduler scheduler) {
		this.store = store;
		this.scheduler = scheduler;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.hasParameterAnnotation(FlinEntity.class)
				&& parameter.nestedIfOptional().getNestedParameterType().isAssignableFrom(EntityInstance.class);
	}

	@Override
	public Mono<Object> resolveArgument(MethodParameter parameter, BindingContext bindingContext,
			ServerWebExchange exchange) {
		FlinEntity annotation = parameter.getParameterAnnotation(FlinEntity.class);
		String entity = (annotation != null) ? annotation.value() : "";
		String id = id(annotation, parameter, exchange);
		Mono<Object> found = Mono.<Object>fromCallable(() -> find(entity, id)).subscribeOn(this.scheduler);
		if (parameter.getParameterType() == Optional.class) {
			return found.<Object>map(Optional::of).defaultIfEmpty(Optional.empty());
		}
		return parameter.isOptional() ? found : found.switchIfEmpty(Mono.error(
				() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no " + entity + " " + id)));
	}

	private @Nullable EntityInstance find(String entity, @Nullable String id) {
		try {
			return (id != null) ? this.store.find(entity, Long.parseLong(id)) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable String id(@Nullable FlinEntity annotation, MethodParameter parameter,
			ServerWebExchange exchange) {
		Map<String, String> variables = exchange.getAttributeOrDefault(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				Map.of());
		if (annotation != null && !annotation.variable().isEmpty()) {
			return variables.get(annotation.variable());
		}
		String name = parameter.getParameterName();
		String value = (name != null) ? variables.get(name) : null;
		return (value != null) ? value : variables.get("id");
	}

}
