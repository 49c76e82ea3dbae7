package dev.flin.autoconfigure.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.autoconfigure.diagnostics.GuardsWithoutSecurityException;
import dev.flin.autoconfigure.route.FlinRoute;
import dev.flin.autoconfigure.route.InvalidFlinRouteException;
import dev.flin.autoconfigure.security.SecuredApplication.Browser;

class FlinSecurityAutoConfigurationTests {

	private static final String BASIC = "Basic "
			+ Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws Exception {
		this.runner = SecuredApplication.in(this.root);
	}

	private static int status(EntityExchangeResult<?> result) {
		return result.getStatus().value();
	}

	private static void signInWithTheForm(Browser browser) {
		String page = String.valueOf(browser.get("/login").getResponseBody());
		String token = page.replaceAll("(?s).*name=\"_csrf\"[^>]*value=\"([^\"]*)\".*", "$1");
		EntityExchangeResult<String> done = browser.post("/login",
				Map.of("username", "ada", "password", "secret", "_csrf", token));
		assertThat(done.getResponseHeaders().getFirst("Location")).isEqualTo("/");
	}

	@Test
	void shouldLeaveTheDefaultsOfSpringBootToEverythingButFlin() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/open"))).isEqualTo(200);
			assertThat(status(browser.get("/"))).isEqualTo(200);
			assertThat(status(browser.get("/plain.txt"))).isEqualTo(200);
			assertThat(status(browser.get("/java"))).isEqualTo(401);
			assertThat(status(browser.get("/nobody"))).isEqualTo(401);
			assertThat(browser.get("/java", "Authorization", BASIC).getResponseBody()).isEqualTo("java");
		});
	}

	@Test
	void shouldNotOpenAPathThatAControllerTakesFromAFile() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/both"))).isEqualTo(401);
			assertThat(status(browser.get("/both;x=1"))).isIn(400, 401);
			assertThat(status(browser.get("/both/"))).isIn(308, 401);
			assertThat(browser.get("/both", "Authorization", BASIC).getResponseBody()).isEqualTo("controller");
		});
	}

	@Test
	void shouldNotOpenAFileOfTheApplicationThatARouteTakes(@TempDir Path resources) throws IOException {
		Files.createDirectory(resources.resolve("mine"));
		Files.writeString(resources.resolve("mine/own.txt"), "own");
		this.runner.withPropertyValues("spring.web.resources.static-locations=file:" + resources + "/")
			.run((context) -> {
				Browser browser = SecuredApplication.browser(context);
				assertThat(status(browser.get("/mine/own.txt"))).isEqualTo(401);
				assertThat(browser.get("/mine/own.txt", "Authorization", BASIC).getResponseBody()).isEqualTo("own");
			});
	}

	@Test
	void shouldMatchFlinRoutesOnly() {
		this.runner.run((context) -> {
			SecurityWebFilterChain chain = context.getBean("flinSecurityWebFilterChain", SecurityWebFilterChain.class);
			for (String path : new String[] { "/open", "/closed", "/mine/7", "/", "/plain.txt" }) {
				assertThat(chain.matches(MockServerWebExchange.from(MockServerHttpRequest.get(path))).block()).as(path)
					.isTrue();
			}
			for (String path : new String[] { "/java", "/both", "/nobody", "/login" }) {
				assertThat(chain.matches(MockServerWebExchange.from(MockServerHttpRequest.get(path))).block()).as(path)
					.isFalse();
			}
		});
	}

	@Test
	void shouldRefuseWhoIsNotSignedIn() {
		this.runner.run((context) -> {
			EntityExchangeResult<String> refused = SecuredApplication.browser(context).get("/closed");
			assertThat(status(refused)).isEqualTo(401);
			assertThat(refused.getResponseBody()).isEqualTo("{\"error\":\"Authentication required\",\"status\":401}");
			assertThat(refused.getResponseHeaders().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
		});
	}

	@Test
	void shouldAcceptTheSignInOfFlin() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/sign-in"))).isEqualTo(200);
			assertThat(browser.get("/closed").getResponseBody()).isEqualTo("{\"user\":\"Ada\",\"id\":1}");
			assertThat(status(browser.get("/admin"))).isEqualTo(403);
			assertThat(status(browser.get("/java"))).isEqualTo(401);
		});
	}

	@Test
	void shouldAcceptTheFormLoginOfSpringBoot() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			signInWithTheForm(browser);
			assertThat(browser.get("/closed").getResponseBody()).isEqualTo("{\"user\":\"ada\",\"id\":\"ada\"}");
			assertThat(status(browser.get("/admin"))).isEqualTo(200);
			assertThat(status(browser.get("/mine/eve"))).as("an admin passes").isEqualTo(200);
			assertThat(browser.get("/open").getResponseBody()).isEqualTo("{\"user\":\"ada\"}");
		});
	}

	@Test
	void shouldTakeAuthoritiesForRoles() {
		this.runner.withPropertyValues("spring.security.user.roles=clerk").run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/admin", "Authorization", BASIC))).isEqualTo(403);
			assertThat(status(browser.get("/mine/ada", "Authorization", BASIC))).isEqualTo(200);
			assertThat(status(browser.get("/mine/eve", "Authorization", BASIC))).isEqualTo(403);
		});
	}

	@Test
	void shouldRefuseAWrongPassword() {
		this.runner.run((context) -> {
			String wrong = "Basic " + Base64.getEncoder().encodeToString("ada:guess".getBytes(StandardCharsets.UTF_8));
			assertThat(status(SecuredApplication.browser(context).get("/closed", "Authorization", wrong)))
					.isEqualTo(401);
		});
	}

	@Test
	void shouldKeepForeignFormsOutOfTheSessionOfTheApplication() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			signInWithTheForm(browser);
			assertThat(status(browser.post("/closed", Map.of()))).isEqualTo(403);
			assertThat(status(browser.post("/closed", Map.of("_csrf", "guess")))).isEqualTo(403);
			String page = String.valueOf(browser.get("/form").getResponseBody());
			String token = page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
			assertThat(browser.post("/closed", Map.of("_csrf", token)).getResponseBody()).isEqualTo("{\"by\":\"ada\"}");
			assertThat(status(browser.post("/closed", Map.of(), "X-CSRF-Token", token))).isEqualTo(200);
		});
	}

	@Test
	void shouldNotTakeTheTokenOfAPlantedSession() {
		this.runner.run((context) -> {
			Browser attacker = SecuredApplication.browser(context);
			attacker.get("/sign-in");
			Browser victim = SecuredApplication.browser(context);
			signInWithTheForm(victim);
			victim.plant("flin-session", attacker.cookie("flin-session"));
			assertThat(status(victim.post("/closed", Map.of("_csrf", attacker.cookie("flin-csrf"))))).isEqualTo(403);
		});
	}

	@Test
	void shouldNotLetBasicCredentialsBeForged() {
		this.runner.run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.post("/closed", Map.of(), "Authorization", BASIC))).isEqualTo(403);
		});
	}

	@Test
	void shouldKeepPersonalAnswersOutOfSharedCaches() {
		this.runner.run((context) -> assertThat(SecuredApplication.browser(context)
			.get("/closed", "Authorization", BASIC)
			.getResponseHeaders()
			.getFirst("Cache-Control")).startsWith("private"));
	}

	@Test
	void shouldLeaveTheirPathsToTheChainsOfTheApplication() {
		this.runner.withUserConfiguration(PartChain.class).run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/mine/ada"))).isEqualTo(401);
			assertThat(browser.get("/mine/ada").getResponseBody()).as("not FLIN's answer").isNullOrEmpty();
			assertThat(status(browser.get("/mine/ada", "Authorization", BASIC))).isEqualTo(200);
			assertThat(status(browser.get("/open"))).isEqualTo(200);
			assertThat(browser.get("/java").getResponseBody()).as("no chain of the application, as before")
				.isEqualTo("java");
		});
	}

	@Test
	void shouldCheckGuardsUnderAChainForEverything() {
		this.runner.withUserConfiguration(WholeChain.class).run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/open"))).isEqualTo(200);
			assertThat(status(browser.get("/java"))).isEqualTo(302);
			assertThat(browser.get("/closed").getResponseBody()).contains("Authentication required");
			signInWithTheForm(browser);
			assertThat(browser.get("/closed").getResponseBody()).isEqualTo("{\"user\":\"ada\",\"id\":\"ada\"}");
			assertThat(status(browser.post("/closed", Map.of()))).isEqualTo(403);
			browser.get("/form");
			assertThat(browser.post("/closed", Map.of("_csrf", browser.cookie("flin-csrf"))).getResponseBody())
				.isEqualTo("{\"by\":\"ada\"}");
		});
	}

	@Test
	void shouldAskTheMappingsOfTheApplicationOnceUnderItsChain() {
		Counting counting = new Counting();
		this.runner.withUserConfiguration(OpenChain.class)
			.withBean("counting", Counting.class, () -> counting)
			.run((context) -> {
				Browser browser = SecuredApplication.browser(context);
				assertThat(status(browser.get("/open"))).isEqualTo(200);
				assertThat(counting.asked).hasValue(1);
				assertThat(status(browser.get("/java"))).isEqualTo(200);
				assertThat(counting.asked).hasValue(2);
			});
	}

	@Test
	void shouldSendPagesToTheLoginOfTheApplication() {
		this.runner.withPropertyValues("flin.security.login-path=/login").run((context) -> {
			EntityExchangeResult<String> page = SecuredApplication.browser(context).get("/form", "Accept", "text/html");
			assertThat(status(page)).isEqualTo(302);
			assertThat(page.getResponseHeaders().getFirst("Location")).isEqualTo("/login");
		});
	}

	@Test
	void shouldHoldAllGuardsBesideAFormLogin() throws Exception {
		SecuredApplication.write(this.root, NineGuards.FILES);
		this.runner.withPropertyValues("spring.security.user.roles=clerk").withBean(FlinEngineCustomizer.class,
				NineGuards::clock)
			.withUserConfiguration(WholeChain.class)
			.run((context) -> {
				NineGuards.refuseNobody(SecuredApplication.browser(context));
				Browser ada = SecuredApplication.browser(context);
				signInWithTheForm(ada);
				NineGuards.know(ada, "ada");
				NineGuards.takeTheTokenOfAPage(ada);
			});
	}

	@Test
	void shouldHoldAllGuardsWithoutSecurityOfTheApplication() throws Exception {
		SecuredApplication.write(this.root, NineGuards.FILES);
		SecuredApplication.write(this.root, Map.of("app/nine/sign-in.flin", """
				route GET {
				    session.user = { id: "ada", role: "clerk" }
				    none
				}
				"""));
		this.runner.withBean(FlinEngineCustomizer.class, NineGuards::clock).run((context) -> {
			NineGuards.refuseNobody(SecuredApplication.browser(context));
			Browser ada = SecuredApplication.browser(context);
			ada.get("/nine/sign-in");
			NineGuards.know(ada, "ada");
			NineGuards.takeTheTokenOfAPage(ada);
		});
	}

	@Test
	void shouldUseTheConverterOfTheApplication() {
		this.runner.withBean(FlinUserConverter.class, () -> (authentication) -> null)
			.run((context) -> assertThat(
					status(SecuredApplication.browser(context).get("/closed", "Authorization", BASIC))).isEqualTo(401));
	}

	@Test
	void shouldGuardTheMethodsOfBeans() {
		this.runner.withBean(Methods.class).run((context) -> {
			Browser browser = SecuredApplication.browser(context);
			assertThat(status(browser.get("/method"))).isEqualTo(401);
			EntityExchangeResult<String> first = browser.get("/method", "Authorization", BASIC);
			assertThat(first.getResponseBody()).isEqualTo("\"ok\"");
			assertThat(first.getResponseHeaders().getFirst("X-RateLimit-Limit")).isEqualTo("1");
			assertThat(status(browser.get("/method", "Authorization", BASIC))).isEqualTo(429);
		});
	}

	@Test
	void shouldNotStartWithAGuardThatIsNone() {
		for (Class<?> bean : new Class<?>[] { Misspelt.class, Computed.class }) {
			this.runner.withBean(bean)
				.run((context) -> assertThat(context).getFailure()
					.isInstanceOf(InvalidFlinRouteException.class)
					.hasMessageContaining("guard"));
		}
	}

	@Test
	void shouldNotStartWithGuardedMethodsAndWithoutSpringSecurity() throws Exception {
		for (String file : new String[] { "closed", "admin", "mine/[id]", "form" }) {
			Files.delete(this.root.resolve("app/" + file + ".flin"));
		}
		this.runner.withBean(Methods.class)
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(GuardsWithoutSecurityException.class));
	}

	@Test
	void shouldNotStartWithGuardsAndWithoutSpringSecurity() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOfSatisfying(GuardsWithoutSecurityException.class, (problem) -> assertThat(problem.places())
					.contains("GET /closed (app/closed.flin)", "GET /form (app/form.flin)")
					.noneMatch((place) -> place.contains("/open"))));
	}

	@Test
	void shouldStartWithoutGuardsAndWithoutSpringSecurity() throws Exception {
		for (String file : new String[] { "closed", "admin", "mine/[id]", "form" }) {
			Files.delete(this.root.resolve("app/" + file + ".flin"));
		}
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(status(SecuredApplication.browser(context).get("/open"))).isEqualTo(200));
	}

	static class Methods {

		@FlinRoute(path = "/method", guards = { "auth", "role('ADMIN')", "rate_limit(1, seconds: 60, by: 'user')" })
		String method() {
			return "ok";
		}

	}

	static class Misspelt {

		@FlinRoute(path = "/method", guards = "oauth")
		String method() {
			return "open?";
		}

	}

	static class Computed {

		@FlinRoute(path = "/method", guards = "role(name())")
		String method() {
			return "open?";
		}

	}

	/** A mapping before all others that has no handlers. */
	static final class Counting implements HandlerMapping, Ordered {

		private final AtomicInteger asked = new AtomicInteger();

		@Override
		public Mono<Object> getHandler(ServerWebExchange exchange) {
			this.asked.incrementAndGet();
			return Mono.empty();
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpenChain {

		@Bean
		SecurityWebFilterChain everybody(ServerHttpSecurity http) {
			return http.authorizeExchange((authorize) -> authorize.anyExchange().permitAll()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PartChain {

		@Bean
		SecurityWebFilterChain mine(ServerHttpSecurity http) {
			return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/mine/**"))
				.authorizeExchange((authorize) -> authorize.anyExchange().authenticated())
				.httpBasic(withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WholeChain {

		@Bean
		SecurityWebFilterChain everything(ServerHttpSecurity http, FlinRequestMatcher flin) {
			return http
				.authorizeExchange((authorize) -> authorize.matchers(flin).permitAll().anyExchange().authenticated())
				.formLogin(withDefaults())
				.build();
		}

	}

}
