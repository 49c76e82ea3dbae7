package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.autoconfigure.identity.FlinSignInProperties.Registration;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpResponse;
import dev.flin.port.SignInProviders;

/** The ready pages {@code /auth/P}. The code brings the nonce to the stub. */
class SignInPagesTests {

	private static final String ME = "guard auth\nroute GET { { id: request.user.id, name: request.user.name } }\n";

	private static final String HOOK = """
			fn sign_in_with(who) {
				if who.email == "mallory@example.com" { return none }
				known = Member.where(email == who.email).first
				if known != none { return known }
				member = Member { email: who.email, name: who.name }
				save member
				member
			}
			""";

	private final Map<String, String> files = new LinkedHashMap<>(Map.of("app/me.flin", ME, "app/cart.flin",
			"route GET { { cart: session.cart } }\nroute POST { session.cart = 3\n{ ok: true } }\n"));

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final RSAKey key;

	private ProviderStub google;

	private String mail = "ada@example.com";

	private FlinEngine engine;

	SignInPagesTests() throws JOSEException {
		this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
	}

	@BeforeEach
	void start() throws IOException {
		this.google = new ProviderStub(this.key, "/oauth2/v3/certs");
		this.google.answer("/token", (asked) -> tokens(asked, "https://accounts.google.com"));
	}

	@AfterEach
	void stop() {
		this.google.close();
		if (this.engine != null) {
			this.engine.close();
		}
	}

	@Test
	void somebodySignsIn() {
		Browser browser = open("google");
		assertThat(browser.get("/me").status()).isEqualTo(401);
		HttpResponse begin = browser.get("/auth/google?next=/me%3Fa%3D1");
		String address = location(begin);
		assertThat(begin.status()).isEqualTo(302);
		assertThat(address).startsWith(this.google.address() + "/o/oauth2/v2/auth?")
			.contains("code_challenge_method=S256")
			.contains("redirect_uri=" + encoded("http://shop.example/auth/google/callback"));
		HttpResponse back = browser.get(callback("google", address));
		assertThat(back.status()).isEqualTo(303);
		assertThat(location(back)).isEqualTo("/me?a=1");
		assertThat(Browser.body(browser.get("/me"))).isEqualTo("{\"id\":\"google:s7\",\"name\":\"Ada\"}");
	}

	@Test
	void theProgramSaysWhoSomebodyIs() {
		this.files.put("lib/people.flin", HOOK);
		this.files.put("entities/Member.flin", "entity Member { email: text @unique  name: text }\n");
		Browser browser = open("google");
		signIn(browser);
		assertThat(Browser.body(browser.get("/me"))).isEqualTo("{\"id\":1,\"name\":\"Ada\"}");
		Browser again = new Browser(this.engine);
		signIn(again);
		assertThat(Browser.body(again.get("/me"))).isEqualTo("{\"id\":1,\"name\":\"Ada\"}");
		this.mail = "mallory@example.com";
		Browser mallory = new Browser(this.engine);
		assertThat(mallory.get(callback("google", location(mallory.get("/auth/google")))).status()).isEqualTo(403);
		assertThat(mallory.get("/me").status()).isEqualTo(401);
	}

	@Test
	void foreignTargetsAreRefusedBeforeAnybodyGoes() {
		Browser browser = open("google");
		for (String next : new String[] { "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil",
				"javascript:alert(1)", "evil" }) {
			HttpResponse refused = browser.get("/auth/google?next=" + encoded(next));
			assertThat(refused.status()).as(next).isEqualTo(400);
			assertThat(refused.headers().first("Location")).isNull();
		}
		HttpResponse split = browser.get("/auth/google?next=" + encoded("/a\r\nSet-Cookie: x=y"));
		HttpResponse back = browser.get(callback("google", location(split)));
		assertThat(back.headers().first("Location")).isNull();
	}

	@Test
	void theSessionGetsAnotherIdAndKeepsWhatIsInIt() {
		Browser browser = open("google");
		browser.send("POST", "/cart", "", HttpFields.EMPTY);
		String before = browser.cookies().get("flin-session");
		String token = browser.cookies().get("flin-csrf");
		signIn(browser);
		assertThat(browser.cookies().get("flin-session")).isNotEqualTo(before);
		assertThat(Browser.body(browser.get("/cart"))).isEqualTo("{\"cart\":3}");
		if (token != null) {
			assertThat(browser.send("POST", "/cart", "", HttpFields.of("X-CSRF-Token", token)).status()).isEqualTo(403);
		}
	}

	@Test
	void whoPlantsTheirOwnReturnSignsNobodyIn() {
		Browser attacker = open("google");
		String theirs = callback("google", location(attacker.get("/auth/google")));
		Browser victim = new Browser(this.engine);
		assertThat(victim.get(theirs).status()).as("without a sign-in").isEqualTo(401);
		victim.get("/auth/google");
		assertThat(victim.get(theirs).status()).as("within another sign-in").isEqualTo(401);
		assertThat(victim.get("/me").status()).isEqualTo(401);
	}

	@Test
	void aReturnIsGoodOnceAndForTenMinutes() {
		Browser browser = open("google");
		String address = callback("google", location(browser.get("/auth/google")));
		Map<String, String> cookies = new LinkedHashMap<>(browser.cookies());
		assertThat(browser.get(address).status()).isEqualTo(303);
		Browser replay = new Browser(this.engine);
		replay.cookies().putAll(cookies);
		assertThat(replay.get(address).status()).isEqualTo(401);
		Browser late = new Browser(this.engine);
		String lateAddress = callback("google", location(late.get("/auth/google")));
		this.now = this.now.plusSeconds(601);
		assertThat(late.get(lateAddress).status()).isEqualTo(401);
	}

	@Test
	void aRefusalOfTheProviderSignsNobodyIn() {
		Browser browser = open("google");
		String address = callback("google", location(browser.get("/auth/google")));
		assertThat(browser.get(address + "&error=access_denied").status()).isEqualTo(401);
		assertThat(browser.get(address).status()).as("the attempt is over").isEqualTo(401);
		this.google.answer("/broken", (asked) -> "{}");
		String other = callback("google", location(browser.get("/auth/google")));
		assertThat(browser.get(other.replaceAll("code=[^&]*", "code=wrong-nonce")).status()).isEqualTo(401);
		assertThat(browser.get("/me").status()).isEqualTo(401);
	}

	@Test
	void filesOfTheApplicationComeFirst() {
		this.files.put("app/auth/google/index.flin", "route GET { { own: true } }\n");
		Browser browser = open("google");
		assertThat(Browser.body(browser.get("/auth/google"))).isEqualTo("{\"own\":true}");
		assertThat(browser.get("/auth/google/callback").status()).isEqualTo(404);
		assertThat(browser.get("/auth/github").status()).as("not configured").isEqualTo(404);
	}

	@Test
	void appleComesBackWithAForm() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		KeyPair pair = generator.generateKeyPair();
		try (ProviderStub apple = new ProviderStub(this.key, "/auth/keys")) {
			apple.answer("/auth/token", (asked) -> tokens(asked, "https://appleid.apple.com"));
			Registration registration = registration(apple);
			registration.setTeamId("TEAM");
			registration.setKeyId("KEY");
			registration.setClientSecret("-----BEGIN PRIVATE KEY-----\n"
					+ Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
					+ "\n-----END PRIVATE KEY-----");
			Browser browser = open("apple", registration);
			browser.send("POST", "/cart", "", HttpFields.EMPTY);
			String address = callback("apple", location(browser.get("/auth/apple")));
			String form = address.substring(address.indexOf('?') + 1) + "&user="
					+ encoded("{\"name\":{\"firstName\":\"Ada\",\"lastName\":\"L\"}}");
			HttpResponse posted = browser.foreignPost("/auth/apple/callback", form);
			assertThat(posted.status()).isEqualTo(303);
			assertThat(browser.get(location(posted)).status()).isEqualTo(303);
			assertThat(Browser.body(browser.get("/me"))).isEqualTo("{\"id\":\"apple:s7\",\"name\":\"Ada L\"}");
			assertThat(Browser.body(browser.get("/cart"))).isEqualTo("{\"cart\":3}");
		}
	}

	private void signIn(Browser browser) {
		assertThat(browser.get(callback("google", location(browser.get("/auth/google")))).status()).isEqualTo(303);
	}

	private Browser open(String provider) {
		return open(provider, registration(this.google));
	}

	private Browser open(String provider, Registration registration) {
		this.engine = FlinEngine.builder()
			.servicesOfClassPath()
			.service(SignInProviders.class, new OAuthProviders(Map.of(provider, registration)))
			.root(SourceRoot.of(() -> this.files))
			.clock(() -> this.now)
			.compileExecutor(Runnable::run)
			.build()
			.requireNoErrors();
		return new Browser(this.engine);
	}

	private String tokens(ProviderStub.Asked asked, String issuer) {
		return "{\"access_token\":\"a\",\"token_type\":\"bearer\",\"id_token\":\""
				+ this.google.signed("{\"iss\":\"" + issuer + "\",\"sub\":\"s7\",\"name\":\"Ada\",\"email\":\""
						+ this.mail
						+ "\",\"email_verified\":true,\"aud\":\"client\",\"nonce\":\"" + asked.form().get("code")
						+ "\",\"iat\":1767225600,\"exp\":1767229200}")
				+ "\"}";
	}

	/** Where a provider would send the browser back to. */
	private static String callback(String provider, String address) {
		return "/auth/" + provider + "/callback?code=" + encoded(part(address, "nonce")) + "&state="
				+ encoded(part(address, "state"));
	}

	private static String part(String address, String name) {
		Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(address);
		assertThat(matcher.find()).as(name).isTrue();
		return URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8);
	}

	private static String location(HttpResponse response) {
		return String.valueOf(response.headers().first("Location"));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static Registration registration(ProviderStub stub) {
		Registration registration = new Registration();
		registration.setClientId("client");
		registration.setClientSecret("the-secret");
		registration.setServer(stub.address());
		return registration;
	}

}
