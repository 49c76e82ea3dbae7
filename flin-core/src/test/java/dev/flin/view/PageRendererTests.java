package dev.flin.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinDispatch;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

class PageRendererTests {

	private final Map<String, Component> components = new HashMap<>();

	private final PageRenderer renderer = new PageRenderer("en");

	@Test
	void aPageWithoutLayoutBecomesACompleteDocument() {
		component("app/index.flin", (context, out, props, slots) -> out.rawText("<h1>Alone</h1>"));
		assertThat(page(null)).startsWith("<!doctype html>")
			.contains("<html lang=\"en\">", "charset", "viewport", "<body><h1>Alone</h1></body>");
	}

	@Test
	void theHeadOfThePageWinsOverTheLayouts() {
		component("app/index.flin", (context, out, props, slots) -> {
			title(context, Head.Origin.PAGE, "About");
			out.rawText("<h1>x</h1>");
		});
		component("app/_layout.flin", (context, out, props, slots) -> {
			out.rawText("<html><head>");
			title(context, Head.Origin.LAYOUT, "Site");
			context.markHeadEnd(out);
			out.rawText("</head><body>");
			slots.render(Slots.DEFAULT, context, out, new FlinMap());
			out.rawText("</body></html>");
		});
		assertThat(page("app/_layout.flin")).contains("<title>About</title>", "<body><h1>x</h1></body>", "viewport")
			.doesNotContain("Site")
			.containsOnlyOnce("<!doctype");
	}

	@Test
	void theStyleOfAComponentIsSentOnce() {
		component("components/Box.flin", (context, out, props, slots) -> {
			context.style("components/Box.flin", ".box{}".getBytes(StandardCharsets.UTF_8));
			out.rawText("<i></i>");
		});
		component("app/index.flin", (context, out, props, slots) -> {
			context.include("components/Box.flin", out, new FlinMap(), Slots.NONE);
			context.include("components/Box.flin", out, new FlinMap(), Slots.NONE);
		});
		assertThat(page(null)).containsOnlyOnce(".box{}").contains("<i></i><i></i>");
	}

	@Test
	void endlessNestingIsAnErrorOfItsOwn() {
		component("components/Loop.flin", (context, out, props, slots) -> context.include("components/Loop.flin", out,
				new FlinMap(), Slots.NONE));
		assertThatThrownBy(() -> this.renderer.component(context(), "components/Loop.flin", new FlinMap()))
			.isInstanceOf(FlinError.class)
			.hasMessageContaining("components/Loop.flin")
			.hasMessageContaining("500");
	}

	@Test
	void aPageThatGrowsWithoutEndMeetsTheLimit() {
		component("app/index.flin", (context, out, props, slots) -> {
			while (true) {
				out.rawText("0123456789");
			}
		});
		assertThatThrownBy(() -> page(null)).isInstanceOf(FlinError.class).hasMessageContaining("flin.limits.output");
	}

	@Test
	void iconsAreDrawnByName() {
		HtmlOutput out = new HtmlOutput();
		new Icons().write(out, FlinMap.of("name", "arrow-left", "size", 20L));
		assertThat(out.toString()).startsWith("<svg ").contains("width=\"20\"", "height=\"20\"", "<path d=");
		assertThatThrownBy(() -> new Icons().write(out, FlinMap.of("name", "no-such-icon")))
			.hasMessageContaining("no-such-icon");
	}

	private static void title(RenderContext context, Head.Origin origin, String text) {
		HtmlOutput markup = context.newOutput();
		markup.rawText("<title>" + text + "</title>");
		context.head().add(origin, "title", markup);
	}

	private void component(String path, Component component) {
		this.components.put(path, component);
	}

	private String page(String layout) {
		return new String(this.renderer.page(context(), "app/index.flin", layout, new FlinMap()),
				StandardCharsets.UTF_8);
	}

	private FlinContext context() {
		BuiltinDispatch builtins = new BuiltinDispatch(BuiltinCatalog.of(List.of()));
		return FlinContext.builder(builtins, InstantSource.fixed(Instant.EPOCH), new Random(1))
			.service(Views.class, new Views((path) -> this.components.get(path), new Icons(), 1 << 20))
			.build();
	}

}
