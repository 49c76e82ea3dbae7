package dev.flin.autoconfigure.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import org.springframework.web.server.session.WebSessionManager;

import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;

/** Sessions in the store of Spring's web sessions. */
class FlinSessionAutoConfigurationTests {

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/me.flin"), """
				route GET { { name: session.user?.name, length: session.note?.len } }
				route GET "/enter" {
				    session.user = { id: 7, name: "Ada" }
				    none
				}
				route GET "/note" {
				    session.note = "x".repeat(query.n.to_int)
				    none
				}
				route GET "/leave" {
				    session.clear()
				    none
				}
				""");
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class,
					FlinSessionAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory", "flin.development=false");
	}

	private static EntityExchangeResult<String> get(AssertableReactiveWebApplicationContext context, String path,
			String cookie) {
		return WebTestClient.bindToApplicationContext(context)
			.build()
			.get()
			.uri(path)
			.header(HttpHeaders.COOKIE, cookie)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static String cookie(EntityExchangeResult<String> result) {
		String field = Objects.requireNonNull(result.getResponseHeaders().getFirst(HttpHeaders.SET_COOKIE));
		return field.substring(0, field.indexOf(';'));
	}

	private static InMemoryWebSessionStore store(AssertableReactiveWebApplicationContext context) {
		DefaultWebSessionManager manager = (DefaultWebSessionManager) context.getBean(WebSessionManager.class);
		return (InMemoryWebSessionStore) manager.getSessionStore();
	}

	@Test
	void shouldLeaveSessionsInCookiesWhereNobodyAsksForMore() {
		this.runner.run((context) -> {
			String cookie = cookie(get(context, "/enter", ""));
			assertThat(store(context).getSessions()).isEmpty();
			assertThat(get(context, "/me", cookie).getResponseBody()).contains("Ada");
			assertThat(get(context, "/note?n=6000", cookie).getStatus().value()).isEqualTo(500);
		});
	}

	@Test
	void shouldKeepSessionsInTheStoreAndTheirKeysInCookies() {
		this.runner.withPropertyValues("flin.session.store=spring").run((context) -> {
			String cookie = cookie(get(context, "/note?n=60000", ""));
			assertThat(cookie).hasSizeLessThan(200);
			assertThat(store(context).getSessions()).hasSize(1);
			assertThat(get(context, "/me", cookie).getResponseBody()).isEqualTo("{\"name\":null,\"length\":60000}");
			assertThat(get(context, "/note?n=2000000", cookie).getStatus().value()).isEqualTo(500);
			assertThat(get(context, "/me", cookie).getResponseBody()).contains("60000");
		});
	}

	@Test
	void shouldGiveWhoSignsInAnotherSessionInTheStore() {
		this.runner.withPropertyValues("flin.session.store=spring").run((context) -> {
			String before = cookie(get(context, "/note?n=3", ""));
			String after = cookie(get(context, "/enter", before));
			assertThat(get(context, "/me", after).getResponseBody()).isEqualTo("{\"name\":\"Ada\",\"length\":3}");
			assertThat(get(context, "/me", before).getResponseBody()).isEqualTo("{\"name\":null,\"length\":null}");
			assertThat(store(context).getSessions()).hasSize(1);
		});
	}

	@Test
	void shouldEndSessionsForEverybodyWhoHasTheCookie() {
		this.runner.withPropertyValues("flin.session.store=spring").run((context) -> {
			String left = cookie(get(context, "/enter", ""));
			get(context, "/leave", left);
			assertThat(get(context, "/me", left).getResponseBody()).contains("\"name\":null");
			String removed = cookie(get(context, "/enter", ""));
			assertThat(get(context, "/me", removed).getResponseBody()).contains("Ada");
			store(context).getSessions().keySet().forEach((id) -> store(context).removeSession(id).block());
			assertThat(get(context, "/me", removed).getResponseBody()).contains("\"name\":null");
		});
	}

	@Test
	void shouldTakeSessionsOverThatWereInCookies() throws IOException {
		String[] cookie = new String[1];
		String secret = "flin.session.secret=" + "s".repeat(40);
		this.runner.withPropertyValues(secret).run((context) -> cookie[0] = cookie(get(context, "/enter", "")));
		this.runner.withPropertyValues(secret, "flin.session.store=spring").run((context) -> {
			assertThat(get(context, "/me", cookie[0]).getResponseBody()).contains("Ada");
			String kept = cookie(get(context, "/note?n=3", cookie[0]));
			assertThat(get(context, "/me", kept).getResponseBody()).isEqualTo("{\"name\":\"Ada\",\"length\":3}");
		});
	}

}
