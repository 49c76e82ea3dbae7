package dev.flin.autoconfigure.observation;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Telemetry;

/**
 * Routes and renderings are observations, and so parts of traces; saves and queries, of which there are many, are
 * timers alone.
 */
final class MicrometerTelemetry implements Telemetry {

	private volatile @Nullable MeterRegistry meters;

	private volatile ObservationRegistry observations = ObservationRegistry.NOOP;

	/** Nothing is measured before. */
	void use(@Nullable MeterRegistry registry, ObservationRegistry observed) {
		this.meters = registry;
		this.observations = observed;
	}

	@Override
	public Timing start(Kind kind, String name) {
		ObservationRegistry observed = this.observations;
		if (!observed.isNoop() && (kind == Kind.ROUTE || kind == Kind.RENDER)) {
			return observation(kind, name, observed);
		}
		MeterRegistry registry = this.meters;
		return (registry != null) ? timer(kind, name, registry) : Timing.NONE;
	}

	private static Timing observation(Kind kind, String name, ObservationRegistry registry) {
		Observation observation = Observation.createNotStarted(kind.meter(), registry)
			.contextualName(kind.meter() + " " + name)
			.lowCardinalityKeyValue(key(kind), name)
			.start();
		Observation.Scope scope = observation.openScope();
		return (failure) -> {
			scope.close();
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		};
	}

	private static Timing timer(Kind kind, String name, MeterRegistry registry) {
		long start = System.nanoTime();
		return (failure) -> Timer.builder(kind.meter())
			.tag(key(kind), name)
			.tag("error", (failure != null) ? failure.getClass().getSimpleName() : "none")
			.register(registry)
			.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
	}

	private static String key(Kind kind) {
		return switch (kind) {
			case ROUTE -> "route";
			case RENDER -> "view";
			case SAVE -> "operation";
			case QUERY -> "entity";
		};
	}

}
