package dev.flin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.flin.FlinEngine;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.ResponseBody;

/** Libraries bring pages, components, entities, functions and files along in {@code META-INF/flin/} of their jars. */
@ExtendWith(OutputCaptureExtension.class)
class LibraryTests {

	@TempDir
	private Path directory;

	private URL jar(String name, Map<String, String> files) throws IOException {
		Path jar = this.directory.resolve(name + ".jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("META-INF/flin/"));
			for (Map.Entry<String, String> file : files.entrySet()) {
				out.putNextEntry(new JarEntry("META-INF/flin/" + file.getKey()));
				out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		return jar.toUri().toURL();
	}

	private void run(Map<String, String> own, ContextConsumer<AssertableApplicationContext> test) throws IOException {
		URL[] libraries = {
				jar("shop", Map.of("app/shop/index.flin", "<h1>shop {greeting()}</h1><Badge/><Shared/>\n",
						"components/Badge.flin", "<b>badge of the shop</b>\n", "components/Shared.flin",
						"<i>shared of the shop</i>\n", "entities/Item.flin", "entity Item { name: text }\n",
						"lib/words.flin", "fn greeting() { \"hello\" }\n", "public/shop.css", "b {}", "i18n/en.json",
						"{\"cart\": \"Cart\", \"pay\": \"Pay\", \"both\": \"of the shop\"}",
						"migrations/2026-01-01-items.flin", "save Item { name: \"first\" }\n")),
				jar("blog", Map.of("i18n/en.json", "{\"post\": \"Post\", \"both\": \"of the blog\"}", "i18n/fr.flin",
						"[\"post\": \"Billet\"]\n", "app/blog.flin", "<h1>blog {Item.count}</h1><Badge/><Shared/>\n",
						"components/Shared.flin", "<i>shared of the blog</i>\n")) };
		Path root = Files.createDirectories(this.directory.resolve("own"));
		for (Map.Entry<String, String> file : own.entrySet()) {
			Path path = root.resolve(file.getKey());
			Files.createDirectories(path.getParent());
			Files.writeString(path, file.getValue());
		}
		try (URLClassLoader loader = new URLClassLoader(libraries, getClass().getClassLoader())) {
			new ApplicationContextRunner().withClassLoader(loader)
				.withConfiguration(AutoConfigurations.of(FlinAutoConfiguration.class))
				.withPropertyValues("flin.root=file:" + root, "flin.store.type=memory", "flin.development=false")
				.run(test);
		}
	}

	private static String get(AssertableApplicationContext context, String path) {
		return context.getBean(FlinEngine.class).handle(HttpRequest.of("GET", path)).text();
	}

	@Test
	void shouldBringAllKindsOfFiles() throws IOException {
		run(Map.of(), (context) -> {
			assertThat(get(context, "/shop")).contains("<h1>shop hello</h1><b>badge of the shop</b>");
			assertThat(get(context, "/blog")).contains("<h1>blog 1</h1><b>badge of the shop</b>");
			ResponseBody style = context.getBean(FlinEngine.class).handle(HttpRequest.of("GET", "/shop.css")).body();
			assertThat(style).isInstanceOfSatisfying(ResponseBody.Content.class,
					(content) -> assertThat(content.file().size()).isEqualTo(4));
		});
	}

	@Test
	void shouldGiveWayToTheFilesOfTheApplication() throws IOException {
		run(Map.of("components/Badge.flin", "<b>own badge</b>\n", "app/blog.flin", "<h1>own blog</h1>\n"),
				(context) -> {
					assertThat(get(context, "/shop")).contains("<h1>shop hello</h1><b>own badge</b>");
					assertThat(get(context, "/blog")).contains("<h1>own blog</h1>").doesNotContain("badge");
				});
	}

	@Test
	void shouldAddTheirMessagesToThoseOfTheApplication() throws IOException {
		String page = "route GET { [t(\"cart\"), t(\"pay\"), t(\"post\"), t(\"both\"), t(\"mine\")] }\n";
		run(Map.of("app/words.flin", page, "i18n/en.json", "{\"pay\": \"Pay now\", \"mine\": \"Mine\"}"),
				(context) -> {
					assertThat(get(context, "/words"))
						.isEqualTo("[\"Cart\",\"Pay now\",\"Post\",\"of the shop\",\"Mine\"]");
					HttpRequest french = HttpRequest.of("GET", "/words", HttpFields.of("Accept-Language", "fr"), "");
					assertThat(context.getBean(FlinEngine.class).handle(french).text())
						.isEqualTo("[\"Cart\",\"Pay now\",\"Billet\",\"of the shop\",\"Mine\"]");
				});
	}

	@Test
	void shouldUseTheFirstOfTwoAndSaySo(CapturedOutput output) throws IOException {
		run(Map.of(), (context) -> {
			assertThat(get(context, "/shop")).contains("<i>shared of the shop</i>");
			assertThat(get(context, "/blog")).contains("<i>shared of the shop</i>");
		});
		assertThat(output).contains("Two libraries have a file components/Shared.flin", "shop.jar", "blog.jar")
			.doesNotContain("a file components/Badge.flin");
	}

}
