package dev.flin.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.security.SecuredApplication.Browser;

/** An application whose users sign in at an OpenID Connect provider, here one on this machine. */
class OpenIdConnectTests {

	@TempDir
	private Path root;

	private RSAKey key;

	private DisposableServer issuer;

	private volatile String nonce = "";

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws Exception {
		this.key = new RSAKeyGenerator(2048).keyID("test").generate();
		this.issuer = HttpServer.create()
			.port(0)
			.route((routes) -> routes
				.get("/.well-known/openid-configuration", (request, response) -> json(response, """
						{"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
						 "jwks_uri": "%1$s/keys", "response_types_supported": ["code"],
						 "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
						""".formatted(url())))
				.get("/keys",
						(request, response) -> json(response, "{\"keys\": [" + this.key.toPublicJWK() + "]}"))
				.post("/token", (request, response) -> json(response, """
						{"access_token": "t", "token_type": "Bearer", "expires_in": 600, "id_token": "%s"}
						""".formatted(idToken()))))
			.bindNow();
		this.runner = SecuredApplication.in(this.root)
			.withPropertyValues("test.issuer=" + url())
			.withUserConfiguration(Client.class);
	}

	@AfterEach
	void stop() {
		this.issuer.disposeNow();
	}

	private String url() {
		return "http://localhost:" + this.issuer.port();
	}

	private static Mono<Void> json(HttpServerResponse response, String body) {
		return response.header("Content-Type", "application/json").sendString(Mono.just(body)).then();
	}

	private String idToken() {
		try {
			Instant now = Instant.now();
			SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(),
					new JWTClaimsSet.Builder().issuer(url())
						.subject("4711")
						.audience("flin")
						.claim("name", "Ada Lovelace")
						.claim("email", "ada@example.com")
						.claim("nonce", this.nonce)
						.issueTime(Date.from(now))
						.expirationTime(Date.from(now.plusSeconds(600)))
						.build());
			token.sign(new RSASSASigner(this.key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void signIn(Browser browser) {
		URI away = browser.get("/oauth2/authorization/local").getResponseHeaders().getLocation();
		assertThat(away).hasHost("localhost").hasPath("/authorize");
		var query = UriComponentsBuilder.fromUri(away).build().getQueryParams();
		this.nonce = String.valueOf(query.getFirst("nonce"));
		String state = URLDecoder.decode(String.valueOf(query.getFirst("state")), StandardCharsets.UTF_8);
		URI back = browser.get("/login/oauth2/code/local?code=c&state=" + state).getResponseHeaders().getLocation();
		assertThat(back).hasPath("/").hasNoQuery();
	}

	@Test
	void shouldAcceptTheUserOfTheProvider() {
		this.runner.withUserConfiguration(Chain.class).run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(browser.get("/closed").getStatus().value()).isEqualTo(401);
			signIn(browser);
			assertThat(browser.get("/closed").getResponseBody())
				.isEqualTo("{\"user\":\"Ada Lovelace\",\"id\":\"4711\"}");
			assertThat(browser.get("/mine/4711").getStatus().value()).isEqualTo(200);
			assertThat(browser.get("/mine/4712").getStatus().value()).isEqualTo(403);
		});
	}

	@Test
	void shouldHoldAllGuards() throws Exception {
		SecuredApplication.write(this.root, NineGuards.FILES);
		this.runner.withBean(FlinEngineCustomizer.class, NineGuards::clock)
			.withUserConfiguration(Chain.class)
			.run((context) -> {
				NineGuards.refuseNobody(SecuredApplication.browser(context));
				Browser ada = SecuredApplication.browser(context);
				signIn(ada);
				NineGuards.know(ada, "4711");
				NineGuards.takeTheTokenOfAPage(ada);
			});
	}

	@Test
	void shouldAcceptHimOnPathsThatNoChainIsFor() {
		this.runner.withUserConfiguration(PartChain.class).run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			signIn(browser);
			assertThat(browser.get("/closed").getResponseBody())
				.isEqualTo("{\"user\":\"Ada Lovelace\",\"id\":\"4711\"}");
		});
	}

	@Test
	void shouldStartANewSessionAtSignIn() {
		this.runner.withUserConfiguration(Chain.class).run((context) -> {
			Browser attacker = SecuredApplication.browser(context);
			attacker.get("/oauth2/authorization/local");
			Browser victim = SecuredApplication.browser(context);
			victim.plant("SESSION", attacker.cookie("SESSION"));
			signIn(victim);
			assertThat(attacker.get("/closed").getStatus().value()).isEqualTo(401);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Client {

		@Bean
		ReactiveClientRegistrationRepository registrations(Environment environment) {
			return new InMemoryReactiveClientRegistrationRepository(
					ClientRegistrations.fromIssuerLocation(environment.getRequiredProperty("test.issuer"))
						.registrationId("local")
						.clientId("flin")
						.clientSecret("secret")
						.scope("openid")
						.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Chain {

		@Bean
		SecurityWebFilterChain everything(ServerHttpSecurity http, FlinRequestMatcher flin) {
			return http
				.authorizeExchange((authorize) -> authorize.matchers(flin).permitAll().anyExchange().authenticated())
				.oauth2Login(withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PartChain {

		@Bean
		SecurityWebFilterChain part(ServerHttpSecurity http) {
			return http
				.securityMatcher((exchange) -> exchange.getRequest().getPath().value().matches("/(oauth2|login)/.*")
						? MatchResult.match()
						: MatchResult.notMatch())
				.authorizeExchange((authorize) -> authorize.anyExchange().authenticated())
				.oauth2Login(withDefaults())
				.build();
		}

	}

}
