package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.DefaultServerWebExchange;
import org.springframework.web.server.i18n.AcceptHeaderLocaleContextResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.http.route.RouteSpec;
import dev.flin.value.FlinMap;

@ExtendWith(OutputCaptureExtension.class)
class FlinWebFluxAutoConfigurationTests {

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws Exception {
		Files.createDirectories(this.root.resolve("lib"));
		Files.writeString(this.root.resolve("lib/words.flin"), "fn twice(n: int) {\n    n * 2\n}\n");
		Files.createDirectories(this.root.resolve("public"));
		Files.writeString(this.root.resolve("public/robots.txt"), "User-agent: *");
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory");
	}

	private static WebTestClient client(AssertableReactiveWebApplicationContext context) {
		return WebTestClient.bindToApplicationContext(context)
			.configureClient()
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	@Test
	void shouldAnswerBesideTheControllersOfTheApplication() {
		this.runner.withUserConfiguration(Routes.class, Controller.class).run((context) -> {
			WebTestClient client = client(context);
			client.get().uri("/flin/7?q={q}", "a b").exchange().expectStatus().isOk().expectBody().json("""
					{"id": "7", "q": "a b"}""");
			client.get().uri("/java").exchange().expectBody(String.class).isEqualTo("java");
			client.get().uri("/robots.txt").exchange().expectBody(String.class).isEqualTo("User-agent: *");
			client.get().uri("/nobody").exchange().expectStatus().isNotFound();
		});
	}

	@Test
	void shouldLetAControllerWinThePath() {
		this.runner.withUserConfiguration(Routes.class, Controller.class)
			.run((context) -> client(context).get()
				.uri("/both")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("controller"));
	}

	@Test
	void shouldWarnAboutRoutesThatAControllerHides(CapturedOutput output) {
		this.runner.withUserConfiguration(Routes.class, Controller.class)
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("GET /both of test is never reached", "Controller#both")
			.doesNotContain("/flin/{id} of test is never");
	}

	@Test
	void shouldRunHandlersOnVirtualThreadsOnly() {
		this.runner.withUserConfiguration(Routes.class).run((context) -> {
			client(context).post()
				.uri("/thread")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"n\": 1}")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("""
						{"virtual": true, "nonBlocking": false, "n": 1}""");
		});
	}

	@Test
	void shouldBeginNoRequestAnyMoreBeforeTheServerDrains() {
		this.runner.withUserConfiguration(Routes.class, Controller.class).run((context) -> {
			WebTestClient client = client(context);
			Admission admission = context.getBean(Admission.class);
			assertThat(admission.getPhase()).isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
			client.get().uri("/flin/7").exchange().expectStatus().isOk();
			admission.stop();
			client.get().uri("/flin/7").exchange().expectStatus().isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
			client.get().uri("/java").exchange().expectStatus().isOk();
			admission.start();
			client.get().uri("/flin/7").exchange().expectStatus().isOk();
		});
	}

	@Test
	void shouldLimitBodies() {
		this.runner.withUserConfiguration(Routes.class)
			.withPropertyValues("flin.web.max-body=10B")
			.run((context) -> client(context).post()
				.uri("/thread")
				.contentType(MediaType.TEXT_PLAIN)
				.bodyValue("x".repeat(1000))
				.exchange()
				.expectStatus()
				.isEqualTo(413));
	}

	@Test
	void shouldStreamEventsUntilTheClientGoes() throws Exception {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/ticks.flin"), "sse {\n    n = 0\n    every 10ms {\n        n = n + 1\n"
				+ "        emit({ tick: n })\n    }\n}\n");
		this.runner.run((context) -> StepVerifier
			.create(client(context).get().uri("/ticks").exchange().returnResult(String.class).getResponseBody())
			.expectNext("{\"tick\":1}", "{\"tick\":2}", "{\"tick\":3}")
			.thenCancel()
			.verify(Duration.ofSeconds(60)));
	}

	@Test
	void shouldAnswerOtherOriginsAsConfigured() {
		this.runner.withUserConfiguration(Routes.class)
			.withPropertyValues("flin.web.cors.allowed-origins=https://shop.example")
			.run((context) -> {
				client(context).options()
					.uri("/thread")
					.header("Origin", "https://shop.example")
					.header("Access-Control-Request-Method", "POST")
					.exchange()
					.expectStatus()
					.isNoContent()
					.expectHeader()
					.valueEquals("Access-Control-Allow-Methods", "POST");
				client(context).options()
					.uri("/thread")
					.header("Origin", "https://evil.example")
					.header("Access-Control-Request-Method", "POST")
					.exchange()
					.expectHeader()
					.doesNotExist("Access-Control-Allow-Origin");
			});
	}

	@Test
	void shouldTellItsHealth() {
		this.runner.run((context) -> client(context).get()
			.uri("/_flin/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("healthy")
			.jsonPath("$.memory.budget")
			.isNumber());
	}

	@Test
	void shouldAnswerOtherContextsNothingButProbes() {
		this.runner.run((context) -> {
			FlinMapping mapping = context.getBean(FlinMapping.class);
			assertThat(asked(mapping, context.getSourceApplicationContext(), "/_flin/openapi.json")).isTrue();
			ApplicationContext below = new StaticApplicationContext(context.getSourceApplicationContext());
			assertThat(asked(mapping, below, "/_flin/openapi.json")).isFalse();
			assertThat(asked(mapping, below, "/_flin/live")).isTrue();
		});
	}

	private static boolean asked(FlinMapping mapping, ApplicationContext context, String path) {
		ServerWebExchange exchange = new DefaultServerWebExchange(MockServerHttpRequest.get(path).build(),
				new MockServerHttpResponse(), new DefaultWebSessionManager(), ServerCodecConfigurer.create(),
				new AcceptHeaderLocaleContextResolver(), context);
		return Boolean.TRUE.equals(mapping.getHandler(exchange).hasElement().block());
	}

	@Test
	void shouldDoNothingWithoutFiles() {
		this.runner.withPropertyValues("flin.root=classpath:/nothing-here/")
			.run((context) -> assertThat(context).doesNotHaveBean(FlinEngine.class)
				.doesNotHaveBean(FlinRoutes.class));
	}

	@Test
	void shouldBackOffWhenThereIsAnEngine() {
		FlinEngine engine = FlinEngine.builder().build();
		this.runner.withBean("own", FlinEngine.class, () -> engine)
			.run((context) -> assertThat(context).getBean(FlinEngine.class).isSameAs(engine));
	}

	@Configuration(proxyBeanMethods = false)
	static class Routes {

		@Bean
		FlinEngineCustomizer routes() {
			return (builder) -> builder
				.route(RouteSpec.route("GET", "/flin/{id}", "test",
						(context, exchange) -> FlinMap.of("id", exchange.params().get("id"), "q",
								exchange.query().get("q"))))
				.route(RouteSpec.route("GET", "/both", "test", (context, exchange) -> "flin"))
				.route(RouteSpec.route("POST", "/thread", "test",
						(context, exchange) -> FlinMap.of("virtual", Thread.currentThread().isVirtual(), "nonBlocking",
								Schedulers.isInNonBlockingThread(), "n",
								(exchange.body() instanceof FlinMap map) ? map.get("n") : null)));
		}

	}

	@RestController
	static class Controller {

		@GetMapping("/java")
		Mono<String> java() {
			return Mono.just("java");
		}

		@GetMapping("/both")
		String both() {
			return "controller";
		}

	}

}
