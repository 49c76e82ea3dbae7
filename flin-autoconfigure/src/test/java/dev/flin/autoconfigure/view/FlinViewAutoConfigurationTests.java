package dev.flin.autoconfigure.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.autoconfigure.FlinTemplates;
import dev.flin.autoconfigure.reactive.FlinWebFluxAutoConfiguration;
import dev.flin.value.EntityInstance;

class FlinViewAutoConfigurationTests {

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner();

	@BeforeEach
	void setUp() throws IOException {
		file("entities/Product.flin", "entity Product { name: text }");
		file("components/Card.flin", "props { title: text, count: int = 1 }\n<b>{title} × {count}</b>\n");
		file("app/_layout.flin", "<main><slot/></main>\n");
		file("app/list.flin", "<ul>{for p in Product.all}<li>{p.name}</li>{/for}</ul><p>{props.note}</p>\n");
		this.runner = this.runner
			.withConfiguration(AutoConfigurations.of(HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class,
					FlinAutoConfiguration.class, FlinWebFluxAutoConfiguration.class, FlinViewAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory")
			.withUserConfiguration(Pages.class);
	}

	private void file(String path, String text) throws IOException {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private static WebTestClient.BodyContentSpec get(AssertableReactiveWebApplicationContext context, String uri,
			int status) {
		return WebTestClient.bindToApplicationContext(context)
			.build()
			.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody();
	}

	private static String text(WebTestClient.BodyContentSpec body) {
		return new String(body.returnResult().getResponseBodyContent(), java.nio.charset.StandardCharsets.UTF_8);
	}

	@Test
	void shouldRenderAComponentForAController() {
		this.runner.run((context) -> assertThat(text(get(context, "/card", 200))).contains("<b>Pen × 3</b>"));
	}

	@Test
	void shouldRenderAPageInItsLayout() {
		this.runner.run((context) -> {
			context.getBean(FlinStore.class).create("Product", Map.of("name", "Ink"));
			assertThat(text(get(context, "/products", 200))).contains("<main>", "<li>Ink</li>", "<p>new</p>");
		});
	}

	@Test
	void shouldBindRecords() {
		this.runner.run((context) -> {
			context.getBean(FlinStore.class).create("Product", Map.of("name", "Ink"));
			assertThat(text(get(context, "/products/1", 200))).isEqualTo("Ink");
			get(context, "/products/2", 404);
			get(context, "/products/x", 404);
		});
	}

	@Test
	void shouldBindRecordsThatMayBeMissing() {
		this.runner.run((context) -> {
			context.getBean(FlinStore.class).create("Product", Map.of("name", "Ink"));
			for (String path : List.of("/perhaps", "/nullable")) {
				assertThat(text(get(context, path + "/1", 200))).isEqualTo("Ink");
				assertThat(text(get(context, path + "/2", 200))).isEqualTo("none");
			}
		});
	}

	@Test
	void shouldRenderFromJava() {
		this.runner.run((context) -> {
			FlinTemplates templates = context.getBean(FlinTemplates.class);
			assertThat(templates.exists("Card")).isTrue();
			assertThat(templates.exists("Kard")).isFalse();
			assertThat(templates.render("Card", Map.of("title", "<i>")).text()).contains("<b>&lt;i&gt; × 1</b>");
		});
	}

	@Controller
	static class Pages {

		@GetMapping("/card")
		String card(Model model) {
			model.addAttribute("title", "Pen").addAttribute("count", 3);
			return "Card";
		}

		@GetMapping("/products")
		String products(Model model) {
			model.addAttribute("note", "new");
			return "list";
		}

		@GetMapping("/products/{id}")
		@ResponseBody
		String product(@FlinEntity("Product") EntityInstance product) {
			return String.valueOf(product.get(product.shape().slotOf("name")));
		}

		@GetMapping("/perhaps/{id}")
		@ResponseBody
		String perhaps(@FlinEntity("Product") Optional<EntityInstance> product) {
			return product.map(this::product).orElse("none");
		}

		@GetMapping("/nullable/{id}")
		@ResponseBody
		String nullable(@FlinEntity("Product") @Nullable EntityInstance product) {
			return (product != null) ? product(product) : "none";
		}

	}

}
