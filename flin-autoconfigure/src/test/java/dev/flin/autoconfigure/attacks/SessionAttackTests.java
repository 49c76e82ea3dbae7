package dev.flin.autoconfigure.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions, forged requests, tokens and signed addresses. */
@ExtendWith(Target.Running.class)
class SessionAttackTests {

	private static final String SESSION = "flin-session";

	private final Target target;

	SessionAttackTests(Target target) {
		this.target = target;
	}

	@Test
	void aSessionThatSomebodyPlantedIsNotSignedIn() {
		Wire attacker = this.target.wire();
		attacker.get("/api/enter");
		Wire other = this.target.as("eve");
		Wire victim = this.target.wire();
		victim.plant(SESSION, other.cookie(SESSION));
		victim.plant("flin-csrf", other.cookie("flin-csrf"));
		victim.post("/api/enter?name=bob", "{}", "X-CSRF-Token", other.cookie("flin-csrf"));
		assertThat(victim.cookie(SESSION)).isNotEqualTo(other.cookie(SESSION));
		assertThat(other.get("/api/me").body()).contains("eve");
	}

	@Test
	void signingInChangesTheToken() {
		Wire wire = this.target.as("eve");
		String before = wire.cookie("flin-csrf");
		wire.post("/api/enter?name=bob", "{}", "X-CSRF-Token", before);
		assertThat(wire.cookie("flin-csrf")).isNotEqualTo(before);
		assertThat(wire.post("/api/me", "{\"bio\": \"x\"}", "X-CSRF-Token", before).status()).isEqualTo(403);
	}

	@Test
	void aChangedSessionIsNone() {
		String good = this.target.as("bob").cookie(SESSION);
		for (int at = 0; at < good.length(); at += Math.max(1, good.length() / 24)) {
			char other = (good.charAt(at) == 'A') ? 'B' : 'A';
			Wire wire = this.target.wire();
			wire.plant(SESSION, good.substring(0, at) + other + good.substring(at + 1));
			assertThat(wire.get("/api/me").status()).as("character " + at).isEqualTo(401);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "AAAA", "e30=", "{}", "null", "%00", "\"\"", "1|admin" })
	void aMadeUpSessionIsNone(String value) {
		Wire wire = this.target.wire();
		wire.plant(SESSION, value);
		assertThat(wire.get("/api/me").status()).isEqualTo(401);
	}

	@Test
	void partsOfTwoSessionsDoNotMakeOne() {
		String ada = this.target.as("ada").cookie(SESSION);
		String eve = this.target.as("eve").cookie(SESSION);
		int half = Math.min(ada.length(), eve.length()) / 2;
		Wire wire = this.target.wire();
		wire.plant(SESSION, eve.substring(0, half) + ada.substring(half));
		assertThat(wire.get("/api/admin/stats").status()).isEqualTo(401);
	}

	@Test
	void theCookieOfASessionIsNotForScripts() {
		Answer answer = this.target.wire().post("/api/enter?name=bob", "{}");
		String cookie = answer.headers("Set-Cookie").stream().filter((each) -> each.startsWith(SESSION + "="))
			.findFirst().orElseThrow();
		assertThat(cookie).contains("HttpOnly").contains("SameSite=").contains("Path=/").doesNotContain("Domain=");
	}

	@Test
	void aForeignPageCannotSendForms() {
		Wire bob = this.target.as("bob");
		for (String type : new String[] { "application/x-www-form-urlencoded", "text/plain", "multipart/form-data" }) {
			assertThat(bob.send("POST", "/api/me", "bio=x", "Content-Type", type, "Origin", "https://evil.example")
				.status()).as(type).isIn(400, 403);
		}
	}

	@Test
	void aForeignPageCannotSendJson() {
		assertThat(this.target.as("bob").post("/api/me", "{\"bio\": \"x\"}").status()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "null", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
	void aTokenIsNotMadeUp(String token) {
		Wire bob = this.target.as("bob");
		bob.plant("flin-csrf", token);
		assertThat(bob.post("/api/me", "{\"bio\": \"x\"}", "X-CSRF-Token", token).status()).isEqualTo(403);
	}

	@Test
	void theTokenOfAnotherVisitorDoesNotCount() {
		String eve = this.target.as("eve").cookie("flin-csrf");
		Wire bob = this.target.as("bob");
		bob.plant("flin-csrf", eve);
		assertThat(bob.post("/api/me", "{\"bio\": \"x\"}", "X-CSRF-Token", eve).status()).isEqualTo(403);
	}

	@Test
	void aTokenInTheAddressDoesNotCount() {
		Wire bob = this.target.as("bob");
		assertThat(bob.post("/api/me?_csrf=" + bob.cookie("flin-csrf"), "{\"bio\": \"x\"}").status()).isEqualTo(403);
	}

	@Test
	void theOwnPageMay() {
		assertThat(this.target.as("bob").postOwn("/api/me", "{\"bio\": \"x\"}").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example", "null", "http://localhost.evil.example" })
	void otherOriginsMayNotRead(String origin) {
		Answer answer = this.target.as("bob").get("/api/me", "Origin", origin);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
		Answer asked = this.target.wire()
			.send("OPTIONS", "/api/me", "", "Origin", origin, "Access-Control-Request-Method", "POST");
		assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
	}

	@Test
	void whatIsForOneVisitorIsNotKeptForAnother() {
		assertThat(this.target.as("bob").get("/api/me").header("Cache-Control")).contains("private");
		assertThat(this.target.wire().get("/api/admin/stats").header("Cache-Control")).doesNotContain("public");
	}

	@Test
	void hashesOfPasswordsStayInside() {
		assertThat(this.target.as("bob").get("/api/me").body()).doesNotContain("argon2").doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "none", "None", "HS256", "HS384", "RS256" })
	void aTokenDoesNotChooseHowItIsChecked(String algorithm) {
		String head = base64("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}");
		String payload = base64("{\"sub\":\"ada\",\"exp\":9999999999,\"iat\":1,\"jti\":\"1\"}");
		for (String signature : new String[] { "", "AAAA", base64("x".repeat(32)) }) {
			assertThat(token(head + "." + payload + "." + signature).status()).isEqualTo(401);
		}
	}

	@Test
	void aTokenCannotBringItsOwnKey() {
		String head = base64("{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"},\"kid\":\"../../dev/null\","
				+ "\"jku\":\"https://evil.example/keys\",\"x5u\":\"https://evil.example/c\"}");
		assertThat(token(head + "." + base64("{\"sub\":\"ada\",\"exp\":9999999999}") + ".AAAA").status())
			.isEqualTo(401);
	}

	@Test
	void aTokenWithAnotherSubjectIsRefused() {
		String body = this.target.wire().post("/api/token?name=eve", "{}").body();
		String token = body.substring(body.indexOf(":\"") + 2, body.lastIndexOf('"'));
		assertThat(token(token).body()).contains("eve");
		String[] parts = token.split("\\.");
		String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
		assertThat(token(parts[0] + "." + base64(claims.replace("eve", "ada")) + "." + parts[2]).status())
			.isEqualTo(401);
	}

	@Test
	void aSignedAddressCannotBeChanged() {
		String body = this.target.wire().get("/api/link").body();
		String link = body.substring(body.indexOf("/api/paper"), body.lastIndexOf('"'));
		Wire wire = this.target.wire();
		assertThat(wire.get(link).body()).contains("7");
		for (String changed : new String[] { link.replace("id=7", "id=8"), link + "&id=8",
				link.replace("?", "?id=8&"), link.replaceAll("expires=\\d+", "expires=99999999999"),
				link.substring(0, link.length() - 1), link.replace("/api/paper", "/api/Paper"),
				link.replaceAll("&signature=.*", ""), "/api/paper?id=7", "/api/paper?id=7&signature=&expires=1",
				link.replace("id=7", "id=%37") }) {
			assertThat(wire.get(changed).status()).as(changed).isNotEqualTo(200);
		}
	}

	private Answer token(String token) {
		return this.target.wire().get("/api/token", "Authorization", "Bearer " + token);
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
