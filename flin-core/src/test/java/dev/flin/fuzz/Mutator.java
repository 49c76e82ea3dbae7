package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes sources: characters, tokens, lines, and parts of one put into another. */
final class Mutator {

	private static final Pattern TOKEN = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*|\\d[\\d_.]*|\\s+|\"[^\"\n{]*\"|."
			+ "|\\R", Pattern.DOTALL);

	private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*");

	private static final Pattern LITERAL = Pattern.compile("\\d[\\d_]*(\\.\\d+)?|\"[^\"\n{]*\"|true|false|none");

	private static final String[] LITERALS = { "0", "1", "-1", "2.5", "1e300", "9223372036854775807", "\"\"", "\"a\"",
			"\"é🐘\"", "none", "true", "[]", "[:]", "[1, 2]", "[\"a\", none]", "[\"k\": 1]", "{ a: 1 }", "(1, \"a\")",
			"x => x", "() => none", "1..3", "5 USD", "2.days", "now", "/a+/", "<b>x</b>", "decimal(\"1.50\")",
			"try fail(\"x\")", "(if true { 1 } else { \"b\" })", "Some(1)", "Ok(2)", "self", "props", "\"{1}{none}\"" };

	private static final String[] PIECES = { "{", "}", "(", ")", "[", "]", "<", ">", "</p>", "<p>", "{if true}",
			"{/if}", "{else}", "{for x in [1]}", "{/for}", "\"", "'", "`", "\"\"\"", "\n", " ", "=", "==", "=>", "->",
			"++", "..", "...", "?", ":", "@", "|", "|>", "if ", "else ", "match ", "fn ", "for ", "in ", "entity ",
			"not ", "is ", "/*", "*/", "//", "<!--", "-->", "${", "{{", "}}", "\\", "\\u{", "0x", "24h", "🐘", "\u0000",
			",", ";", "let ", "return ", "<style>", "<script>", "/", "%", "/>", "-", "try ", "catch ", "save ",
			" valid from ", "where ", "guard ", "'a:", "while true { break }", "break ", "continue", "const ", "??",
			"?.", "**", "enum E { A, B(int) }", "trait T { }", "impl ", "type ", "server ", "async ", "await ",
			"transaction { ", "route GET { ", "validate { ", "finally { ", "+= 1", "++\n", "!", "&&", "||", "?:" };

	private final Random random;

	private final List<String> texts;

	Mutator(Random random, List<String> texts) {
		this.random = random;
		this.texts = texts;
	}

	FuzzInput mutate(FuzzInput input) {
		List<String> paths = new ArrayList<>(input.files().keySet());
		Collections.sort(paths);
		String path = paths.get(this.random.nextInt(paths.size()));
		String text = input.files().getOrDefault(path, "");
		int changes = (this.random.nextInt(3) > 0) ? 1 : 2 + this.random.nextInt(2);
		for (int i = 0; i < changes; i++) {
			text = change(text);
		}
		return input.with(path, text);
	}

	private String change(String text) {
		return switch (this.random.nextInt(12)) {
			case 0 -> characters(text);
			case 1, 2, 3 -> tokens(text);
			case 4, 5 -> lines(text);
			case 6 -> splice(text);
			case 7, 8, 9 -> literals(text);
			case 10 -> names(text);
			default -> nested(text);
		};
	}

	private String characters(String text) {
		StringBuilder changed = new StringBuilder(text);
		int at = this.random.nextInt(text.length() + 1);
		int end = Math.min(text.length(), at + 1 + this.random.nextInt(12));
		switch (this.random.nextInt(4)) {
			case 0 -> changed.delete(at, end);
			case 1 -> changed.insert(at, pick(PIECES));
			case 2 -> changed.replace(at, end, pick(PIECES));
			default -> changed.insert(this.random.nextInt(text.length() + 1), text.substring(at, end));
		}
		return changed.toString();
	}

	private String tokens(String text) {
		List<String> tokens = all(TOKEN, text);
		if (tokens.isEmpty()) {
			return pick(PIECES);
		}
		int at = this.random.nextInt(tokens.size());
		switch (this.random.nextInt(5)) {
			case 0 -> tokens.remove(at);
			case 1 -> tokens.add(at, tokens.get(at));
			case 2 -> Collections.swap(tokens, at, this.random.nextInt(tokens.size()));
			case 3 -> tokens.set(at, tokens.get(this.random.nextInt(tokens.size())));
			default -> {
				List<String> others = all(TOKEN, other());
				tokens.add(at, others.isEmpty() ? ";" : others.get(this.random.nextInt(others.size())));
			}
		}
		return String.join("", tokens);
	}

	private String lines(String text) {
		List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
		int at = this.random.nextInt(lines.size());
		switch (this.random.nextInt(4)) {
			case 0 -> lines.remove(at);
			case 1 -> lines.add(this.random.nextInt(lines.size()), lines.get(at));
			case 2 -> Collections.swap(lines, at, this.random.nextInt(lines.size()));
			default -> {
				String[] others = other().split("\n", -1);
				lines.add(at, others[this.random.nextInt(others.length)]);
			}
		}
		return String.join("\n", lines);
	}

	private String splice(String text) {
		String[] own = text.split("\n", -1);
		String[] others = other().split("\n", -1);
		List<String> lines = new ArrayList<>(Arrays.asList(own).subList(0, this.random.nextInt(own.length + 1)));
		int from = this.random.nextInt(others.length);
		lines.addAll(Arrays.asList(others).subList(from, Math.min(others.length, from + 40)));
		return String.join("\n", lines);
	}

	/** Puts another value where one stands: this often still compiles. */
	private String literals(String text) {
		return replaceOne(LITERAL, text, pick(LITERALS));
	}

	private String names(String text) {
		List<String> words = all(WORD, text);
		return words.isEmpty() ? text : replaceOne(WORD, text, words.get(this.random.nextInt(words.size())));
	}

	private String nested(String text) {
		String[][] pairs = { { "(", ")" }, { "[", "]" }, { "if true { ", " }" }, { "f(", ")" }, { "x => ", "" },
				{ "- ", "" }, { "not ", "" }, { "<p>", "</p>" }, { "{", "}" }, { "\"{", "}\"" }, { "1 + ", "" },
				{ "match 1 { _ -> ", " }" }, { "a ? b : ", "" }, { "for i in 1..2 { ", " }" }, { "try ", "" } };
		String[] pair = pairs[this.random.nextInt(pairs.length)];
		int times = (this.random.nextInt(3) == 0) ? 200 + this.random.nextInt(1_000) : 1 + this.random.nextInt(3);
		Matcher matcher = LITERAL.matcher(text);
		int found = (int) LITERAL.matcher(text).results().count();
		if (found == 0) {
			return pair[0].repeat(times) + text + pair[1].repeat(times);
		}
		int wanted = this.random.nextInt(found);
		for (int i = 0; i <= wanted && matcher.find(); i++) {
			if (i == wanted) {
				return text.substring(0, matcher.start()) + pair[0].repeat(times) + matcher.group()
						+ pair[1].repeat(times) + text.substring(matcher.end());
			}
		}
		return text;
	}

	private String replaceOne(Pattern pattern, String text, String by) {
		int found = (int) pattern.matcher(text).results().count();
		if (found == 0) {
			return text + by;
		}
		int wanted = this.random.nextInt(found);
		Matcher matcher = pattern.matcher(text);
		for (int i = 0; i <= wanted; i++) {
			if (!matcher.find()) {
				return text;
			}
		}
		return text.substring(0, matcher.start()) + by + text.substring(matcher.end());
	}

	private String other() {
		return this.texts.get(this.random.nextInt(this.texts.size()));
	}

	private String pick(String[] all) {
		return all[this.random.nextInt(all.length)];
	}

	private static List<String> all(Pattern pattern, String text) {
		List<String> found = new ArrayList<>();
		Matcher matcher = pattern.matcher(text);
		while (matcher.find()) {
			found.add(matcher.group());
		}
		return found;
	}

}
