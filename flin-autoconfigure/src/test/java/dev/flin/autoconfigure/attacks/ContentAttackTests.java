package dev.flin.autoconfigure.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What visitors send to be kept, parsed, matched, logged or sent on. */
@ExtendWith({ Target.Running.class, OutputCaptureExtension.class })
class ContentAttackTests {

	private static final String SCRIPT = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

	private final Target target;

	ContentAttackTests(Target target) {
		this.target = target;
	}

	private static String query(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	private Answer upload(String target, String name, String type) {
		return this.target.wire()
			.send("POST", target,
					"--b\r\nContent-Disposition: form-data; name=\"document\"; filename=\"" + name
							+ "\"\r\nContent-Type: " + type + "\r\n\r\n" + SCRIPT + "\r\n--b--\r\n",
					"Content-Type", "multipart/form-data; boundary=b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "image/svg+xml", "text/html", "application/xhtml+xml", "text/xml",
			"text/html;charset=utf-7", "TEXT/HTML", "application/x-shockwave-flash", "" })
	void whatWasUploadedRunsNowhere(String type) {
		for (String where : new String[] { "/api/keep", "/api/paper-file" }) {
			String url = upload(where, "page.svg", type).body().replace("\"", "");
			assertThat(url).startsWith("/_flin/");
			Answer answer = this.target.wire().get(url);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.header("Content-Disposition")).as(type).startsWith("attachment");
			assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self';");
		}
	}

	@Test
	void aPictureThatIsNoneIsNotTakenForAPage() {
		String url = upload("/api/keep", "page.png", "image/png").body().replace("\"", "");
		Answer answer = this.target.wire().get(url);
		assertThat(answer.header("Content-Type")).isEqualTo("image/png");
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../..", "/etc", "a/../../b", "..\\..", "a//b", ".ssh", "a\u0000b", "%2e%2e" })
	void aDirectoryForFilesLeadsNowhereElse(String directory) {
		assertThat(upload("/api/keep?dir=" + query(directory), "a.txt", "text/plain").status()).as(directory)
			.isIn(200, 400, 500);
		String url = upload("/api/keep?dir=" + query(directory), "a.txt", "text/plain").body();
		assertThat(url).doesNotContain("..").doesNotContain(".ssh");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/_flin/storage/AAAAAAAAAAAAAAAAAAAAAA/../../outside.txt", "outside.txt", "../outside.txt",
			"/_flin/storage//outside.txt", "/_flin/storage/x/", "" })
	void noFileIsRemovedThatWasNotKept(String url) {
		assertThat(this.target.wire().post("/api/forget?url=" + query(url), "{}").body()).isEqualTo("false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\ndata: forged", "a\r\rdata: forged", "a\r\n\r\ndata: forged" })
	void anEventCannotContainAnother(String value) {
		assertThat(this.target.wire().get("/api/events?data=" + query(value)).body().lines())
			.doesNotContain("data: forged");
		for (String field : new String[] { "name", "id" }) {
			assertThat(this.target.wire().get("/api/events?" + field + "=" + query(value)).body())
				.doesNotContain("forged");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=b; Path=/admin", "a\r\nX-Forged: 1", "a b", "", "a;b" })
	void theNameOfACookieOrFieldIsAName(String name) {
		for (String path : new String[] { "/api/name/cookie", "/api/name/header", "/api/name/response" }) {
			Answer answer = this.target.wire().get(path + "?v=" + query(name));
			assertThat(answer.header("X-Forged")).isEmpty();
			assertThat(answer.headers("Set-Cookie")).noneMatch((each) -> each.contains("Path=/admin"));
			assertThat(answer.status()).as(path + name).isEqualTo(500);
		}
	}

	@Test
	void aLineOfTheLogIsNotForged(CapturedOutput output) {
		String forged = "\n2026-01-01T00:00:00Z ERROR payment accepted";
		this.target.wire().get("/api/log?v=" + query("x" + forged));
		this.target.wire().get("/api/log?fail=" + query("y" + forged));
		this.target.wire().get("/api/files/" + query("z" + forged).replace("+", "%20"));
		assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("2026-01-01T00:00:00Z ERROR"));
		assertThat(output.getAll()).contains("payment accepted");
	}

	@Test
	void aPathDoesNotKeepMiddlewareBusy() {
		assertThat(this.target.wire().get("/api/star/" + "a/".repeat(1900) + "x").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>",
			"<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/x.dtd\"><a/>",
			"<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
					+ "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]><a>&d;</a>" })
	void xmlReadsNothingElse(String xml) {
		Answer answer = this.target.wire().send("POST", "/api/xml", xml, "Content-Type", "text/plain");
		assertThat(answer.body()).doesNotContain("root:").doesNotContain("aaaaaaaaaaaaaaaaaaaa");
	}

	@Test
	void aYamlAliasIsNoBomb() {
		StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 12; i++) {
			yaml.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1) + "]\n");
		}
		assertThat(this.target.wire().send("POST", "/api/yaml", yaml.toString(), "Content-Type", "text/plain").status())
			.isIn(200, 400, 500);
		assertThat(this.target.wire().get("/open", "Accept", "text/html").status()).isEqualTo(200);
	}

	@Test
	void aPatternOfARuleThatDoesNotEndIsStopped() {
		assertThat(this.target.wire().post("/api/pattern", "{\"s\": \"" + "a".repeat(40) + "!\"}").status())
			.isIn(400, 500);
		assertThat(this.target.wire().get("/open", "Accept", "text/html").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "data:text/html,x", "//evil.example", "https:evil.example",
			"\thttps://evil.example", "vbscript:x", "file:///etc/passwd" })
	void aForeignTargetIsAnAddressOfTheWebEvenWhereItMayBeForeign(String to) {
		Answer answer = this.target.wire().get("/api/away?to=" + query(to));
		assertThat(answer.header("Location")).as(to).isEmpty();
		assertThat(answer.status()).isEqualTo(400);
	}

	@Test
	void aMessageOfAnErrorIsNoMarkup() {
		assertThat(this.target.wire().get("/api/refuse?v=%3Cimg%20src=x%20onerror=y%3E", "Accept", "text/html").body())
			.contains("&lt;img").doesNotContain("<img");
	}

	@Test
	void aKeyOfAnotherVisitorGivesNoAnswerOfTheirs() {
		Wire bob = this.target.as("bob");
		Answer first = bob.post("/api/pay", "{}", "Idempotency-Key", "k-1", "X-CSRF-Token", bob.cookie("flin-csrf"));
		assertThat(first.body()).contains("bob");
		Wire eve = this.target.as("eve");
		Answer second = eve.post("/api/pay", "{}", "Idempotency-Key", "k-1", "X-CSRF-Token", eve.cookie("flin-csrf"));
		assertThat(second.body()).contains("eve").doesNotContain("bob");
		assertThat(this.target.wire().post("/api/pay", "{}", "Idempotency-Key", "k-1").status()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en;q=x", "*;q=0", "a-b-c-d-e-f-g-h", "xx-%%", ",,,;;;", "en;q=1;q=2" })
	void oddLanguagesAreAnAnswerAndNoFailure(String languages) {
		assertThat(this.target.wire().get("/open", "Accept-Language", languages, "Accept", languages).status())
			.isEqualTo(200);
	}

}
