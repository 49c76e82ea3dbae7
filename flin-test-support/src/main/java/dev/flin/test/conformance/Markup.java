package dev.flin.test.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Markup for comparison: white space between tags and around text, the order of attributes, and all that the engine
 * adds for itself do not count.
 */
final class Markup {

	/** An element, or text when it has no name. */
	private static final class Node {

		private final String name;

		private final Map<String, String> attributes = new TreeMap<>();

		private final List<Node> children = new ArrayList<>();

		private final String text;

		private Node(String name, String text) {
			this.name = name;
			this.text = text;
		}

	}

	private static final Set<String> VOID = Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link",
			"meta", "param", "source", "track", "wbr");

	private static final Set<String> RAW = Set.of("script", "style", "textarea", "title");

	private static final Map<String, String> ENTITIES = Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos",
			"'", "nbsp", "\u00a0");

	private final String source;

	private int at;

	private Markup(String source) {
		this.source = source;
	}

	/** The normal form of markup. Without {@code <html>} in what is expected only the content of the body counts. */
	static String normalize(String markup, boolean bodyOnly) {
		Node root = new Markup(markup).parse();
		Node shown = root;
		if (bodyOnly) {
			Node body = find(root, "body");
			shown = (body != null) ? body : root;
		}
		StringBuilder out = new StringBuilder();
		shown.children.forEach((child) -> write(child, out, ""));
		return out.toString();
	}

	/** Where an answer differs from what was expected, or null. */
	static @Nullable String difference(String expected, String actual) {
		boolean whole = expected.toLowerCase(Locale.ROOT).contains("<html");
		String wanted = normalize(expected, false);
		String found = normalize(actual, !whole);
		if (wanted.equals(found)) {
			return null;
		}
		List<String> wantedLines = wanted.lines().toList();
		List<String> foundLines = found.lines().toList();
		int i = 0;
		while (i < wantedLines.size() && i < foundLines.size() && wantedLines.get(i).equals(foundLines.get(i))) {
			i++;
		}
		return "expected " + ((i < wantedLines.size()) ? wantedLines.get(i).strip() : "nothing more") + " but found "
				+ ((i < foundLines.size()) ? foundLines.get(i).strip() : "nothing more");
	}

	private static @Nullable Node find(Node node, String name) {
		for (Node child : node.children) {
			if (child.name.equals(name)) {
				return child;
			}
			Node inner = find(child, name);
			if (inner != null) {
				return inner;
			}
		}
		return null;
	}

	private static void write(Node node, StringBuilder out, String indent) {
		if (node.name.isEmpty()) {
			String text = node.text.strip().replaceAll("\\s+", " ");
			if (!text.isEmpty()) {
				out.append(indent).append(text).append('\n');
			}
			return;
		}
		if (isOurs(node)) {
			return;
		}
		out.append(indent).append('<').append(node.name);
		node.attributes.forEach((name, value) -> {
			if (!isGenerated(name, value)) {
				out.append(' ').append(name).append("=\"").append(value.strip().replaceAll("\\s+", " ")).append('"');
			}
		});
		out.append(">\n");
		node.children.forEach((child) -> write(child, out, indent + "  "));
	}

	private static boolean isOurs(Node node) {
		return node.name.equals("script") || node.name.equals("style")
				|| (node.name.equals("input") && "_csrf".equals(node.attributes.get("name")));
	}

	private static boolean isGenerated(String name, String value) {
		return name.startsWith("data-flin") || name.equals("nonce") || (name.equals("id") && value.startsWith("flin-"));
	}

	private Node parse() {
		Node root = new Node("#root", "");
		List<Node> open = new ArrayList<>(List.of(root));
		while (this.at < this.source.length()) {
			int tag = nextTag();
			if (tag > this.at) {
				text(open.getLast(), this.source.substring(this.at, tag));
				this.at = tag;
			}
			if (this.at < this.source.length()) {
				tag(open);
			}
		}
		return root;
	}

	/** The next place where a tag, comment or doctype starts; a lone {@code <} is text. */
	private int nextTag() {
		int from = this.at;
		while (true) {
			int tag = this.source.indexOf('<', from);
			if (tag < 0) {
				return this.source.length();
			}
			char next = (tag + 1 < this.source.length()) ? this.source.charAt(tag + 1) : ' ';
			if (Character.isLetter(next) || next == '/' || next == '!') {
				return tag;
			}
			from = tag + 1;
		}
	}

	private static void text(Node parent, String text) {
		if (!parent.children.isEmpty() && parent.children.getLast().name.isEmpty()) {
			Node last = parent.children.removeLast();
			parent.children.add(new Node("", last.text + decode(text)));
		}
		else if (!text.isBlank()) {
			parent.children.add(new Node("", decode(text)));
		}
	}

	private void tag(List<Node> open) {
		if (this.source.startsWith("<!--", this.at)) {
			int end = this.source.indexOf("-->", this.at);
			this.at = (end < 0) ? this.source.length() : end + 3;
		}
		else if (this.source.startsWith("<!", this.at)) {
			int end = this.source.indexOf('>', this.at);
			this.at = (end < 0) ? this.source.length() : end + 1;
		}
		else if (this.source.startsWith("</", this.at)) {
			int end = this.source.indexOf('>', this.at);
			String name = this.source.substring(this.at + 2, (end < 0) ? this.source.length() : end).strip();
			this.at = (end < 0) ? this.source.length() : end + 1;
			close(open, name);
		}
		else {
			element(open);
		}
	}

	private static void close(List<Node> open, String name) {
		for (int i = open.size() - 1; i > 0; i--) {
			if (open.get(i).name.equalsIgnoreCase(name)) {
				open.subList(i, open.size()).clear();
				return;
			}
		}
	}

	private void element(List<Node> open) {
		this.at++;
		Node node = new Node(word().toLowerCase(Locale.ROOT), "");
		boolean selfClosed = attributes(node);
		open.getLast().children.add(node);
		if (RAW.contains(node.name) && !selfClosed) {
			String end = "</" + node.name;
			int close = this.source.toLowerCase(Locale.ROOT).indexOf(end, this.at);
			int stop = (close < 0) ? this.source.length() : close;
			text(node, this.source.substring(this.at, stop));
			int after = this.source.indexOf('>', stop);
			this.at = (after < 0) ? this.source.length() : after + 1;
		}
		else if (!selfClosed && !VOID.contains(node.name)) {
			open.add(node);
		}
	}

	/** Whether the tag ends with {@code />}. */
	private boolean attributes(Node node) {
		while (this.at < this.source.length()) {
			char c = this.source.charAt(this.at);
			if (c == '>') {
				this.at++;
				return false;
			}
			if (c == '/' || Character.isWhitespace(c)) {
				this.at++;
				if (c == '/' && this.at < this.source.length() && this.source.charAt(this.at) == '>') {
					this.at++;
					return true;
				}
				continue;
			}
			String name = word();
			if (name.isEmpty()) {
				this.at++;
				continue;
			}
			node.attributes.put(name, value());
		}
		return false;
	}

	private String word() {
		int start = this.at;
		while (this.at < this.source.length() && " \t\r\n=>/".indexOf(this.source.charAt(this.at)) < 0) {
			this.at++;
		}
		return this.source.substring(start, this.at);
	}

	private String value() {
		if (this.at >= this.source.length() || this.source.charAt(this.at) != '=') {
			return "";
		}
		this.at++;
		char quote = (this.at < this.source.length()) ? this.source.charAt(this.at) : ' ';
		if (quote != '"' && quote != '\'') {
			int start = this.at;
			while (this.at < this.source.length() && " \t\r\n>".indexOf(this.source.charAt(this.at)) < 0) {
				this.at++;
			}
			return decode(this.source.substring(start, this.at));
		}
		int end = this.source.indexOf(quote, this.at + 1);
		int stop = (end < 0) ? this.source.length() : end;
		String value = this.source.substring(this.at + 1, stop);
		this.at = Math.min(stop + 1, this.source.length());
		return decode(value);
	}

	private static String decode(String text) {
		StringBuilder out = new StringBuilder();
		int from = 0;
		for (int i = text.indexOf('&'); i >= 0; i = text.indexOf('&', i + 1)) {
			int end = text.indexOf(';', i);
			String decoded = (end > i && end - i <= 10) ? character(text.substring(i + 1, end)) : null;
			if (decoded != null) {
				out.append(text, from, i).append(decoded);
				from = end + 1;
			}
		}
		return out.append(text, from, text.length()).toString();
	}

	private static @Nullable String character(String name) {
		if (name.matches("#[0-9]+")) {
			return Character.toString(Integer.parseInt(name.substring(1)));
		}
		if (name.matches("#[xX][0-9a-fA-F]+")) {
			return Character.toString(Integer.parseInt(name.substring(2), 16));
		}
		return ENTITIES.get(name);
	}

}
