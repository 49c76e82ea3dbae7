package dev.flin.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/**
 * A regular expression, written {@code /…/gi} or given as text.
 */
public final class Regex {

	private static final Pattern NAME = Pattern.compile("(\\(\\?P?<|\\\\k<)([A-Za-z_][A-Za-z0-9_]*)>");

	private final String source;

	private final String flags;

	private final Pattern pattern;

	private Regex(String source, String flags, Pattern pattern) {
		this.source = source;
		this.flags = flags;
		this.pattern = pattern;
	}

	/** Compiles an expression with JavaScript's flags: {@code i}, {@code m}, {@code s}; the others change nothing
	 * here. */
	public static Regex of(String source, String flags) {
		int options = 0;
		for (int i = 0; i < flags.length(); i++) {
			options |= switch (flags.charAt(i)) {
				case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
				case 'm' -> Pattern.MULTILINE;
				case 's' -> Pattern.DOTALL;
				case 'd', 'g', 'u', 'v', 'y' -> 0;
				default -> throw new FlinError("unknown flag '" + flags.charAt(i) + "' of the regular expression");
			};
		}
		try {
			return new Regex(source, flags, Pattern.compile(plainNames(source), options));
		}
		catch (PatternSyntaxException ex) {
			throw new FlinError(FlinError.ERROR, "bad regular expression '" + source + "': " + ex.getDescription(), ex);
		}
	}

	/** The name that Java knows a group by; null when there is no such group. */
	public @Nullable String groupName(String name) {
		String known = plainName(name);
		return this.pattern.namedGroups().containsKey(known) ? known : null;
	}

	/** Names of groups with underscores, and Python's spelling of named groups, which Java does not know. */
	private static String plainNames(String source) {
		if (!source.contains("(?<") && !source.contains("(?P<")) {
			return source;
		}
		return NAME.matcher(source)
			.replaceAll(match -> Matcher.quoteReplacement(
					(match.group(1).equals("(?P<") ? "(?<" : match.group(1)) + plainName(match.group(2)) + ">"));
	}

	private static String plainName(String name) {
		return name.replace("_", "U95");
	}

	public String source() {
		return this.source;
	}

	public Pattern pattern() {
		return this.pattern;
	}

	public boolean isGlobal() {
		return this.flags.indexOf('g') >= 0;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Regex regex && this.source.equals(regex.source) && this.flags.equals(regex.flags);
	}

	@Override
	public int hashCode() {
		return this.source.hashCode();
	}

	@Override
	public String toString() {
		return "/" + this.source + "/" + this.flags;
	}

}
