package dev.flin.syntax;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What FLIN writes in the place of words and signs that other languages have and FLIN does not. */
final class ForeignWords {

	private static final String RECORDS = "values with names are maps { name: v } or an entity; "
			+ "'impl Type { }' adds methods";

	private static final String VISIBLE = "leave it out: what is declared is visible";

	private static final String REACTIVE = "write name = e without '$:': what is computed from a variable follows it";

	private static final String METHOD = "name: () => e";

	/** What runes of Svelte are here. */
	private static final Map<String, String> RUNES = Map.of("props", "what a component is given is in 'props'", "state",
			"leave it out: variables of a page or component are state", "derived",
			"leave it out: what is computed from a variable follows it", "effect",
			"onMount { }, onUpdate { } and onUnmount { } run in the browser", "bindable",
			"leave it out: what a component is given is in 'props'");

	private static final String NO_BITS = "FLIN has no operators on bits";

	/** By the word after which something else stands than FLIN expects. */
	private static final Map<String, String> BEFORE = Map.ofEntries(Map.entry("class", RECORDS),
			Map.entry("struct", RECORDS), Map.entry("record", RECORDS),
			Map.entry("interface", "a 'type' names the shape of a map, a 'trait' the methods of a type"),
			Map.entry("def", "a function is written fn name(a, b) { }"),
			Map.entry("func", "a function is written fn name(a, b) { }"),
			Map.entry("fun", "a function is written fn name(a, b) { }"),
			Map.entry("lambda", "a lambda is written x => e or (a, b) => e"), Map.entry("elif", "write 'else if'"),
			Map.entry("elseif", "write 'else if'"), Map.entry("unless", "write 'if not'"),
			Map.entry("until", "write 'while not'"), Map.entry("foreach", "write 'for x in xs'"),
			Map.entry("raise", "an error is raised by fail(\"why\")"), Map.entry("except", "write 'catch'"),
			Map.entry("del", "a key is taken out by delete m[k]"),
			Map.entry("yield", "a function gives one value: collect them in a list, or 'emit' them in a stream"),
			Map.entry("switch", "write 'match v { p -> e }', or 'switch (v) { }' with parentheses"),
			Map.entry("public", VISIBLE), Map.entry("private", VISIBLE), Map.entry("protected", VISIBLE),
			Map.entry("get", "a map has no getters: write a function, " + METHOD), Map.entry("set", METHOD),
			Map.entry("static", VISIBLE), Map.entry("final", "write 'const'"), Map.entry("val", "write 'const'"));

	/** By what stands where FLIN expects something else. */
	private static final Map<String, String> FOUND = Map.ofEntries(
			Map.entry("instanceof", "a type is asked for by 'is': x is text"),
			Map.entry("as", "there are no casts: an annotated variable checks its value, x: int = e"),
			Map.entry("unless", "write 'if not c then a else b'"), Map.entry("&", "write '&&' or 'and'; " + NO_BITS),
			Map.entry("|", "write '||' or 'or'; " + NO_BITS + ": floor(x) leaves a fraction out"),
			Map.entry("^", "write '**' for powers; " + NO_BITS), Map.entry("~", NO_BITS),
			Map.entry("#", "a comment begins with //"),
			Map.entry("?:", "what may be left out has a default: b = 0, or b: int? = none"),
			Map.entry("$", "names have no '$'; variables of a page or component are state without it"));

	private static final Set<String> KEYWORDS = Set.of("if", "else", "for", "in", "while", "match", "fn", "return",
			"break", "continue", "or", "and", "not", "is", "try", "enum", "entity", "trait", "impl");

	private ForeignWords() {
	}

	/** What to do about a keyword where a name is wanted. */
	static String keyword(String word) {
		return "'" + word + "' is a word of the language: choose another name";
	}

	/**
	 * A remedy, null where nothing is known.
	 * @param text the file
	 * @param last where what was read last ends
	 * @param found what stands in the place of something else
	 */
	static @Nullable String help(String text, int last, Token found) {
		String written = text.substring(found.start(), found.end());
		String help = FOUND.get(written);
		if (written.equals("$") && text.startsWith(":", found.end())) {
			return REACTIVE;
		}
		if (help != null) {
			return written.equals("$") ? RUNES.getOrDefault(nameAfter(text, found.end()), help) : help;
		}
		char before = (last > 0 && last <= text.length()) ? text.charAt(last - 1) : ' ';
		return switch (found.kind()) {
			case LT, GT -> (before == written.charAt(0)) ? NO_BITS : BEFORE.get(word(text, last));
			case FOR -> (before != ')') ? "a list is made of another by xs.map(x => e)" : null;
			case ASSIGN -> KEYWORDS.contains(word(text, last)) ? keyword(word(text, last)) : null;
			case IF -> "a choice is written 'if c then a else b' or 'c ? a : b'";
			case BANG -> "leave the '!' out: what is none is found when it is used";
			case DOT -> (found.end() < text.length() && Character.isDigit(text.charAt(found.end())))
					? "a number begins with a digit: 0." + digits(text, found.end()) : null;
			default -> BEFORE.get(word(text, last));
		};
	}

	private static String nameAfter(String text, int start) {
		int end = start;
		while (end < text.length() && Character.isLetter(text.charAt(end))) {
			end++;
		}
		return text.substring(start, end);
	}

	private static String digits(String text, int start) {
		int end = start;
		while (end < text.length() && Character.isDigit(text.charAt(end))) {
			end++;
		}
		return text.substring(start, end);
	}

	private static String word(String text, int end) {
		int start = end;
		while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
			start--;
		}
		return text.substring(start, end);
	}

}
