package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.identity.FlinSignInProperties.Registration;
import dev.flin.port.SignInProviders;

/** The eight providers, each with what is particular about it. The code brings the nonce to the stub. */
class SignInTests {

	private static final String TIMES = "\"iat\":1767225600,\"exp\":1767229200";

	private final RSAKey key;

	SignInTests() throws JOSEException {
		this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
	}

	@Test
	void google() throws IOException {
		try (ProviderStub stub = oidc("/oauth2/v3/certs", "/token",
				"\"iss\":\"accounts.google.com\",\"sub\":\"g7\",\"name\":\"Ada\",\"email\":\"ada@example.com\","
						+ "\"email_verified\":true")) {
			String url = signIn(stub, "google", "", "id", "name", "email", "email_verified");
			assertThat(url).contains("/o/oauth2/v2/auth?response_type=code&client_id=client")
				.contains("&nonce=")
				.contains("&code_challenge_method=S256")
				.contains("redirect_uri=https%3A%2F%2Fshop.example%2Fauth%2Fgoogle%2Fcallback")
				.endsWith("g7 Ada ada@example.com true");
			String verifier = stub.asked("/token").form().getOrDefault("code_verifier", "");
			assertThat(verifier).hasSize(43);
			assertThat(url).doesNotContain(verifier);
		}
	}

	@Test
	void anIdTokenForSomethingElseIsRefused() throws IOException, JOSEException {
		String good = "\"iss\":\"https://accounts.google.com\",\"sub\":\"g7\"";
		for (Function<String, String> change : List.<Function<String, String>>of(
				(claims) -> claims.replace("\"aud\":\"client\"", "\"aud\":\"other\""),
				(claims) -> claims.replaceAll("\"nonce\":\"[^\"]*\"", "\"nonce\":\"x\""),
				(claims) -> claims.replace("accounts.google.com", "evil.example"),
				(claims) -> claims.replace("1767229200", "1767225000"))) {
			try (ProviderStub stub = new ProviderStub(this.key, "/oauth2/v3/certs")) {
				stub.answer("/token", (asked) -> tokens(stub.signed(change.apply(claims(good, asked)))));
				assertThat(signIn(stub, "google", "", "id")).contains("error: the id token of google is not for this");
			}
		}
		try (ProviderStub stub = new ProviderStub(this.key, "/oauth2/v3/certs");
				ProviderStub other = new ProviderStub(new RSAKeyGenerator(2048).keyID("k1").generate(), "/x")) {
			stub.answer("/token", (asked) -> tokens(other.signed(claims(good, asked))));
			assertThat(signIn(stub, "google", "", "id")).contains("error: the id token of google is not signed by it");
		}
	}

	@Test
	void github() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/login/oauth/access_token", (asked) -> tokens("x"))
				.answer("/user",
						(asked) -> "{\"id\":7,\"login\":\"ada\",\"name\":null,\"email\":\"typed@example.com\"}")
				.answer("/user/emails", (asked) -> """
						[{"email":"old@example.com","primary":false,"verified":true},
						{"email":"ada@example.com","primary":true,"verified":true}]""");
			assertThat(signIn(stub, "github", "", "id", "name", "email", "email_verified"))
				.endsWith("7 ada ada@example.com true");
			assertThat(stub.asked("/login/oauth/access_token").headers()).containsEntry("accept", "application/json");
		}
	}

	@Test
	void anErrorThatComesAsSuccessIsAnError() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/login/oauth/access_token", (asked) -> "{\"error\":\"bad_verification_code\"}");
			assertThat(signIn(stub, "github", "", "id")).contains("error: github gave no token: bad_verification_code");
		}
	}

	@Test
	void discord() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/api/oauth2/token", (asked) -> tokens("x")).answer("/api/users/@me", (asked) -> """
					{"id":"80351110224678912","username":"ada","global_name":null,"avatar":"8342",
					"email":"ada@example.com","verified":false}""");
			assertThat(signIn(stub, "discord", "", "id", "name", "email_verified", "picture")).endsWith(
					"80351110224678912 ada false https://cdn.discordapp.com/avatars/80351110224678912/8342.png");
		}
	}

	@Test
	void apple() throws IOException, GeneralSecurityException, ParseException, JOSEException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		KeyPair pair = generator.generateKeyPair();
		String pem = pem(pair);
		try (ProviderStub stub = oidc("/auth/keys", "/auth/token",
				"\"iss\":\"https://appleid.apple.com\",\"sub\":\"001.a\",\"email\":\"a@privaterelay.appleid.com\","
						+ "\"email_verified\":\"true\"")) {
			Registration registration = registration(stub);
			registration.setClientSecret(pem);
			registration.setTeamId("TEAM");
			registration.setKeyId("KEY");
			String user = ", to_json({ name: { firstName: \"Ada\", lastName: \"L\" } })";
			String url = run(registration, "apple", script("apple", user, "id", "name", "email_verified"));
			assertThat(url).contains("response_mode=form_post").doesNotContain("code_challenge")
				.endsWith("001.a Ada L true");
			JWSObject secret = JWSObject.parse(stub.asked("/auth/token").form().getOrDefault("client_secret", ""));
			assertThat(secret.getHeader().getKeyID()).isEqualTo("KEY");
			assertThat(secret.verify(new ECDSAVerifier((ECPublicKey) pair.getPublic()))).isTrue();
			assertThat(secret.getPayload().toString()).contains("\"iss\":\"TEAM\"").contains("\"sub\":\"client\"");
		}
	}

	@Test
	void linkedin() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/oauth/v2/accessToken", (asked) -> tokens("x"))
				.answer("/v2/userinfo", (asked) -> "{\"sub\":\"l7\",\"name\":\"Ada\",\"email\":\"ada@example.com\","
						+ "\"email_verified\":true,\"picture\":\"https://media.example/p\"}");
			assertThat(signIn(stub, "linkedin", "", "id", "email_verified", "picture"))
				.doesNotContain("code_challenge")
				.endsWith("l7 true https://media.example/p");
			assertThat(stub.asked("/oauth/v2/accessToken").form()).doesNotContainKey("code_verifier");
		}
	}

	@Test
	void facebook() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/v23.0/oauth/access_token", (asked) -> tokens("x")).answer("/v23.0/me", (asked) -> """
					{"id":"7","name":"Ada","picture":{"data":{"url":"https://media.example/p"}}}""");
			assertThat(signIn(stub, "facebook", "", "id", "email", "email_verified", "picture"))
				.contains("scope=email%2Cpublic_profile")
				.endsWith("7 none false https://media.example/p");
			assertThat(stub.asked("/v23.0/me").query()).containsPattern("appsecret_proof=[0-9a-f]{64}");
		}
	}

	@Test
	void microsoft() throws IOException {
		String tenant = "\"tid\":\"t1\",\"sub\":\"m7\",\"name\":\"Ada\",\"email\":\"boss@example.com\"";
		try (ProviderStub stub = oidc("/common/discovery/v2.0/keys", "/common/oauth2/v2.0/token",
				"\"iss\":\"https://login.microsoftonline.com/t1/v2.0\"," + tenant)) {
			assertThat(signIn(stub, "microsoft", "", "id", "email", "email_verified"))
				.endsWith("m7 boss@example.com false");
		}
		try (ProviderStub stub = oidc("/common/discovery/v2.0/keys", "/common/oauth2/v2.0/token",
				"\"iss\":\"https://login.microsoftonline.com/t2/v2.0\"," + tenant)) {
			assertThat(signIn(stub, "microsoft", "", "id")).contains("error: the id token of microsoft is not for "
					+ "this");
		}
	}

	@Test
	void peopleOfOtherTenantsAreRefused() throws IOException {
		String own = "11111111-2222-3333-4444-555555555555";
		String other = "99999999-2222-3333-4444-555555555555";
		String home = "9188040d-6c67-4c5b-b112-36a304b66dad";
		assertThat(microsoft(own, own)).contains("/" + own + "/oauth2/v2.0/authorize?").endsWith("m7");
		assertThat(microsoft(own, other)).contains("error: the id token of microsoft is not for this");
		assertThat(microsoft("contoso.onmicrosoft.com", other)).endsWith("m7");
		assertThat(microsoft("organizations", own)).endsWith("m7");
		assertThat(microsoft("organizations", home)).contains("error: ");
		assertThat(microsoft("consumers", home)).endsWith("m7");
		assertThat(microsoft("consumers", own)).contains("error: ");
		assertThatIllegalArgumentException().isThrownBy(() -> microsoft("../evil", own))
			.withMessageContaining("flin.oauth.providers.microsoft.tenant: '../evil' is no tenant");
	}

	private String microsoft(String wanted, String tenant) throws IOException {
		try (ProviderStub stub = oidc("/" + wanted + "/discovery/v2.0/keys", "/" + wanted + "/oauth2/v2.0/token",
				"\"iss\":\"https://login.microsoftonline.com/%1$s/v2.0\",\"tid\":\"%1$s\",\"sub\":\"m7\""
					.formatted(tenant))) {
			Registration registration = registration(stub);
			registration.setTenant(wanted);
			return run(registration, "microsoft", script("microsoft", "", "id"));
		}
	}

	@Test
	void anApplicationThatMayNotReadAddressesSignsInWithoutOne() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/login/oauth/access_token", (asked) -> tokens("x"))
				.answer("/user", (asked) -> "{\"id\":7,\"login\":\"ada\",\"email\":\"typed@example.com\"}")
				.refuse("/user/emails", 403);
			assertThat(signIn(stub, "github", "", "id", "email", "email_verified")).endsWith("7 none false");
		}
	}

	@Test
	void appleMaySignWithEitherOfItsNames() throws IOException, GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		for (String issuer : List.of("https://appleid.apple.com", "https://account.apple.com", "https://apple.com")) {
			try (ProviderStub stub = oidc("/auth/keys", "/auth/token",
					"\"iss\":\"" + issuer + "\",\"sub\":\"001.a\"")) {
				Registration registration = registration(stub);
				registration.setClientSecret(pem(generator.generateKeyPair()));
				registration.setTeamId("TEAM");
				registration.setKeyId("KEY");
				assertThat(run(registration, "apple", script("apple", "", "id")))
					.endsWith(issuer.endsWith("//apple.com") ? "is not for this sign-in" : "001.a");
			}
		}
	}

	@Test
	void aRegistrationThatCannotWorkStopsTheStart() {
		Registration registration = new Registration();
		assertThatThrownBy(() -> new OAuthProviders(Map.of("gogle", registration)))
			.hasMessage("flin.oauth.providers.gogle is not known");
		assertThatThrownBy(() -> new OAuthProviders(Map.of("google", registration)))
			.hasMessage("flin.oauth.providers.google needs a client-id");
		registration.setClientId("client");
		registration.setClientSecret("no key");
		assertThatThrownBy(() -> new OAuthProviders(Map.of("apple", registration)))
			.hasMessageStartingWith("flin.oauth.providers.apple.team-id is missing");
		registration.setTeamId("TEAM");
		assertThatThrownBy(() -> new OAuthProviders(Map.of("apple", registration)))
			.hasMessageStartingWith("flin.oauth.providers.apple.key-id is missing");
		registration.setKeyId("KEY");
		assertThatThrownBy(() -> new OAuthProviders(Map.of("apple", registration)))
			.hasMessage("flin.oauth.providers.apple.client-secret is no private key for ES256 in PEM format");
	}

	private static String pem(KeyPair pair) {
		return "-----BEGIN PRIVATE KEY-----\n"
				+ Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
				+ "\n-----END PRIVATE KEY-----";
	}

	@Test
	void twitter() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/2/oauth2/token", (asked) -> tokens("x"))
				.answer("/2/users/me", (asked) -> "{\"data\":{\"id\":\"7\",\"name\":\"Ada\",\"username\":\"ada\"}}");
			assertThat(signIn(stub, "twitter", "", "id", "name", "email")).contains("code_challenge=")
				.endsWith("7 Ada none");
			ProviderStub.Asked asked = stub.asked("/2/oauth2/token");
			assertThat(asked.form()).doesNotContainKey("client_secret");
			assertThat(asked.headers()).containsEntry("authorization", "Basic "
					+ Base64.getEncoder().encodeToString("client:the-secret".getBytes(StandardCharsets.UTF_8)));
		}
	}

	@Test
	void whoDidNotGoDoesNotComeBack() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none")) {
			stub.answer("/2/oauth2/token", (asked) -> tokens("x"))
				.answer("/2/users/me", (asked) -> "{\"data\":{\"id\":\"7\"}}");
			assertThat(run(registration(stub), "twitter", """
					a = auth_twitter_login("https://shop.example")
					b = auth_twitter_login("https://shop.example")
					print(auth_twitter_callback("c", b.saved.state, a.saved))
					print(auth_twitter_callback("c", a.saved.state, none), auth_twitter_callback("c", none, a.saved))
					print(auth_twitter_callback("", a.saved.state, a.saved))
					print(auth_twitter_callback("c", "", { state: "" }))
					print(auth_google_callback("c", a.saved.state, a.saved))
					print(auth_twitter_callback("c", a.saved.state, a.saved).id)
					print(auth_twitter_callback("c", a.saved.state, a.saved))
					""")).isEqualTo("none\nnone none\nnone\nnone\nnone\n7\nnone");
		}
	}

	@Test
	void whoComesLateIsNotSignedIn() throws IOException {
		try (ProviderStub stub = new ProviderStub(this.key, "/none");
				Script script = script(registration(stub), "twitter", """
						print(to_json(auth_twitter_login("https://shop.example").saved.state))
						""")) {
			assertThat(script.run()).hasSizeGreaterThan(40);
			assertThat(script.run("""
					saved = auth_twitter_login("https://shop.example").saved
					saved.until = now - 1.second
					print(auth_twitter_callback("c", saved.state, saved))
					""")).isEqualTo("none");
			assertThat(script.later(Duration.ofMinutes(1)).run("print(auth_google_login(\"https://shop.example\"))"))
				.isEqualTo("error: flin.oauth.providers.google is not configured");
		}
	}

	private ProviderStub oidc(String keys, String path, String claims) throws IOException {
		ProviderStub stub = new ProviderStub(this.key, keys);
		return stub.answer(path, (asked) -> tokens(stub.signed(claims(claims, asked))));
	}

	private static String claims(String own, ProviderStub.Asked asked) {
		return "{" + own + ",\"aud\":\"client\",\"nonce\":\"" + asked.form().get("code") + "\"," + TIMES + "}";
	}

	private static String tokens(String idToken) {
		return "{\"access_token\":\"access\",\"token_type\":\"bearer\",\"id_token\":\"" + idToken + "\"}";
	}

	private static String signIn(ProviderStub stub, String provider, String more, String... fields) {
		return run(registration(stub), provider, script(provider, more, fields));
	}

	private static String script(String provider, String more, String... fields) {
		String shown = String.join(", ", Arrays.stream(fields).map((each) -> "who." + each).toList());
		return """
				went = auth_%1$s_login("https://shop.example")
				print(went.url)
				who = auth_%1$s_callback(went.saved.nonce, went.saved.state, went.saved%2$s)
				print(%3$s)
				""".formatted(provider, more, shown);
	}

	private static Registration registration(ProviderStub stub) {
		Registration registration = new Registration();
		registration.setClientId("client");
		registration.setClientSecret("the-secret");
		registration.setServer(stub.address());
		return registration;
	}

	private static String run(Registration registration, String provider, String code) {
		try (Script script = script(registration, provider, code)) {
			return script.run();
		}
	}

	private static Script script(Registration registration, String provider, String code) {
		return new Script(code, FlinEngine.builder()
			.servicesOfClassPath()
			.service(SignInProviders.class, new OAuthProviders(Map.of(provider, registration))));
	}

}
