package dev.flin.autoconfigure.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in must not become something else when it goes out: paths, header fields, markup, addresses. */
@ExtendWith(Target.Running.class)
class InjectionTests {

	private final Target target;

	InjectionTests(Target target) {
		this.target = target;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/../outside.txt", "/../../outside.txt", "/%2e%2e/outside.txt", "/%2e%2e%2foutside.txt",
			"/..%2foutside.txt", "/..%5coutside.txt", "/%252e%252e%252foutside.txt", "/....//outside.txt",
			"/plain.txt/../../outside.txt", "/..;/outside.txt", "/%c0%ae%c0%ae/outside.txt",
					"/../application.properties",
			"/application.properties", "/../entities/User.flin", "/entities/User.flin", "/lib/hidden.flin",
			"/app/api/me.flin", "/api/me.flin", "/.env", "/%2eenv", "//etc/passwd", "/file:///etc/passwd",
			"/plain.txt%00.png", "/public/../lib/hidden.flin", "/WEB-INF/web.xml", "/META-INF/MANIFEST.MF",
			"/_flin/files/../../outside.txt", "/_flin/files/User/1/1/secret/AAAA/x",
			"/_flin/assets/../../../outside.txt" })
	void noFileOutsideIsShown(String path) {
		Answer answer = this.target.wire().get(path);
		assertThat(answer.body()).doesNotContain("outside-figures")
			.doesNotContain("property-figures")
			.doesNotContain("source-figures")
			.doesNotContain("dot-figures")
			.doesNotContain("hidden_function")
			.doesNotContain("root:")
			.doesNotContain("entity User");
		assertThat(answer.status()).isNotEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a%0d%0aSet-Cookie:%20evil=1", "a%0aSet-Cookie:%20evil=1", "a%0dSet-Cookie:%20evil=1",
			"a%E5%98%8D%E5%98%8ASet-Cookie:%20evil=1", "a%00b", "a%0d%0a%0d%0a<script>x</script>" })
	void aHeaderFieldCannotContainAnother(String value) {
		for (String path : new String[] { "/api/header?v=", "/api/cookie?v=" }) {
			Answer answer = this.target.wire().get(path + value);
			assertThat(answer.cookie("evil")).isNull();
			assertThat(answer.head()).noneMatch((line) -> line.startsWith("Set-Cookie: evil"));
			assertThat(answer.body()).doesNotContain("<script>x");
		}
	}

	@Test
	void theValueOfACookieCannotGiveItAttributes() {
		Answer answer = this.target.wire().get("/api/cookie?v=" + encoded("x; Domain=evil.example; Max-Age=9"));
		assertThat(answer.headers("Set-Cookie")).noneMatch((each) -> each.contains("; Domain=evil"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example",
			"https:evil.example", "///evil.example", "/\t/evil.example", "javascript:alert(1)", "data:text/html,x",
			" https://evil.example", "/%0d%0aLocation: https://evil.example", "HTTPS://evil.example",
			"http:/\\evil.example", "\u0001https://evil.example", "/\n/evil.example", "@evil.example",
			"https://localhost@evil.example" })
	void nobodyIsSentElsewhere(String to) {
		Answer answer = this.target.wire().get("/api/go?to=" + encoded(to));
		String location = answer.header("Location");
		boolean own = location.isEmpty() || (location.startsWith("/") && !location.startsWith("//")
				&& !location.startsWith("/\\")) || location.startsWith("@");
		assertThat(own).as(location).isTrue();
		assertThat(location).doesNotContain("\t");
	}

	@Test
	void theOwnPathMay() {
		assertThat(this.target.wire().get("/api/go?to=" + encoded("/open?x=1")).header("Location"))
			.isEqualTo("/open?x=1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<script>alert(1)</script>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)",
			"\" onerror=\"alert(1)", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
			"<svg/onload=alert(1)>", "</style><script>alert(1)</script>", "<!--<script>alert(1)//-->",
			"<iframe srcdoc=\"<script>alert(1)</script>\">", "]]><script>alert(1)</script>",
			"\u2028</script><script>alert(1)", "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">" })
	void textIsNeverMarkup(String value) {
		String page = this.target.wire().get("/show?v=" + encoded(value), "Accept", "text/html").body();
		assertThat(page).contains("id=\"text\"").doesNotContain("<script>alert").doesNotContain("<svg")
			.doesNotContain("<iframe").doesNotContain("<math")
			.doesNotContainPattern("<[a-z]+[^>\"]* on(error|load|mouseover)=");
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
			"java\tscript:alert(1)",
			"java\nscript:alert(1)", "\u0001javascript:alert(1)", "vbscript:x",
					"data:text/html,<script>alert(1)</script>",
			"javascript&colon;alert(1)", "&#106;avascript:alert(1)" })
	void anAddressIsNeverCode(String value) {
		String page = this.target.wire().get("/show?v=" + encoded(value), "Accept", "text/html").body();
		String link = page.substring(page.indexOf("id=\"href\""), page.indexOf("</a>"));
		assertThat(link.toLowerCase(Locale.ROOT)).doesNotContainPattern(
				"href=\"[\\s\\x00-\\x20]*(java\\s*script|vbscript|data):");
	}

	@ParameterizedTest
	@ValueSource(strings = { "red; background: url(https://evil.example)", "expression(alert(1))",
			"red}</style><script>alert(1)</script>", "url(javascript:alert(1))", "red; position: fixed; inset: 0" })
	void aStyleTakesOneValue(String value) {
		String page = this.target.wire().get("/show?v=" + encoded(value), "Accept", "text/html").body();
		int start = page.indexOf("id=\"style\"");
		String style = page.substring(start, page.indexOf("</p>", start));
		assertThat(style.substring(0, style.indexOf('>'))).doesNotContain("url(").doesNotContain("expression(")
			.doesNotContain("position");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{7*7}", "${7*7}", "{{7*7}}", "#{7*7}", "<%= 7*7 %>", "\\{7*7}", "{hidden_function()}",
			"{User.all}", "T(java.lang.Runtime)", "${jndi:ldap://127.0.0.1:1/x}" })
	void textIsNeverATemplate(String value) {
		String page = this.target.wire().get("/show?v=" + encoded(value), "Accept", "text/html").body();
		String text = page.substring(page.indexOf("id=\"text\""), page.indexOf("</p>"));
		assertThat(text).doesNotContain("49").doesNotContain("source-figures").doesNotContain("argon2");
	}

	@Test
	void scriptsRunOnlyWithTheNonceOfThePage() {
		String policy = this.target.wire().get("/show", "Accept", "text/html").header("Content-Security-Policy");
		assertThat(policy).containsPattern("script-src 'self' 'nonce-[^']+';").doesNotContain("unsafe-eval")
			.contains("object-src 'none'").contains("base-uri");
		assertThat(this.target.wire().get("/show", "Accept", "text/html").header("X-Content-Type-Options"))
			.isEqualTo("nosniff");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "localhost:1@evil.example", "evil.example/path?", "\"><script>" })
	void aHostIsNotTrusted(String host) {
		Answer answer = this.target.wire().get("/open/", "Host", host);
		assertThat(answer.header("Location")).doesNotContain("evil.example");
		assertThat(this.target.wire().get("/show", "Host", host, "Accept", "text/html").body())
			.doesNotContain("evil.example");
	}

	/** HTTP/1.1 demands it; clients of HTTP/1.0, such as the probes of old balancers, need not say it. */
	@Test
	void aRequestWithoutAHostIsRefused() {
		Wire wire = this.target.wire();
		assertThat(wire.raw("GET /api/url HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
			.extracting(Answer::status)
			.isEqualTo(400);
		assertThat(wire.raw("GET /api/url HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
			.extracting(Answer::status)
			.isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded" })
	void aForwardedHostIsNotTrusted(String header) {
		String value = header.equals("Forwarded") ? "host=evil.example" : "evil.example";
		assertThat(this.target.wire().get("/api/url", header, value, "X-Forwarded-Proto", "https").body())
			.doesNotContain("evil.example").doesNotContain("https:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/open", "/show", "/api/echo?v=1", "/plain.txt" })
	void noHeaderChangesWhatACacheKeeps(String path) {
		Wire wire = this.target.wire();
		String plain = wire.get(path, "Accept", "text/html").body().replaceAll("nonce=\"[^\"]*\"", "");
		String poisoned = wire.get(path, "Accept", "text/html", "X-Forwarded-Host", "evil.example",
				"X-Forwarded-Scheme", "nothttps", "X-Original-URL", "/evil", "X-Forwarded-Port", "1337").body();
		assertThat(poisoned.replaceAll("nonce=\"[^\"]*\"", "")).isEqualTo(plain).doesNotContain("evil");
	}

	@Test
	void fieldsThatWereNotDeclaredAreDropped() {
		Answer answer = this.target.wire().post("/api/users",
				"{\"name\": \"mallory\", \"role\": \"admin\", \"id\": 1, \"secret\": \"x\", \"__proto__\": "
						+ "{\"role\": \"admin\"}}");
		assertThat(answer.body()).isEqualTo("{\"role\":\"member\"}");
		Wire bob = this.target.as("bob");
		assertThat(bob.postOwn("/api/me", "{\"bio\": \"b\", \"role\": "
				+ "\"admin\"}").body()).isEqualTo("{\"keys\":[\"bio\"]}");
		assertThat(bob.get("/api/admin/stats").status()).isEqualTo(403);
	}

	@Test
	void aConditionIsNotTakenFromTheRequest() {
		for (String name : new String[] { "{\"$ne\": null}", "[\"ada\"]", "true", "{\"like\": \"%\"}", "null" }) {
			assertThat(this.target.wire()
				.post("/api/login", "{\"name\": " + name + ", \"password\": {\"$ne\": 1}}").status()).as(name)
				.isNotEqualTo(200);
		}
		assertThat(this.target.wire().post("/api/login", "{\"name\": \"ada' or '1'='1\", \"password\": "
				+ "\"x\"}").status())
			.isEqualTo(401);
	}

	@Test
	void whereTheRecordsAreIsNotTold() {
		assertThat(this.target.wire().get("/_flin/health").body()).contains("\"database\":{\"status\":\"healthy\"")
			.doesNotContain("location");
	}

	@Test
	void whatFailedIsNotToldToVisitors() {
		Answer answer = this.target.wire().get("/api/fail");
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).doesNotContain("db-password-7").doesNotContain(".flin").doesNotContain("java");
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
