package dev.flin.autoconfigure.reactive;

import org.springframework.web.server.ServerWebExchange;
import reactor.util.context.ContextView;

import dev.flin.http.HostSecurity;

/**
 * What the application's security says about a request. Without a bean of this type nobody is authenticated by it.
 */
@FunctionalInterface
public interface RequestSecurity {

	/** Nobody is known by it. */
	RequestSecurity NONE = (exchange, context) -> HostSecurity.NONE;

	/**
	 * The answers for a request. Nothing is looked up before the first question.
	 * @param context the Reactor context of the request
	 */
	HostSecurity of(ServerWebExchange exchange, ContextView context);

}
