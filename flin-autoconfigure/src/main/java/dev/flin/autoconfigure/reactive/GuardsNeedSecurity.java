package dev.flin.autoconfigure.reactive;

import java.util.List;

import org.springframework.context.SmartLifecycle;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.diagnostics.GuardsWithoutSecurityException;
import dev.flin.http.route.RouteSpec;

/**
 * Refuses to start an application with guards that has no Spring Security: its users would never be known.
 */
final class GuardsNeedSecurity implements SmartLifecycle {

	private final FlinEngine engine;

	GuardsNeedSecurity(FlinEngine engine) {
		this.engine = engine;
	}

	/** Before the web server, when the routes of beans are there too. */
	@Override
	public void start() {
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

	@Override
	public void stop() {
		// Nothing runs.
	}

	@Override
	public boolean isRunning() {
		return false;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE;
	}

	private static String describe(RouteSpec route) {
		return route.method() + " " + route.path() + " (" + route.origin() + ")";
	}

}
