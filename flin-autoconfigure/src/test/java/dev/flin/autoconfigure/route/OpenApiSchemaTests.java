package dev.flin.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;

/** What {@code /_flin/openapi.json} answers, validated against the schema that OpenAPI publishes for version 3.1. */
class OpenApiSchemaTests {

	private static final String BASE = "https://spec.openapis.org/oas/3.1/";

	private static final List<String> SCHEMAS = List.of("schema-base/2022-10-07", "schema/2022-10-07", "dialect/base",
			"meta/base");

	/** A response without its description, and a schema of a type that there is not. */
	private static final String WRONG = """
			{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {"/a": {"get": {"responses": {"200": {}}}}},
			 "components": {"schemas": {"A": {"type": "text"}}}}
			""";

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() {
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class, FlinRouteAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory",
					"flin.web.openapi.enabled=true", "flin.development=false");
	}

	private void file(String path, String text) throws IOException {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private static String resource(String name) {
		try (InputStream in = OpenApiSchemaTests.class.getResourceAsStream("/spec.openapis.org/oas/3.1/" + name)) {
			assertThat(in).as(name).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> problems(String document) {
		SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(builder) -> builder.schemas((iri) -> SCHEMAS.stream()
					.filter((name) -> iri.equals(BASE + name))
					.findFirst()
					.map(OpenApiSchemaTests::resource)
					.orElse(null)));
		Schema schema = registry.getSchema(SchemaLocation.of(BASE + SCHEMAS.getFirst()));
		List<String> problems = new ArrayList<>();
		schema.validate(document, InputFormat.JSON).forEach((error) -> problems.add(error.toString()));
		return problems;
	}

	private void check(java.util.function.Consumer<JsonNode> more) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			byte[] body = WebTestClient.bindToApplicationContext(context)
				.build()
				.get()
				.uri("/_flin/openapi.json")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.returnResult()
				.getResponseBodyContent();
			String document = new String(body, StandardCharsets.UTF_8);
			assertThat(problems(document)).as(document).isEmpty();
			more.accept(JsonMapper.shared().readTree(document));
		});
	}

	@Test
	void theSchemaFindsWhatIsWrong() {
		assertThat(problems(WRONG)).anyMatch((problem) -> problem.contains("description"))
			.anyMatch((problem) -> problem.contains("/components/schemas/A/type"));
	}

	@Test
	void everyKindOfInputIsDescribedByValidSchemas() throws IOException {
		file("lib/types.flin", """
				enum Colour { Red, Green }
				enum Shape { Dot, Circle(radius: number), Box(int, int), Filled(Colour?, decimal) }
				type Address = { city: text, zip: text? }
				entity Maker { name: text }
				""");
		file("app/api/all/[id].flin", """
				route PUT {
				    idempotent
				    validate {
				        t: text @required @minLength(2) @maxLength(9) @pattern("^[a-z]+$")
				        i: int @between(1, 9)   n: number @positive   d: decimal @min(0)   b: bool = true
				        at: time   took: duration   cost: money   any: any
				        mail: text @email   web: text @url   uuid: text @uuid   slug: text @slug
				        colour: Colour @required   shape: Shape   maker: Maker   makers: [Maker]
				        list: [text?] @minLength(1) @maxLength(3)   grid: [[int]]   pair: (int, text?)
				        counts: [int: text]   prices: [Colour: decimal?]   address: Address
				        nested: { city: text @required   more: [{ x: int }] }
				        one: text @one_of("a", "b")   age: int where >= 13 and <= 120
				    }
				    none
				}
				route GET { validate query { page: int = 1 @min(1)   tags: [text]   colour: Colour } query }
				route DELETE { none }
				""");
		file("app/files/[[...path]].flin", """
				route POST { validate { photo: file @required   more: [file]   title: text } none }
				route PATCH { body }
				""");
		file("app/ticks.flin", "sse { emit(1) }\n");
		file("app/chat.flin", "ws { on connect { } }\n");
		file("app/index.flin", "<h1>A page</h1>\n");
		check((document) -> {
			JsonNode put = document.at("/paths/~1api~1all~1{id}/put");
			JsonNode properties = put.at("/requestBody/content/application~1json/schema/properties");
			assertThat(properties.at("/list/minItems").asInt()).isEqualTo(1);
			assertThat(properties.at("/list/items").has("minLength")).isFalse();
			assertThat(properties.at("/shape/oneOf")).hasSize(4);
			assertThat(properties.at("/pair/prefixItems")).hasSize(2);
			assertThat(document.at("/paths/~1files~1{path}/post/requestBody/content").has("multipart/form-data"))
					.isTrue();
		});
	}

	@Test
	void methodsOfBeansAreDescribedByValidSchemas() throws IOException {
		file("lib/words.flin", "fn twice(n: int) {\n    n * 2\n}\n");
		this.runner = this.runner.withBean(Products.class);
		check((document) -> assertThat(document.at("/paths").propertyNames())
			.contains("/java/products/{id}", "/java/products"));
	}

	/** An enum, a record within a record, and what is generic. */
	record Product(String name, BigDecimal price, List<String> tags, Map<String, Integer> stock, Kind kind,
			Instant since, Product part) {

		enum Kind {

			SMALL, LARGE

		}

	}

	static class Products {

		@FlinRoute(path = "/java/products/{id}")
		Product find(long id, boolean full) {
			return new Product("p" + id, BigDecimal.ONE, List.of(), Map.of(), Product.Kind.SMALL, Instant.EPOCH, null);
		}

		@FlinRoute(method = "POST", path = "/java/products")
		Flux<Product> create(Product body) {
			return Flux.just(body);
		}

	}

}
