package dev.flin.test.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * JSON of expectations and answers, read by itself so that the engine's own reader is not its judge.
 */
final class Json {

	private final String text;

	private int at;

	private Json(String text) {
		this.text = text;
	}

	/**
	 * Reads a JSON text: maps, lists, texts, {@link BigDecimal}s, booleans and null.
	 * @throws CaseFailure when it is not JSON
	 */
	static @Nullable Object read(String text) throws CaseFailure {
		Json reader = new Json(text);
		Object value = reader.value();
		reader.blanks();
		if (reader.at < text.length()) {
			throw reader.bad();
		}
		return value;
	}

	/** Where an answer differs from what was expected, or null. The text {@code *} stands for any value. */
	static @Nullable String difference(String path, @Nullable Object expected, @Nullable Object actual) {
		if ("*".equals(expected)) {
			return null;
		}
		if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
			for (Object key : wanted.keySet()) {
				if (!found.containsKey(key)) {
					return path + "." + key + " is missing";
				}
				String inner = difference(path + "." + key, wanted.get(key), found.get(key));
				if (inner != null) {
					return inner;
				}
			}
			for (Object key : found.keySet()) {
				if (!wanted.containsKey(key)) {
					return path + "." + key + " is there but should not be";
				}
			}
			return null;
		}
		if (expected instanceof List<?> wanted && actual instanceof List<?> found) {
			if (wanted.size() != found.size()) {
				return path + " has " + found.size() + " elements, not " + wanted.size();
			}
			for (int i = 0; i < wanted.size(); i++) {
				String inner = difference(path + "[" + i + "]", wanted.get(i), found.get(i));
				if (inner != null) {
					return inner;
				}
			}
			return null;
		}
		if (expected instanceof BigDecimal wanted && actual instanceof BigDecimal found) {
			return (wanted.compareTo(found) == 0) ? null : path + " is " + found + ", not " + wanted;
		}
		boolean same = (expected == null) ? actual == null : expected.equals(actual);
		return same ? null : path + " is " + show(actual) + ", not " + show(expected);
	}

	private static String show(@Nullable Object value) {
		return (value instanceof String text) ? "\"" + text + "\"" : String.valueOf(value);
	}

	private @Nullable Object value() throws CaseFailure {
		blanks();
		if (this.at >= this.text.length()) {
			throw bad();
		}
		return switch (this.text.charAt(this.at)) {
			case '{' -> map();
			case '[' -> list();
			case '"' -> string();
			case 't' -> word("true", true);
			case 'f' -> word("false", false);
			case 'n' -> word("null", null);
			default -> number();
		};
	}

	private Map<String, @Nullable Object> map() throws CaseFailure {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		this.at++;
		if (take('}')) {
			return map;
		}
		do {
			blanks();
			String key = string();
			expect(':');
			map.put(key, value());
		}
		while (take(','));
		expect('}');
		return map;
	}

	private List<@Nullable Object> list() throws CaseFailure {
		List<@Nullable Object> list = new ArrayList<>();
		this.at++;
		if (take(']')) {
			return list;
		}
		do {
			list.add(value());
		}
		while (take(','));
		expect(']');
		return list;
	}

	private String string() throws CaseFailure {
		if (this.at >= this.text.length() || this.text.charAt(this.at) != '"') {
			throw bad();
		}
		StringBuilder out = new StringBuilder();
		this.at++;
		while (this.at < this.text.length() && this.text.charAt(this.at) != '"') {
			char c = this.text.charAt(this.at++);
			out.append((c == '\\') ? escape() : c);
		}
		if (this.at >= this.text.length()) {
			throw bad();
		}
		this.at++;
		return out.toString();
	}

	private char escape() throws CaseFailure {
		if (this.at >= this.text.length()) {
			throw bad();
		}
		char c = this.text.charAt(this.at++);
		return switch (c) {
			case 'n' -> '\n';
			case 't' -> '\t';
			case 'r' -> '\r';
			case 'b' -> '\b';
			case 'f' -> '\f';
			case 'u' -> {
				if (this.at + 4 > this.text.length()) {
					throw bad();
				}
				this.at += 4;
				yield (char) Integer.parseInt(this.text, this.at - 4, this.at, 16);
			}
			default -> c;
		};
	}

	private @Nullable Object word(String word, @Nullable Object value) throws CaseFailure {
		if (!this.text.startsWith(word, this.at)) {
			throw bad();
		}
		this.at += word.length();
		return value;
	}

	private BigDecimal number() throws CaseFailure {
		int start = this.at;
		while (this.at < this.text.length() && "+-.eE0123456789".indexOf(this.text.charAt(this.at)) >= 0) {
			this.at++;
		}
		try {
			return new BigDecimal(this.text.substring(start, this.at));
		}
		catch (NumberFormatException ex) {
			throw bad();
		}
	}

	private boolean take(char c) {
		blanks();
		if (this.at < this.text.length() && this.text.charAt(this.at) == c) {
			this.at++;
			return true;
		}
		return false;
	}

	private void expect(char c) throws CaseFailure {
		if (!take(c)) {
			throw bad();
		}
	}

	private void blanks() {
		while (this.at < this.text.length() && Character.isWhitespace(this.text.charAt(this.at))) {
			this.at++;
		}
	}

	private CaseFailure bad() {
		return new CaseFailure("not JSON at offset " + this.at + ": " + shorten(this.text));
	}

	static String shorten(String text) {
		String line = text.replace("\n", "\\n");
		return (line.length() > 200) ? line.substring(0, 200) + "…" : line;
	}

}
