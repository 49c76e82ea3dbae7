package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.Test;

class TokenFunctionsTests {

	private static final String SECRET = "a secret of at least thirty-two bytes";

	private static final String OTHER_SECRET = "another secret of thirty-two bytes and more";

	@Test
	void aTokenSaysWhoItIsForAndEnds() {
		try (Script script = Script.of("""
				claims = verify_token(create_token({ id: 7 }, { expires: "2h", claims: { plan: "team" } }))
				print(claims.sub, claims.plan, claims.exp - claims.iat)
				print(verify_token("Bearer " + create_token("ada")).sub)
				print(verify_token(none), verify_token(""), verify_token("a.b.c"))
				""")) {
			assertThat(script.run()).isEqualTo("7 team 7200\nada\nnone none none");
		}
	}

	@Test
	void aRecordIsNamedByItsIdAndEntity() {
		assertThat(Script.output("""
				entity User { name: text }
				ada = User { name: "Ada" }
				save ada
				claims = verify_token(create_token(ada))
				print(claims.sub, claims.entity)
				""")).isEqualTo("1 User");
	}

	@Test
	void anExpiredTokenIsRefusedToTheSecond() {
		try (Script script = Script.of("print(create_token(1, { expires: \"15m\" }))")) {
			String token = script.run();
			String check = "print(verify_token(\"" + token + "\") != none)";
			assertThat(script.later(Duration.ofSeconds(899)).run(check)).isEqualTo("true");
			assertThat(script.later(Duration.ofSeconds(1)).run(check)).isEqualTo("false");
		}
	}

	@Test
	void claimsCannotReplaceWhatTheTokenIsCheckedBy() {
		assertThat(Script.output("""
				c = verify_token(create_token(1, { claims: { sub: "2", exp: 9999999999, iat: 0 } }))
				print(c.sub, c.exp - c.iat)
				""")).isEqualTo("1 3600");
		assertThat(Script.output("""
				c = verify_token(create_token("1", { claims: { entity: "Admin", plan: "team" } }))
				print(c.entity, c.plan)
				""")).isEqualTo("none team");
	}

	@Test
	void aTokenIsRefreshedOnce() {
		assertThat(Script.output("""
				first = create_token(1, { expires: "1h", claims: { plan: "team" } })
				second = refresh_token(first)
				print(verify_token(second).plan, verify_token(first), refresh_token(first))
				print(revoke_token(second), verify_token(second), revoke_token(second))
				""")).isEqualTo("team none none\ntrue none false");
	}

	@Test
	void aTokenThatSaysItNeedsNoSignatureIsRefused() {
		String payload = base64("{\"sub\":\"1\",\"exp\":9999999999,\"jti\":\"x\"}");
		for (String algorithm : new String[] { "none", "None", "NONE", "nOnE" }) {
			String head = base64("{\"alg\":\"" + algorithm + "\"}");
			assertThat(Script.output("print(verify_token(\"" + head + "." + payload + ".\"), jwt_decode(\"" + head + "."
					+ payload + ".\", \"" + SECRET + "\"))")).isEqualTo("none none");
		}
	}

	@Test
	void aChangedTokenIsRefused() {
		assertThat(Script.output("""
				parts = create_token(1).split(".")
				payload = base64url_encode(base64url_decode(parts[1]).replace("\\"1\\"", "\\"2\\""))
				print(verify_token(parts[0] + "." + payload + "." + parts[2]))
				print(verify_token(parts[0] + "." + parts[1] + "."), verify_token(parts[0] + "." + parts[1]))
				""")).isEqualTo("none\nnone none");
	}

	@Test
	void aTokenOfAnotherApplicationIsRefused() {
		String foreign = Script.output("print(create_token(1))");
		assertThat(Script.output("print(verify_token(\"" + foreign + "\"))")).isEqualTo("none");
	}

	@Test
	void keysRotateByTheirId() {
		String old = run(Map.of("a", SECRET), null, "print(create_token(1))");
		String check = "print(verify_token(\"" + old + "\")?.sub)";
		assertThat(run(Map.of("a", SECRET, "b", OTHER_SECRET), "b", check)).isEqualTo("1");
		assertThat(run(Map.of("b", OTHER_SECRET), "b", check)).isEqualTo("none");
		assertThat(run(Map.of("a", OTHER_SECRET), "a", check)).isEqualTo("none");
		assertThat(run(Map.of("a", SECRET, "b", OTHER_SECRET), "b",
				"print(base64url_decode(create_token(1).split(\".\")[0]).contains(\"\\\"kid\\\":\\\"b\\\"\"))"))
			.isEqualTo("true");
	}

	@Test
	void aPublicKeyIsNoSecret() throws JOSEException {
		String pair = new RSAKeyGenerator(2048).generate().toJSONString();
		String open = pem(pair);
		String token = run(Map.of("r", pair), null, "print(create_token(1))");
		assertThat(run(Map.of("r", pair), null, "print(verify_token(\"" + token + "\").sub)")).isEqualTo("1");
		String head = base64("{\"alg\":\"HS256\",\"kid\":\"r\"}") + "." + token.split("\\.")[1];
		assertThat(run(Map.of("r", pair), null, """
				pem = %s
				print(verify_token("%s." + base64url_encode("x")))
				print(jwt_decode("%s", pem, "HS256"))
				""".formatted(quoted(open), head, token)))
			.isEqualTo("none\nerror: this key is for RS256, not for HS256");
	}

	@Test
	void otherKeysAndAlgorithmsOfTheProgram() throws JOSEException {
		ECKey curve = new ECKeyGenerator(Curve.P_256).generate();
		assertThat(Script.output("""
				key = %s
				token = jwt_encode({ iss: "me", exp: 1767225700 }, key, "ES256")
				print(jwt_decode(token, key, "ES256").iss)
				print(jwt_decode(token, "%s"))
				print(jwt_encode({ a: 1 }, "short"))
				""".formatted(quoted(curve.toJSONString()), SECRET)))
			.isEqualTo("me\nnone\nerror: a secret for HS256 needs at least 32 bytes");
		assertThat(Script.output("""
				token = jwt_encode({ exp: now - 1.hour }, "%1$s")
				print(jwt_decode(token, "%1$s"), jwt_decode(jwt_encode({ nbf: now + 1.hour }, "%1$s"), "%1$s"))
				print(jwt_decode(jwt_encode({ a: [1, { b: true }] }, "%1$s"), "%1$s").a[1].b)
				print(jwt_decode(jwt_encode({ exp: "soon" }, "%1$s"), "%1$s"))
				print(jwt_encode({}, "%1$s", "none"))
				""".formatted(SECRET)))
			.isEqualTo("none none\ntrue\nnone\nerror: tokens are signed by HS256, RS256 or ES256, not none");
	}

	@Test
	void badConfigurationIsRefusedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> signer(Map.of("a", "short"), null))
			.withMessage("flin.jwt.keys.a: a secret for HS256 needs at least 32 bytes");
		assertThatIllegalArgumentException().isThrownBy(() -> signer(Map.of("a", SECRET, "b", OTHER_SECRET), null))
			.withMessage("flin.jwt.key-id must say which of flin.jwt.keys signs new tokens");
		assertThatIllegalArgumentException().isThrownBy(() -> signer(Map.of("a", SECRET), "c"))
			.withMessage("flin.jwt.key-id: 'c' is no key of flin.jwt.keys that can sign");
		for (Duration lifetime : List.of(Duration.ZERO, Duration.ofMinutes(-5), Duration.ofDays(4000))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new NimbusTokenSigner(Map.of(), null, null, lifetime))
				.withMessage("flin.jwt.lifetime: a token is good for a second at least, and for 3660 days at most");
		}
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new NimbusTokenSigner(Map.of(), null, " ", Duration.ofHours(1)))
			.withMessage("flin.jwt.issuer is empty: leave it out, or say who makes the tokens");
	}

	@Test
	void onlyPublicKeysArePublished() throws JOSEException {
		String pair = new RSAKeyGenerator(2048).generate().toJSONString();
		assertThat(signer(Map.of("r", pair, "s", SECRET), "s").publicKeys()).contains("\"kid\":\"r\"")
			.doesNotContain("\"d\"")
			.doesNotContain("\"p\"")
			.doesNotContain("\"s\"");
		assertThat(signer(Map.of("s", SECRET), null).publicKeys()).isNull();
	}

	/** OpenSSL writes the point behind the number, Java does not. */
	@Test
	void aPrivateKeyOfOpenSslHasItsPublicKeyInside() throws JOSEException {
		ECKey pair = new ECKeyGenerator(Curve.P_256).generate();
		String bytes = "308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"
				+ HexFormat.of().formatHex(pair.getD().decode()) + "a14403420004"
				+ HexFormat.of().formatHex(pair.getX().decode()) + HexFormat.of().formatHex(pair.getY().decode());
		NimbusTokenSigner signer = signer(Map.of("k", secretPem(HexFormat.of().parseHex(bytes))), "k");
		assertThat(signer.verify(signer.sign("{\"sub\":\"7\"}", new byte[32]), new byte[32])).contains("\"7\"");
		assertThat(signer.publicKeys()).contains(pair.getX().toString());
		String alone = secretPem(pair.toECPrivateKey().getEncoded());
		assertThatIllegalArgumentException().isThrownBy(() -> signer(Map.of("k", alone), "k"))
			.withMessageContaining("needs that in a block behind it");
	}

	private static String secretPem(byte[] key) {
		return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
				+ "\n-----END PRIVATE KEY-----\n";
	}

	private static NimbusTokenSigner signer(Map<String, String> keys, String current) {
		return new NimbusTokenSigner(keys, current, null, Duration.ofHours(1));
	}

	private static String run(Map<String, String> keys, String current, String code) {
		try (Script script = Script.withKeys(keys, current, code)) {
			return script.run();
		}
	}

	private static String pem(String pair) throws JOSEException {
		try {
			byte[] key = com.nimbusds.jose.jwk.RSAKey.parse(pair).toRSAPublicKey().getEncoded();
			return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
					+ "\n-----END PUBLIC KEY-----\n";
		}
		catch (java.text.ParseException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String quoted(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "").replace("\n", "\\n")
			.replace("{", "\\{") + "\"";
	}

	private static String base64(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
