package dev.flin.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.security.SecuredApplication.Browser;

/** A route for each guard of the language, and what they answer to nobody and to somebody. */
final class NineGuards {

	static final Map<String, String> FILES = Map.of("app/nine/auth.flin", "guard auth\nroute GET { 1 }\n",
			"app/nine/role.flin", "guard role(\"clerk\", \"SCOPE_clerk\", \"OIDC_USER\")\nroute GET { 1 }\n",
			"app/nine/boss.flin", "guard role(\"boss\")\nroute GET { 1 }\n", "app/nine/owner/[id].flin",
			"guard owner(params.id)\nroute GET { 1 }\n", "app/nine/rate.flin",
			"guard rate_limit(2, 60, by: query.who)\nroute GET { 1 }\n", "app/nine/csrf.flin",
			"guard csrf\nroute GET { csrf_token() }\nroute POST { 1 }\n", "app/nine/key.flin", """
					guard api_key
					route GET { request.api_key.name }
					""", "app/nine/ip.flin", """
					route GET "/nine/ip/here" {
					    guard ip_whitelist("127.0.0.0/8", "::1/128")
					    1
					}
					route GET "/nine/ip/there" {
					    guard ip_whitelist("10.0.0.0/8")
					    1
					}
					route POST "/nine/keys" {
					    guard not(auth)
					    create_api_key("test")
					}
					""", "app/nine/time.flin", """
					route GET "/nine/time/always" {
					    guard time("00:00-12:00")
					    1
					}
					route GET "/nine/time/never" {
					    guard time("13:00-14:00", "UTC", "SAT,SUN")
					    1
					}
					""", "app/nine/method.flin", "guard method(\"GET\")\nroute GET { 1 }\nroute POST { 2 }\n");

	private NineGuards() {
	}

	/** A Thursday at nine. */
	static FlinEngineCustomizer clock() {
		return (builder) -> builder.clock(() -> Instant.parse("2026-01-01T09:00:00Z"));
	}

	/** What each answers to a browser that nobody is signed in with. */
	static void refuseNobody(Browser browser) {
		Map<String, Integer> expected = new LinkedHashMap<>(Map.of("auth", 401, "role", 401, "boss", 401,
				"owner/ada", 401, "key", 401));
		anybody().forEach(expected::put);
		expected.forEach((path, status) -> assertThat(status(browser, path)).as(path).isEqualTo(status));
		assertThat(browser.post("/nine/csrf", Map.of()).getStatus().value()).isEqualTo(403);
		assertThat(browser.post("/nine/method", Map.of()).getStatus().value()).isEqualTo(405);
		String key = String.valueOf(browser.post("/nine/keys", Map.of()).getResponseBody()).replace("\"", "");
		assertThat(browser.get("/nine/key", "X-API-Key", key).getResponseBody()).isEqualTo("\"test\"");
		assertThat(browser.get("/nine/key", "X-API-Key", key + "0").getStatus().value()).isEqualTo(401);
		limit(browser, "nobody");
	}

	/**
	 * What each answers to somebody with the role {@code clerk}.
	 * @param id what the application knows them by
	 * @param headers what the browser sends along, such as a token
	 */
	static void know(Browser browser, String id, String... headers) {
		Map<String, Integer> expected = new LinkedHashMap<>(Map.of("auth", 200, "role", 200, "boss", 403, "owner/" + id,
				200, "owner/somebody", 403, "key", 401));
		anybody().forEach(expected::put);
		expected.forEach((path, status) -> assertThat(status(browser, path, headers)).as(path).isEqualTo(status));
		assertThat(browser.post("/nine/csrf", Map.of(), headers).getStatus().value()).isEqualTo(403);
		limit(browser, id, headers);
	}

	/** A browser that is known by what it sends unasked passes with the token of a page, and not without. */
	static void takeTheTokenOfAPage(Browser browser) {
		String token = String.valueOf(browser.get("/nine/csrf").getResponseBody()).replace("\"", "");
		assertThat(browser.post("/nine/csrf", Map.of("_csrf", token)).getStatus().value()).isEqualTo(200);
		assertThat(browser.post("/nine/method", Map.of("_csrf", token)).getStatus().value()).isEqualTo(405);
	}

	private static Map<String, Integer> anybody() {
		return Map.of("ip/here", 200, "ip/there", 403, "time/always", 200, "time/never", 403, "method", 200);
	}

	private static void limit(Browser browser, String who, String... headers) {
		String path = "rate?who=" + who;
		assertThat(status(browser, path, headers)).isEqualTo(200);
		assertThat(status(browser, path, headers)).isEqualTo(200);
		assertThat(browser.get("/nine/" + path, headers).getResponseHeaders().getFirst("Retry-After")).isNotNull();
		assertThat(status(browser, path, headers)).isEqualTo(429);
		assertThat(status(browser, path + "-else", headers)).isEqualTo(200);
	}

	private static int status(Browser browser, String path, String... headers) {
		return browser.get("/nine/" + path, headers).getStatus().value();
	}

}
