package dev.flin.autoconfigure.security;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.BodyInserters;

import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;
import dev.flin.autoconfigure.route.FlinRouteAutoConfiguration;

/**
 * An application with Spring Security, a controller and files of FLIN, and a browser for it that keeps cookies.
 */
final class SecuredApplication {

	private static final Map<String, String> FILES = Map.of("entities/User.flin", """
			entity User {
			    name: text @required
			    role: text = "member"
			}
			""", "app/index.flin", "<h1>Start</h1>\n", "app/open.flin", "route GET { { user: request.user?.name } }\n",
			"app/closed.flin", """
					guard auth
					route GET { { user: request.user.name, id: request.user.id } }
					route POST { { by: request.user.name } }
					""", "app/admin.flin", "guard role(\"ADMIN\")\nroute GET { { ok: true } }\n", "app/mine/[id].flin",
			"guard owner(params.id)\nroute GET { { mine: true } }\n", "app/sign-in.flin", """
					route GET {
					    ada = User { name: "Ada" }
					    save ada
					    session.user = ada
					    { ok: true }
					}
					""", "app/form.flin", """
					guard auth
					<form method="post"><button>Send</button></form>
					""", "app/both.flin", "route GET { { from: \"flin\" } }\n", "public/plain.txt", "plain");

	private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 50_000);

	private SecuredApplication() {
	}

	/** An application whose files lie in a directory; nothing but FLIN, Spring Security and a controller. */
	static ReactiveWebApplicationContextRunner in(Path root) throws IOException {
		write(root, FILES);
		return new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					ReactiveUserDetailsServiceAutoConfiguration.class, ReactiveWebSecurityAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class, FlinRouteAutoConfiguration.class,
					FlinSecurityAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + root, "flin.store.type=memory", "spring.security.user.name=ada",
					"spring.security.user.password=secret", "spring.security.user.roles=ADMIN")
			.withUserConfiguration(Controller.class);
	}

	/** Adds files. */
	static void write(Path root, Map<String, String> files) throws IOException {
		for (Map.Entry<String, String> file : files.entrySet()) {
			Path path = root.resolve(file.getKey());
			Files.createDirectories(Objects.requireNonNull(path.getParent()));
			Files.writeString(path, file.getValue());
		}
	}

	static Browser browser(ApplicationContext context) {
		return new Browser(WebTestClient.bindToApplicationContext(context)
			.webFilter((exchange, chain) -> chain.filter(
					exchange.mutate().request((request) -> request.remoteAddress(CLIENT)).build()))
			.configureClient()
			.responseTimeout(Duration.ofSeconds(60))
			.build());
	}

	/** Keeps cookies, follows nothing. */
	static final class Browser {

		private final WebTestClient client;

		private final MultiValueMap<String, String> cookies = new LinkedMultiValueMap<>();

		Browser(WebTestClient client) {
			this.client = client;
		}

		EntityExchangeResult<String> get(String path, String... headers) {
			return finish(this.client.get().uri(path), headers);
		}

		EntityExchangeResult<String> post(String path, Map<String, String> form, String... headers) {
			MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
			form.forEach(values::add);
			return finish(this.client.post()
				.uri(path)
				.contentType(MediaType.APPLICATION_FORM_URLENCODED)
				.body(BodyInserters.fromFormData(values)), headers);
		}

		String cookie(String name) {
			return String.valueOf(this.cookies.getFirst(name));
		}

		/** Takes a cookie from somewhere else. */
		void plant(String name, String value) {
			this.cookies.set(name, value);
		}

		private EntityExchangeResult<String> finish(WebTestClient.RequestHeadersSpec<?> request, String... headers) {
			request.cookies((all) -> all.addAll(this.cookies));
			for (int i = 0; i < headers.length; i += 2) {
				request.header(headers[i], headers[i + 1]);
			}
			EntityExchangeResult<String> result = request.exchange().expectBody(String.class).returnResult();
			for (List<ResponseCookie> each : result.getResponseCookies().values()) {
				each.forEach((cookie) -> plant(cookie.getName(), cookie.getValue()));
			}
			for (String field : result.getResponseHeaders().getOrEmpty("Set-Cookie")) {
				String[] pair = field.substring(0, field.indexOf(';')).split("=", 2);
				plant(pair[0], pair[1]);
			}
			return result;
		}

	}

	@RestController
	static class Controller {

		@GetMapping("/java")
		String java() {
			return "java";
		}

		@GetMapping("/both")
		String both() {
			return "controller";
		}

	}

}
