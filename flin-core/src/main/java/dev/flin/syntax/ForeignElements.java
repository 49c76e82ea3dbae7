package dev.flin.syntax;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What FLIN writes in the place of elements that other frameworks have and FLIN does not. */
final class ForeignElements {

	/** What is written in braces, by the names under which others have it as elements. */
	private static final Map<String, String> TAGS = Map.of("if", "{if c}…{/if}", "else", "{else}", "elif",
			"{else if c}", "elseif", "{else if c}", "for", "{for x in xs}…{/for}", "each", "{for x in xs}…{/for}",
			"match", "{match v}{case p}…{/match}");

	/** What is written for elements of Svelte that the next table does not name: the window, the document, the body. */
	private static final String BROWSER = "onMount { }, and in it window.addEventListener(\"…\", f)";

	/** By what follows {@code svelte:}. */
	private static final Map<String, String> SVELTE = Map.of("head", "<head>…</head>", "component",
			"{match v}{case p}<A/>…{/match} to choose a component", "element", "{match v}{case p}<a>…{/match}", "self",
			"the name of the component", "fragment", "slot=\"…\" on each element", "options", "nothing");

	private ForeignElements() {
	}

	/** What is written instead of an element of another framework, null for all other names. */
	static @Nullable String remedy(String name) {
		return name.startsWith("svelte:") ? SVELTE.getOrDefault(name.substring(7), BROWSER) : TAGS.get(name);
	}

}
