package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Header fields on their way through a real server, with filters of the application in between. */
class HeaderFieldsTests {

	@TempDir
	private Path root;

	/** Changes what the query asks for. */
	static final class Changes implements WebFilter {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			ServerHttpRequest request = exchange.getRequest();
			String how = String.valueOf(request.getQueryParams().getFirst("filter"));
			return chain.filter(switch (how) {
				case "mutate" -> exchange.mutate().request((changed) -> changed.header("X-Name", "filter")).build();
				case "decorate" -> exchange.mutate().request(new ServerHttpRequestDecorator(request) {

					@Override
					public HttpHeaders getHeaders() {
						HttpHeaders headers = HttpHeaders.copyOf(super.getHeaders());
						headers.set("X-Name", "decorated");
						return headers;
					}

				}).build();
				case "answer" -> {
					exchange.getResponse().getHeaders().set("X-Frame-Options", "DENY");
					exchange.getResponse().getHeaders().set("X-Mine", "stays");
					yield exchange;
				}
				default -> exchange;
			});
		}

	}

	private static List<String> get(int port, String path) throws Exception {
		try (Socket socket = new Socket("localhost", port)) {
			OutputStream out = socket.getOutputStream();
			out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Name: client\r\nx-list: a\r\nX-List: b\r\n"
					+ "Connection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
		}
	}

	private static List<String> named(List<String> answer, String name) {
		return answer.stream().filter((line) -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1)).toList();
	}

	@Test
	void shouldReadWhatTheLastFilterLeft() throws Exception {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/name.flin"),
				"route GET { text(\"{headers[\"X-Name\"]} {headers[\"x-list\"]}\") }");
		RunningServer.of(this.root).withBean(Changes.class).run((context) -> {
			int port = RunningServer.port(context);
			assertThat(get(port, "/name")).endsWith("client a");
			assertThat(get(port, "/name?filter=mutate")).endsWith("filter a");
			assertThat(get(port, "/name?filter=decorate")).endsWith("decorated a");
		});
	}

	@Test
	void shouldSendEachFieldOnce() throws Exception {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/a.flin"), "route GET { text(\"abc\") }");
		Files.writeString(this.root.resolve("app/own.flin"),
				"route GET { response { body: \"abc\", headers: { \"X-Frame-Options\": \"DENY\" } } }");
		RunningServer.of(this.root).withBean(Changes.class).run((context) -> {
			int port = RunningServer.port(context);
			for (int i = 0; i < 2; i++) {
				for (String path : List.of("/a", "/a?filter=answer", "/own")) {
					List<String> answer = get(port, path);
					assertThat(answer).startsWith("HTTP/1.1 200 OK");
					for (String name : List.of("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
							"Permissions-Policy", "X-Frame-Options", "ETag", "Content-Type", "Content-Length")) {
						assertThat(named(answer, name)).as(path + " " + name).hasSize(1);
					}
					assertThat(named(answer, "Transfer-Encoding")).isEmpty();
				}
			}
			assertThat(named(get(port, "/a"), "X-Frame-Options")).containsExactly("X-Frame-Options: SAMEORIGIN");
			assertThat(named(get(port, "/own"), "X-Frame-Options")).containsExactly("X-Frame-Options: DENY");
			assertThat(get(port, "/a?filter=answer")).contains("X-Mine: stays", "X-Frame-Options: SAMEORIGIN");
		});
	}

}
