package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.value.FlinError;

/** Messages in the language of the visitor. */
class MessagesTests {

	private final Map<String, String> files = new LinkedHashMap<>(Map.of("i18n/fr.json", """
			{"hello": "Bonjour {name}", "cart": {"items": "{n, plural, =0 {vide} one {# article} other {# articles}}"},
			 "only": "seul"}""", "i18n/en.json", """
			{"hello": "Hello {name}", "cart": {"items": "{n, plural, =0 {empty} one {# item} other {# items}}"},
			 "who": "{who, select, her {she} him {he} other {they}}", "own": "own"}
			""", "i18n/nl.flin", """
			["hello": "Hallo \\{name}", "cart": ["items": "veel"]]
			""", "app/hello.flin", """
			route GET {
			    n = to_int(query.n ?? "3")
			    [t("hello", name: "Ada"), t("cart.items", n: n), t("none"), t("own"), locale]
			}
			route POST {
			    session.locale = body.locale
			    none
			}
			""", "app/who.flin", "route GET { t(\"who\", { who: query.who }) }\n"));

	private String get(String path, String... headers) {
		try (FlinEngine engine = engine()) {
			return text(engine.handle(HttpRequest.of("GET", path, HttpFields.of(headers), "")));
		}
	}

	private FlinEngine engine() {
		return FlinEngine.builder().root(SourceRoot.of(() -> this.files)).build().requireNoErrors();
	}

	private static String text(HttpResponse response) {
		return (response.body() instanceof ResponseBody.Bytes bytes)
				? new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8) : "";
	}

	@Test
	void speaksTheLanguageOfTheBrowser() {
		assertThat(get("/hello", "Accept-Language", "de, fr-CI;q=0.9, en;q=0.8"))
			.isEqualTo("[\"Bonjour Ada\",\"3 articles\",\"none\",\"own\",\"fr-CI\"]");
		assertThat(get("/hello?n=1")).isEqualTo("[\"Hello Ada\",\"1 item\",\"none\",\"own\",\"en\"]");
		assertThat(get("/hello?n=0", "Accept-Language", "fr")).contains("\"vide\"");
		assertThat(get("/hello", "Accept-Language", "nl"))
			.isEqualTo("[\"Hallo Ada\",\"veel\",\"none\",\"own\",\"nl\"]");
		assertThat(get("/hello", "Accept-Language", ";;;")).contains("Hello");
	}

	@Test
	void aCookieComesBeforeTheBrowser() {
		assertThat(get("/hello", "Cookie", "locale=fr", "Accept-Language", "en")).contains("Bonjour");
		assertThat(get("/hello", "Cookie", "locale=de", "Accept-Language", "fr")).contains("Bonjour");
	}

	@Test
	void theSessionComesFirst() {
		try (FlinEngine engine = engine()) {
			HttpResponse chosen = engine.handle(HttpRequest.of("POST", "/hello",
					HttpFields.of("Content-Type", "application/json"), "{\"locale\": \"fr\"}"));
			String cookie = chosen.headers().all("Set-Cookie").getFirst();
			HttpFields headers = HttpFields.of("Cookie", cookie.substring(0, cookie.indexOf(';')) + "; locale=en");
			assertThat(text(engine.handle(HttpRequest.of("GET", "/hello", headers, "")))).contains("Bonjour");
		}
	}

	@Test
	void selectsAndTakesAMap() {
		assertThat(get("/who?who=her")).isEqualTo("\"she\"");
		assertThat(get("/who")).isEqualTo("\"they\"");
	}

	@Test
	void aFileThatIsNotWellFormedStopsTheStart() {
		this.files.put("i18n/fr.json", "{");
		assertThatThrownBy(this::engine).isInstanceOf(FlinError.class).hasMessageContaining("i18n/fr.json");
	}

}
