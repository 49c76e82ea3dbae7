package dev.flin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;
import dev.flin.autoconfigure.route.FlinRoute;
import dev.flin.autoconfigure.route.FlinRouteAutoConfiguration;

/** Applications without any file of the language. */
@ExtendWith(OutputCaptureExtension.class)
class OnFlinFilesConditionTests {

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner() {
		return new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class, FlinRouteAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory", "flin.development=false");
	}

	static class Clock {

		@FlinRoute(path = "/ticks/{count}")
		Map<String, Object> ticks(int count) {
			return Map.of("ticks", count);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutRoutes {

		@Bean
		StringBuilder text() {
			return new StringBuilder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithRoute {

		@Bean
		Clock clock() {
			return new Clock();
		}

	}

	@Test
	void shouldDoNothingWithoutFiles() {
		runner().withUserConfiguration(WithoutRoutes.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlinEngine.class));
	}

	@Test
	void shouldServeTheRoutesOfBeansWithoutFiles() {
		runner().withUserConfiguration(WithRoute.class)
			.run((context) -> WebTestClient.bindToApplicationContext(context)
				.build()
				.get()
				.uri("/ticks/3")
				.exchange()
				.expectBody()
				.json("{\"ticks\": 3}"));
	}

	@Test
	void shouldServeTheRoutesOfComponentsWithoutFiles() {
		runner().withUserConfiguration(Clock.class)
			.run((context) -> assertThat(context).hasSingleBean(FlinEngine.class));
	}

	@Test
	void shouldNotAskForClassesThatAreNotThere() {
		String file = Clock.class.getName().replace('.', '/') + ".class";
		runner().withUserConfiguration(WithRoute.class)
			.withClassLoader(new FilteredClassLoader(new ClassPathResource(file)))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FlinEngine.class));
	}

	@Test
	void shouldSayThatARootHoldsNothing(CapturedOutput output) {
		SpringApplication application = new SpringApplication(WithoutRoutes.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--flin.root=" + this.root.resolve("typo"))) {
			assertThat(context.isActive()).isTrue();
		}
		assertThat(output).contains("flin.root: there is no .flin file at '").contains("so FLIN does nothing");
	}

}
