package dev.flin.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;

class WriteTests {

	@Test
	void textIsEscapedAndMarkupIsNot() {
		assertThat(written((out) -> Write.value(out, (Object) "<b> & \"q\""))).isEqualTo("&lt;b&gt; &amp; \"q\"");
		assertThat(written((out) -> Write.value(out, Html.of("<b>x</b>")))).isEqualTo("<b>x</b>");
		assertThat(written((out) -> Write.value(out, (Object) null))).isEmpty();
	}

	@Test
	void listsJoinTheirMarkupAndSeparateTheirValues() {
		FlinList words = new FlinList();
		words.add("a");
		words.add("b<c");
		assertThat(written((out) -> Write.value(out, words))).isEqualTo("a, b&lt;c");
		FlinList markup = new FlinList();
		markup.add(Html.of("<i></i>"));
		markup.add(Html.of("<b></b>"));
		assertThat(written((out) -> Write.value(out, markup))).isEqualTo("<i></i><b></b>");
	}

	@Test
	void everyCodePointIsEncodedAsUtf8() {
		long seed = 20260101L;
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < 200; i++) {
				int codePoint = random.nextInt(0x110000);
				if (codePoint < 0xD800 || codePoint > 0xDFFF) {
					text.appendCodePoint(codePoint);
				}
			}
			String expected = text.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
			assertThat(written((out) -> out.text(text))).as("seed %d round %d", seed, round).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 7, -7, 10, 99, 100, -100, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1 })
	void numbersAreWrittenInDigits(long number) {
		assertThat(written((out) -> out.number(number))).isEqualTo(Long.toString(number));
	}

	@Test
	void truthOfAttributesDependsOnTheirKind() {
		assertThat(attribute("input", "disabled", true)).isEqualTo(" disabled");
		assertThat(attribute("input", "disabled", false)).isEmpty();
		assertThat(attribute("p", "title", null)).isEmpty();
		assertThat(attribute("p", "aria-hidden", false)).isEqualTo(" aria-hidden=\"false\"");
		assertThat(attribute("p", "draggable", true)).isEqualTo(" draggable=\"true\"");
		assertThat(attribute("p", "title", "\"><script>")).isEqualTo(" title=\"&quot;&gt;&lt;script&gt;\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "  JaVaScRiPt:alert(1)", "java\nscript:x", "\u0001javascript:x",
			"vbscript:x", "data:text/html,x" })
	void refusedAddressesDropTheAttribute(String url) {
		assertThat(attribute("a", "href", url)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.com/a", "/posts/1#top", "?page=2", "mailto:ada@example.com", "#end",
			"/a:b", "x/y:z" })
	void otherAddressesStay(String url) {
		assertThat(attribute("a", "href", url)).isEqualTo(" href=\"" + url + "\"");
	}

	@Test
	void dataAddressesAreForImagesOnly() {
		assertThat(attribute("img", "src", "data:image/png;base64,AA")).isNotEmpty();
		assertThat(attribute("a", "href", "data:image/png;base64,AA")).isEmpty();
	}

	@Test
	void partsOfAddressesStayInTheirPlace() {
		assertThat(written((out) -> Write.addressPart(out, "x/y?z"))).isEqualTo("x%2Fy%3Fz");
		assertThat(written((out) -> Write.addressPart(out, "a&b c#é"))).isEqualTo("a%26b%20c%23%C3%A9");
	}

	@Test
	void partsOfStylesStayInTheirDeclaration() {
		assertThat(written((out) -> Write.stylePart(out, "#ff8800"))).isEqualTo("#ff8800");
		assertThat(written((out) -> Write.stylePart(out, "red; background: url(x)"))).isEmpty();
		assertThat(attribute("p", "style", "width: 30%; color: red")).isEqualTo(" style=\"width: 30%; color: red\"");
		assertThat(attribute("p", "style", "background: URL (javascript:x)")).isEmpty();
	}

	@Test
	void stylesLoadImagesFromWhereImagesMayBe() {
		for (String style : List.of("background-image: url('/a b.jpg')", "width: 1px; background: url(img/x.png) red",
				"background: URL( \"/x.png\" )", "background: url(data:image/png;base64,AA==)")) {
			assertThat(attribute("p", "style", style)).as(style).isNotEmpty();
		}
		for (String style : List.of("background: url('javascript:x')", "background: url(java\tscript:x)",
				"@import url(/x.css)", "background: url(https://evil.example/x)", "background: url( //evil.example/x)",
				"background: url('/\t/evil.example/x')", "background: url(\"\u0001//evil.example/x\")",
				"background: url('/x)", "-moz-binding: url(/x)", "background: u\\72l(/x)",
				"behavior: url(/x)", "background: url(data:text/html,x)", "background: image-set(url(/x) 1x)")) {
			assertThat(attribute("p", "style", style)).as(style).isEmpty();
		}
		assertThat(attribute("p", "style", FlinMap.of("backgroundImage", "url(/x.png)", "color", "url(/y)")))
			.isEqualTo(" style=\"background-image: url(/x.png)\"");
		assertThat(attribute("p", "style", FlinMap.of("backgroundImage", "url(/x.png); color: red"))).isEmpty();
	}

	@Test
	void classListsTakeNamesWithConditions() {
		FlinList list = new FlinList();
		list.add("row");
		list.add(null);
		list.add(false);
		list.add(FlinMap.of("row--on", true, "row--last", 0L));
		assertThat(attribute("li", "class", list)).isEqualTo(" class=\"row row--on\"");
	}

	@Test
	void theLaterOfTwoAttributesWins() {
		Attributes attributes = new Attributes();
		attributes.set("alt", "first");
		attributes.set("src", "/a.png");
		attributes.spread(FlinMap.of("alt", "second", "on click", "x", "onclick", "x()"));
		assertThat(written((out) -> attributes.writeTo(out, "img"))).isEqualTo(" alt=\"second\" src=\"/a.png\"");
	}

	@Test
	void jsonCannotEndItsScript() {
		assertThat(written((out) -> Write.scriptJson(out, "{\"a\":\"</script><!--\"}"))).doesNotContain("<");
	}

	@Test
	void rawTextIsSanitised() {
		String markup = "<b>ok</b><script>alert(1)</script><img src=x onerror=alert(2)><a href=\"javascript:x\">a</a>";
		assertThat(written((out) -> Write.sanitised(out, markup))).contains("<b>ok</b>")
			.doesNotContain("script", "onerror");
		assertThat(written((out) -> Write.sanitised(out, Html.of("<mark>x</mark>")))).isEqualTo("<mark>x</mark>");
	}

	private static String attribute(String element, String name, Object value) {
		return written((out) -> Write.attribute(out, element, name, value));
	}

	private static String written(java.util.function.Consumer<HtmlOutput> writer) {
		HtmlOutput out = new HtmlOutput(1, 1 << 20);
		writer.accept(out);
		return out.toString();
	}

}
