package dev.flin.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.diag.Code;
import dev.flin.source.Span;

/**
 * Which elements have no end tag where HTML allows that, as {@code <li>} before the next one. An element has the end
 * tag that the nearest open element of its name would get, so an element that is ended in so many words never ends
 * early.
 */
final class ImpliedEnds {

	private static final Set<String> AFTER_PARAGRAPHS = Set.of("address", "article", "aside", "blockquote", "details",
			"div", "dl", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
			"header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "table", "ul");

	/** The tags that end an element without an end tag, by its name. */
	private static final Map<String, Set<String>> ENDED_BY = Map.ofEntries(Map.entry("li", Set.of("li")),
			Map.entry("dt", Set.of("dt", "dd")), Map.entry("dd", Set.of("dt", "dd")),
			Map.entry("p", AFTER_PARAGRAPHS), Map.entry("rt", Set.of("rt", "rp")), Map.entry("rp", Set.of("rt", "rp")),
			Map.entry("optgroup", Set.of("optgroup", "hr")), Map.entry("option", Set.of("option", "optgroup", "hr")),
			Map.entry("caption", Set.of("colgroup", "thead", "tbody", "tfoot", "tr")),
			Map.entry("colgroup", Set.of("thead", "tbody", "tfoot", "tr")),
			Map.entry("thead", Set.of("tbody", "tfoot")), Map.entry("tbody", Set.of("tbody", "tfoot")),
			Map.entry("tfoot", Set.of("tbody")), Map.entry("tr", Set.of("tr", "thead", "tbody", "tfoot")),
			Map.entry("td", Set.of("td", "th", "tr", "thead", "tbody", "tfoot")),
			Map.entry("th", Set.of("td", "th", "tr", "thead", "tbody", "tfoot")));

	private static final String TEMPLATE = "{";

	/** What is open while tags are looked through: an element, or a template tag. */
	private record Open(String name, int start) {
	}

	private final MarkupParser markup;

	private final Parser p;

	private final String text;

	private final Set<Integer> seen = new HashSet<>();

	private final Set<Integer> implied = new HashSet<>();

	private List<Open> stack = new ArrayList<>();

	ImpliedEnds(MarkupParser markup, Parser parser) {
		this.markup = markup;
		this.p = parser;
		this.text = parser.text;
	}

	/**
	 * Whether the element at an offset has no end tag and needs none.
	 * @param around the names of the elements and template tags around it
	 */
	boolean isImplied(int start, String name, List<String> around) {
		if (around.isEmpty() || !ENDED_BY.containsKey(name)) {
			return false;
		}
		if (!this.seen.contains(start)) {
			lookThrough(start, around);
		}
		return this.implied.contains(start);
	}

	/**
	 * Whether the tag at an offset, or the first one of a loop or branch that begins there, ends an element without an
	 * end tag.
	 */
	boolean endsAt(String name, int offset) {
		if (offset < this.text.length() && this.text.charAt(offset) == '{') {
			int inside = bodyOf(offset, name.equals("p"));
			return inside >= 0 && endsAt(name, inside);
		}
		if (!this.markup.startsAt(offset)) {
			return false;
		}
		String next = this.text.substring(offset + 1, this.markup.nameEnd(offset + 1));
		return ENDED_BY.getOrDefault(name, Set.of()).contains(next);
	}

	/** Where the first thing inside of the template tag at an offset stands; negative for other braces. */
	private int bodyOf(int offset, boolean onlyLoops) {
		if (this.text.startsWith("{{", offset)) {
			return -1;
		}
		TagReader.Kind kind = this.p.tags.read(offset).kind();
		boolean loop = kind == TagReader.Kind.FOR || kind == TagReader.Kind.EACH;
		int end = (loop || kind == TagReader.Kind.IF && !onlyLoops) ? this.p.lexer.holeEnd(offset + 1, true) : -1;
		if (end < 0 || isExpression(end)) {
			return -1;
		}
		int at = end;
		while (at < this.text.length() && (Lexer.isSpace(this.text.charAt(at)) || this.text.startsWith("<!--", at))) {
			int comment = this.text.startsWith("<!--", at) ? this.text.indexOf("-->", at) : at - 2;
			if (comment == -1) {
				return -1;
			}
			at = comment + 3;
		}
		return at;
	}

	private void lookThrough(int from, List<String> around) {
		this.stack = new ArrayList<>();
		int at = from;
		do {
			at = step(at, around);
		}
		while (at >= 0 && at < this.text.length() && !this.stack.isEmpty());
		closeAbove(-1);
	}

	/** Everything open above a place has no end tag. */
	private void closeAbove(int place) {
		while (this.stack.size() > place + 1) {
			Open open = this.stack.remove(this.stack.size() - 1);
			if (ENDED_BY.containsKey(open.name())) {
				this.implied.add(open.start());
			}
		}
	}

	private int place(String name) {
		for (int i = this.stack.size() - 1; i >= 0; i--) {
			if (this.stack.get(i).name().equals(name)) {
				return i;
			}
			if (this.stack.get(i).name().equals(TEMPLATE)) {
				return -1;
			}
		}
		return -1;
	}

	/** The offset behind what stands at one; negative where the elements around end. */
	private int step(int at, List<String> around) {
		int textEnd = this.p.lexer.markupTextEnd(at);
		if (textEnd > at) {
			return textEnd;
		}
		char c = this.text.charAt(at);
		if (this.text.startsWith("<!--", at)) {
			int end = this.text.indexOf("-->", at);
			return (end < 0) ? -1 : end + 3;
		}
		if (this.text.startsWith("</", at)) {
			return endTag(at, around);
		}
		if (this.markup.startsAt(at)) {
			return startTag(at);
		}
		if (c == '{') {
			return this.text.startsWith("{{", at) ? at + 2 : brace(at, around);
		}
		return (c == '/' && this.markup.isComment(at)) ? this.p.lexer.lineEnd(at) : at + 1;
	}

	private int endTag(int at, List<String> around) {
		int nameEnd = this.markup.nameEnd(at + 2);
		String name = this.text.substring(at + 2, nameEnd);
		int place = place(name);
		if (place < 0) {
			boolean outer = around.contains(name)
					&& this.stack.stream().noneMatch(open -> open.name().equals(TEMPLATE));
			return outer ? -1 : nameEnd;
		}
		closeAbove(place);
		this.stack.remove(place);
		return nameEnd;
	}

	private int startTag(int at) {
		int nameEnd = this.markup.nameEnd(at + 1);
		String name = this.text.substring(at + 1, nameEnd);
		this.seen.add(at);
		int end = tagEnd(nameEnd);
		if (end < 0 || this.text.startsWith("/>", end - 2) || MarkupParser.VOID.contains(name)) {
			return end;
		}
		if (MarkupParser.RAW_TEXT.contains(name)) {
			int close = this.text.indexOf("</" + name, end);
			return (close < 0) ? -1 : close + 2;
		}
		this.stack.add(new Open(name, at));
		return end;
	}

	/** The offset behind the bracket that ends a tag, -1 if there is none. */
	private int tagEnd(int from) {
		int i = from;
		while (i >= 0 && i < this.text.length()) {
			char c = this.text.charAt(i);
			if (c == '>') {
				return i + 1;
			}
			i = switch (c) {
				case '{' -> this.p.lexer.holeEnd(i + 1, true);
				case '"', '\'' -> quoteEnd(i);
				default -> i + 1;
			};
		}
		return -1;
	}

	private int quoteEnd(int from) {
		char quote = this.text.charAt(from);
		int i = from + 1;
		while (i >= 0 && i < this.text.length()) {
			char c = this.text.charAt(i);
			if (c == quote) {
				return i + 1;
			}
			i = (c == '{' && !this.text.startsWith("{{", i)) ? this.p.lexer.holeEnd(i + 1, true) : i + 1;
		}
		return -1;
	}

	/**
	 * Whether the end tag of an element follows before the element around it ends.
	 * @param open the names of what is open, outer before inner
	 */
	boolean hasEnd(String name, int from, List<String> open) {
		int end = this.text.indexOf("</" + name + ">", from);
		for (int i = open.size() - 1; i >= 0 && end >= 0; i--) {
			String outer = open.get(i);
			if (!outer.startsWith("{")) {
				int outerEnd = this.text.indexOf("</" + outer + ">", from);
				return outer.equals(name) || outerEnd < 0 || end < outerEnd;
			}
		}
		return end >= 0;
	}

	/** Where a closing tag ends: with its name, when the bracket is missing. */
	int closingEnd(int start, int nameEnd) {
		int end = this.p.tags.skipBlanks(nameEnd);
		if (this.text.startsWith(">", end)) {
			return end + 1;
		}
		this.p.moveTo(nameEnd);
		this.p.fail(Code.E0014, new Span(start, nameEnd), "this tag is never ended", "'>' is missing");
		return nameEnd;
	}

	private static boolean isInTemplate(List<String> around) {
		for (String name : around) {
			if (name.startsWith(TEMPLATE)) {
				return true;
			}
		}
		return false;
	}

	private int brace(int at, List<String> around) {
		TagReader.Kind kind = this.p.tags.read(at).kind();
		int end = (kind == TagReader.Kind.END) ? this.text.indexOf('}', at) + 1 : this.p.lexer.holeEnd(at + 1, true);
		if (end <= 0) {
			return -1;
		}
		int template = this.stack.size() - 1;
		while (template >= 0 && !this.stack.get(template).name().equals(TEMPLATE)) {
			template--;
		}
		boolean outer = template < 0 && isInTemplate(around);
		switch (kind) {
			case IF, FOR, EACH, MATCH -> {
				if (!isExpression(end) && !(kind == TagReader.Kind.IF && hasThen(at, end))) {
					this.stack.add(new Open(TEMPLATE, at));
				}
			}
			case ELSE, ELSE_IF, CASE, END -> {
				if (outer) {
					return -1;
				}
				if (template >= 0) {
					closeAbove(template);
				}
				if (template >= 0 && kind == TagReader.Kind.END) {
					this.stack.remove(template);
				}
			}
			case HTML, LET, NONE -> {
			}
		}
		return end;
	}

	/** {@code {if c then a else b}}. */
	private boolean hasThen(int brace, int end) {
		Token token = this.p.lexer.scan(brace + 1);
		while (token.end() < end && token.kind() != TokenKind.EOF) {
			if (this.p.isWord(token, "then")) {
				return true;
			}
			token = this.p.lexer.scan(
					(token.kind() == TokenKind.OPEN_TEXT) ? token.start() + 1 : Math.max(token.end(), token.start()
							+ 1));
		}
		return false;
	}

	/** {@code {if c { a } else { b }}}: what ends with two braces has its blocks inside. */
	private boolean isExpression(int end) {
		int i = end - 2;
		while (i > 0 && Lexer.isSpace(this.text.charAt(i))) {
			i--;
		}
		return this.text.charAt(i) == '}';
	}

}
