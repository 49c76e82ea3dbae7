package dev.flin.runtime.lib;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Reads TOML: tables, arrays of tables, dotted keys, texts, numbers, bools, arrays, inline tables. Dates stay texts.
 */
final class Toml {

	private static final int DEPTH_MAX = 200;

	private final String text;

	private int at;

	private Toml(String text) {
		this.text = text.replace("\r\n", "\n");
	}

	static FlinMap parse(String text) {
		Toml toml = new Toml(text);
		FlinMap root = new FlinMap();
		FlinMap table = root;
		toml.blankLines();
		while (toml.at < toml.text.length()) {
			if (toml.text.startsWith("[[", toml.at)) {
				toml.at += 2;
				table = toml.tableOfArray(root, toml.key());
				toml.expect("]]");
			}
			else if (toml.peek() == '[') {
				toml.at++;
				table = toml.table(root, toml.key());
				toml.expect("]");
			}
			else {
				toml.assignment(table, 0);
			}
			toml.endOfLine();
			toml.blankLines();
		}
		return root;
	}

	private void assignment(FlinMap table, int depth) {
		List<String> key = key();
		expect("=");
		FlinMap target = table(table, key.subList(0, key.size() - 1));
		String name = key.get(key.size() - 1);
		if (target.containsKey(name)) {
			throw malformed("the key '" + name + "' is there twice");
		}
		target.put(name, value(depth));
	}

	private List<String> key() {
		List<String> parts = new ArrayList<>();
		do {
			blanks();
			if (peek() == '"' || peek() == '\'') {
				parts.add(string());
			}
			else {
				int start = this.at;
				while (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-') {
					this.at++;
				}
				if (start == this.at) {
					throw malformed("a key is missing");
				}
				parts.add(this.text.substring(start, this.at));
			}
			blanks();
		}
		while (take('.'));
		return parts;
	}

	private FlinMap table(FlinMap root, List<String> path) {
		FlinMap table = root;
		for (String name : path) {
			Object found = table.get(name);
			if (found instanceof FlinList list && !list.isEmpty()) {
				found = list.element(list.size() - 1);
			}
			if (found == null) {
				found = new FlinMap();
				table.put(name, found);
			}
			if (!(found instanceof FlinMap map)) {
				throw malformed("'" + name + "' is no table");
			}
			table = map;
		}
		return table;
	}

	private FlinMap tableOfArray(FlinMap root, List<String> path) {
		FlinMap parent = table(root, path.subList(0, path.size() - 1));
		String name = path.get(path.size() - 1);
		if (!parent.containsKey(name)) {
			parent.put(name, new FlinList());
		}
		if (!(parent.get(name) instanceof FlinList list)) {
			throw malformed("'" + name + "' is no array of tables");
		}
		FlinMap table = new FlinMap();
		list.add(table);
		return table;
	}

	private @Nullable Object value(int depth) {
		blanks();
		if (depth > DEPTH_MAX) {
			throw malformed("too deep");
		}
		return switch (peek()) {
			case '"', '\'' -> string();
			case '[' -> array(depth);
			case '{' -> inlineTable(depth);
			default -> word();
		};
	}

	private FlinList array(int depth) {
		FlinList list = new FlinList();
		this.at++;
		blankLines();
		while (!take(']')) {
			list.add(value(depth + 1));
			blankLines();
			if (!take(',') && peek() != ']') {
				throw malformed("an array goes wrong");
			}
			blankLines();
		}
		return list;
	}

	private FlinMap inlineTable(int depth) {
		FlinMap map = new FlinMap();
		this.at++;
		blanks();
		while (!take('}')) {
			assignment(map, depth + 1);
			blanks();
			if (!take(',') && peek() != '}') {
				throw malformed("an inline table goes wrong");
			}
			blanks();
		}
		return map;
	}

	private String string() {
		String quote = this.text.substring(this.at, this.at + 1);
		boolean literal = quote.equals("'");
		boolean multiline = this.text.startsWith(quote.repeat(3), this.at);
		String end = multiline ? quote.repeat(3) : quote;
		this.at += end.length();
		if (multiline && peek() == '\n') {
			this.at++;
		}
		StringBuilder out = new StringBuilder();
		while (!this.text.startsWith(end, this.at)) {
			char c = peek();
			if (c == 0 || (c == '\n' && !multiline)) {
				throw malformed("a text does not end");
			}
			this.at++;
			if (c == '\\' && !literal) {
				escape(out);
			}
			else {
				out.append(c);
			}
		}
		this.at += end.length();
		return out.toString();
	}

	private void escape(StringBuilder out) {
		char c = peek();
		this.at++;
		switch (c) {
			case 'n' -> out.append('\n');
			case 't' -> out.append('\t');
			case 'r' -> out.append('\r');
			case 'b' -> out.append('\b');
			case 'f' -> out.append('\f');
			case '"', '\\' -> out.append(c);
			case 'u', 'U' -> {
				int digits = (c == 'u') ? 4 : 8;
				try {
					out.appendCodePoint(Integer.parseInt(this.text.substring(this.at, this.at + digits), 16));
				}
				catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
					throw malformed("a character goes wrong");
				}
				this.at += digits;
			}
			case '\n' -> {
				while (Character.isWhitespace(peek())) {
					this.at++;
				}
			}
			default -> throw malformed("an unknown escape");
		}
	}

	private Object word() {
		int start = this.at;
		while (peek() != 0 && ",]}#\n".indexOf(peek()) < 0) {
			this.at++;
		}
		String word = this.text.substring(start, this.at).strip();
		String plain = word.replace("_", "");
		if (word.equals("true") || word.equals("false")) {
			return word.equals("true");
		}
		if (plain.matches("[+-]?[0-9]{1,18}")) {
			return Long.parseLong(plain);
		}
		if (plain.matches("0[xob][0-9a-fA-F]{1,15}")) {
			int base = (plain.charAt(1) == 'x') ? 16 : (plain.charAt(1) == 'o') ? 8 : 2;
			return ConversionFunctions.parseInt(plain.substring(2), base);
		}
		if (plain.matches("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
			return Double.parseDouble(plain);
		}
		if (word.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{2}:[0-9]{2}.*")) {
			return word;
		}
		return switch (plain) {
			case "inf", "+inf" -> Double.POSITIVE_INFINITY;
			case "-inf" -> Double.NEGATIVE_INFINITY;
			case "nan", "+nan", "-nan" -> Double.NaN;
			default -> throw malformed(Printer.quoted(word) + " is no value");
		};
	}

	private void endOfLine() {
		blanks();
		if (peek() == '#') {
			comment();
		}
		if (peek() != '\n' && peek() != 0) {
			throw malformed("something is left over");
		}
	}

	private void blankLines() {
		while (true) {
			blanks();
			if (peek() == '#') {
				comment();
			}
			if (peek() != '\n') {
				return;
			}
			this.at++;
		}
	}

	private void comment() {
		while (peek() != '\n' && peek() != 0) {
			this.at++;
		}
	}

	private void blanks() {
		while (peek() == ' ' || peek() == '\t') {
			this.at++;
		}
	}

	private boolean take(char c) {
		if (peek() == c) {
			this.at++;
			return true;
		}
		return false;
	}

	private void expect(String token) {
		blanks();
		if (!this.text.startsWith(token, this.at)) {
			throw malformed("'" + token + "' is missing");
		}
		this.at += token.length();
	}

	private char peek() {
		return (this.at < this.text.length()) ? this.text.charAt(this.at) : 0;
	}

	private FlinError malformed(String why) {
		String before = this.text.substring(0, Math.min(this.at, this.text.length()));
		long line = before.chars().filter(c -> c == '\n').count();
		return new FlinError("Malformed TOML at line " + (line + 1) + ": " + why);
	}

}
