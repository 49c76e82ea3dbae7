package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import dev.flin.autoconfigure.FlinAutoConfiguration;

/** What the application has besides controllers: static resources, a welcome page, functional routes. */
@ExtendWith(OutputCaptureExtension.class)
class OwnResourcesTests {

	@TempDir
	private Path root;

	@TempDir
	private Path resources;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		write(this.resources.resolve("own.txt"), "own");
		write(this.resources.resolve("a b.txt"), "blank");
		write(this.resources.resolve(".well-known/association"), "known");
		write(this.resources.resolve("robots.txt"), "robots of the application");
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory", "flin.development=false",
					"spring.web.resources.static-locations=file:" + this.resources + "/");
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private void file(String path, String text) throws IOException {
		write(this.root.resolve(path), text);
	}

	private static String get(AssertableReactiveWebApplicationContext context, String path, String... values) {
		return String.valueOf(WebTestClient.bindToApplicationContext(context)
			.build()
			.get()
			.uri(path, (Object[]) values)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	@Test
	void shouldComeBeforeACatchAll() throws IOException {
		file("app/[...path].flin", "route GET { text(\"flin \" ++ params.path) }\n");
		file("public/robots.txt", "robots of FLIN");
		this.runner.run((context) -> {
			assertThat(get(context, "/own.txt")).isEqualTo("own");
			assertThat(get(context, "/{name}", "a b.txt")).isEqualTo("blank");
			assertThat(get(context, "/.well-known/association")).isEqualTo("known");
			assertThat(get(context, "/other.txt")).isEqualTo("flin other.txt");
			assertThat(get(context, "/{name}", "own.txt?x")).isEqualTo("flin own.txt?x");
			assertThat(get(context, "/robots.txt")).isEqualTo("robots of FLIN");
		});
	}

	@Test
	void shouldComeBeforeARouteThatTakesOneSegment() throws IOException {
		file("app/[slug].flin", "route GET { text(\"flin \" ++ params.slug) }\nroute POST { text(\"posted\") }\n");
		this.runner.run((context) -> {
			assertThat(get(context, "/own.txt")).isEqualTo("own");
			assertThat(get(context, "/own")).isEqualTo("flin own");
			WebTestClient.bindToApplicationContext(context)
				.build()
				.post()
				.uri("/own.txt")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("posted");
		});
	}

	@Test
	void shouldGiveWayToARouteOfTheirVeryName() throws IOException {
		file("app/own.txt.flin", "route GET { text(\"flin\") }\n");
		this.runner.run((context) -> assertThat(get(context, "/own.txt")).isEqualTo("flin"));
	}

	@Test
	void shouldNotBeLookedForWhereTheApplicationServesNone() throws IOException {
		file("app/[...path].flin", "route GET { text(\"flin \" ++ params.path) }\n");
		this.runner.withPropertyValues("spring.web.resources.add-mappings=false")
			.run((context) -> assertThat(get(context, "/own.txt")).isEqualTo("flin own.txt"));
	}

	@Test
	void shouldWarnAboutAPageBehindTheWelcomePage(CapturedOutput output) throws IOException {
		write(this.resources.resolve("index.html"), "<h1>own</h1>");
		file("app/index.flin", "<h1>flin</h1>\n");
		file("app/about.flin", "<h1>about</h1>\n");
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("GET / of app/index.flin answers only what the application's functional route / "
				+ "leaves to it").doesNotContain("GET /about of");
	}

	@Test
	void shouldWarnAboutRoutesBehindFunctionalOnes(CapturedOutput output) throws IOException {
		file("app/api/items/[id].flin", "route GET { 1 }\nroute DELETE { 2 }\n");
		file("app/api/other.flin", "route GET { 1 }\n");
		file("app/api/negated.flin", "route GET { 1 }\n");
		this.runner.withUserConfiguration(Functional.class).run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("GET /api/items/{id} of app/api/items/[id].flin answers only what the "
				+ "application's functional route /api/items/{id} leaves to it")
			.doesNotContain("DELETE /api/items")
			.doesNotContain("/api/other")
			.doesNotContain("/api/negated");
	}

	@Configuration(proxyBeanMethods = false)
	static class Functional {

		@Bean
		RouterFunction<ServerResponse> items() {
			return RouterFunctions.route()
				.path("/api", (api) -> api.GET("/items/{id}", (request) -> ServerResponse.ok().build())
					.route(RequestPredicates.method(HttpMethod.GET)
						.and(RequestPredicates.path("/negated").negate()), (request) -> ServerResponse.ok().build()))
				.build();
		}

	}

}
