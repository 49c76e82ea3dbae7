package dev.flin.autoconfigure.reactive;

import java.util.List;

import org.springframework.beans.factory.SmartInitializingSingleton;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.diagnostics.GuardsWithoutSecurityException;
import dev.flin.http.RouteSpec;

/**
 * Refuses to start an application with guards that has no Spring Security: its users would never be known.
 */
final class GuardsNeedSecurity implements SmartInitializingSingleton {

	private final FlinEngine engine;

	GuardsNeedSecurity(FlinEngine engine) {
		this.engine = engine;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> guarded = this.engine.routes()
			.routes()
			.stream()
			.filter((route) -> !route.guards().isEmpty())
			.map(GuardsNeedSecurity::describe)
			.toList();
		if (!guarded.isEmpty()) {
			throw new GuardsWithoutSecurityException(guarded);
		}
	}

	private static String describe(RouteSpec route) {
		return route.method() + " " + route.path() + " (" + route.origin() + ")";
	}

}
