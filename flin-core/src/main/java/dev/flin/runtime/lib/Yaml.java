package dev.flin.runtime.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * The part of YAML that configuration files use: block and flow collections, plain, quoted and block scalars, comments.
 * Anchors, tags and several documents are refused.
 */
final class Yaml {

	private static final Pattern INT = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");

	private static final Pattern NUMBER = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

	private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/.][\\p{L}\\p{N} _/.@+-]*");

	private static final int DEPTH_MAX = 200;

	/** A line that counts, without its comment. */
	private record Line(int indent, String text, int number) {
	}

	private final List<String> source;

	private final List<Line> lines = new ArrayList<>();

	private int at;

	private Yaml(String text) {
		this.source = text.lines().toList();
		for (int i = 0; i < this.source.size(); i++) {
			String line = withoutComment(this.source.get(i));
			if (!line.isBlank() && !(line.equals("---") && this.lines.isEmpty())) {
				int indent = line.length() - line.stripLeading().length();
				this.lines.add(new Line(indent, line.strip(), i));
			}
		}
	}

	static @Nullable Object parse(String text) {
		Yaml yaml = new Yaml(text);
		if (yaml.lines.isEmpty()) {
			return null;
		}
		Object value = yaml.block(yaml.lines.get(0).indent(), 0);
		if (yaml.at < yaml.lines.size()) {
			throw yaml.malformed();
		}
		return value;
	}

	private @Nullable Object block(int indent, int depth) {
		if (depth > DEPTH_MAX) {
			throw new FlinError("YAML nested deeper than " + DEPTH_MAX);
		}
		Line line = this.lines.get(this.at);
		if (isItem(line.text())) {
			return list(indent, depth);
		}
		if (keyEnd(line.text()) > 0) {
			return map(indent, depth);
		}
		this.at++;
		StringBuilder text = new StringBuilder(line.text());
		while (this.at < this.lines.size() && this.lines.get(this.at).indent() >= indent && depth > 0) {
			text.append(' ').append(this.lines.get(this.at++).text());
		}
		return scalar(text.toString(), line.number());
	}

	private FlinList list(int indent, int depth) {
		FlinList list = new FlinList();
		while (this.at < this.lines.size()) {
			Line line = this.lines.get(this.at);
			if (line.indent() != indent || !isItem(line.text())) {
				break;
			}
			String rest = line.text().substring(1).stripLeading();
			if (rest.isEmpty()) {
				this.at++;
				list.add(nested(indent + 1, depth));
			}
			else {
				int inner = indent + line.text().length() - rest.length();
				this.lines.set(this.at, new Line(inner, rest, line.number()));
				list.add((isItem(rest) || keyEnd(rest) > 0) ? block(inner, depth + 1) : inline(rest, indent, line));
			}
		}
		return list;
	}

	private FlinMap map(int indent, int depth) {
		FlinMap map = new FlinMap();
		while (this.at < this.lines.size()) {
			Line line = this.lines.get(this.at);
			int end = keyEnd(line.text());
			if (line.indent() != indent || end <= 0 || isItem(line.text())) {
				if (line.indent() > indent) {
					throw malformed();
				}
				break;
			}
			Object key = scalar(line.text().substring(0, end).strip(), line.number());
			String rest = line.text().substring(end + 1).strip();
			if (rest.isEmpty()) {
				this.at++;
				boolean listBelow = this.at < this.lines.size() && this.lines.get(this.at).indent() == indent
						&& isItem(this.lines.get(this.at).text());
				map.put(Printer.print(key), listBelow ? list(indent, depth + 1) : nested(indent + 1, depth));
			}
			else {
				map.put(Printer.print(key), inline(rest, indent, line));
			}
		}
		return map;
	}

	private @Nullable Object nested(int indentMin, int depth) {
		if (this.at >= this.lines.size() || this.lines.get(this.at).indent() < indentMin) {
			return null;
		}
		return block(this.lines.get(this.at).indent(), depth + 1);
	}

	/** What stands behind a key or dash on its line, which may go on below. */
	private @Nullable Object inline(String rest, int indent, Line line) {
		this.at++;
		if (rest.startsWith("|") || rest.startsWith(">")) {
			return blockScalar(rest, indent, line.number());
		}
		StringBuilder text = new StringBuilder(rest);
		while (this.at < this.lines.size() && this.lines.get(this.at).indent() > indent) {
			text.append(' ').append(this.lines.get(this.at++).text());
		}
		return scalar(text.toString(), line.number());
	}

	private String blockScalar(String header, int indent, int number) {
		List<String> body = new ArrayList<>();
		int margin = -1;
		int last = number;
		for (int i = number + 1; i < this.source.size(); i++) {
			String line = this.source.get(i);
			int blanks = line.length() - line.stripLeading().length();
			if (!line.isBlank() && blanks <= indent) {
				break;
			}
			margin = (margin < 0 && !line.isBlank()) ? blanks : margin;
			body.add(line.isBlank() ? "" : line.substring(Math.min(Math.max(margin, 0), blanks)));
			last = i;
		}
		while (this.at < this.lines.size() && this.lines.get(this.at).number() <= last) {
			this.at++;
		}
		String text = String.join("\n", body).stripTrailing();
		if (header.startsWith(">")) {
			text = text.replaceAll("(?<!\n)\n(?!\n)", " ");
		}
		return header.contains("-") ? text : text + "\n";
	}

	private @Nullable Object scalar(String text, int line) {
		char first = text.charAt(0);
		if (first == '"' || first == '\'' || first == '[' || first == '{') {
			Flow flow = new Flow(text, line);
			Object value = flow.value(0);
			flow.end();
			return value;
		}
		if (first == '&' || first == '*' || first == '!' || first == '%' || first == '@' || first == '`') {
			throw new FlinError("YAML with '" + first + "' at line " + (line + 1) + " is not supported");
		}
		return plain(text);
	}

	private static @Nullable Object plain(String text) {
		return switch (text) {
			case "null", "~", "Null", "NULL" -> null;
			case "true", "True", "TRUE" -> true;
			case "false", "False", "FALSE" -> false;
			case ".inf", ".Inf" -> Double.POSITIVE_INFINITY;
			case "-.inf" -> Double.NEGATIVE_INFINITY;
			case ".nan", ".NaN" -> Double.NaN;
			default -> {
				if (INT.matcher(text).matches()) {
					yield Long.parseLong(text);
				}
				yield NUMBER.matcher(text).matches() ? (Object) Double.parseDouble(text) : text;
			}
		};
	}

	private static boolean isItem(String text) {
		return text.equals("-") || text.startsWith("- ");
	}

	/** Where the colon behind a key stands, or -1. */
	private static int keyEnd(String text) {
		char first = text.charAt(0);
		if (first == '[' || first == '{') {
			return -1;
		}
		int from = 0;
		if (first == '"' || first == '\'') {
			from = text.indexOf(first, 1) + 1;
		}
		for (int i = from; i < text.length(); i++) {
			if (text.charAt(i) == ':' && (i + 1 == text.length() || text.charAt(i + 1) == ' ')) {
				return i;
			}
		}
		return -1;
	}

	private static String withoutComment(String line) {
		char quote = 0;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (quote != 0) {
				quote = (c == quote) ? 0 : quote;
			}
			else if ((c == '"' || c == '\'') && (i == 0 || " [{,:".indexOf(line.charAt(i - 1)) >= 0)) {
				quote = c;
			}
			else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
				return line.substring(0, i).stripTrailing();
			}
		}
		return line.stripTrailing();
	}

	private FlinError malformed() {
		return new FlinError("Malformed YAML at line " + (this.lines.get(this.at).number() + 1));
	}

	static String write(@Nullable Object value) {
		StringBuilder out = new StringBuilder();
		write(out, value, 0);
		return out.append(out.isEmpty() || out.charAt(out.length() - 1) != '\n' ? "\n" : "").toString();
	}

	private static void write(StringBuilder out, @Nullable Object value, int indent) {
		if (indent > DEPTH_MAX) {
			throw new FlinError("a value nested deeper than " + DEPTH_MAX + " cannot be written as YAML");
		}
		if (value instanceof FlinMap map && !map.isEmpty()) {
			for (int at = map.next(-1); at >= 0; at = map.next(at)) {
				out.repeat(' ', indent * 2).append(scalar(map.keyAt(at))).append(':');
				below(out, map.valueAt(at), indent + 1);
			}
		}
		else if (value instanceof FlinList list && !list.isEmpty()) {
			for (Object element : list) {
				out.repeat(' ', indent * 2).append('-');
				below(out, element, indent + 1);
			}
		}
		else {
			out.append(scalar(value)).append('\n');
		}
	}

	private static void below(StringBuilder out, @Nullable Object value, int indent) {
		boolean nested = (value instanceof FlinMap map && !map.isEmpty())
				|| (value instanceof FlinList list && !list.isEmpty());
		out.append(nested ? '\n' : ' ');
		write(out, value, indent);
	}

	private static String scalar(@Nullable Object value) {
		return switch (value) {
			case null -> "null";
			case String text -> (PLAIN.matcher(text).matches() && text.equals(plain(text)) && text.equals(text.strip()))
					? text : JsonWriter.write(text);
			case FlinMap map -> "{}";
			case FlinList list -> "[]";
			default -> JsonWriter.write(value);
		};
	}

	/** Collections in brackets and scalars in quotes. */
	private static final class Flow {

		private final String text;

		private final int line;

		private int at;

		private Flow(String text, int line) {
			this.text = text;
			this.line = line;
		}

		private @Nullable Object value(int depth) {
			blanks();
			if (this.at >= this.text.length() || depth > DEPTH_MAX) {
				throw malformed();
			}
			return switch (this.text.charAt(this.at)) {
				case '[' -> list(depth);
				case '{' -> map(depth);
				case '"' -> doubleQuoted();
				case '\'' -> singleQuoted();
				default -> plainInFlow(",]}");
			};
		}

		private void end() {
			blanks();
			if (this.at < this.text.length()) {
				throw malformed();
			}
		}

		private FlinList list(int depth) {
			FlinList list = new FlinList();
			this.at++;
			while (!closes(']')) {
				list.add(value(depth + 1));
				comma(']');
			}
			return list;
		}

		private FlinMap map(int depth) {
			FlinMap map = new FlinMap();
			this.at++;
			while (!closes('}')) {
				char first = this.text.charAt(this.at);
				Object key = (first == '"') ? doubleQuoted() : (first == '\'') ? singleQuoted() : plainInFlow(":,}");
				blanks();
				if (this.at >= this.text.length() || this.text.charAt(this.at) != ':') {
					throw malformed();
				}
				this.at++;
				map.put(Printer.print(key), value(depth + 1));
				comma('}');
			}
			return map;
		}

		private boolean closes(char bracket) {
			blanks();
			if (this.at >= this.text.length()) {
				throw malformed();
			}
			if (this.text.charAt(this.at) == bracket) {
				this.at++;
				return true;
			}
			return false;
		}

		private void comma(char bracket) {
			blanks();
			char c = (this.at < this.text.length()) ? this.text.charAt(this.at) : 0;
			if (c == ',') {
				this.at++;
			}
			else if (c != bracket) {
				throw malformed();
			}
		}

		private @Nullable Object plainInFlow(String ends) {
			int start = this.at;
			while (this.at < this.text.length() && ends.indexOf(this.text.charAt(this.at)) < 0) {
				this.at++;
			}
			String written = this.text.substring(start, this.at).strip();
			if (written.isEmpty()) {
				throw malformed();
			}
			return plain(written);
		}

		private String doubleQuoted() {
			int start = this.at++;
			while (this.at < this.text.length() && this.text.charAt(this.at) != '"') {
				this.at += (this.text.charAt(this.at) == '\\') ? 2 : 1;
			}
			if (this.at >= this.text.length()) {
				throw malformed();
			}
			this.at++;
			return Printer.print(JsonParser.parse(this.text.substring(start, this.at)));
		}

		private String singleQuoted() {
			StringBuilder out = new StringBuilder();
			this.at++;
			while (this.at < this.text.length()) {
				char c = this.text.charAt(this.at++);
				if (c != '\'') {
					out.append(c);
				}
				else if (this.at < this.text.length() && this.text.charAt(this.at) == '\'') {
					out.append(this.text.charAt(this.at++));
				}
				else {
					return out.toString();
				}
			}
			throw malformed();
		}

		private void blanks() {
			while (this.at < this.text.length() && this.text.charAt(this.at) == ' ') {
				this.at++;
			}
		}

		private FlinError malformed() {
			return new FlinError("Malformed YAML at line " + (this.line + 1));
		}

	}

}
