package dev.flin.autoconfigure.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Around guards: other methods, other spellings of paths, other people's records. */
@ExtendWith(Target.Running.class)
class GuardBypassTests {

	private final Target target;

	GuardBypassTests(Target target) {
		this.target = target;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/admin/stats", "/api/admin/stats/", "/api/admin//stats", "//api/admin/stats",
			"/api/./admin/stats", "/api/x/../admin/stats", "/api/%61dmin/stats", "/api/admin%2Fstats",
			"/api/admin/stats%2F", "/api/admin/stats%00", "/api/admin/stats;x=1", "/api;x=1/admin/stats",
			"/API/ADMIN/STATS", "/api/admin/Stats", "/api/%2561dmin/stats", "/api/admin/stats.json",
			"/api/admin/stats%20", "/api/admin/stats/.", "/api/admin/stats/..;/stats", "/api\\admin\\stats",
			"/api/admin%5Cstats", "/api/admin/stats#", "/api/admin/stats?/../../open", "/api/%e0%80%afadmin/stats",
			"http://localhost/api/admin/stats", "/admin", "/admin/", "/admin/index", "/admin/index.flin",
			"/app/admin/index.flin", "/%61dmin", "/open/../admin" })
	void noSpellingOfThePathGoesAroundAGuard(String path) {
		Answer answer = this.target.wire().get(path, "Accept", "*/*");
		assertThat(answer.status()).isNotEqualTo(200);
		assertThat(answer.body()).doesNotContain("admin-figures");
	}

	/** A proxy in front that looks for a path takes dots out first, and would have asked for another one. */
	@ParameterizedTest
	@ValueSource(strings = { "/api/star/../admin/stats", "/api/star/%2e%2e/x", "/api/star/.%2e/x", "/api/star/..",
			"/api/star/a/..%2f..%2fx", "/api/star/a%5c..%5cx", "/api/star/./x", "/api/star/%2E" })
	void aCatchAllTakesNoPathThatLeadsElsewhere(String path) {
		assertThat(this.target.wire().get(path).status()).isIn(400, 404);
		assertThat(this.target.wire().get("/api/star/.well-known/a..b").body()).isEqualTo("1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "xchunked", "gzip, chunked", "identity", "chunked, identity", "\"chunked\"" })
	void aBodyThatSomebodyElseSeesTheEndOfElsewhereIsNoRequest(String encoding) {
		byte[] hidden = ("POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
				+ "Transfer-Encoding: " + encoding + "\r\n\r\nGET /api/echo?v=hidden HTTP/1.1\r\nHost: localhost\r\n"
				+ "Connection: close\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
		Answer answer = this.target.wire().raw(hidden);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).doesNotContain("hidden").doesNotContain("HTTP/1.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override" })
	void aHeaderDoesNotChangeTheMethod(String header) {
		assertThat(this.target.wire().send("POST", "/open", "", header, "DELETE").status()).isEqualTo(405);
		Answer answer = this.target.as("bob").get("/api/admin/stats", header, "POST");
		assertThat(answer.status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEAD", "OPTIONS", "TRACE", "PATCH", "get", "Get", "FOO" })
	void noOtherMethodAnswersWithWhatIsGuarded(String method) {
		Answer answer = this.target.wire().send(method, "/api/admin/stats", "");
		assertThat(answer.body()).doesNotContain("admin-figures");
		assertThat(answer.status()).isNotEqualTo(200);
	}

	/** Filters in front that look for a method do not see it in other letters. */
	@ParameterizedTest
	@ValueSource(strings = { "get", "Get", "post", "hEAD", "delete", "options" })
	void aMethodInOtherLettersIsNone(String method) {
		assertThat(this.target.wire().send(method, "/api/echo", "{}").status()).isIn(400, 404, 405, 501);
	}

	@Test
	void aFormFieldDoesNotChangeTheMethod() {
		Answer answer = this.target.as("bob")
			.send("POST", "/api/admin/stats", "_method=DELETE", "Content-Type", "application/x-www-form-urlencoded");
		assertThat(answer.status()).isIn(403, 405);
		assertThat(answer.body()).doesNotContain("admin-figures");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path" })
	void aHeaderDoesNotChangeThePath(String header) {
		Answer answer = this.target.wire().get("/open", header, "/api/admin/stats");
		assertThat(answer.body()).contains("open").doesNotContain("admin-figures");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP",
			"CF-Connecting-IP", "X-Cluster-Client-IP" })
	void nobodyChoosesTheirOwnAddress(String header) {
		String value = header.equals("Forwarded") ? "for=10.1.2.3" : "10.1.2.3";
		Answer answer = this.target.wire().get("/api/internal", header, value);
		assertThat(answer.status()).isEqualTo(403);
	}

	@Test
	void aLimitOfRequestsCountsWhoReallyAsks() {
		int refused = 0;
		for (int i = 0; i < 8; i++) {
			Answer answer = this.target.wire()
				.get("/api/limited?n=" + i, "X-Forwarded-For", "198.51.100." + i, "Forwarded", "for=198.51.100." + i,
						"User-Agent", "client " + i);
			refused += (answer.status() == 429) ? 1 : 0;
		}
		assertThat(refused).isEqualTo(5);
	}

	@Test
	void guessingPasswordsOfOneNameIsLimited() {
		int wrong = 0;
		Answer last = Answer.NOTHING;
		for (int i = 0; i < 8; i++) {
			last = this.target.wire().post("/api/login", "{\"name\": \"eve\", \"password\": \"guess " + i + "\"}");
			wrong += (last.status() == 401) ? 1 : 0;
		}
		assertThat(wrong).isEqualTo(5);
		assertThat(last.status()).isEqualTo(429);
		assertThat(last.header("Retry-After")).isNotEmpty();
	}

	@Test
	void recordsOfOthersAreNotShown() {
		assertThat(this.target.as("bob").get("/api/notes/1").status()).isEqualTo(200);
		for (String other : new String[] { "/api/notes/1", "/api/notes/01", "/api/notes/+1", "/api/notes/1.0",
				"/api/notes/%31", "/api/notes/1?owner=2", "/api/notes/1%20" }) {
			Answer answer = this.target.as("eve").get(other);
			assertThat(answer.status()).as(other).isNotEqualTo(200);
			assertThat(answer.body()).as(other).doesNotContain("of-bob");
		}
	}

	@Test
	void recordsOfOthersAreNotDeleted() {
		Wire eve = this.target.as("eve");
		Answer answer = eve.send("DELETE", "/api/notes/1", "", "X-CSRF-Token", eve.cookie("flin-csrf"));
		assertThat(answer.status()).isEqualTo(403);
	}

	@Test
	void whoIsMissingIsNotTheOwnerOfWhatIsMissing() {
		assertThat(this.target.wire().get("/api/notes/999").status()).isEqualTo(401);
		assertThat(this.target.as("eve").get("/api/notes/999").status()).isEqualTo(403);
	}

	@Test
	void aRoleIsNotTakenFromTheRequest() {
		Wire bob = this.target.as("bob");
		Answer answer = bob.get("/api/admin/stats?role=admin&user.role=admin", "X-Role", "admin", "X-User", "ada",
				"Remote-User", "ada");
		assertThat(answer.status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "undefined", "*", "' or 1=1 --", "flin_",
			"flin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"%00", "{\"$ne\":\"\"}" })
	void noKeyIsMadeUp(String key) {
		assertThat(this.target.wire().get("/api/partner", "X-API-Key", key).status()).isEqualTo(401);
	}

	@Test
	void aKeyInTheAddressDoesNotCount() {
		String key = this.target.engine().apiKeys().create("Partner", null, null);
		assertThat(this.target.wire().get("/api/partner", "X-API-Key", key).status()).isEqualTo(200);
		assertThat(this.target.wire().get("/api/partner?api_key=" + key + "&X-API-Key=" + key).status()).isEqualTo(401);
		Wire cookie = this.target.wire();
		cookie.plant("X-API-Key", key);
		assertThat(cookie.get("/api/partner").status()).isEqualTo(401);
	}

}
