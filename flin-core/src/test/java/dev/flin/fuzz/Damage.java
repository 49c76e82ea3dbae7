package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place of a source where it is not what it was.
 *
 * @param text the source now
 * @param what what happened, for people
 * @param from where the changed stretch of the former source starts
 * @param to where it ended there
 * @param delta by how much the text behind it has moved
 */
record Damage(String text, String what, int from, int to, int delta) {

	/** Neither white space nor what opens a text or a comment: those reach as far as they are closed. */
	private static final Pattern TOKEN = Pattern.compile("[\\p{L}_][\\p{L}\\d_]*|\\d[\\d_.]*|=>|->|\\|>|</|/>"
			+ "|[-+*=<>!?.,:;|&%@(){}\\[\\]]");

	private static final String[] INSERTED = { "{", "}", "(", ")", "[", "]", "<", ">", "=", "=>", ".", ",", ":", "@",
			"if ", "fn ", "for ", "match ", "x ", "1 ", "|", "+", "</", "&&", "? " };

	/** Damages a source; the same seed does the same. */
	static Damage of(String source, long seed) {
		Random random = new Random(seed);
		List<int[]> tokens = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(source);
		while (matcher.find()) {
			tokens.add(new int[] { matcher.start(), matcher.end() });
		}
		if (tokens.size() < 3) {
			return new Damage(source, "nothing", 0, 0, 0);
		}
		int at = random.nextInt(tokens.size() - 1);
		int[] token = tokens.get(at);
		int[] next = tokens.get(at + 1);
		return switch (random.nextInt(6)) {
			case 0, 1 -> replaced(source, "deleted", token[0], token[1], "");
			case 2, 3 -> replaced(source, "inserted before", token[0], token[0],
					INSERTED[random.nextInt(INSERTED.length)]);
			case 4 -> replaced(source, "swapped", token[0], next[1], source.substring(next[0], next[1])
					+ source.substring(token[1], next[0]) + source.substring(token[0], token[1]));
			default -> {
				int end = source.indexOf('\n', token[1]);
				yield replaced(source, "cut", token[0], (end < 0) ? source.length() : end, "");
			}
		};
	}

	private static Damage replaced(String source, String what, int from, int to, String by) {
		String said = what + " " + quoted(source.substring(from, to)) + (by.isEmpty() ? "" : ", now " + quoted(by));
		return new Damage(source.substring(0, from) + by + source.substring(to), said, from, to,
				by.length() - (to - from));
	}

	private static String quoted(String text) {
		return "'" + text.replace("\n", "\\n") + "'";
	}

}
