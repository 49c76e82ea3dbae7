package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.port.ForeignTokens;

/** Sign-ins by Clerk, Firebase and Telegram, whose keys a server of the test holds. */
class ForeignTokenTests {

	private static final String FIREBASE = """
			{"iss":"https://securetoken.google.com/shop-1","aud":"shop-1","sub":"u7","auth_time":1767225500,\
			"iat":1767225500,"exp":1767229200,"email":"ada@example.com"}""";

	private static final String CLERK = """
			{"iss":"https://clerk.shop.example","sub":"user_7","azp":"https://shop.example","iat":1767225500,\
			"nbf":1767225500,"exp":1767225700}""";

	private final RSAKey key;

	private final HttpServer server;

	ForeignTokenTests() throws JOSEException, IOException {
		this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	@BeforeEach
	void start() {
		byte[] keys = new JWKSet(this.key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
		this.server.createContext("/keys", (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, keys.length);
			exchange.getResponseBody().write(keys);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@Test
	void aTokenOfFirebaseSaysWhoItIs() throws JOSEException {
		assertThat(firebase(FIREBASE)).isEqualTo("u7");
		assertThat(firebase(FIREBASE.replace("\"aud\":\"shop-1\"", "\"aud\":\"shop-2\""))).isEqualTo("none");
		assertThat(firebase(FIREBASE.replace(".com/shop-1", ".com/shop-2"))).isEqualTo("none");
		assertThat(firebase(FIREBASE.replace("1767229200", "1767225600"))).as("expired").isEqualTo("none");
		assertThat(firebase(FIREBASE.replace("\"auth_time\":1767225500",
				"\"auth_time\":1767229000"))).isEqualTo("none");
		assertThat(firebase(FIREBASE.replace("\"u7\"", "\"\""))).isEqualTo("none");
	}

	@Test
	void aTokenOfClerkSaysWhoItIs() throws JOSEException {
		assertThat(clerk(CLERK)).isEqualTo("user_7");
		assertThat(clerk(CLERK.replace("https://clerk", "https://evil"))).isEqualTo("none");
		assertThat(clerk(CLERK.replace("https://shop.example", "https://evil.example"))).isEqualTo("none");
		assertThat(clerk(CLERK.replace("\"nbf\":1767225500", "\"nbf\":1767225690"))).isEqualTo("none");
		assertThat(clerk(CLERK.replace("\"iat\"", "\"sts\":\"active\",\"iat\""))).isEqualTo("user_7");
		assertThat(clerk(CLERK.replace("\"iat\"", "\"sts\":\"pending\",\"iat\""))).as("a second factor is missing")
			.isEqualTo("none");
	}

	@Test
	void otherKeysAndAlgorithmsAreRefused() throws JOSEException {
		RSAKey other = new RSAKeyGenerator(2048).keyID("k1").generate();
		assertThat(verify(token(FIREBASE, JWSAlgorithm.RS256, new RSASSASigner(other), "k1"))).isEqualTo("none");
		assertThat(verify(token(FIREBASE, JWSAlgorithm.RS512, new RSASSASigner(this.key), "k1"))).isEqualTo("none");
		assertThat(verify(token(FIREBASE, JWSAlgorithm.RS256, new RSASSASigner(this.key), "k2"))).isEqualTo("none");
		byte[] open = this.key.toRSAPublicKey().getEncoded();
		assertThat(verify(token(FIREBASE, JWSAlgorithm.HS256, new MACSigner(open), "k1"))).isEqualTo("none");
		assertThat(verify("a.b.c")).isEqualTo("none");
	}

	@Test
	void aSignInByTelegramIsGoodOnceAndSoon() throws GeneralSecurityException {
		String fields = "auth_date=1767225500\nfirst_name=Ada\nid=7";
		String call = """
				data = { id: "7", first_name: "Ada", auth_date: "%s", hash: "%s" }
				print(verify_telegram_login(data, "123:token")?.first_name)
				print(verify_telegram_login(data, "123:token")?.first_name)
				""";
		assertThat(Script.output(call.formatted("1767225500", telegram(fields)))).isEqualTo("Ada\nnone");
		assertThat(Script.output(call.formatted("1767225501", telegram(fields)))).isEqualTo("none\nnone");
		String old = fields.replace("1767225500", "1767224000");
		assertThat(Script.output(call.formatted("1767224000", telegram(old)))).isEqualTo("none\nnone");
		assertThat(Script.output(call.formatted("1767225500", telegram(fields).toUpperCase(Locale.ROOT))))
			.isEqualTo("none\nnone");
	}

	/** What is signed are lines: whoever has a line break in their name must not become somebody else by it. */
	@Test
	void aNameOfTelegramIsNotTwoFields() throws GeneralSecurityException {
		String signed = telegram("auth_date=1767225500\nfirst_name=Eve\nid=1\nid=7");
		assertThat(Script.output("""
				print(verify_telegram_login({ auth_date: "1767225500", first_name: "Eve\\nid=1", id: "7", hash: "%1$s" },
					"123:token"))
				print(verify_telegram_login(["auth_date": "1767225500", "first_name": "Eve", "id": "1\\nid=7",
					"hash": "%1$s"], "123:token"))
				print(verify_telegram_login(["auth_date": "1767225500\\nfirst_name=Eve", "id": "1", "id=7": "",
					"hash": "%1$s"], "123:token"))
				""".formatted(signed))).isEqualTo("none\nnone\nnone");
	}

	private String firebase(String claims) throws JOSEException {
		return verify(token(claims, JWSAlgorithm.RS256, new RSASSASigner(this.key), "k1"));
	}

	private String verify(String token) {
		return run("print(verify_firebase_token(\"Bearer " + token + "\", \"shop-1\")?.sub)");
	}

	private String clerk(String claims) throws JOSEException {
		String token = token(claims, JWSAlgorithm.RS256, new RSASSASigner(this.key), "k1");
		return run("print(verify_clerk_token(\"" + token
				+ "\", \"https://clerk.shop.example\", [\"https://shop.example\"])?.sub)");
	}

	private String run(String code) {
		String keys = "http://localhost:" + this.server.getAddress().getPort() + "/keys";
		ForeignTokens tokens = new NimbusForeignTokens(Map.of(
				"https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com", keys,
				"https://clerk.shop.example/.well-known/jwks.json", keys));
		FlinEngine.Builder builder = FlinEngine.builder().servicesOfClassPath().service(ForeignTokens.class, tokens);
		try (Script script = new Script(code, builder)) {
			return script.run();
		}
	}

	private static String token(String claims, JWSAlgorithm algorithm, JWSSigner signer, String id)
			throws JOSEException {
		JWSObject token = new JWSObject(new JWSHeader.Builder(algorithm).keyID(id).build(), new Payload(claims));
		token.sign(signer);
		return token.serialize();
	}

	private static String telegram(String fields) throws GeneralSecurityException {
		byte[] key = MessageDigest.getInstance("SHA-256").digest("123:token".getBytes(StandardCharsets.UTF_8));
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(key, "HmacSHA256"));
		return HexFormat.of().formatHex(mac.doFinal(fields.getBytes(StandardCharsets.UTF_8)));
	}

}
