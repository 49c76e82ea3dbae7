package dev.flin.autoconfigure.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.http.HttpRequest;

class FlinObservationAutoConfigurationTests {

	@TempDir
	private Path root;

	private ApplicationContextRunner runner = new ApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/notes.flin"), """
				entity Note { text: text }
				route GET { Note.where(text != "x") }
				route POST {
				    save Note { text: "a" }
				}
				""");
		Files.writeString(this.root.resolve("app/bad.flin"), "route GET { fail(\"no\") }\n");
		Files.writeString(this.root.resolve("app/page.flin"), "<p>Hello</p>\n");
		this.runner = this.runner
			.withConfiguration(
					AutoConfigurations.of(FlinAutoConfiguration.class, FlinObservationAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.withUserConfiguration(Registry.class);
	}

	private static void send(FlinEngine engine) {
		engine.handle(HttpRequest.of("POST", "/notes"));
		engine.handle(HttpRequest.of("GET", "/notes"));
		engine.handle(HttpRequest.of("GET", "/bad"));
		engine.handle(HttpRequest.of("GET", "/page"));
	}

	private static void assertMeasured(MeterRegistry meters) {
		assertThat(meters.get("flin.route").tag("route", "GET /notes").tag("error", "none").timer().count()).isOne();
		assertThat(meters.get("flin.route").tag("route", "GET /bad").tag("error", "FlinError").timer().count()).isOne();
		assertThat(meters.get("flin.render").tag("view", "app/page.flin").timer().count()).isOne();
		assertThat(meters.get("flin.save").timer().count()).isOne();
		assertThat(meters.get("flin.query").tag("entity", "Note").timer().count()).isOne();
	}

	@Test
	void shouldMeasureWithTimers() {
		this.runner.run((context) -> {
			send(context.getBean(FlinEngine.class));
			assertMeasured(context.getBean(MeterRegistry.class));
		});
	}

	@Test
	void shouldObserveRoutes() {
		this.runner.withUserConfiguration(Observations.class).run((context) -> {
			send(context.getBean(FlinEngine.class));
			assertMeasured(context.getBean(MeterRegistry.class));
		});
	}

	static class Registry {

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

	static class Observations {

		@Bean
		ObservationRegistry observations(MeterRegistry meters) {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
			return registry;
		}

	}

}
