package dev.flin.autoconfigure.events;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.OnFlinFilesCondition;

/**
 * Auto-configuration for {@link FlinChangeEvent}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = FlinAutoConfiguration.class)
@ConditionalOnClass(FlinEngine.class)
@ConditionalOnBooleanProperty(name = "flin.events.enabled", matchIfMissing = true)
@Conditional(OnFlinFilesCondition.class)
public final class FlinEventsAutoConfiguration {

	@Bean
	FlinEngineCustomizer flinChangeEvents(ApplicationEventPublisher publisher, ObjectProvider<FlinEngine> engine) {
		return (builder) -> builder
			.changes((change) -> publisher.publishEvent(new FlinChangeEvent(engine.getObject(), change)));
	}

}
