package dev.flin.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.flin.FlinEngine;

class FlinHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlinHealthContributorAutoConfiguration.class,
				HealthContributorAutoConfiguration.class))
		.withBean(FlinEngine.class, () -> FlinEngine.builder().build());

	@Test
	void shouldContributeTheHealthOfTheEngine() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(FlinHealthIndicator.class);
			assertThat(context.getBean(FlinHealthIndicator.class).health().getStatus()).isEqualTo(Status.UP);
			Map<String, Object> details = context.getBean(FlinHealthIndicator.class).health().getDetails();
			assertThat(details).containsKeys("database", "wal", "memory");
			assertThat(details.get("wal")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("status", "healthy");
		});
	}

	@Test
	void shouldBackOffWhenSwitchedOff() {
		this.runner.withPropertyValues("management.health.flin.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(FlinHealthIndicator.class));
	}

}
