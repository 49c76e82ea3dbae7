package dev.flin.lower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CssScoperTests {

	@Test
	void limitsTheLastCompoundOfEachSelector() {
		assertThat(CssScoper.scope(".a { color: red }", "data-f")).isEqualTo(".a[data-f] { color: red }");
		assertThat(CssScoper.scope(".a .b > i { top: 0 }", "data-f")).isEqualTo(".a .b > i[data-f] { top: 0 }");
		assertThat(CssScoper.scope(".a, .b { top: 0 }", "data-f")).isEqualTo(".a[data-f], .b[data-f] { top: 0 }");
	}

	@Test
	void standsBeforePseudoClassesAndElements() {
		assertThat(CssScoper.scope(".a:hover::before{}", "data-f")).isEqualTo(".a[data-f]:hover::before{}");
		assertThat(CssScoper.scope("a:not(.x, .y){}", "data-f")).isEqualTo("a[data-f]:not(.x, .y){}");
		assertThat(CssScoper.scope("input[type=\"a:b\"]{}", "data-f")).isEqualTo("input[type=\"a:b\"][data-f]{}");
	}

	@Test
	void followsGroupRulesAndLeavesOthersAlone() {
		assertThat(CssScoper.scope("@media (max-width: 40rem) { .a { top: 0 } } .b {}", "data-f"))
			.isEqualTo("@media (max-width: 40rem) { .a[data-f] { top: 0 } } .b[data-f] {}");
		assertThat(CssScoper.scope("@keyframes spin { from { top: 0 } to { top: 1px } }", "data-f"))
			.isEqualTo("@keyframes spin { from { top: 0 } to { top: 1px } }");
		assertThat(CssScoper.scope("@import \"x{\"; .a {}", "data-f")).isEqualTo("@import \"x{\"; .a[data-f] {}");
	}

	@Test
	void leavesTheDocumentsOwnSelectorsAlone() {
		assertThat(CssScoper.scope(":root { --x: 1 } body { margin: 0 }", "data-f"))
			.isEqualTo(":root { --x: 1 } body { margin: 0 }");
	}

	@Test
	void whatIsGlobalBelongsToOthers() {
		assertThat(CssScoper.scope(":global(body.open) { top: 0 }", "data-f")).isEqualTo("body.open { top: 0 }");
		assertThat(CssScoper.scope(".a > :global(.b:not(.c)) {}", "data-f")).isEqualTo(".a[data-f] > .b:not(.c) {}");
		assertThat(CssScoper.scope(":global(.dark) .a:hover {}", "data-f")).isEqualTo(".dark .a[data-f]:hover {}");
		assertThat(CssScoper.scope(".a:global(.on), .b {}", "data-f")).isEqualTo(".a[data-f].on, .b[data-f] {}");
		assertThat(CssScoper.scope(".a { & :global(p) { top: 0 } }", "data-f"))
			.isEqualTo(".a[data-f] { & p { top: 0 } }");
		assertThat(CssScoper.scope(".a :global(.b", "data-f")).isEqualTo(".a :global(.b[data-f]");
	}

	@Test
	void survivesBrokenSheets() {
		assertThat(CssScoper.scope(".a { color: red", "data-f")).isEqualTo(".a[data-f] { color: red");
		assertThat(CssScoper.scope("} .a", "data-f")).isEqualTo("} .a[data-f]");
		assertThat(CssScoper.scope("/* open", "data-f")).isEmpty();
		assertThat(CssScoper.scope(".a { content: '}' } .b {}", "data-f"))
			.isEqualTo(".a[data-f] { content: '}' } .b[data-f] {}");
	}

}
