package dev.flin.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.ResponseStatus;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;

/** Results of methods that are neither values nor texts, and errors that come later. */
class RouteResultTests {

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() {
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class, FlinRouteAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory",
					"flin.web.openapi.enabled=true");
	}

	private static WebTestClient client(AssertableReactiveWebApplicationContext context) {
		return WebTestClient.bindToApplicationContext(context).build();
	}

	private static void assertFile(AssertableReactiveWebApplicationContext context, String path, MediaType type,
			String content) {
		client(context).get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(type)
			.expectBody(String.class)
			.isEqualTo(content);
	}

	@Test
	void aResourceIsAFile() {
		this.runner.withUserConfiguration(Files.class).run((context) -> {
			assertFile(context, "/files/bytes", MediaType.APPLICATION_OCTET_STREAM, "abc");
			assertFile(context, "/files/named", MediaType.APPLICATION_JSON, "{}");
			assertFile(context, "/files/once", MediaType.APPLICATION_OCTET_STREAM, "abc");
			assertFile(context, "/files/entity", MediaType.IMAGE_PNG, "abc");
		});
	}

	@Test
	void filesAreNoJsonInDocuments() {
		this.runner.withUserConfiguration(Files.class)
			.run((context) -> client(context).get()
				.uri("/_flin/openapi.json")
				.exchange()
				.expectBody()
				.jsonPath("$.paths['/files/bytes'].get.responses['200'].content['application/octet-stream']")
				.exists()
				.jsonPath("$.paths['/files/plain'].get.responses['200'].content['application/octet-stream']")
				.exists()
				.jsonPath("$.paths['/files/inside'].get.responses['200'].content['application/json'].schema"
						+ ".properties.content.contentEncoding")
				.isEqualTo("base64"));
	}

	@Test
	void errorsThatComeLaterHaveTheirStatus() {
		this.runner.withUserConfiguration(Later.class).run((context) -> {
			for (String path : new String[] { "/later/mono", "/later/flux", "/later/future", "/later/now" }) {
				client(context).get().uri(path).exchange().expectStatus().isEqualTo(409);
			}
		});
	}

	@Test
	void whatIsSentBitByBitStopsTheStart() {
		refuses(Stream.class, "java.io.InputStream");
		refuses(Pieces.class, "Flux<byte[]>");
		refuses(Events.class, "ServerSentEvent");
	}

	private void refuses(Class<?> bean, String type) {
		this.runner.withUserConfiguration(bean)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidFlinRouteException.class)
				.hasMessageContaining(type)
				.hasMessageContaining("give a byte[] or a Resource"));
	}

	static class Files {

		private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

		record Named(String name, byte[] content) {
		}

		@FlinRoute(path = "/files/plain")
		byte[] plain() {
			return ABC;
		}

		@FlinRoute(path = "/files/inside")
		Named inside() {
			return new Named("a", ABC);
		}

		@FlinRoute(path = "/files/bytes")
		Resource bytes() {
			return new ByteArrayResource(ABC);
		}

		@FlinRoute(path = "/files/named")
		Mono<Resource> named() {
			return Mono.just(new ByteArrayResource("{}".getBytes(StandardCharsets.UTF_8)) {

				@Override
				public String getFilename() {
					return "prices.json";
				}

			});
		}

		@FlinRoute(path = "/files/once")
		Resource once() {
			return new InputStreamResource(new ByteArrayInputStream(ABC));
		}

		@FlinRoute(path = "/files/entity")
		ResponseEntity<Resource> entity() {
			return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(new ByteArrayResource(ABC));
		}

	}

	@ResponseStatus(HttpStatus.CONFLICT)
	static class Taken extends Exception {

		private static final long serialVersionUID = 1L;

	}

	static class Later {

		@FlinRoute(path = "/later/mono")
		Mono<String> mono() {
			return Mono.error(new Taken());
		}

		@FlinRoute(path = "/later/flux")
		Flux<String> flux() {
			return Flux.error(new Taken());
		}

		@FlinRoute(path = "/later/future")
		CompletableFuture<String> future() {
			return CompletableFuture.failedFuture(new Taken());
		}

		@FlinRoute(path = "/later/now")
		String now() throws Taken {
			throw new Taken();
		}

	}

	static class Stream {

		@FlinRoute(path = "/broken")
		InputStream broken() throws java.io.IOException {
			return new ClassPathResource("none").getInputStream();
		}

	}

	static class Pieces {

		@FlinRoute(path = "/broken")
		Flux<byte[]> broken() {
			return Flux.empty();
		}

	}

	static class Events {

		@FlinRoute(path = "/broken")
		Flux<ServerSentEvent<String>> broken() {
			return Flux.empty();
		}

	}

}
