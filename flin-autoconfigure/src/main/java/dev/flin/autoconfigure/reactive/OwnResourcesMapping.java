package dev.flin.autoconfigure.reactive;

import java.nio.charset.StandardCharsets;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.resource.ResourceUrlProvider;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/**
 * Leads to static resources of the application whose paths a route of the engine takes along with many others, such as
 * a catch-all at the root. Before the mapping of the engine; the resources themselves have one behind it.
 */
final class OwnResourcesMapping implements HandlerMapping, Ordered {

	private final FlinRoutes routes;

	private final ObjectProvider<ResourceUrlProvider> resources;

	private final ObjectProvider<HandlerMapping> mapping;

	private final int order;

	/**
	 * @param resources knows which resources there are
	 * @param mapping the mapping that leads to them
	 */
	OwnResourcesMapping(FlinRoutes routes, ObjectProvider<ResourceUrlProvider> resources,
			ObjectProvider<HandlerMapping> mapping, int order) {
		this.routes = routes;
		this.resources = resources;
		this.mapping = mapping;
		this.order = order;
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public Mono<Object> getHandler(ServerWebExchange exchange) {
		if (!this.routes.yieldsToFiles(exchange)) {
			return Mono.empty();
		}
		ResourceUrlProvider known = this.resources.getIfAvailable();
		HandlerMapping theirs = this.mapping.getIfAvailable();
		if (known == null || theirs == null) {
			return Mono.empty();
		}
		String path = UriUtils.decode(exchange.getRequest().getPath().pathWithinApplication().value(),
				StandardCharsets.UTF_8);
		if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
			return Mono.empty();
		}
		return known.getForUriString(path, exchange)
			.hasElement()
			.flatMap((there) -> there ? theirs.getHandler(exchange) : Mono.empty());
	}

}
