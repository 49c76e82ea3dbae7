package dev.flin.autoconfigure.session;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.server.session.WebSessionManager;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.FlinProperties;

/**
 * Auto-configuration for sessions in Spring Session.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = FlinAutoConfiguration.class,
		afterName = "org.springframework.boot.session.autoconfigure.SessionAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({ FlinEngine.class, WebSessionManager.class })
@ConditionalOnBean(FlinEngine.class)
public final class FlinSessionAutoConfiguration {

	@Bean
	@ConditionalOnProperty(name = "flin.session.store", havingValue = "spring", matchIfMissing = true)
	@Conditional(OnSpringSession.class)
	FlinEngineCustomizer flinSpringSessions(FlinProperties properties, ObjectProvider<WebSessionManager> managers) {
		return (builder) -> builder.sessions(new SpringSessions(managers, properties.getSession().getIdle()));
	}

	/** Spring Session keeps sessions, or the application asks for its own store of web sessions. */
	static final class OnSpringSession extends AnyNestedCondition {

		OnSpringSession() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(type = "org.springframework.session.ReactiveSessionRepository")
		static final class Present {

		}

		@ConditionalOnProperty(name = "flin.session.store", havingValue = "spring")
		static final class Wanted {

		}

	}

}
