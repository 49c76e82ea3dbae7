package dev.flin.runtime.lib;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Texts;
import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Styles of names, layout of longer texts, similarity.
 */
public final class TextStyles {

	private static final Pattern MARKS = Pattern.compile("\\p{M}+");

	private static final Pattern NO_SLUG = Pattern.compile("[^\\p{L}\\p{N}]+");

	private TextStyles() {
	}

	@Builtin(value = "slugify(s: text) -> text", aliases = "slug",
			doc = "Lower case without accents, words joined by `-`: fit for an address.",
			example = "\"Café Crème!\".slugify // \"cafe-creme\"")
	public static String slugify(String s) {
		String plain = NO_SLUG.matcher(withoutAccents(s).toLowerCase(Locale.ROOT)).replaceAll("-");
		int start = plain.startsWith("-") ? 1 : 0;
		int end = (plain.length() > start && plain.endsWith("-")) ? plain.length() - 1 : plain.length();
		return plain.substring(Math.min(start, end), end);
	}

	@Builtin(value = "camel_case(s: text) -> text", aliases = "to_camel_case", doc = "Words joined as `helloWorld`.",
			example = "\"hello world\".camel_case // \"helloWorld\"")
	public static String camelCase(String s) {
		String pascal = pascalCase(s);
		return pascal.isEmpty() ? pascal : pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
	}

	@Builtin(value = "pascal_case(s: text) -> text", aliases = "to_pascal_case", doc = "Words joined as `HelloWorld`.",
			example = "\"hello world\".pascal_case // \"HelloWorld\"")
	public static String pascalCase(String s) {
		return parts(s).stream().map(TextFunctions::capitalize).collect(Collectors.joining());
	}

	@Builtin(value = "snake_case(s: text) -> text", aliases = "to_snake_case", doc = "Words joined as `hello_world`.",
			example = "\"helloWorld\".snake_case // \"hello_world\"")
	public static String snakeCase(String s) {
		return String.join("_", parts(s));
	}

	@Builtin(value = "kebab_case(s: text) -> text", aliases = "to_kebab_case", doc = "Words joined as `hello-world`.",
			example = "\"helloWorld\".kebab_case // \"hello-world\"")
	public static String kebabCase(String s) {
		return String.join("-", parts(s));
	}

	@Builtin(value = "wrap(s: text, width: int = 80) -> text",
			doc = "Lines broken between words so that none is longer than a width, where words allow.",
			example = "\"the quick fox\".wrap(9) // \"the quick\\nfox\"")
	public static String wrap(String s, long width) {
		List<String> lines = new ArrayList<>();
		for (String paragraph : s.split("\n", -1)) {
			StringBuilder line = new StringBuilder();
			for (Object word : TextFunctions.words(paragraph)) {
				String text = (String) word;
				if (text == null) {
					continue;
				}
				if (!line.isEmpty() && line.codePointCount(0, line.length()) + 1 + Texts.length(text) > width) {
					lines.add(line.toString());
					line.setLength(0);
				}
				line.append(line.isEmpty() ? "" : " ").append(text);
			}
			lines.add(line.toString());
		}
		return String.join("\n", lines);
	}

	@Builtin(value = "indent(s: text, blanks: int = 4) -> text", doc = "Blanks before each line that is not blank.",
			example = "\"a\\nb\".indent(2) // \"  a\\n  b\"")
	public static String indent(FlinContext context, String s, long blanks) {
		String margin = TextFunctions.repeat(context, " ", blanks);
		List<String> lines = new ArrayList<>();
		for (String line : s.split("\n", -1)) {
			lines.add(line.isBlank() ? line : margin + line);
		}
		return String.join("\n", lines);
	}

	@Builtin(value = "dedent(s: text) -> text", doc = "Without the blanks that all lines start with.",
			example = "\"  a\\n    b\".dedent // \"a\\n  b\"")
	public static String dedent(String s) {
		String[] lines = s.split("\n", -1);
		int margin = Integer.MAX_VALUE;
		for (String line : lines) {
			if (!line.isBlank()) {
				margin = Math.min(margin, line.length() - line.stripLeading().length());
			}
		}
		for (int i = 0; i < lines.length; i++) {
			lines[i] = lines[i].isBlank() ? "" : lines[i].substring(margin);
		}
		return String.join("\n", lines);
	}

	@Builtin(value = "ascii(s: text) -> text", aliases = { "remove_accents", "transliterate" },
			doc = "Without accents; characters that ASCII has nothing for are left out.",
			example = "\"déjà\".ascii // \"deja\"")
	public static String ascii(String s) {
		StringBuilder out = new StringBuilder(s.length());
		withoutAccents(s).chars().filter(c -> c < 128).forEach(c -> out.append((char) c));
		return out.toString();
	}

	@Builtin(value = "normalize(s: text, form: text = \"NFC\") -> text",
			doc = "A Unicode normal form, C unless another is named: accents composed with their letters.",
			example = "\"e\\u{301}\".normalize.len // 1\n\"\\u{E9}\".normalize(\"NFD\").len // 2",
			errors = "\"x\".normalize(\"NFX\") // a normal form is NFC, NFD, NFKC or NFKD, not \"NFX\"")
	public static String normalize(String s, String form) {
		return switch (form) {
			case "NFC" -> Normalizer.normalize(s, Normalizer.Form.NFC);
			case "NFD" -> Normalizer.normalize(s, Normalizer.Form.NFD);
			case "NFKC" -> Normalizer.normalize(s, Normalizer.Form.NFKC);
			case "NFKD" -> Normalizer.normalize(s, Normalizer.Form.NFKD);
			default -> throw new FlinError("a normal form is NFC, NFD, NFKC or NFKD, not " + Printer.quoted(form));
		};
	}

	@Builtin(value = "levenshtein(s: text, other: text) -> int", aliases = "edit_distance",
			doc = "How many characters to insert, remove or replace to get from one text to the other.",
			example = "\"kitten\".levenshtein(\"sitting\") // 3")
	public static long levenshtein(FlinContext context, String s, String other) {
		int[] a = s.codePoints().toArray();
		int[] b = other.codePoints().toArray();
		int[] row = new int[b.length + 1];
		for (int j = 0; j <= b.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length; i++) {
			context.poll();
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= b.length; j++) {
				int cost = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + ((a[i - 1] == b[j - 1]) ? 0 : 1));
				diagonal = row[j];
				row[j] = cost;
			}
		}
		return row[b.length];
	}

	@Builtin(value = "similarity(s: text, other: text) -> number",
			doc = "From 0 (nothing alike) to 1 (equal), by edit distance.",
			example = "similarity(\"same\", \"same\") // 1")
	public static double similarity(FlinContext context, String s, String other) {
		int longest = Math.max(Texts.length(s), Texts.length(other));
		return (longest == 0) ? 1 : 1 - (double) levenshtein(context, s, other) / longest;
	}

	/** Words of a name in lower case, parted at anything but letters and digits and where the case changes. */
	private static List<String> parts(String s) {
		List<String> parts = new ArrayList<>();
		StringBuilder part = new StringBuilder();
		int[] chars = s.codePoints().toArray();
		for (int i = 0; i < chars.length; i++) {
			int c = chars[i];
			boolean afterSmall = i > 0 && (Character.isLowerCase(chars[i - 1]) || Character.isDigit(chars[i - 1]));
			boolean beforeSmall = i > 0 && i + 1 < chars.length && Character.isUpperCase(chars[i - 1])
					&& Character.isLowerCase(chars[i + 1]);
			boolean starts = Character.isUpperCase(c) && (afterSmall || beforeSmall);
			if ((starts || !Character.isLetterOrDigit(c)) && !part.isEmpty()) {
				parts.add(part.toString());
				part.setLength(0);
			}
			if (Character.isLetterOrDigit(c)) {
				part.appendCodePoint(Character.toLowerCase(c));
			}
		}
		if (!part.isEmpty()) {
			parts.add(part.toString());
		}
		return parts;
	}

	private static String withoutAccents(String s) {
		String apart = MARKS.matcher(Normalizer.normalize(s, Normalizer.Form.NFD)).replaceAll("");
		StringBuilder out = new StringBuilder(apart.length());
		for (int i = 0; i < apart.length(); i++) {
			char c = apart.charAt(i);
			switch (c) {
				case 'ß' -> out.append("ss");
				case 'æ' -> out.append("ae");
				case 'Æ' -> out.append("AE");
				case 'œ' -> out.append("oe");
				case 'Œ' -> out.append("OE");
				case 'ø' -> out.append('o');
				case 'Ø' -> out.append('O');
				case 'ł' -> out.append('l');
				case 'Ł' -> out.append('L');
				case 'đ', 'ð' -> out.append('d');
				case 'þ' -> out.append("th");
				case 'ı' -> out.append('i');
				default -> out.append(c);
			}
		}
		return out.toString();
	}

}
