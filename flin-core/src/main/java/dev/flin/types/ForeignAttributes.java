package dev.flin.types;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Attributes that mean something in other frameworks, and nothing to FLIN or to a browser. */
final class ForeignAttributes {

	private static final String CHOICE = "a choice stands around the element: {if c}…{/if}";

	private static final String LOOP = "a loop stands around the element: {for x in xs}…{/for}";

	private static final String BOUND = "write bind={x}";

	private static final String CONTENT = "write {x} between the tags, or {@html x} for markup that is trusted";

	private static final Map<String, String> REMEDIES = Map.ofEntries(Map.entry("v-if", CHOICE),
			Map.entry("v-else-if", CHOICE), Map.entry("v-else", CHOICE), Map.entry("v-show", CHOICE),
			Map.entry("*ngIf", CHOICE), Map.entry("ng-if", CHOICE), Map.entry("ng-show", CHOICE),
			Map.entry("v-for", LOOP), Map.entry("*ngFor", LOOP), Map.entry("ng-repeat", LOOP),
			Map.entry("v-model", BOUND), Map.entry("ng-model", BOUND), Map.entry("v-html", CONTENT),
			Map.entry("v-text", CONTENT), Map.entry("dangerouslySetInnerHTML", CONTENT));

	private ForeignAttributes() {
	}

	/** What FLIN writes for an attribute whose value is a text; null for what is an attribute like any other. */
	static @Nullable String remedy(String name) {
		String known = REMEDIES.get(name);
		if (known != null) {
			return known;
		}
		String plain = plain(name);
		return (plain != null && !plain.isEmpty()) ? "write " + plain + "={…}" : null;
	}

	/** The attribute or event that a prefix or brackets mean: {@code click} of {@code @click}. */
	private static @Nullable String plain(String name) {
		for (String prefix : new String[] { "v-on:", "v-bind:", "@", ":" }) {
			if (name.startsWith(prefix)) {
				return name.substring(prefix.length());
			}
		}
		return (name.startsWith("[") && name.endsWith("]")) ? name.substring(1, name.length() - 1) : null;
	}

}
