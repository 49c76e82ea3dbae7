package dev.flin.autoconfigure.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.OnFlinFilesCondition;

/**
 * Auto-configuration for timers and observations.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = FlinAutoConfiguration.class)
@ConditionalOnClass({ FlinEngine.class, MeterRegistry.class, ObservationRegistry.class })
@Conditional(OnFlinFilesCondition.class)
public final class FlinObservationAutoConfiguration {

	@Bean
	MicrometerTelemetry flinTelemetry() {
		return new MicrometerTelemetry();
	}

	@Bean
	FlinEngineCustomizer flinTelemetryCustomizer(MicrometerTelemetry telemetry) {
		return (builder) -> builder.telemetry(telemetry);
	}

	/** Registries come last: some of what they measure needs the engine. */
	@Bean
	SmartInitializingSingleton flinTelemetryStart(MicrometerTelemetry telemetry, ObjectProvider<MeterRegistry> meters,
			ObjectProvider<ObservationRegistry> observations) {
		return () -> telemetry.use(meters.getIfUnique(), observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

}
