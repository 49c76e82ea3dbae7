package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;

class TargetTests {

	private static final String JSON = "application/json";

	private static FlinEngine engine(String... pathsAndTexts) {
		Map<String, String> files = new HashMap<>();
		for (int i = 0; i < pathsAndTexts.length; i += 2) {
			files.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
		}
		return FlinEngine.builder().root(SourceRoot.of(() -> files)).build().requireNoErrors();
	}

	private static boolean isPrompt(String code) {
		try (FlinEngine engine = engine("app/a.flin", code, "lib/shared.flin", "fn twice(n: int) { n * 2 }",
				"entities/Note.flin",
				"entity Note { text: text }")) {
			return engine.target("GET", "/a").isPrompt(JSON);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "route GET { text(\"hello\") }", "route GET { { message: \"hello\", n: 1 + 2 } }",
			"route GET { text(\"hello {query.name}\") }", "route GET { if 1 < 2 { \"one\" } else { \"other\" } }",
			"route GET { }" })
	void shouldBePromptWhereNothingWaits(String code) {
		assertThat(isPrompt(code)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "route GET { Note.count }", "route GET { session.user }", "route GET { twice(2) }",
			"numbers = (1..9).map(n => n)\nroute GET { numbers }",
			"route GET { for i in 1..1000000000 { } }", "route POST { \"x\" }",
			"route GET { (1..3).map(n => n) }", "route GET { request.user }",
			"guard auth\nroute GET { \"x\" }", "guard rate_limit(1, 60)\nroute GET { \"x\" }",
			"route GET { validate query { a: text } \"x\" }", "guard idempotent\nroute GET { \"x\" }",
			"route GET {\na = \"{query.a}!\"\nb = \"{a}{a}\"\ntext(\"{b}{b}\")\n}", "<p>page</p>" })
	void shouldNotBePromptWhereSomethingMayWaitOrGrow(String code) {
		assertThat(isPrompt(code)).isFalse();
	}

	@Test
	void shouldNotBePromptBehindMiddlewareOrForErrorPages() {
		try (FlinEngine engine = engine("app/a.flin", "route GET { \"x\" }")) {
			assertThat(engine.target("HEAD", "/a").isPrompt(null)).isTrue();
			assertThat(engine.target("POST", "/a").isPrompt(null)).isFalse();
			assertThat(engine.target("GET", "/a").isPrompt("text/html, */*")).isFalse();
		}
		try (FlinEngine engine = engine("app/a.flin", "route GET { \"x\" }", "app/_middleware.flin",
				"middleware { next() }")) {
			assertThat(engine.target("GET", "/a").isPrompt(null)).isFalse();
		}
	}

	@Test
	void shouldKnowWhatThePathHas() {
		try (FlinEngine engine = engine("app/a.flin", "route GET { \"x\" }", "app/docs/[...path].flin",
				"route GET { params.path }")) {
			assertThat(engine.target("GET", "/a").isKnown()).isTrue();
			assertThat(engine.target("DELETE", "/a").isKnown()).isTrue();
			assertThat(engine.target("GET", "/a/").isKnown()).isTrue();
			assertThat(engine.target("GET", "/docs/x%20y/z").isKnown()).isTrue();
			assertThat(engine.target("GET", "/docs/").isKnown()).isFalse();
			assertThat(engine.target("GET", "/b").isKnown()).isFalse();
			assertThat(engine.target("GET", "/%zz").isKnown()).isFalse();
			assertThat(engine.target("get", "/a").isOf("GET", "/a")).isTrue();
		}
	}

	@Test
	void shouldLookUpOnceWhereNothingIsCaptured() {
		try (FlinEngine engine = engine("app/a.flin", "route GET { \"x\" }\nroute POST { \"y\" }", "app/[id].flin",
				"route GET { params.id }")) {
			assertThat(engine.target("GET", "/a")).isSameAs(engine.target("GET", new StringBuilder("/a").toString()));
			assertThat(engine.target("POST", "/a").method()).isEqualTo("POST");
			assertThat(engine.target("HEAD", "/a").method()).isEqualTo("HEAD");
			assertThat(engine.target("GET", "/%61").rawPath()).isEqualTo("/%61");
			assertThat(engine.target("GET", "/b")).isNotSameAs(engine.target("GET", "/b"));
		}
	}

	@Test
	void shouldForgetWhatItLookedUpWhenFilesChange() {
		Map<String, String> files = new HashMap<>(Map.of("app/a.flin", "route GET { \"x\" }"));
		try (FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> Map.copyOf(files))).build()
			.requireNoErrors()) {
			assertThat(engine.target("GET", "/a").isPrompt(null)).isTrue();
			files.put("app/a.flin", "route GET { session.user }");
			engine.reload();
			assertThat(engine.target("GET", "/a").isPrompt(null)).isFalse();
			files.remove("app/a.flin");
			files.put("app/b.flin", "route GET { 1 }");
			engine.reload();
			assertThat(engine.target("GET", "/a").isKnown()).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "text/html | false", "application/json | true",
			"TEXT/HTML, */* | false", "application/json, text/html | false",
			"application/json, text/html;q=0.5 | true", "text/html;q=0 | true", "application/xhtml+xml | true",
			"*/* | true" })
	void shouldBePromptOnlyWhereErrorsAreNoPages(String accept, boolean prompt) {
		try (FlinEngine engine = engine("app/a.flin", "route GET { \"x\" }")) {
			assertThat(engine.target("GET", "/a").isPrompt(accept)).isEqualTo(prompt);
		}
	}

}
