package dev.flin.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;

@ExtendWith(OutputCaptureExtension.class)
class FlinRouteAutoConfigurationTests {

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws Exception {
		Files.createDirectories(this.root.resolve("lib"));
		Files.writeString(this.root.resolve("lib/words.flin"), "fn twice(n: int) {\n    n * 2\n}\n");
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class, FlinRouteAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.withUserConfiguration(Shop.class);
	}

	private static WebTestClient client(AssertableReactiveWebApplicationContext context) {
		return WebTestClient.bindToApplicationContext(context).build();
	}

	@Test
	void shouldBindPathAndQueryByName() {
		this.runner.run((context) -> client(context).get()
			.uri("/java/lamp/12?loud=true")
			.exchange()
			.expectBody()
			.json("""
					{"name": "LAMP", "count": 12, "ip": true}"""));
	}

	@Test
	void shouldBindTheBodyToARecord() {
		this.runner.run((context) -> client(context).post()
			.uri("/java/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"name\": \"Lamp\", \"price\": 12}")
			.exchange()
			.expectStatus()
			.isCreated()
			.expectHeader()
			.valueEquals("Location", "/java/products/1")
			.expectBody()
			.json("""
					{"name": "Lamp", "price": 12}"""));
	}

	@Test
	void shouldWaitForReactiveResults() {
		this.runner.run((context) -> {
			client(context).get().uri("/java/mono").exchange().expectBody().json("{\"n\": 1}");
			client(context).get().uri("/java/flux").exchange().expectBody().json("[1, 2, 3]");
			client(context).get().uri("/java/future").exchange().expectBody().json("\"later\"");
			client(context).get().uri("/java/nothing").exchange().expectStatus().isNoContent();
		});
	}

	@Test
	void shouldAnswerErrorsAsFlinRoutesDo() {
		this.runner.run((context) -> {
			client(context).get().uri("/java/refused").exchange().expectStatus().isEqualTo(409).expectBody().json("""
					{"error": "Taken", "status": 409}""");
			client(context).get().uri("/java/lamp/many").exchange().expectStatus().isBadRequest();
			client(context).delete().uri("/java/mono").exchange().expectStatus().isEqualTo(405);
		});
	}

	@Test
	void shouldSayWhatParametersMustBe() {
		this.runner.run((context) -> {
			client(context).get().uri("/java/lamp/many").exchange().expectStatus().isBadRequest().expectBody().json("""
					{"error": "Validation failed", "status": 400, "fields": {"count": "must be a whole number"}}""",
					JsonCompareMode.STRICT);
			client(context).get().uri("/java/page").exchange().expectStatus().isBadRequest().expectBody().json("""
					{"error": "Validation failed", "status": 400, "fields": {"number": "is required"}}""",
					JsonCompareMode.STRICT);
			client(context).get().uri("/java/page?number=2").exchange().expectBody().json("2");
		});
	}

	@Test
	void shouldBindWhatMayBeMissingOrRepeated() {
		this.runner.run((context) -> {
			client(context).get()
				.uri("/java/search?tag=a&tag=b&id=1,2&page=3&within=5m")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("\"[a, b] [1, 2] Optional[3] PT5M\"");
			client(context).get()
				.uri("/java/search")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("\"[] [] Optional.empty null\"");
			client(context).get().uri("/java/search?id=1&id=x&page=y").exchange().expectBody().json("""
					{"error": "Validation failed", "status": 400, "fields": {"id": "must be a whole number",
					"page": "must be a whole number"}}""", JsonCompareMode.STRICT);
		});
	}

	@Test
	void shouldHandTheBodyOverAsItIsAskedFor() {
		this.runner.run((context) -> {
			for (String path : List.of("/java/later", "/java/perhaps")) {
				client(context).post()
					.uri(path)
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue("{\"name\": \"Lamp\", \"price\": 12}")
					.exchange()
					.expectBody(String.class)
					.isEqualTo("\"Lamp\"");
				client(context).post().uri(path).exchange().expectStatus().isNoContent();
			}
			client(context).post()
				.uri("/java/several")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("[{\"name\": \"Lamp\", \"price\": 12}, {\"name\": \"Pen\", \"price\": 1}]")
				.exchange()
				.expectBody(String.class)
				.isEqualTo("[\"Lamp\",\"Pen\"]");
		});
	}

	@Test
	void shouldAnswerBytesAsAFile() {
		this.runner.run((context) -> client(context).get()
			.uri("/java/bytes")
			.exchange()
			.expectHeader()
			.contentType(MediaType.APPLICATION_OCTET_STREAM)
			.expectBody(byte[].class)
			.isEqualTo(new byte[] { 1, 2, 3 }));
	}

	@Test
	void shouldRefuseToStartWithAParameterThatNoRequestHas() {
		refuses(NoBody.class, "the parameter 'product' is neither in the path nor of the query, and GET has no body");
		refuses(TwoBodies.class, "the parameter 'second' is neither in the path nor of the query, and another one is");
		refuses(OfSpring.class, "the parameter 'exchange' is neither in the path nor of the query, and no body either");
		refuses(WrongMethod.class, "'FETCH' is not a method such as GET or POST");
	}

	private void refuses(Class<?> bean, String message) {
		this.runner.withBean(bean)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith(message));
	}

	@Test
	void shouldSayWhatTheBodyMustBe() {
		this.runner.run((context) -> {
			post(context, "{\"name\": \"Lamp\", \"price\": \"much\"}").expectBody().json("""
					{"error": "Validation failed", "status": 400, "fields": {"price": "must be a whole number"}}""",
					JsonCompareMode.STRICT);
			post(context, "{\"name\": ").expectBody().json("""
					{"error": "Malformed JSON at line 1, column 10", "status": 400}""", JsonCompareMode.STRICT);
		});
	}

	@Test
	void shouldValidateWithTheValidatorOfTheApplication() {
		this.runner.withUserConfiguration(Checks.class).run((context) -> {
			client(context).put()
				.uri("/java/products")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"name\": \"\", \"price\": 1}")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.json("""
						{"error": "Validation failed", "status": 400, "fields": {"name": "must not be empty"}}""",
						JsonCompareMode.STRICT);
			client(context).put().uri("/java/products").exchange().expectStatus().isBadRequest().expectBody().json("""
					{"fields": {"product": "is required"}}""");
		});
	}

	@Test
	void shouldAnswerAnnotatedErrors() {
		this.runner.run((context) -> client(context).get().uri("/java/gone").exchange().expectStatus().isEqualTo(410)
			.expectBody().json("""
					{"error": "Sold out", "status": 410}""", JsonCompareMode.STRICT));
	}

	@Test
	void shouldRefuseToStartWithAPathOrGuardThatIsNone() {
		this.runner.withUserConfiguration(WrongPath.class)
			.run((context) -> assertThat(context).getFailure().hasRootCauseInstanceOf(IllegalArgumentException.class)
				.isInstanceOf(InvalidFlinRouteException.class)
				.hasMessageContaining("WrongPath.broken: a path starts with '/'"));
		this.runner.withUserConfiguration(WrongGuard.class)
			.run((context) -> assertThat(context).getFailure().isInstanceOf(InvalidFlinRouteException.class)
				.hasMessageContaining("'loged_in' is not a guard"));
	}

	private static WebTestClient.ResponseSpec post(AssertableReactiveWebApplicationContext context, String body) {
		return client(context).post()
			.uri("/java/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void shouldListTheRoutesInTheTable() {
		this.runner.run((context) -> assertThat(context.getBean(FlinEngine.class).routes().routes())
			.extracting((route) -> route.path().toString())
			.contains("/java/{name}/{count}", "/java/mono"));
	}

	@Test
	void shouldWarnAboutAFileWhosePathAMethodHas(CapturedOutput output) throws Exception {
		Files.createDirectories(this.root.resolve("app/java"));
		Files.writeString(this.root.resolve("app/java/mono.flin"), "route GET { 2 }\nroute PUT { 2 }\n");
		this.runner.run((context) -> {
			client(context).get().uri("/java/mono").exchange().expectBody().json("{\"n\": 1}");
			client(context).put().uri("/java/mono").exchange().expectBody().json("2");
		});
		assertThat(output).contains("GET /java/mono of app/java/mono.flin is never reached", "Shop.mono has its path")
			.doesNotContain("PUT /java/mono");
	}

	record Product(String name, int price) {
	}

	@ResponseStatus(code = HttpStatus.GONE, reason = "Sold out")
	static class SoldOut extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	static class Checks implements WebFluxConfigurer {

		@Override
		public Validator getValidator() {
			return Validator.forInstanceOf(Product.class, (product, errors) -> {
				if (product.name().isEmpty()) {
					errors.rejectValue("name", "empty", "must not be empty");
				}
			});
		}

	}

	static class WrongPath {

		@FlinRoute(path = "java/broken")
		void broken() {
		}

	}

	static class WrongGuard {

		@FlinRoute(path = "/java/broken", guards = "loged_in")
		void broken() {
		}

	}

	static class NoBody {

		@FlinRoute(path = "/java/broken")
		void broken(Product product) {
		}

	}

	static class TwoBodies {

		@FlinRoute(method = "POST", path = "/java/broken")
		void broken(Product first, Product second) {
		}

	}

	static class OfSpring {

		@FlinRoute(method = "POST", path = "/java/broken")
		void broken(ServerWebExchange exchange) {
		}

	}

	static class WrongMethod {

		@FlinRoute(method = "FETCH", path = "/java/broken")
		void broken() {
		}

	}

	static class Shop {

		@FlinRoute(path = "/java/search")
		String search(List<String> tag, long[] id, Optional<Integer> page, @Nullable Duration within) {
			return tag + " " + Arrays.toString(id) + " " + page + " " + within;
		}

		@FlinRoute(method = "POST", path = "/java/later")
		Mono<String> later(Mono<Product> product) {
			return product.map(Product::name);
		}

		@FlinRoute(method = "POST", path = "/java/perhaps")
		Optional<String> perhaps(Optional<Product> product) {
			return product.map(Product::name);
		}

		@FlinRoute(method = "POST", path = "/java/several")
		Flux<String> several(Flux<Product> products) {
			return products.map(Product::name);
		}

		@FlinRoute(path = "/java/bytes")
		byte[] bytes() {
			return new byte[] { 1, 2, 3 };
		}

		@FlinRoute(path = "/java/page")
		int page(int number) {
			return number;
		}

		@FlinRoute(method = "PUT", path = "/java/products")
		Product replace(@Validated Product product) {
			return product;
		}

		@FlinRoute(path = "/java/gone")
		String gone() {
			throw new SoldOut();
		}

		@FlinRoute(path = "/java/{name}/{count}")
		Map<String, Object> show(String name, int count, boolean loud, FlinRequest request) {
			return Map.of("name", loud ? name.toUpperCase(Locale.ROOT) : name, "count", count, "ip",
					request.raw().remoteAddress() != null);
		}

		@FlinRoute(method = "POST", path = "/java/products")
		ResponseEntity<Product> create(Product product) {
			return ResponseEntity.status(HttpStatus.CREATED).header("Location", "/java/products/1").body(product);
		}

		@FlinRoute(path = "/java/mono")
		Mono<Map<String, Integer>> mono() {
			return Mono.just(Map.of("n", 1));
		}

		@FlinRoute(path = "/java/flux")
		Flux<Integer> flux() {
			return Flux.fromIterable(List.of(1, 2, 3));
		}

		@FlinRoute(path = "/java/future")
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		@FlinRoute(path = "/java/nothing")
		void nothing() {
		}

		@FlinRoute(path = "/java/refused")
		String refused() {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "Taken");
		}

	}

}
