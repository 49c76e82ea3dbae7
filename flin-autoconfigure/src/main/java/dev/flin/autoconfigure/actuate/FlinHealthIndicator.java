package dev.flin.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.flin.EngineHealth;
import dev.flin.FlinEngine;

/**
 * The health of the engine: up, {@code DEGRADED} or down.
 */
final class FlinHealthIndicator extends AbstractHealthIndicator {

	private static final Status DEGRADED = new Status("DEGRADED");

	private final FlinEngine engine;

	FlinHealthIndicator(FlinEngine engine) {
		super("The health of the FLIN engine could not be read");
		this.engine = engine;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		EngineHealth health = this.engine.health();
		builder.status(switch (health.status()) {
			case HEALTHY -> Status.UP;
			case DEGRADED -> DEGRADED;
			case UNHEALTHY -> Status.DOWN;
		});
		health.parts().forEach((name, part) -> {
			Map<String, Object> shown = new LinkedHashMap<>();
			shown.put("status", part.status().text());
			shown.putAll(part.details());
			builder.withDetail(name, shown);
		});
	}

}
