package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;

/** An application that Spring has under a path of its own: all addresses that FLIN makes lead there. */
class BasePathTests {

	private static final ParameterizedTypeReference<Map<String, String>> TEXTS = new ParameterizedTypeReference<>() {
	};

	@TempDir
	private Path root;

	private void file(String path, String text) throws Exception {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private interface Conversation {

		void accept(WebTestClient client) throws Exception;

	}

	private void run(Conversation test) {
		RunningServer.of(this.root)
			.withPropertyValues("flin.web.files-directory=" + this.root.resolve("kept"),
					"spring.webflux.base-path=/shop/")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory(
						"http://localhost:" + RunningServer.port(context));
				uris.setEncodingMode(DefaultUriBuilderFactory.EncodingMode.NONE);
				test.accept(WebTestClient.bindToServer()
					.uriBuilderFactory(uris)
					.responseTimeout(Duration.ofSeconds(60))
					.build());
			});
	}

	private static Map<String, String> texts(WebTestClient.RequestHeadersSpec<?> request) {
		Map<String, String> texts = request.exchange().expectBody(TEXTS).returnResult().getResponseBody();
		assertThat(texts).isNotNull();
		return texts;
	}

	private static void expect(WebTestClient client, String uri, String body) {
		client.get().uri(uri).exchange().expectStatus().isOk().expectBody(String.class).isEqualTo(body);
	}

	@Test
	void addressesOfRoutesAndAssetsLeadBelowIt() throws Exception {
		file("public/app.css", "b{}");
		file("app/urls.flin", """
				route GET { { route: url_for("/users/[id]", { id: "é", tab: 1 }), asset: asset_url("app.css"), root: url_for("/") } }
				""");
		file("app/users/[id].flin", "route GET { params.id ++ (query.tab ?? \"\") }\n");
		run((client) -> {
			Map<String, String> urls = texts(client.get().uri("/shop/urls"));
			assertThat(urls).containsEntry("route", "/shop/users/%C3%A9?tab=1").containsEntry("root", "/shop/");
			expect(client, urls.get("route"), "\"é1\"");
			expect(client, urls.get("asset"), "b{}");
			client.get().uri("/urls").exchange().expectStatus().isNotFound();
		});
	}

	@Test
	void filesHaveAddressesThere() throws Exception {
		file("entities/Paper.flin", "entity Paper { content: file? }\n");
		file("app/papers.flin", """
				route POST {
				    validate { content: file @required }
				    paper = Paper { content: body.content }
				    save paper
				    kept = save_file(body.content, "papers")
				    { field: paper.content?.url, kept: kept.url, limited: signed_url(kept, 1.minute) }
				}
				route DELETE { delete_file(query.url ?? "") }
				""");
		run((client) -> {
			MultipartBodyBuilder form = new MultipartBodyBuilder();
			form.part("content", "hello").filename("a.txt").contentType(MediaType.TEXT_PLAIN);
			Map<String, String> urls = texts(client.post().uri("/shop/papers").bodyValue(form.build()));
			for (String name : List.of("field", "kept", "limited")) {
				assertThat(urls.get(name)).startsWith("/shop/_flin/");
				expect(client, urls.get(name), "hello");
			}
			client.delete()
				.uri("/shop/papers?url=" + urls.get("kept"))
				.exchange()
				.expectBody(String.class)
				.isEqualTo("true");
			client.get().uri(urls.get("kept")).exchange().expectStatus().isNotFound();
		});
	}

	@Test
	void cookiesAndRedirectsStayThere() throws Exception {
		file("app/visit.flin", """
				route GET {
				    session.seen = true
				    cookies.set("theme", "dark", days: 1)
				    cookies.set("own", "x", path: "/visit")
				    redirect(url_for("/home"))
				}
				""");
		run((client) -> {
			var answer = client.get().uri("/shop/visit").exchange().expectHeader().valueEquals("Location",
					"/shop/home");
			assertThat(answer.returnResult(String.class).getResponseHeaders().get("Set-Cookie")).hasSize(4)
				.anyMatch((cookie) -> cookie.startsWith("flin-session=") && cookie.contains("; Path=/shop;"))
				.anyMatch((cookie) -> cookie.startsWith("flin-csrf=") && cookie.contains("; Path=/shop;"))
				.anyMatch((cookie) -> cookie.startsWith("theme=dark; Path=/shop;"))
				.anyMatch((cookie) -> cookie.startsWith("own=x; Path=/shop/visit;"));
		});
	}

}
