package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.lib.WebLibrary;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;

class DispatcherTests {

	private final FlinEngine.Builder builder = FlinEngine.builder().clock(() -> Instant.parse("2026-01-01T00:00:00Z"));

	private HttpResponse send(HttpRequest request) {
		try (FlinEngine engine = this.builder.build()) {
			return engine.handle(request);
		}
	}

	private HttpResponse get(String target, String... headers) {
		return send(HttpRequest.of("GET", target, HttpFields.of(headers), ""));
	}

	private HttpResponse post(String target, String contentType, String body) {
		return send(HttpRequest.of("POST", target, HttpFields.of("Content-Type", contentType), body));
	}

	private void route(String method, String path, RouteHandler handler) {
		this.builder.route(RouteSpec.route(method, path, "test", handler));
	}

	@Test
	void valuesBecomeJson() {
		route("GET", "/value/[name]", (context, exchange) -> FlinMap.of("name", exchange.params().get("name"), "q",
				exchange.query().get("q"), "list", FlinList.of(1L, 2.5, null)));
		HttpResponse response = get("/value/caf%C3%A9?q=a%26b+c&q=last");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().first("content-type")).isEqualTo("application/json");
		assertThat(response.text()).isEqualTo("{\"name\":\"café\",\"q\":\"last\",\"list\":[1,2.5,null]}");
	}

	@Test
	void noneIsNoContentAndMarkupIsAPage() {
		route("GET", "/none", (context, exchange) -> null);
		route("GET", "/page", (context, exchange) -> Html.of("<h1>Hi</h1>"));
		assertThat(get("/none").status()).isEqualTo(204);
		assertThat(get("/page").headers().first("Content-Type")).isEqualTo("text/html; charset=utf-8");
	}

	@Test
	void malformedJsonSaysWhere() {
		route("POST", "/notes", (context, exchange) -> exchange.body());
		HttpResponse response = post("/notes", "application/json", "{\"words\": \"a\",}");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text())
			.isEqualTo("{\"error\":\"Malformed JSON at line 1, column 15\",\"status\":400}");
	}

	@Test
	void aBodyOverTheLimitIsStoppedWhileReading() {
		this.builder.property("flin.web.max-body", "100B");
		route("POST", "/notes", (context, exchange) -> exchange.body());
		assertThat(post("/notes", "text/plain", "x".repeat(101)).status()).isEqualTo(413);
		assertThat(post("/notes", "text/plain", "x".repeat(100)).status()).isEqualTo(200);
	}

	@Test
	void anotherMethodGetsTheOnesThatAreThere() {
		route("GET", "/report", (context, exchange) -> 3L);
		HttpResponse refused = send(HttpRequest.of("DELETE", "/report"));
		assertThat(refused.status()).isEqualTo(405);
		assertThat(refused.headers().first("Allow")).isEqualTo("GET, HEAD, OPTIONS");
		assertThat(send(HttpRequest.of("OPTIONS", "/report")).status()).isEqualTo(204);
		assertThat(send(HttpRequest.of("HEAD", "/report")).text()).isEmpty();
	}

	@Test
	void aTrailingSlashRedirectsToWhatIsThereOnly() {
		route("GET", "/team", (context, exchange) -> 1L);
		assertThat(get("/team/?page=2&q=a%20b").headers().first("Location")).isEqualTo("/team?page=2&q=a%20b");
		assertThat(get("/nobody/").status()).isEqualTo(404);
		assertThat(get("//evil.example/").headers().first("Location")).isNull();
	}

	@Test
	void redirectsStayInTheApplication() {
		route("GET", "/go", (context, exchange) -> WebLibrary.redirect(exchange.query().get("to"), 302, false));
		assertThat(get("/go?to=/home").headers().first("Location")).isEqualTo("/home");
		for (String bad : List.of("//x", "/%5Cx", "https://x", "javascript:alert(1)", "/a%0d%0aX:y", "")) {
			HttpResponse response = get("/go?to=" + bad);
			assertThat(response.status()).as(bad).isEqualTo(400);
			assertThat(response.headers().first("Location")).as(bad).isNull();
		}
	}

	@Test
	void errorsOfTheProgramBecomeStatusCodes() {
		route("GET", "/fail/[code]", (context, exchange) -> {
			throw new FlinError((String) exchange.params().get("code"), "inner detail 4711", null,
					Map.of("name", "is required"));
		});
		assertThat(get("/fail/ValidationError").text())
			.isEqualTo("{\"error\":\"Validation failed\",\"status\":400,\"fields\":{\"name\":\"is required\"}}");
		assertThat(get("/fail/ConflictError").status()).isEqualTo(409);
		assertThat(get("/fail/Error").text()).isEqualTo("{\"error\":\"Internal error\",\"status\":500}");
	}

	@Test
	void aPageAndARouteAreChosenByAccept() {
		route("GET", "/stock", (context, exchange) -> FlinMap.of("total", 7L));
		this.builder.route(RouteSpec.page("/stock", "app/stock.flin", (context, exchange) -> Html.of("<h1>7</h1>")));
		assertThat(get("/stock", "Accept", "application/json").text()).isEqualTo("{\"total\":7}");
		assertThat(get("/stock", "Accept", "text/html,*/*;q=0.8").text()).isEqualTo("<h1>7</h1>");
	}

	@Test
	void publicFilesAreServedAndNothingBesideThem() {
		this.builder.root(SourceRoot.of(() -> Map.of("public/a.txt", "open", "flin.config", "closed")));
		assertThat(get("/a.txt").headers().first("Content-Type")).isEqualTo("text/plain; charset=utf-8");
		for (String bad : List.of("/../flin.config", "/%2e%2e/flin.config", "/..%2fflin.config",
				"/.%5c..%5cflin.config", "/public/a.txt")) {
			assertThat(get(bad).status()).as(bad).isEqualTo(404);
		}
	}

	/** Thousands of records may be refused at once; whoever sent them needs no megabytes to see what is wrong. */
	@Test
	void ofThousandsOfFieldsTheFirstAreTold() {
		Map<String, String> fields = new LinkedHashMap<>();
		for (int i = 0; i < 5000; i++) {
			fields.put("items[" + i + "].qty", "must be a whole number");
		}
		route("GET", "/bulk", (context, exchange) -> {
			throw new FlinError("ValidationError", "5,000 fields", null, fields);
		});
		HttpResponse response = get("/bulk");
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.text()).contains("\"items[999].qty\":\"must be a whole number\"")
			.doesNotContain("items[1000]")
			.endsWith("},\"more\":4000}");
	}

	@Test
	void multipartGivesFilesAndTexts() {
		route("POST", "/upload", (context, exchange) -> exchange.body());
		String body = "--X\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nÉté\r\n--X\r\n"
				+ "Content-Disposition: form-data; name=\"file\"; filename=\"../a.txt\"\r\n"
				+ "Content-Type: text/plain\r\n\r\nhello\r\n--X--\r\n";
		assertThat(post("/upload", "multipart/form-data; boundary=X", body).text()).contains("\"title\":\"Été\"",
				"\"name\":\"a.txt\"", "\"size\":5", "\"type\":\"text/plain\"");
		assertThat(post("/upload", "multipart/form-data; boundary=X", "--X\r\nnothing").status()).isEqualTo(400);
	}

	@Test
	void validateGivesExactlyWhatIsDeclared() {
		ValidateSpec.Rule required = new ValidateSpec.Rule("required", GuardSpec.Arguments.NONE);
		ValidateSpec.Rule length = new ValidateSpec.Rule("minLength", (context, exchange) -> new Object[] { 2L });
		ValidateSpec.Shape text = new ValidateSpec.Scalar("text");
		ValidateSpec.Shape address = new ValidateSpec.Nested(
				List.of(new ValidateSpec.Field("city", text, List.of(required), null, false)));
		ValidateSpec spec = new ValidateSpec(List.of(new ValidateSpec.Field("name", text, List.of(required, length),
				null, false),
				new ValidateSpec.Field("qty", new ValidateSpec.Scalar("int"), List.of(), null, false),
				new ValidateSpec.Field("address", address, List.of(), null, false)));
		this.builder.route(new RouteSpec(RouteSpec.Kind.ROUTE, "POST", RoutePath.of("/v"), "test", List.of(), spec,
				null, (context, exchange) -> exchange.body()));
		assertThat(post("/v", "application/json", "{\"name\":\"Al\",\"qty\":2.5,\"address\":{}}").text()).isEqualTo(
				"{\"error\":\"Validation failed\",\"status\":400,"
						+ "\"fields\":{\"qty\":\"must be a whole number\",\"address.city\":\"is required\"}}");
		assertThat(post("/v", "application/x-www-form-urlencoded", "name=Ada&qty=3&admin=1").text())
			.isEqualTo("{\"name\":\"Ada\",\"qty\":3,\"address\":null}");
	}

	@Test
	void healthNamesItsParts() {
		HttpResponse response = get("/_flin/health");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.text()).contains("\"status\":\"healthy\"", "\"database\"", "\"wal\"", "\"memory\"",
				"\"search\"", "\"cron\"", "\"uptime\"");
		assertThat(get("/_flin/ready").status()).isEqualTo(200);
		assertThat(get("/_flin/live").status()).isEqualTo(200);
	}

	@Test
	void everyAnswerCarriesSecurityHeaders() {
		assertThat(get("/nothing").headers().first("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(get("/nothing").headers().first("Content-Security-Policy")).isNotNull();
		assertThat(get("/nothing").headers().first("Strict-Transport-Security")).isNull();
	}

	@Test
	void bodiesThatAreNotUtf8AreRefused() {
		route("POST", "/n", (context, exchange) -> exchange.body());
		HttpRequest request = HttpRequest.of("POST", "/n", HttpFields.of("Content-Type", "application/json"),
				"\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(send(request).status()).isEqualTo(400);
	}

}
