package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.flin.autoconfigure.FlinAutoConfiguration;

/** Files that change while the application runs. */
@ExtendWith(OutputCaptureExtension.class)
class HotReloadTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path root;

	@BeforeEach
	void setUp() throws IOException {
		write("app/index.flin", "<main><Hello name=\"Ada\"/></main>\n");
		write("app/api/ping.flin", "route GET {\n    { answer: \"pong\" }\n}\n");
		write("components/Hello.flin", "<p>Hello {props.name}</p>\n");
	}

	private void write(String path, String text) throws IOException {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private void run(ContextConsumer<AssertableReactiveWebApplicationContext> consumer) {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.run(consumer);
	}

	private static EntityExchangeResult<String> get(AssertableReactiveWebApplicationContext context, String path) {
		return WebTestClient.bindToApplicationContext(context)
			.configureClient()
			.responseTimeout(PATIENCE)
			.build()
			.get()
			.uri(path)
			.accept(MediaType.TEXT_HTML, MediaType.ALL)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static void waitFor(AssertableReactiveWebApplicationContext context, String path, String content) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(get(context, path).getResponseBody()).contains(content));
	}

	private static void waitFor(AssertableReactiveWebApplicationContext context, String path, int status) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(get(context, path).getStatus().value()).isEqualTo(status));
	}

	@Test
	void shouldTakeAChangedPageAndAChangedComponentOver() {
		run((context) -> {
			assertThat(get(context, "/").getResponseBody()).contains("<p>Hello Ada</p>");
			write("app/index.flin", "<main><Hello name=\"Grace\"/></main>\n");
			waitFor(context, "/", "<p>Hello Grace</p>");
			write("components/Hello.flin", "<p>Welcome, {props.name}!</p>\n");
			waitFor(context, "/", "<p>Welcome, Grace!</p>");
		});
	}

	@Test
	void shouldServeANewPageInANewFolder() {
		run((context) -> {
			assertThat(get(context, "/shop/lamps").getStatus().value()).isEqualTo(404);
			write("app/shop/lamps.flin", "<h1>Lamps</h1>\n");
			waitFor(context, "/shop/lamps", "<h1>Lamps</h1>");
		});
	}

	@Test
	void shouldShowWhatIsWrongWithAPageWhileEverythingElseAnswers() {
		run((context) -> {
			write("app/index.flin", "total = cuont + 1\n<p>{total}</p>\n");
			waitFor(context, "/", "app/index.flin:1:9");
			EntityExchangeResult<String> broken = get(context, "/");
			assertThat(broken.getStatus().value()).isEqualTo(500);
			assertThat(broken.getResponseBody()).contains("undefined variable", "total = cuont + 1");
			assertThat(get(context, "/api/ping").getResponseBody()).contains("pong");
			write("app/index.flin", "<p>mended</p>\n");
			waitFor(context, "/", "<p>mended</p>");
		});
	}

	@Test
	void shouldForgetADeletedPage() {
		run((context) -> {
			assertThat(get(context, "/api/ping").getStatus().value()).isEqualTo(200);
			Files.delete(this.root.resolve("app/api/ping.flin"));
			waitFor(context, "/api/ping", 404);
			assertThat(get(context, "/").getResponseBody()).contains("Hello Ada");
		});
	}

	@Test
	void shouldGoOnWatchingWhenFilesOfEditorsComeAndGo() {
		run((context) -> {
			for (int i = 0; i < 500; i++) {
				Path temporary = this.root.resolve("app/folder" + i + "/.index.flin.swp");
				Files.createDirectories(temporary.getParent());
				Files.writeString(temporary, "x");
				Files.delete(temporary);
				Files.delete(temporary.getParent());
			}
			write("app/index.flin", "<p>still seen</p>\n");
			waitFor(context, "/", "<p>still seen</p>");
		});
	}

	@Test
	void shouldNotTakeRecordsThatLieBesideTheFilesForChanges(CapturedOutput output) {
		run((context) -> {
			write(".flindb/log/1.log", "x");
			write("app/index.flin", "<p>first</p>\n");
			waitFor(context, "/", "<p>first</p>");
			await().atMost(PATIENCE).until(() -> output.toString().contains("Took over changes"));
			int before = output.toString().split("Took over changes").length;
			await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> {
				write(".flindb/log/1.log", "y");
				return output.toString().split("Took over changes").length == before;
			});
		});
	}

}
