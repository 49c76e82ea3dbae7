package dev.flin.syntax;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/** Regular expressions are written as in JavaScript, and run as Java's. */
public final class RegexSyntax {

	private static final String FLAGS = "dgimsuvy";

	private final String source;

	private final StringBuilder out = new StringBuilder();

	private int at;

	private RegexSyntax(String source) {
		this.source = source;
	}

	/** The expression of Java that matches what an expression of JavaScript does. */
	public static String toJava(String source) {
		return new RegexSyntax(source).translate();
	}

	/** What is wrong with an expression, null if nothing is. */
	static @Nullable String problem(String source, String flags) {
		for (int i = 0; i < flags.length(); i++) {
			if (FLAGS.indexOf(flags.charAt(i)) < 0) {
				return "unknown flag '" + flags.charAt(i) + "' of the regular expression";
			}
		}
		try {
			Pattern.compile(toJava(source));
			return null;
		}
		catch (PatternSyntaxException ex) {
			return "bad regular expression: " + ex.getDescription();
		}
	}

	private String translate() {
		while (this.at < this.source.length()) {
			char c = this.source.charAt(this.at);
			switch (c) {
				case '\\' -> escape();
				case '[' -> characterClass();
				case '{' -> brace();
				default -> {
					this.out.append(c);
					this.at++;
				}
			}
		}
		return this.out.toString();
	}

	/** Copies an escape; {@code \\u{1F418}} is {@code \\x{1F418}} in Java, {@code \\d} and its like are the same. */
	private void escape() {
		if (this.source.startsWith("\\u{", this.at)) {
			this.out.append("\\x{");
			this.at += 3;
			return;
		}
		int end = Math.min(this.at + 2, this.source.length());
		this.out.append(this.source, this.at, end);
		this.at = end;
	}

	/** In a class {@code [} and {@code &&} are themselves; {@code []} is nothing and {@code [^]} everything. */
	private void characterClass() {
		if (this.source.startsWith("[]", this.at) || this.source.startsWith("[^]", this.at)) {
			boolean nothing = this.source.charAt(this.at + 1) == ']';
			this.out.append(nothing ? "(?!)" : "[\\s\\S]");
			this.at += nothing ? 2 : 3;
			return;
		}
		this.out.append('[');
		this.at++;
		while (this.at < this.source.length()) {
			char c = this.source.charAt(this.at);
			if (c == '\\') {
				escape();
				continue;
			}
			this.at++;
			this.out.append((c == '[' || c == '&') ? "\\" + c : String.valueOf(c));
			if (c == ']') {
				return;
			}
		}
	}

	/** A brace that repeats nothing is itself. */
	private void brace() {
		int end = this.source.indexOf('}', this.at);
		boolean repeats = end > 0 && this.source.substring(this.at + 1, end).matches("[0-9]+(,[0-9]*)?");
		this.out.append(repeats ? "{" : "\\{");
		this.at++;
	}

}
