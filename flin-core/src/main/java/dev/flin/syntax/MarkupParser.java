package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;

/**
 * The markup mode: elements, text and holes, read character by character. Code is read by the other parts of the parser
 * from the brace of a hole to its closing brace. {@link #pos} is the place in the markup.
 */
final class MarkupParser {

	static final Set<String> VOID = Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link",
			"meta", "param", "source", "track", "wbr");

	static final Set<String> RAW_TEXT = Set.of("script", "style");

	private static final int MAX_OPEN_HOLES = 20;

	private static final Set<String> KEEPS_SPACE = Set.of("pre", "textarea");

	private static final Set<String> KEEPS_SLASHES = Set.of("pre", "textarea", "code");

	/** Where the next piece of markup starts. */
	int pos;

	private final Parser p;

	private final String text;

	private final AttributeParser attributes;

	private final ImpliedEnds impliedEnds;

	private final RawTextParser rawTexts;

	/** What is open since the markup began in code. */
	private OpenTags open;

	private int keepSpace;

	private int keepSlashes;

	/** The braces so far that nothing closes. Each is read again by those around it, so more of them end the file. */
	private int openHoles;

	MarkupParser(Parser parser) {
		this.p = parser;
		this.text = parser.text;
		this.attributes = new AttributeParser(parser, this);
		this.impliedEnds = new ImpliedEnds(this, parser);
		this.rawTexts = new RawTextParser(this, parser);
		this.open = new OpenTags(parser.file, parser.indentation, null);
	}

	/** Whether an element or fragment starts at an offset. */
	boolean startsAt(int offset) {
		if (offset + 1 >= this.text.length() || this.text.charAt(offset) != '<') {
			return false;
		}
		return this.text.charAt(offset + 1) == '>' || Character.isLetter(this.text.codePointAt(offset + 1));
	}

	boolean isDoctype(int offset) {
		return this.text.regionMatches(true, offset, "<!doctype", 0, 9);
	}

	/** The element or fragment at the current token, as a value. */
	Expr operand() {
		int start = this.p.start();
		return fromCode(start, () -> {
			List<Markup> nodes = new ArrayList<>();
			element(nodes);
			return nodes;
		});
	}

	/** Markup as a value, made by a template tag. */
	Expr value(int start, Supplier<Markup> read) {
		return fromCode(start, () -> List.of(read.get()));
	}

	/** Markup as a statement: the node at the current token and its siblings. */
	Expr run() {
		int start = this.p.start();
		return fromCode(start, () -> {
			List<Markup> nodes = new ArrayList<>();
			do {
				piece(nodes);
			}
			while (goesOn(nodes));
			return nodes;
		});
	}

	private Expr fromCode(int start, Supplier<List<Markup>> read) {
		OpenTags outerOpen = this.open;
		int outerPos = this.pos;
		int outerSpace = this.keepSpace;
		int outerSlashes = this.keepSlashes;
		this.open = new OpenTags(this.p.file, this.p.indentation, outerOpen);
		this.keepSpace = 0;
		this.keepSlashes = 0;
		this.pos = start;
		if (this.p.offset() <= start && this.p.start() == start) {
			this.p.recordTrivia();
		}
		try {
			List<Markup> nodes = read.get();
			this.p.moveTo(this.pos);
			return new Expr.MarkupOf(this.p.id(), new Span(start, this.pos), nodes);
		}
		finally {
			this.open = outerOpen;
			this.pos = outerPos;
			this.keepSpace = outerSpace;
			this.keepSlashes = outerSlashes;
		}
	}

	/** Whether markup follows the statement's last node; blanks between nodes of one line are kept. */
	private boolean goesOn(List<Markup> nodes) {
		int next = this.pos;
		boolean newline = false;
		while (next < this.text.length() && Lexer.isSpace(this.text.charAt(next))) {
			newline |= this.text.charAt(next) == '\n';
			next++;
		}
		if (next == this.text.length()) {
			return false;
		}
		char c = this.text.charAt(next);
		boolean more = startsAt(next) || this.text.startsWith("<!--", next) || isDoctype(next)
				|| (c == '{' && this.p.tags.isMarkup(next));
		if (!more && !newline && this.p.place.root() && ";,)]}<{".indexOf(c) < 0
				&& this.p.lexer.scan(next).start() == next) {
			int end = next;
			while (end < this.text.length() && "<{\n".indexOf(this.text.charAt(end)) < 0) {
				end++;
			}
			Span span = new Span(this.pos, end);
			nodes.add(new Markup.Text(this.p.id(), span, this.p.file.text(span)));
			this.pos = end;
			return goesOn(nodes);
		}
		if (more) {
			if (!newline && next > this.pos) {
				Span blank = new Span(this.pos, next);
				nodes.add(new Markup.Text(this.p.id(), blank, this.p.file.text(blank)));
			}
			this.pos = next;
		}
		return more;
	}

	// Nodes

	/** What stands between an opening and a closing tag, or between the tags of a template. */
	List<Markup> body(String name) {
		return body(name, false);
	}

	private List<Markup> body(String name, boolean endsEarly) {
		int level = this.open.size();
		this.open.add(name, Math.max(0, this.pos - 1), endsEarly);
		try {
			List<Markup> nodes = new ArrayList<>();
			while (this.pos < this.text.length() && !this.p.halted() && !atEnd()
					&& !(endsEarly && this.impliedEnds.endsAt(name, this.pos))) {
				piece(nodes);
			}
			return nodes;
		}
		finally {
			this.open.cut(level);
		}
	}

	/** Whether a closing tag, the next branch of an open tag, or the end stands here; stray ones are skipped. */
	private boolean atEnd() {
		while (this.pos < this.text.length()) {
			if (this.text.startsWith("</", this.pos)) {
				if (closes()) {
					return true;
				}
			}
			else if (this.text.charAt(this.pos) == '{' && this.p.tags.endsBody(this.pos)) {
				TagReader.Tag tag = this.p.tags.read(this.pos);
				if (this.open.holdsTemplate() && !this.open.isStray(tag, this.pos)
						&& !this.p.tags.blocks.endsUnknown(tag)) {
					return true;
				}
				this.p.tags.blocks.skipStray(this.pos);
			}
			else {
				return false;
			}
		}
		return true;
	}

	/** Whether the closing tag here ends an open element; else it is skipped. */
	private boolean closes() {
		int nameEnd = nameEnd(this.pos + 2);
		String name = this.text.substring(this.pos + 2, nameEnd);
		if (this.open.holds(name) && !this.open.isStray(name, this.pos)) {
			return true;
		}
		if (this.open.isOnlyAround(name)) {
			throw this.p.fail(Code.E0014, new Span(this.pos, nameEnd), "'<" + this.open.innermost()
					+ ">' is never closed", "this ends what is around the code");
		}
		int end = this.impliedEnds.closingEnd(this.pos, nameEnd);
		if (!VOID.contains(name)) {
			String innermost = this.open.innermost();
			boolean typo = !this.open.holds(name) && !innermost.startsWith("{")
					&& this.text.indexOf("</" + innermost, end) < 0;
			this.p.report(Diagnostic
				.of(Code.E0014, this.p.file, new Span(this.pos, end), "'</" + name + ">' closes nothing that is open")
				.withLabel(innermost.startsWith("{") ? "" : "<" + innermost + "> is open here"));
			if (typo) {
				this.open.renameInnermost(name);
				return true;
			}
		}
		this.pos = end;
		return false;
	}

	int tagEnd(int from) {
		int end = this.text.indexOf('>', from);
		return (end < 0) ? this.text.length() : end + 1;
	}

	/** A closing tag in code that closes nothing. */
	void skipStrayClose() {
		int start = this.p.start();
		int end = tagEnd(start);
		this.p.fail(Code.E0014, new Span(start, end), "'" + this.text.substring(start, end) + "' closes nothing", "");
		this.p.moveTo(end);
	}

	private void piece(List<Markup> nodes) {
		int start = this.pos;
		char c = this.text.charAt(this.pos);
		if (this.text.startsWith("<!--", start)) {
			comment();
		}
		else if (isDoctype(start)) {
			this.pos = tagEnd(start);
			Span span = new Span(start, this.pos);
			nodes.add(new Markup.Doctype(this.p.id(), span, this.p.file.text(span)));
		}
		else if (startsAt(start)) {
			element(nodes);
		}
		else if (c == '{' && !this.text.startsWith("{{", start)) {
			hole(nodes);
		}
		else {
			text(nodes);
		}
	}

	private void comment() {
		int end = this.text.indexOf("-->", this.pos + 4);
		if (end < 0) {
			this.p.firstAtEnd();
			this.p.report(Diagnostic
				.of(Code.E0005, this.p.file, new Span(this.pos, this.pos + 4), "this comment is never closed")
				.withLabel("opened here"));
			this.pos = this.text.length();
			return;
		}
		this.p.recordComment(new Span(this.pos, end + 3));
		this.pos = end + 3;
	}

	// Text

	/** {@code {{ name }}}, with which others show values. */
	private void mustache(int start) {
		int end = this.text.indexOf("}}", start);
		if (end > start + 2 && end < this.p.lexer.lineEnd(start)) {
			Span span = new Span(start, end + 2);
			this.p.report(Diagnostic
				.of(Code.W0115, this.p.file, span, "'{{' is a brace that is shown, as is all up to '}}'")
				.withHelp("write {" + this.text.substring(start + 2, end).strip() + "} to show a value"));
		}
	}

	private void text(List<Markup> nodes) {
		StringBuilder read = new StringBuilder();
		int start = this.pos;
		while (this.pos < this.text.length()) {
			int plain = this.p.lexer.markupTextEnd(this.pos);
			read.append(this.text, this.pos, plain);
			this.pos = plain;
			if (plain == this.text.length()) {
				break;
			}
			char c = this.text.charAt(plain);
			boolean doubled = (c == '{' || c == '}') && this.pos + 1 < this.text.length()
					&& this.text.charAt(this.pos + 1) == c;
			if ((c == '<' && endsText()) || (c == '{' && !doubled)) {
				break;
			}
			if (c == '/' && this.keepSlashes == 0 && isComment(this.pos)) {
				int end = this.p.lexer.lineEnd(this.pos);
				this.p.recordComment(new Span(this.pos, end));
				this.pos = end;
				continue;
			}
			if (doubled && c == '{' && this.keepSlashes == 0) {
				mustache(this.pos);
			}
			read.append(c);
			this.pos += doubled ? 2 : 1;
		}
		String shown = read.toString();
		boolean dropped = this.keepSpace == 0 && shown.isBlank() && shown.indexOf('\n') >= 0;
		if (!shown.isEmpty() && !dropped) {
			nodes.add(new Markup.Text(this.p.id(), new Span(start, this.pos), shown));
		}
	}

	private boolean endsText() {
		return startsAt(this.pos) || this.text.startsWith("</", this.pos) || this.text.startsWith("<!--", this.pos)
				|| isDoctype(this.pos);
	}

	/** Whether a comment of code stands at an offset: two slashes at the start of a line. */
	boolean isComment(int offset) {
		return this.text.startsWith("//", offset) && atLineStart(offset);
	}

	private boolean atLineStart(int offset) {
		int i = offset - 1;
		while (i >= 0 && (this.text.charAt(i) == ' ' || this.text.charAt(i) == '\t')) {
			i--;
		}
		return i < 0 || this.text.charAt(i) == '\n';
	}

	// Holes

	/** {@code {e}}, {@code {x = e}}, {@code {let x = e}} or a block tag. */
	void hole(List<Markup> nodes) {
		int start = this.pos;
		if (this.p.tags.isBlockTag(start)) {
			nodes.add(this.p.tags.markup());
			return;
		}
		this.p.lookAt(start);
		Token brace = this.p.token();
		Token first = this.p.peek();
		if (first.kind() == TokenKind.RBRACE) {
			this.p.recordComments(brace.end(), first.start());
			this.pos = first.end();
			return;
		}
		if (this.p.tags.blocks.begins(start, first)) {
			nodes.add(this.p.tags.blocks.markup(first));
			return;
		}
		Checkpoint before = this.p.checkpoint();
		try {
			nodes.add(codeHole());
		}
		catch (ParseFailure failure) {
			recover(before, start);
			nodes.add(new Markup.Broken(this.p.id(), new Span(start, this.pos)));
		}
	}

	/** After a failure in the braces that open at an offset: goes on behind them. */
	void recover(Checkpoint before, int start) {
		if (this.p.halted()) {
			this.p.resumeAt(before, this.text.length());
			this.pos = this.text.length();
			return;
		}
		boolean given = this.openHoles >= MAX_OPEN_HOLES;
		int end = given ? -1 : this.p.lexer.holeEnd(start + 1, true);
		if (end < 0) {
			this.openHoles++;
			end = given ? this.text.length() : endOfOpenHole(start);
			this.p.rewind(before);
			this.p.fail(Code.E0011, new Span(start, start + 1), "'{' is never closed", "opened here",
					this.p.texts.braceHelp(start));
		}
		this.p.resumeAt(before, end);
		this.pos = end;
	}

	/** Where markup goes on after a brace or quote that nothing closes: at the end of its tag or line. */
	int endOfOpenHole(int start) {
		int lineEnd = this.p.lexer.lineEnd(start);
		for (int i = start + 1; i < lineEnd; i++) {
			char c = this.text.charAt(i);
			boolean arrow = c == '>' && "=-".indexOf(this.text.charAt(i - 1)) >= 0;
			if (this.text.startsWith("</", i) || (c == '>' && !arrow)) {
				return i;
			}
		}
		return lineEnd;
	}

	private Markup codeHole() {
		int start = this.pos;
		Token open = this.p.open(TokenKind.LBRACE);
		Stmt statement = null;
		Expr value = null;
		if (this.p.statements.isDeclaring()) {
			statement = this.p.with(Layout.BRACKETS, this.p.statements::statement);
		}
		else {
			value = this.p.with(Layout.BRACKETS, this.p.expressions::assignment);
			if (value instanceof Expr.Assign || value instanceof Expr.Break || value instanceof Expr.Continue) {
				statement = new Stmt.Eval(this.p.id(), value.span(), value);
			}
		}
		this.p.close(open, TokenKind.RBRACE);
		this.pos = this.p.lastEnd();
		Span span = new Span(start, this.pos);
		if (statement != null) {
			return new Markup.Code(this.p.id(), span, statement);
		}
		return new Markup.Hole(this.p.id(), span, Objects.requireNonNull(value));
	}

	// Elements

	int nameEnd(int start) {
		return this.p.lexer.tagNameEnd(start);
	}

	private void element(List<Markup> nodes) {
		int start = this.pos;
		int nameEnd = nameEnd(start + 1);
		Span nameSpan = new Span(start + 1, nameEnd);
		String name = this.p.file.text(nameSpan);
		String tag = ForeignElements.remedy(name);
		if (tag != null) {
			nodes.add(noElement(nameSpan, tag));
			return;
		}
		this.p.enter(new Span(start, nameEnd));
		this.pos = nameEnd;
		if (name.isEmpty()) {
			this.pos++;
			List<Markup> children = body("");
			closeElement(start, name);
			nodes.addAll(children);
		}
		else {
			List<Markup.Attr> attrs = this.attributes.list();
			boolean ended = this.text.startsWith(">", this.pos) || this.text.startsWith("/>", this.pos);
			boolean selfClosed = endTag(start, name);
			boolean empty = selfClosed || VOID.contains(name) || (!ended && !this.impliedEnds.hasEnd(name, this.pos,
					this.open.names()));
			List<Markup> children = empty ? List.of() : children(start, name, attrs);
			nodes.add(new Markup.Element(this.p.id(), new Span(start, this.pos), nameSpan, name, attrs, children,
					selfClosed));
		}
		this.p.leave();
	}

	/** {@code <if …>…</if>}: no element, but what a tag in braces does; it is left out as a whole. */
	private Markup noElement(Span name, String tag) {
		this.p.fail(Code.E0010, new Span(name.start() - 1, name.end()),
				"'<" + this.p.file.text(name) + ">' is no element", "", "write " + tag);
		int end = elementEnd(this.p.file.text(name), name.end());
		this.pos = (end < 0) ? tagEnd(name.end()) : end;
		return new Markup.Broken(this.p.id(), new Span(name.start() - 1, this.pos));
	}

	/** Where an element ends whose name was read last, those of the same name in it left out; -1 if it does not. */
	private int elementEnd(String name, int from) {
		int open = 1;
		int at = from;
		while (open > 0) {
			at = this.text.indexOf(name, at) + name.length();
			if (at < name.length()) {
				return -1;
			}
			int start = at - name.length();
			boolean closes = this.text.startsWith("</", start - 2);
			boolean opens = this.text.charAt(start - 1) == '<';
			open += (nameEnd(start) != at) ? 0 : closes ? -1 : opens ? 1 : 0;
		}
		return tagEnd(at);
	}

	/** Reads {@code >} or {@code />}; where it is missing the tag ends all the same. */
	private boolean endTag(int start, String name) {
		boolean selfClosed = this.text.startsWith("/", this.pos);
		if (selfClosed) {
			this.pos++;
		}
		if (this.text.startsWith(">", this.pos)) {
			this.pos++;
			return selfClosed;
		}
		this.p.moveTo(this.pos);
		if (!this.attributes.isNoTag()) {
			this.p.fail(Code.E0014, new Span(start, start + 1 + name.length()), "this tag is never ended",
					"'>' is missing");
		}
		return false;
	}

	private List<Markup> children(int start, String name, List<Markup.Attr> attrs) {
		if (RAW_TEXT.contains(name)) {
			return this.rawTexts.read(start, name, attrs);
		}
		int space = KEEPS_SPACE.contains(name) ? 1 : 0;
		int slashes = KEEPS_SLASHES.contains(name) ? 1 : 0;
		this.keepSpace += space;
		this.keepSlashes += slashes;
		boolean implied = this.impliedEnds.isImplied(start, name, this.open.names());
		List<Markup> children = body(name, implied);
		this.keepSpace -= space;
		this.keepSlashes -= slashes;
		if (!implied) {
			closeElement(start, name);
		}
		return children;
	}

	private void closeElement(int start, String name) {
		if (this.text.startsWith("</", this.pos)) {
			int nameEnd = nameEnd(this.pos + 2);
			String closing = this.text.substring(this.pos + 2, nameEnd);
			if (closing.equals(name) || !this.open.holds(closing)) {
				this.pos = this.impliedEnds.closingEnd(this.pos, nameEnd);
				return;
			}
		}
		this.p.moveTo(this.pos);
		neverClosed(new Span(start, Math.min(start + 1 + name.length(), this.text.length())), "<" + name + ">");
	}

	/** Reports an element or tag without its end; only the first one when the file has ended. */
	void neverClosed(Span span, String what) {
		if (this.pos < this.text.length() || this.p.firstAtEnd()) {
			this.p.report(Diagnostic.of(Code.E0014, this.p.file, span, "'" + what + "' is never closed")
				.withLabel("opened here"));
		}
	}

	/** Whether an element or tag of a name is open in the markup here. */
	boolean isOpen(String name) {
		return this.open.holds(name);
	}

}
