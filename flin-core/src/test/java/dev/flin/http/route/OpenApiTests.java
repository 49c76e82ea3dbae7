package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/** The description of routes, held against the structure that OpenAPI 3.1 prescribes. */
class OpenApiTests {

	private static final Set<String> SCHEMA_TYPES = Set.of("string", "integer", "number", "boolean", "object", "array",
			"null");

	private static final Map<String, String> FILES = Map.of("app/api/users/[id].flin", """
			enum Size { Small, Large }
			guard auth
			route GET { validate query { fields: [text]   depth: int? @max(3) }  params.id }
			route PUT {
			    guard role("admin")
			    idempotent
			    validate {
			        name: text @required @minLength(2) @maxLength(80)
			        email: text @required @email
			        age: int where >= 13 and <= 120
			        kind: text @one_of("a", "b")
			        tags: [text]
			        price: money
			        address: { city: text @required   zip: text @pattern("^[0-9]+$") }
			        items: [{ sku: text @required   qty: int = 1   size: Size = Small   since: time = now }]
			    }
			    body
			}
			""", "app/api/users/[name]/photo.flin", """
			route POST {
			    guard any(api_key, role("editor"))
			    guard rate_limit(5, 60)
			    validate { photo: file @required }
			    none
			}
			""", "app/docs/[[...path]].flin", "route GET { params.path }", "app/ticks.flin", "sse { emit(1) }",
			"app/page.flin", "<h1>no route</h1>", "app/chat.flin", "ws { on connect { } }", "app/by.flin",
			"route GET \"/api/orders/{a}\" { 1 }\nroute DELETE \"/api/orders/{b}\" { 1 }");

	private static HttpResponse get(Map<String, String> properties) {
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> FILES))
			.properties(properties)
			.build()
			.requireNoErrors()) {
			return engine.handle(HttpRequest.of("GET", "/_flin/openapi.json"));
		}
	}

	private static FlinMap document() {
		HttpResponse response = get(Map.of());
		assertThat(response.status()).isEqualTo(200);
		return map(JsonParser.parse(response.text()));
	}

	private static FlinMap map(@Nullable Object value) {
		assertThat(value).isInstanceOf(FlinMap.class);
		return (value instanceof FlinMap map) ? map : new FlinMap();
	}

	private static @Nullable Object at(FlinMap map, String... keys) {
		Object value = map;
		for (String key : keys) {
			value = map(value).get(key);
		}
		return value;
	}

	/** As JSON with single quotes. */
	private static String json(@Nullable Object value) {
		return JsonWriter.write(value).replace('"', '\'');
	}

	@Test
	void shouldHaveTheStructureOfOpenApi() {
		FlinMap document = document();
		assertThat((String) at(document, "openapi")).matches("3\\.1\\.\\d+");
		assertThat(at(document, "info", "title")).isEqualTo("FLIN application");
		assertThat(at(document, "info", "version")).isEqualTo("1");
		Set<String> ids = new HashSet<>();
		FlinMap paths = map(document.get("paths"));
		paths.forEach((path, item) -> {
			assertThat(path.toString()).startsWith("/").doesNotContain("*", "[", "]");
			map(item).forEach((method, operation) -> {
				assertThat(method.toString()).isIn("get", "put", "post", "delete", "patch", "options", "head", "trace");
				checkOperation(document, path.toString(), map(operation));
				assertThat(ids.add(String.valueOf(map(operation).get("operationId")))).isTrue();
			});
		});
		Set<String> templates = new HashSet<>();
		paths.forEach((path, item) -> assertThat(templates.add(path.toString().replaceAll("\\{[^}]*}", "{}")))
				.isTrue());
		map(at(document, "components", "schemas")).forEach((name, schema) -> checkSchema(map(schema)));
		map(at(document, "components", "securitySchemes")).forEach((name, scheme) -> {
			assertThat(map(scheme).get("type")).isEqualTo("apiKey");
			assertThat((String) map(scheme).get("in")).isIn("header", "cookie", "query");
			assertThat(map(scheme).get("name")).isInstanceOf(String.class);
		});
	}

	private static void checkOperation(FlinMap document, String path, FlinMap operation) {
		Set<Object> inPath = new HashSet<>();
		if (operation.get("parameters") instanceof FlinList parameters) {
			parameters.forEach((each) -> {
				FlinMap parameter = map(each);
				assertThat((String) parameter.get("in")).isIn("path", "query", "header", "cookie");
				assertThat(parameter.get("required")).isInstanceOf(Boolean.class);
				checkSchema(map(parameter.get("schema")));
				if ("path".equals(parameter.get("in"))) {
					assertThat(parameter.get("required")).isEqualTo(true);
					inPath.add("{" + parameter.get("name") + "}");
				}
			});
		}
		for (String part : path.split("/")) {
			assertThat(!part.startsWith("{") || inPath.contains(part)).as(path).isTrue();
		}
		FlinMap responses = map(operation.get("responses"));
		assertThat(responses.isEmpty()).isFalse();
		responses.forEach((status, response) -> {
			assertThat(status.toString()).matches("[1-5][0-9][0-9]");
			assertThat(map(response).get("description")).isInstanceOf(String.class);
			map(map(response).get("content")).forEach((type, media) -> reference(document, map(map(media)
					.get("schema"))));
		});
		if (operation.get("requestBody") instanceof FlinMap body) {
			map(body.get("content")).forEach((type, media) -> checkSchema(map(map(media).get("schema"))));
		}
		if (operation.get("security") instanceof FlinList security) {
			security.forEach((each) -> map(each).forEach((name, scopes) -> {
				assertThat(map(at(document, "components", "securitySchemes")).containsKey(name)).isTrue();
				assertThat(scopes).isInstanceOf(FlinList.class);
			}));
		}
	}

	private static void reference(FlinMap document, FlinMap schema) {
		if (schema.get("$ref") instanceof String target) {
			assertThat(at(document, target.substring(2).split("/"))).isInstanceOf(FlinMap.class);
		}
		else {
			checkSchema(schema);
		}
	}

	private static void checkSchema(FlinMap schema) {
		switch (schema.get("type")) {
			case String type -> assertThat(type).isIn(SCHEMA_TYPES);
			case FlinList types -> types.forEach((type) -> assertThat((String) type).isIn(SCHEMA_TYPES));
			case null, default -> assertThat(schema.get("type")).isNull();
		}
		if (schema.get("properties") instanceof FlinMap properties) {
			properties.forEach((name, property) -> checkSchema(map(property)));
			if (schema.get("required") instanceof FlinList required) {
				required.forEach((name) -> assertThat(properties.containsKey(name)).isTrue());
			}
		}
		if (schema.get("items") instanceof FlinMap items) {
			checkSchema(items);
		}
	}

	@Test
	void shouldSayWhatValidateTakes() {
		FlinMap schema = map(at(document(), "paths", "/api/users/{id}", "put", "requestBody", "content",
				"application/json", "schema"));
		assertThat(schema.get("required")).isEqualTo(FlinList.of("name", "email"));
		assertThat(json(at(schema, "properties", "name")))
			.isEqualTo("{'type':'string','minLength':2,'maxLength':80}");
		assertThat(at(schema, "properties", "email", "format")).isEqualTo("email");
		assertThat(json(at(schema, "properties", "age")))
			.isEqualTo("{'type':['integer','null'],'format':'int64','minimum':13,'maximum':120}");
		assertThat(json(at(schema, "properties", "kind", "enum"))).isEqualTo("['a','b']");
		assertThat(at(schema, "properties", "address", "properties", "zip", "pattern")).isEqualTo("^[0-9]+$");
		assertThat(json(at(schema, "properties", "items", "items", "required"))).isEqualTo("['sku']");
		FlinMap item = map(at(schema, "properties", "items", "items", "properties"));
		assertThat(at(item, "qty", "default")).isEqualTo(1L);
		assertThat(json(item.get("size"))).isEqualTo("{'type':'string','enum':['Small','Large'],'default':'Small'}");
		assertThat(map(item.get("since")).containsKey("default")).as("another one for each request").isFalse();
	}

	@Test
	void shouldSayWhatGuardsRefuse() {
		FlinMap put = map(at(document(), "paths", "/api/users/{id}", "put"));
		assertThat(map(put.get("responses")).keySet().toString()).isEqualTo("[200, 400, 401, 403, 413, 422, 500]");
		assertThat(json(put.get("security"))).isEqualTo("[{'session':[]}]");
		FlinMap photo = map(at(document(), "paths", "/api/users/{name}/photo", "post"));
		assertThat(json(photo.get("security"))).isEqualTo("[{'apiKey':[]},{'session':[]}]");
		assertThat(at(photo, "responses", "429", "headers", "Retry-After")).isNotNull();
		assertThat(map(at(photo, "requestBody", "content")).keySet().toString()).isEqualTo("[multipart/form-data]");
	}

	@Test
	void shouldBeAbsentInProductionUnlessConfigured() {
		assertThat(get(Map.of("flin.development", "false")).status()).isEqualTo(404);
		assertThat(get(Map.of("flin.development", "false", "flin.web.openapi.enabled", "true")).status())
			.isEqualTo(200);
		assertThat(get(Map.of("flin.web.openapi.enabled", "false")).status()).isEqualTo(404);
	}

}
