package dev.flin.autoconfigure.route;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;

/** Methods whose bodies Bean Validation checks, by Hibernate Validator, and what documents say about them. */
class BeanValidationTests {

	@TempDir
	private Path root;

	@BeforeEach
	void setUp() throws Exception {
		Files.writeString(this.root.resolve("main.flin"), "print(1)\n");
	}

	private void run(Check check) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					ValidationAutoConfiguration.class, FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class,
					FlinRouteAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.withUserConfiguration(Orders.class)
			.run((context) -> check.accept(WebTestClient.bindToApplicationContext(context).build()));
	}

	@FunctionalInterface
	private interface Check {

		void accept(WebTestClient client) throws Exception;

	}

	private static WebTestClient.BodyContentSpec post(WebTestClient client, String body, int status) {
		return client.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody();
	}

	@Test
	void shouldAnswerWhatIsNotValidAsValidateDoes() {
		run((client) -> {
			post(client, """
					{"customer": " ", "mail": "nowhere",
					 "items": [{"sku": "a", "qty": 1}, {"sku": "b", "qty": 0}]}""", 400).json("""
						{"error": "Validation failed", "status": 400, "fields": {"customer": "must not be blank",
						 "mail": "must be a well-formed email address", "items[1].qty": "must be greater than 0"}}""",
						JsonCompareMode.STRICT);
			post(client, "{\"customer\": \"Ada\", \"items\": []}", 400).json("""
					{"error": "Validation failed", "status": 400, "fields": {"items": "must not be empty"}}""",
					JsonCompareMode.STRICT);
			post(client, "{\"customer\": \"Ada\", \"items\": [{\"sku\": \"a\", \"qty\": 2}]}", 200).json("2");
		});
	}

	@Test
	void shouldDescribeTheTypesOfMethods() {
		run((client) -> client.get().uri("/_flin/openapi.json").exchange().expectBody().json("""
				{"paths": {"/orders": {"post": {"requestBody": {"required": true, "content": {"application/json":
				  {"schema": {"type": "object", "required": ["customer", "items"], "properties": {
				    "customer": {"type": "string", "minLength": 1, "maxLength": 40},
				    "mail": {"type": "string", "format": "email"},
				    "items": {"type": "array", "minItems": 1, "items": {"type": "object", "properties": {
				      "sku": {"type": "string"}, "qty": {"type": "integer", "format": "int32", "exclusiveMinimum": 0}}}}
				  }}}}},
				  "responses": {"200": {"content": {"application/json": {"schema": {"type": "integer"}}}},
				    "400": {"content": {"application/json": {"schema":
				      {"$ref": "#/components/schemas/ValidationError"}}}}}}},
				 "/orders/{id}": {"get": {"parameters": [
				   {"name": "id", "in": "path", "required": true, "schema": {"type": "integer", "format": "int64"}},
				   {"name": "page", "in": "query", "required": true,
				    "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 100}},
				   {"name": "state", "in": "query", "required": false,
				    "schema": {"type": "string", "enum": ["OPEN", "SENT"]}}],
				  "responses": {"200": {"content": {"application/json": {"schema": {"type": "array", "items":
				    {"type": "object", "properties": {"order_id": {"type": "integer"}, "parent": {"type": "object"}}}
				  }}}}}},
				  "delete": {"responses": {"204": {}}}}}}"""));
	}

	enum State {

		OPEN, SENT

	}

	record Item(String sku, @Positive int qty) {
	}

	record NewOrder(@NotBlank @Size(max = 40) String customer, @Email String mail,
			@NotEmpty @Valid List<Item> items) {
	}

	record Order(@JsonProperty("order_id") long id, Order parent) {
	}

	static class Orders {

		@FlinRoute(method = "POST", path = "/orders")
		long create(@Valid NewOrder order) {
			return order.items().getFirst().qty();
		}

		@FlinRoute(path = "/orders/{id}")
		Mono<List<Order>> list(long id, @Min(1) @Max(100) int page, State state) {
			return Mono.just(List.of());
		}

		@FlinRoute(method = "DELETE", path = "/orders/{id}")
		void delete(long id) {
		}

	}

}
