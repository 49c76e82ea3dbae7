package dev.flin.http.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HostSecurity;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.RequestBody;
import dev.flin.http.ResponseBody;
import dev.flin.http.route.Replies;
import dev.flin.http.route.RouteSpec;

/** What every answer says to browsers, and whom it believes. */
class AnswerHeaderTests {

	private final Map<String, String> files = new LinkedHashMap<>();

	private final FlinEngine.Builder builder = FlinEngine.builder();

	private @Nullable FlinEngine engine;

	@AfterEach
	void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

	private HttpResponse send(HttpRequest request) {
		FlinEngine known = this.engine;
		if (known == null) {
			known = this.builder.root(SourceRoot.of(() -> this.files)).build().requireNoErrors();
			this.engine = known;
		}
		return known.handle(request);
	}

	private HttpResponse get(String target, String... headers) {
		return send(HttpRequest.of("GET", target, HttpFields.of(headers), ""));
	}

	private HttpResponse from(String address, String target, String... headers) {
		return send(new HttpRequest("GET", target, "", HttpFields.of(headers), RequestBody.NONE, address, false));
	}

	private static @Nullable String header(HttpResponse response, String name) {
		return response.headers().first(name);
	}

	// Policy

	@Test
	void scriptsAndStylesOfFilesCarryTheNonceOfTheAnswer() {
		this.files.put("app/index.flin", """
				<style>h1 { color: red }</style>
				<h1>Start</h1>
				<script>count()</script>
				""");
		HttpResponse first = get("/");
		String policy = String.valueOf(header(first, "Content-Security-Policy"));
		Matcher nonce = Pattern.compile("'nonce-([^']{22,})'").matcher(policy);
		assertThat(nonce.find()).isTrue();
		assertThat(first.text()).contains("<script nonce=\"" + nonce.group(1) + "\">count()",
				"<style nonce=\"" + nonce.group(1) + "\">");
		assertThat(header(get("/"), "Content-Security-Policy")).doesNotContain(nonce.group(1));
	}

	@Test
	void withoutScriptsNoInlineScriptIsAllowed() {
		this.files.put("app/index.flin", "<h1>Start</h1>\n");
		assertThat(header(get("/"), "Content-Security-Policy")).contains("script-src 'self';", "style-src 'self';")
			.contains("frame-ancestors 'self'")
			.doesNotContain("nonce");
	}

	@Test
	void aScriptThatAValueBringsGetsNoNonce() {
		this.files.put("app/index.flin", """
				bad = "<script>steal()</script>"
				more = { src: "https://evil.example/x.js" }
				<div>{@html bad}{bad}</div>
				<script {...more}></script>
				<script src={more.src}></script>
				""");
		HttpResponse page = get("/");
		assertThat(page.text()).doesNotContain("nonce").doesNotContain("<script>steal()");
		assertThat(header(page, "Content-Security-Policy")).doesNotContain("nonce");
	}

	@Test
	void settingsReplaceThePolicies() {
		this.builder.property("flin.web.headers.content-security-policy", "default-src 'none'")
			.property("flin.web.headers.frame-ancestors", "'none'")
			.property("flin.web.headers.permissions-policy", "");
		this.files.put("app/data.flin", "route GET { 1 }\n");
		HttpResponse answer = get("/data");
		assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
		assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
		assertThat(header(answer, "Permissions-Policy")).isNull();
	}

	@Test
	void aSettingWithALineBreakStopsTheStart() {
		this.builder.property("flin.web.headers.referrer-policy", "no-referrer\r\nSet-Cookie: a=b");
		assertThatIllegalArgumentException().isThrownBy(() -> get("/"));
	}

	@Test
	void strictTransportIsForHttpsOnly() {
		this.files.put("app/data.flin", "route GET { 1 }\n");
		assertThat(header(get("/data"), "Strict-Transport-Security")).isNull();
		HttpRequest secure = new HttpRequest("GET", "/data", "", HttpFields.EMPTY, RequestBody.NONE, "10.0.0.1", true);
		assertThat(header(send(secure), "Strict-Transport-Security")).isEqualTo("max-age=31536000");
	}

	@Test
	void aFormForAnotherServerGetsNoToken() {
		this.files.put("app/index.flin", """
				session.seen = true
				<form method="post" action="https://evil.example/"><button>Go</button></form>
				""");
		this.files.put("app/own.flin", "<form method=\"post\"><button>Go</button></form>\n");
		HttpResponse page = get("/");
		assertThat(page.text()).doesNotContain("_csrf");
		String cookie = page.headers().all("Set-Cookie").getFirst().split(";")[0];
		String own = get("/own", "Cookie", cookie).text();
		assertThat(own).contains("name=\"_csrf\"");
		assertThat(get("/own", "Cookie", cookie).text()).as("masked anew each time").isNotEqualTo(own);
	}

	// Other origins

	@Test
	void otherOriginsAreKeptOutUnlessTheyAreNamed() {
		this.files.put("app/data.flin", "route GET { 1 }\n");
		HttpResponse closed = get("/data", "Origin", "https://shop.example");
		assertThat(header(closed, "Access-Control-Allow-Origin")).isNull();
		assertThat(header(closed, "Vary")).isEqualTo("Accept-Encoding");
	}

	@Test
	void namedOriginsMayReadAndCachesKnow() {
		cors("https://shop.example, https://*.partner.example", "true");
		HttpResponse allowed = get("/data", "Origin", "https://shop.example");
		assertThat(header(allowed, "Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
		assertThat(header(allowed, "Access-Control-Allow-Credentials")).isEqualTo("true");
		assertThat(header(allowed, "Vary")).contains("Origin");
		assertThat(header(get("/data", "Origin", "https://a.partner.example"), "Access-Control-Allow-Origin"))
			.isEqualTo("https://a.partner.example");
		assertThat(header(get("/data"), "Vary")).as("also for the same origin").contains("Origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "https://shop.example.evil.example", "http://shop.example",
			"https://evilpartner.example", "https://partner.example", "https://evil.com/.partner.example", "null",
			"https://shop.example:8443", "https://evil.com#.partner.example" })
	void originsThatOnlyLookLikeANamedOneAreNot(String origin) {
		cors("https://shop.example, https://*.partner.example", "true");
		assertThat(header(get("/data", "Origin", origin), "Access-Control-Allow-Origin")).isNull();
		assertThat(header(preflight(origin, "DELETE"), "Access-Control-Allow-Methods")).isNull();
	}

	@Test
	void aBrowserThatAsksFirstLearnsWhatThePathAllows() {
		cors("https://shop.example", "false");
		this.builder.property("flin.web.cors.allowed-headers", "Content-Type, X-CSRF-Token");
		HttpResponse answer = preflight("https://shop.example", "DELETE");
		assertThat(answer.status()).isEqualTo(204);
		assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("DELETE, GET");
		assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("Content-Type, X-CSRF-Token");
		assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("1800");
	}

	@Test
	void cookiesForEverybodyStopTheStart() {
		cors("*", "true");
		assertThatIllegalArgumentException().isThrownBy(() -> get("/data")).withMessageContaining("flin.web.cors");
	}

	private void cors(String origins, String credentials) {
		this.files.put("app/data.flin", "route GET { 1 }\nroute DELETE { none }\n");
		this.builder.property("flin.web.cors.allowed-origins", origins)
			.property("flin.web.cors.allow-credentials", credentials);
	}

	private HttpResponse preflight(String origin, String method) {
		return send(HttpRequest.of("OPTIONS", "/data",
				HttpFields.of("Origin", origin, "Access-Control-Request-Method", method), ""));
	}

	// Proxies

	private void tell() {
		this.files.put("app/who.flin", """
				route GET { text(request.ip ++ " " ++ request.url ++ " " ++ request.is_https) }
				""");
	}

	@Test
	void nobodyButATrustedProxySaysWhoTheClientIs() {
		tell();
		this.builder.property("flin.web.trusted-proxies", "10.0.0.0/8");
		assertThat(from("192.0.2.7", "/who", "Host", "shop.example", "X-Forwarded-For", "127.0.0.1",
				"X-Forwarded-Proto",
				"https", "X-Forwarded-Host", "evil.example", "Forwarded", "for=127.0.0.1").text())
			.isEqualTo("192.0.2.7 http://shop.example/who false");
		assertThat(from("10.0.0.1", "/who", "Host", "inner", "X-Forwarded-For", "192.0.2.7", "X-Forwarded-Proto",
				"https",
				"X-Forwarded-Host", "shop.example").text()).isEqualTo("192.0.2.7 https://shop.example/who true");
	}

	@Test
	void whatTheClientClaimedBeforeTheProxyDoesNotCount() {
		tell();
		this.builder.property("flin.web.trusted-proxies", "10.0.0.0/8, ::1");
		assertThat(from("10.0.0.1", "/who", "Host", "a", "X-Forwarded-For", "127.0.0.1, 192.0.2.7, 10.0.0.2").text())
			.startsWith("192.0.2.7 ");
		assertThat(from("::1", "/who", "Host", "a", "Forwarded",
				"for=127.0.0.1;proto=https, for=\"[2001:db8::7]:4711\";proto=http").text())
			.isEqualTo("2001:db8::7 http://a/who false");
		assertThat(from("10.0.0.1", "/who", "Host", "a", "X-Forwarded-For", "not an address").text())
			.startsWith("10.0.0.1 ");
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.1, /shop, /shop", "10.0.0.1, /a/b/, /a/b", "192.0.2.7, /shop, ''",
			"10.0.0.1, //evil.example, ''", "10.0.0.1, '/evil, /shop', /shop", "10.0.0.1, /../x, ''",
			"10.0.0.1, https://evil.example, ''", "10.0.0.1, /\\evil.example, ''",
			"10.0.0.1, '/a b', ''", "10.0.0.1, /, ''" })
	void aTrustedProxySaysWhatItHasTakenOffThePath(String address, String prefix, String base) {
		tell();
		this.builder.property("flin.web.trusted-proxies", "10.0.0.0/8");
		HttpResponse answer = from(address, "/who", "Host", "a", "X-Forwarded-Prefix", prefix);
		assertThat(answer.text()).endsWith(" http://a" + base + "/who false");
		assertThat(from(address, "/who/", "Host", "a", "X-Forwarded-Prefix", prefix).headers().first("Location"))
			.isEqualTo(base + "/who");
	}

	@Test
	void withoutTrustedProxiesNothingCounts() {
		tell();
		assertThat(from("127.0.0.1", "/who", "Host", "a", "X-Forwarded-For", "192.0.2.7").text())
			.startsWith("127.0.0.1 ");
	}

	@Test
	void aMalformedProxyStopsTheStart() {
		this.builder.property("flin.web.trusted-proxies", "10.0.0.0/99");
		assertThatIllegalArgumentException().isThrownBy(() -> get("/")).withMessageContaining("10.0.0.0/99");
	}

	// Hosts

	@ParameterizedTest
	@CsvSource({ "localhost:8080, 200", "a-1.b2, 200", "10.0.0.1:80, 200", "[::1]:80, 200", "a_b:1, 200", "a., 200",
			"-a, 400", "a:, 400", "a:123456, 400", "a:8o, 400", ".a, 400", "a:80:90, 400", "a b, 400" })
	void aHostIsANameAndPerhapsAPort(String host, int status) {
		tell();
		assertThat(get("/who", "Host", host).status()).isEqualTo(status);
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "shop.example.evil.example", "shop.example@evil.example", "shop.example/x",
			"shop.example:80:90", "a\"b", "evil-shop.example", "" })
	void linksDoNotLeadToAHostThatAClientMadeUp(String host) {
		tell();
		this.builder.property("flin.web.allowed-hosts", "shop.example, *.shop.example");
		assertThat(get("/who", "Host", host).status()).isEqualTo(400);
	}

	@Test
	void allowedHostsAndTheBaseAddress() {
		tell();
		this.builder.property("flin.web.allowed-hosts", "shop.example,*.shop.example")
			.property("flin.web.base-url", "https://shop.example/");
		assertThat(get("/who", "Host", "www.shop.example:8443").text()).contains(" https://shop.example/who ");
		assertThat(get("/who", "Host", "SHOP.example").status()).isEqualTo(200);
	}

	@Test
	void aHostWithCharactersThatNoNameHasIsRefusedInAnyCase() {
		tell();
		assertThat(get("/who", "Host", "a<script>").status()).isEqualTo(400);
		assertThat(get("/who", "Host", "a", "Host", "b").status()).isEqualTo(400);
		assertThat(get("/who", "Host", "[::1]:8080").status()).isEqualTo(200);
	}

	// Caches

	@Test
	void whatAGuardLetsThroughIsNotKeptForOthers() {
		this.files.put("app/closed.flin", "guard ip_whitelist(\"127.0.0.1\")\nroute GET { 1 }\n");
		this.files.put("app/open.flin", "route GET { 1 }\n");
		assertThat(header(get("/closed"), "Cache-Control")).isEqualTo("private, no-cache");
	}

	@Test
	void addressesLieBelowTheBasePathOfTheHost() {
		FlinEngine.Builder given = FlinEngine.builder()
			.route(RouteSpec.route("GET", "/place", "test", (context, exchange) -> exchange.request().get("url")))
			.route(RouteSpec.route("GET", "/go", "test",
					(context, exchange) -> Replies.redirect(exchange.query().get("to"), 302, true)));
		try (FlinEngine engine = given.build()) {
			assertThat(text(below(engine, "/place", ""))).isEqualTo("\"http://shop.example/base/place\"");
			assertThat(location(engine, "/place/", "")).isEqualTo("/base/place");
			assertThat(location(engine, "/go", "to=/a?b")).isEqualTo("/base/a?b");
			assertThat(location(engine, "/go", "to=/base/a")).isEqualTo("/base/a");
			assertThat(location(engine, "/go", "to=https://other.example/a")).isEqualTo("https://other.example/a");
		}
	}

	@Test
	void signedAddressesLieBelowTheBasePathOfTheHost() {
		FlinEngine.Builder given = FlinEngine.builder().root(SourceRoot.of(() -> Map.of("app/u.flin", """
				route GET { signed_url(url_for("/users/[id]", 7), 1.minute) }
				""", "app/users/[id].flin", """
				guard signed
				route GET { params.id }
				""")));
		try (FlinEngine engine = given.build().requireNoErrors()) {
			String url = text(below(engine, "/u", "")).replace("\"", "");
			assertThat(url).startsWith("/base/users/7?expires=");
			int query = url.indexOf('?');
			String path = url.substring("/base".length(), query);
			assertThat(text(below(engine, path, url.substring(query + 1)))).isEqualTo("\"7\"");
			assertThat(below(engine, path, url.substring(query + 1) + "x").status()).isEqualTo(403);
		}
	}

	@Test
	void cookiesOfAResponseAreAllSentAndGoOverHttpsOnlyWhereThatIsSpoken() {
		this.files.put("app/c.flin", """
				route GET { response { status: 200  cookies: { a: 1, b: "2" }  headers: { Link: ["<a>", "<b>"] } } }
				""");
		this.files.put("app/_middleware.flin", "middleware { next() }\n");
		HttpResponse plain = get("/c");
		assertThat(plain.headers().all("Set-Cookie")).containsExactly("a=1; Path=/; SameSite=Lax; HttpOnly",
				"b=2; Path=/; SameSite=Lax; HttpOnly");
		assertThat(plain.headers().all("Link")).containsExactly("<a>", "<b>");
		HttpResponse secure = send(new HttpRequest("GET", "/c", "", HttpFields.EMPTY, RequestBody.NONE, "127.0.0.1",
				true));
		assertThat(secure.headers().all("Set-Cookie")).hasSize(2).allMatch((cookie) -> cookie.endsWith("; Secure"));
	}

	@Test
	void aBodyMayBeAnAnswerThatSaysHowItIsSent() {
		this.files.put("app/c.flin", """
				route GET {
				    response { status: 202  body: text("a,b")  headers: { "Content-Type": "text/csv" } }
				}
				""");
		this.files.put("app/d.flin", "route GET { response { body: html(\"<b>x</b>\", 203) } }\n");
		this.files.put("app/e.flin", "route GET { response.created(text(\"x\")) }\n");
		HttpResponse csv = get("/c");
		assertThat(csv.status()).isEqualTo(202);
		assertThat(csv.headers().all("Content-Type")).containsExactly("text/csv");
		assertThat(text(csv)).isEqualTo("a,b");
		HttpResponse page = get("/d");
		assertThat(page.status()).isEqualTo(203);
		assertThat(text(page)).isEqualTo("<b>x</b>");
		HttpResponse created = get("/e");
		assertThat(created.status()).isEqualTo(201);
		assertThat(text(created)).isEqualTo("x");
	}

	@Test
	void aCursorThatIsNoneIsTheMistakeOfTheClient() {
		this.files.put("entities/Note.flin", "entity Note { body: text }\n");
		this.files.put("app/notes.flin", "route GET { Note.after(query.after, limit: 2).items }\n");
		assertThat(get("/notes").status()).isEqualTo(200);
		HttpResponse refused = send(new HttpRequest("GET", "/notes", "after=zzz", HttpFields.EMPTY, RequestBody.NONE,
				"127.0.0.1", false));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(text(refused)).contains("this cursor does not belong to this query");
	}

	private static HttpResponse below(FlinEngine engine, String path, String query) {
		return engine.handle(new HttpRequest("GET", path, query, HttpFields.of("Host", "shop.example"),
				RequestBody.NONE, "127.0.0.1", false, HostSecurity.NONE, "/base"));
	}

	private static String text(HttpResponse response) {
		ResponseBody.Bytes bytes = (ResponseBody.Bytes) response.body();
		return new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8);
	}

	private static @Nullable String location(FlinEngine engine, String path, String query) {
		return below(engine, path, query).headers().first("Location");
	}

}
