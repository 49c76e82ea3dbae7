package dev.flin.autoconfigure.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.route.RouteSpec;

/** What operators see of an application: its routes, its schema, and the names of its meters. */
class FlinEndpointsTests {

	private static final Map<String, String> FILES = Map.of("entities/Note.flin",
			"entity Note {\n    body: text @required\n    pinned: bool?\n}\n", "app/api/notes/[id].flin", """
					guard any(auth, api_key)
					route PUT {
					    guard not(role("guest"))
					    validate { body: text @required }
					    body
					}
					""", "app/index.flin", "<h1>Notes</h1>\n");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlinRoutesEndpointAutoConfiguration.class,
				FlinSchemaEndpointAutoConfiguration.class, FlinStoreMetricsAutoConfiguration.class))
		.withBean(FlinEngine.class, () -> FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build())
		.withPropertyValues("management.endpoints.jmx.exposure.include=*", "spring.jmx.enabled=true");

	@Test
	void shouldListRoutesWithTheirGuards() {
		this.runner.run((context) -> assertThat(context.getBean(FlinRoutesEndpoint.class).routes()).contains(
				new FlinRoutesEndpoint.Route("PUT", "/api/notes/{id}", RouteSpec.Kind.ROUTE, "app/api/notes/[id].flin",
						List.of("any(auth, api_key)", "not(role)"), true),
				new FlinRoutesEndpoint.Route("GET", "/", RouteSpec.Kind.PAGE, "app/index.flin", List.of(), false)));
	}

	@Test
	void shouldShowEntitiesWithTheirFields() {
		this.runner.run((context) -> {
			context.getBean(FlinEngine.class).store().create("Note", Map.of("body", "first"));
			FlinSchemaEndpoint.Entity note = context.getBean(FlinSchemaEndpoint.class)
				.entities()
				.stream()
				.filter((entity) -> entity.name().equals("Note"))
				.findFirst()
				.orElseThrow();
			assertThat(note.records()).isEqualTo(1);
			assertThat(note.fields()).extracting(FlinSchemaEndpoint.Field::name).containsExactly("body", "pinned");
		});
	}

	@Test
	void shouldNameItsMetersAsDocumented() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(FlinStoreMetrics.class).bindTo(registry);
			assertThat(registry.getMeters()).extracting(Meter::getId)
				.extracting(Meter.Id::getName)
				.contains("flin.store.log.force", "flin.store.healthy", "flin.store.commits",
						"flin.store.recovery.recovered", "flin.store.checkpoints");
		});
	}

	@Test
	void shouldBackOffWhereTheEndpointsAreNotExposed() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FlinRoutesEndpointAutoConfiguration.class,
					FlinSchemaEndpointAutoConfiguration.class))
			.withBean(FlinEngine.class, () -> FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build())
			.run((context) -> assertThat(context).doesNotHaveBean(FlinRoutesEndpoint.class)
				.doesNotHaveBean(FlinSchemaEndpoint.class));
	}

}
