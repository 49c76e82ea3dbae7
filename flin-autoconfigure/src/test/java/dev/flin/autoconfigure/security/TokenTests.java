package dev.flin.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;

import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.security.SecuredApplication.Browser;

/** An application that is a resource server: its users come with JSON web tokens. */
class TokenTests {

	private static final String SECRET = "a secret of more than thirty-two bytes";

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws Exception {
		this.runner = SecuredApplication.in(this.root).withUserConfiguration(Decoder.class);
	}

	private static String token(String secret, Instant expires) {
		try {
			SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
					new JWTClaimsSet.Builder().subject("ada")
						.claim("scope", "ADMIN write clerk")
						.claim("email", "ada@example.com")
						.expirationTime(Date.from(expires))
						.build());
			token.sign(new MACSigner(secret));
			return "Bearer " + token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String good() {
		return token(SECRET, Instant.now().plusSeconds(600));
	}

	private static int get(Browser browser, String path, String token) {
		return browser.get(path, "Authorization", token).getStatus().value();
	}

	@Test
	void shouldAcceptATokenOnItsOwnRoutes() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(browser.get("/closed", "Authorization", good()).getResponseBody())
				.isEqualTo("{\"user\":\"ada\",\"id\":\"ada\"}");
			assertThat(get(browser, "/mine/ada", good())).isEqualTo(200);
			assertThat(get(browser, "/mine/eve", good())).isEqualTo(403);
			assertThat(browser.get("/open").getStatus().value()).isEqualTo(200);
		});
	}

	@Test
	void shouldHoldAllGuards() throws Exception {
		SecuredApplication.write(this.root, NineGuards.FILES);
		this.runner.withBean(FlinEngineCustomizer.class, NineGuards::clock).run((context) -> {
			NineGuards.refuseNobody(SecuredApplication.browser(context));
			NineGuards.know(SecuredApplication.browser(context), "ada", "Authorization", good());
		});
	}

	@Test
	void shouldAcceptTheTokensOfAChainForEverything() {
		this.runner.withUserConfiguration(Chain.class).run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(browser.get("/open").getStatus().value()).isEqualTo(401);
			assertThat(get(browser, "/closed", good())).isEqualTo(200);
			assertThat(get(browser, "/admin", good())).isEqualTo(403);
		});
	}

	@Test
	void shouldNotAskForATokenAgainstForgeryWhereNothingCanBeForged() {
		this.runner.run((context) -> assertThat(SecuredApplication.browser(context)
			.post("/closed", Map.of(), "Authorization", good())
			.getResponseBody()).isEqualTo("{\"by\":\"ada\"}"));
	}

	@Test
	void shouldRefuseTokensThatAreNotGood() {
		String unsigned = "Bearer " + part("{\"alg\":\"none\"}") + "." + part("{\"sub\":\"ada\"}") + ".";
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(get(browser, "/closed", token("another secret of more than thirty bytes",
					Instant.now().plusSeconds(600)))).isEqualTo(401);
			assertThat(get(browser, "/closed", token(SECRET, Instant.now().minusSeconds(600)))).isEqualTo(401);
			assertThat(get(browser, "/closed", unsigned)).isEqualTo(401);
			assertThat(get(browser, "/closed", "Bearer x")).isEqualTo(401);
		});
	}

	private static String part(String json) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	static class Decoder {

		@Bean
		ReactiveJwtDecoder decoder() {
			return NimbusReactiveJwtDecoder
				.withSecretKey(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		SecurityWebFilterChain everything(ServerHttpSecurity http) {
			return http.authorizeExchange((authorize) -> authorize.anyExchange().authenticated())
				.oauth2ResourceServer((tokens) -> tokens.jwt(withDefaults()))
				.build();
		}

	}

}
