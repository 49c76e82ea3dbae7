package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;
import dev.flin.syntax.TagReader.Kind;
import dev.flin.syntax.TagReader.Tag;

/** Reads template tags: {@code {if}}, {@code {for}}, {@code {match}} and their kin, in markup, attributes and code. */
final class TagParser {

	static final Set<String> LOOP_ENDS = Set.of("for", "each");

	private final Parser p;

	private final String text;

	private final TagReader reader;

	private final TagCodeParser code;

	/** Block tags by name. */
	final BlockTagParser blocks;

	/** How many bodies of tags in code are open in the current block. */
	private int bodies;

	TagParser(Parser parser) {
		this.p = parser;
		this.text = parser.text;
		this.reader = new TagReader(parser.text, parser.lexer);
		this.code = new TagCodeParser(parser, this);
		this.blocks = new BlockTagParser(parser, this);
	}

	/** Runs what reads the body of a tag in code: a tag that ends it may stand there. */
	<T> T inBody(Supplier<T> code) {
		int outer = this.bodies;
		this.bodies = 1;
		try {
			return code.get();
		}
		finally {
			this.bodies = outer;
		}
	}

	// Recognition

	Tag read(int brace) {
		return this.reader.read(brace);
	}

	int skipBlanks(int from) {
		return this.reader.skipBlanks(from);
	}

	char charAt(int i) {
		return this.reader.charAt(i);
	}

	/** Whether the brace opens a template tag that stands for itself. */
	boolean isBlockTag(int brace) {
		return switch (read(brace).kind()) {
			case IF, FOR, EACH, MATCH, HTML, LET -> true;
			case ELSE, ELSE_IF, CASE, END, NONE -> false;
		};
	}

	/** Whether the brace opens a template tag whose body follows, and not just an expression in braces. */
	boolean isTemplate(int brace) {
		int end = isBlockTag(brace) ? this.p.lexer.holeEnd(brace + 1, true) : -1;
		return end >= 0 && this.text.substring(brace + 1, end).indexOf('{') < 0;
	}

	/** Whether the brace opens a tag that ends a body: {@code {/if}}, {@code {else}}, {@code {case p}}. */
	boolean endsBody(int brace) {
		return switch (read(brace).kind()) {
			case ELSE, ELSE_IF, CASE, END -> true;
			case IF, FOR, EACH, MATCH, HTML, LET, NONE -> false;
		};
	}

	/** Whether statements are read for the body of a tag. */
	boolean inBody() {
		return this.bodies > 0;
	}

	/** Reads with no tag open: a brace block inside of a body has statements of its own. */
	<T> T outside(Supplier<T> read) {
		int outer = this.bodies;
		this.bodies = 0;
		try {
			return read.get();
		}
		finally {
			this.bodies = outer;
		}
	}

	/** Whether the brace after markup opens more markup: a tag with markup inside, or a hole at the top level. */
	boolean isMarkup(int brace) {
		Tag tag = read(brace);
		return switch (tag.kind()) {
			case HTML -> true;
			case IF, FOR, EACH, MATCH -> {
				int end = this.p.lexer.holeEnd(brace + 1, true);
				yield end >= 0 && bodyIsMarkup(end);
			}
			case LET, ELSE, ELSE_IF, CASE, END -> false;
			case NONE -> this.p.place.root() && isHole(brace);
		};
	}

	private boolean isHole(int brace) {
		Token open = this.p.lexer.scan(brace);
		int end = this.p.lexer.holeEnd(brace + 1, true);
		return end >= 0 && !this.p.collections.isMap(open) && this.p.lexer.scan(end).kind() != TokenKind.ASSIGN;
	}

	/** Whether what follows a tag is markup and not code. */
	private boolean bodyIsMarkup(int from) {
		int i = from;
		while (true) {
			i = skipBlanks(i);
			if (this.text.startsWith("<!--", i) || this.text.startsWith("//", i)) {
				Token next = this.p.lexer.scan(i);
				i = next.start();
				continue;
			}
			if (charAt(i) == '<') {
				return true;
			}
			if (charAt(i) != '{') {
				return i < this.text.length() ? this.p.place.root() && !looksLikeCode(i) : this.p.place.root();
			}
			Tag tag = read(i);
			switch (tag.kind()) {
				case CASE, IF, FOR, EACH, MATCH, LET -> {
					int end = this.p.lexer.holeEnd(i + 1, true);
					if (end < 0) {
						return false;
					}
					i = end;
				}
				case HTML -> {
					return true;
				}
				case ELSE, ELSE_IF, END -> {
					return this.p.place.root();
				}
				case NONE -> {
					return !this.p.collections.isMap(this.p.lexer.scan(i));
				}
			}
		}
	}

	private boolean looksLikeCode(int at) {
		Token first = this.p.lexer.scan(at);
		Token next = this.p.lexer.scan(first.end());
		if (next.afterNewline() || next.kind() == TokenKind.EOF) {
			return first.kind() == TokenKind.RETURN || first.kind() == TokenKind.BREAK
					|| first.kind() == TokenKind.CONTINUE;
		}
		return switch (first.kind()) {
			case RETURN, BREAK, CONTINUE, FN -> true;
			case IF, FOR, WHILE, MATCH -> this.text.substring(at, this.p.lexer.lineEnd(at)).indexOf('{') > 0;
			case WORD -> switch (next.kind()) {
				case LPAREN, LBRACKET, DOT -> !next.afterSpace()
						&& !this.p.lexer.scan(next.end()).afterSpace();
				case INCREMENT, DECREMENT -> true;
				case WORD -> Set.of("save", "delete", "let", "const", "var", "destroy", "restore")
					.contains(this.p.textOf(first));
				default -> ExpressionParser.isAssignment(next.kind());
			};
			default -> false;
		};
	}

	// Heads

	/**
	 * The head of a tag, up to its closing brace.
	 *
	 * @param value the condition or subject; a broken one for loops
	 * @param whole the expression, where the braces hold one and not the head of a tag
	 */
	record Head(Kind kind, int start, Expr value, ControlParser.@Nullable ForHead loop, @Nullable Expr key,
			@Nullable Expr whole) {
	}

	/** Reads the head of a tag; the place is then at its closing brace. */
	Head head() {
		int start = this.p.start();
		Tag tag = read(start);
		Checkpoint before = this.p.checkpoint();
		try {
			this.p.readTo(tag.end());
			Layout layout = Layout.BRACKETS.inHead();
			Head head = this.p.with(layout, () -> head(tag, start));
			if (!this.p.at(TokenKind.RBRACE)) {
				throw this.p.unexpected("'}'");
			}
			return head;
		}
		catch (ParseFailure failure) {
			int end = this.p.halted() ? -1 : this.p.lexer.holeEnd(start + 1, true);
			if (end < 0 || holdsTags(start + 1, end)) {
				throw failure;
			}
			this.p.resumeAt(before, end - 1);
			return brokenHead(tag.kind(), start, new Span(start, end - 1));
		}
	}

	/** Whether other tags stand in what looks like the head of one: then its closing brace is another's. */
	private boolean holdsTags(int from, int to) {
		for (int brace = this.text.indexOf('{', from); brace >= 0 && brace < to; brace = this.text.indexOf('{',
				brace + 1)) {
			if (endsBody(brace)) {
				return true;
			}
		}
		return false;
	}

	private Head brokenHead(Kind kind, int start, Span span) {
		Expr broken = new Expr.Broken(this.p.id(), span);
		ControlParser.ForHead loop = (kind == Kind.FOR || kind == Kind.EACH)
				? new ControlParser.ForHead(new Pattern.Broken(this.p.id(), span), null, broken) : null;
		return new Head(kind, start, broken, loop, null, null);
	}

	private Head head(Tag tag, int start) {
		int wordStart = start + 1;
		switch (tag.kind()) {
			case FOR, EACH -> {
				return loopHead(tag.kind(), start, wordStart);
			}
			case MATCH -> {
				Expr subject = this.p.expressions.condition();
				boolean whole = this.p.at(TokenKind.LBRACE);
				Expr match = whole ? this.p.control.matchAfter(wordStart, subject) : null;
				return new Head(Kind.MATCH, start, subject, null, null, match);
			}
			case HTML -> {
				Expr value = this.p.with(Layout.BRACKETS, this.p.expressions::expression);
				return new Head(Kind.HTML, start, value, null, null, null);
			}
			default -> {
				Expr condition = this.p.expressions.condition();
				boolean whole = this.p.at(TokenKind.LBRACE) || this.p.atWord("then");
				Expr choice = whole ? this.p.with(Layout.BRACKETS, () -> this.p.control.ifAfter(wordStart, condition))
						: null;
				return new Head(Kind.IF, start, condition, null, null, choice);
			}
		}
	}

	private Head loopHead(Kind kind, int start, int wordStart) {
		ControlParser.ForHead loop;
		if (kind == Kind.EACH && !eachIsFor()) {
			Expr source = counted(this.p.expressions.expression());
			if (!this.p.acceptWord("as")) {
				throw this.p.unexpected("'as' and a name");
			}
			Pattern item = this.p.patterns.binding(false);
			Pattern index = this.p.accept(TokenKind.COMMA) ? this.p.patterns.binding(false) : null;
			loop = new ControlParser.ForHead(item, index, source);
		}
		else {
			loop = this.p.control.tagHead();
		}
		Expr whole = null;
		if (this.p.at(TokenKind.LBRACE)) {
			Part.Block body = this.p.statements.block(this.p.place.inLoop());
			whole = new Expr.For(this.p.id(), this.p.span(wordStart), null, loop.item(), loop.index(), loop.source(),
					body);
		}
		Expr key = (whole == null) ? key() : null;
		return new Head(Kind.FOR, start, loop.source(), loop, key, whole);
	}

	/** {@code {each { length: n } as _, i}} runs so many times, as what has a length is a list there. */
	private Expr counted(Expr source) {
		if (source instanceof Expr.MapOf map && map.entries().size() == 1
				&& map.entries().get(0).key() instanceof Expr.Text key
				&& this.p.file.text(key.span()).equals("length")) {
			Expr count = map.entries().get(0).value();
			Part.Arg argument = new Part.Arg(this.p.id(), count.span(), null, count, false);
			Expr range = new Expr.Name(this.p.id(), key.span(), "range");
			return new Expr.Call(this.p.id(), source.span(), range, List.of(argument));
		}
		return source;
	}

	private boolean eachIsFor() {
		Token first = this.p.token();
		int end = switch (first.kind()) {
			case LPAREN -> this.p.lexer.closing(first.end(), TokenKind.LPAREN, TokenKind.RPAREN, true);
			case LBRACKET -> this.p.lexer.closing(first.end(), TokenKind.LBRACKET, TokenKind.RBRACKET, true);
			case LBRACE -> this.p.lexer.holeEnd(first.end(), true);
			default -> first.end();
		};
		TokenKind next = (end < 0) ? TokenKind.EOF : this.p.lexer.scan(end).kind();
		return next == TokenKind.IN || next == TokenKind.COMMA;
	}

	/** {@code key=x.id}, {@code key={x.id}}, {@code (x.id)}. */
	private @Nullable Expr key() {
		if (this.p.atWord("key") && this.p.peek().kind() == TokenKind.ASSIGN) {
			this.p.advance();
			this.p.advance();
			if (this.p.at(TokenKind.LBRACE)) {
				Token open = this.p.open(TokenKind.LBRACE);
				Expr key = this.p.with(Layout.BRACKETS, this.p.expressions::expression);
				this.p.close(open, TokenKind.RBRACE);
				return key;
			}
			return this.p.expressions.expression();
		}
		return this.p.at(TokenKind.LPAREN) ? this.p.expressions.expression() : null;
	}

	/** Reads the closing brace of a tag. */
	void endHead() {
		this.p.markup.pos = this.p.token().end();
		this.p.advance();
	}

	// In markup

	/** The tag at the place of the markup. */
	Markup markup() {
		int start = this.p.markup.pos;
		this.p.lookAt(start);
		Checkpoint before = this.p.checkpoint();
		if (read(start).kind() == Kind.LET) {
			return let(start, before);
		}
		return markup(headInMarkup(start, before));
	}

	/** Reads a head. One that nothing closes ends before the next tag or element, at the latest with its line. */
	private Head headInMarkup(int start, Checkpoint before) {
		Kind kind = read(start).kind();
		try {
			Head head = head();
			endHead();
			return head;
		}
		catch (ParseFailure failure) {
			if (this.p.halted()) {
				throw failure;
			}
			int end = endOfOpenHead(start);
			this.p.rewind(before);
			this.p.fail(Code.E0011, new Span(start, start + 1), "'{' is never closed", "opened here");
			this.p.resumeAt(before, end);
			this.p.markup.pos = end;
			return brokenHead(kind, start, new Span(start, end));
		}
	}

	private int endOfOpenHead(int start) {
		int lineEnd = this.p.lexer.lineEnd(start);
		for (int i = start + 1; i < lineEnd; i++) {
			if ((charAt(i) == '{' && (endsBody(i) || isBlockTag(i))) || charAt(i) == '<') {
				return i;
			}
		}
		return lineEnd;
	}

	/** {@code {@const x = e}}. */
	private Markup let(int start, Checkpoint before) {
		try {
			this.p.moveTo(start + 2);
			Stmt statement = this.p.with(Layout.BRACKETS, this.p.statements::statement);
			this.p.expect(TokenKind.RBRACE, "'}'");
			this.p.markup.pos = this.p.lastEnd();
			return new Markup.Code(this.p.id(), new Span(start, this.p.markup.pos), statement);
		}
		catch (ParseFailure failure) {
			this.p.markup.recover(before, start);
			return new Markup.Broken(this.p.id(), new Span(start, this.p.markup.pos));
		}
	}

	private Markup markup(Head head) {
		Expr whole = head.whole();
		if (whole != null) {
			return new Markup.Hole(this.p.id(), span(head.start()), whole);
		}
		ControlParser.ForHead loop = head.loop();
		if (loop != null) {
			return forMarkup(head, loop);
		}
		return switch (head.kind()) {
			case HTML -> new Markup.Raw(this.p.id(), span(head.start()), head.value());
			case MATCH -> matchMarkup(head);
			default -> ifMarkup(head);
		};
	}

	Span span(int start) {
		return new Span(start, this.p.markup.pos);
	}

	private Markup ifMarkup(Head head) {
		List<Markup.Branch> branches = new ArrayList<>();
		int start = head.start();
		Expr condition = head.value();
		this.p.enter(new Span(start, start + 1));
		while (true) {
			List<Markup> body = this.p.markup.body("{if");
			branches.add(new Markup.Branch(this.p.id(), span(start), condition, body));
			this.p.checkChain(branches.size());
			start = this.p.markup.pos;
			Tag tag = (charAt(start) == '{') ? read(start) : new Tag(Kind.NONE, "", start);
			if (condition == null || !isBranch(tag)) {
				break;
			}
			condition = branchCondition(tag, start);
		}
		end(head.start(), "{if}", Set.of("if"));
		this.p.leave();
		return new Markup.If(this.p.id(), span(head.start()), branches);
	}

	static boolean isBranch(Tag tag) {
		return tag.kind() == Kind.ELSE || tag.kind() == Kind.ELSE_IF;
	}

	/** Reads {@code {else if c}} or {@code {else}}, which has no condition. */
	@Nullable Expr branchCondition(Tag tag, int start) {
		this.p.lookAt(start);
		if (tag.kind() == Kind.ELSE) {
			this.p.markup.pos = skipBlanks(tag.end()) + 1;
			this.p.moveTo(this.p.markup.pos);
			return null;
		}
		return headInMarkup(start, this.p.checkpoint()).value();
	}

	/** Reads the end of a tag, or reports that it is missing. */
	void end(int start, String what, Set<String> names) {
		int at = this.p.markup.pos;
		if (charAt(at) == '{') {
			Tag tag = read(at);
			boolean other = tag.kind() == Kind.END && this.p.markup.isOpen("{" + tag.name());
			if (tag.kind() == Kind.END && (names.contains(tag.name()) || !other)) {
				this.p.markup.pos = skipBlanks(tag.end()) + 1;
				this.p.moveTo(this.p.markup.pos);
				if (!names.contains(tag.name())) {
					this.p.fail(Code.E0014, new Span(at, this.p.markup.pos),
							"'{/" + tag.name() + "}' does not end '" + what + "'", "");
				}
				return;
			}
			if (tag.kind() != Kind.END) {
				this.blocks.skipStray(at);
				return;
			}
		}
		this.p.moveTo(at);
		this.p.markup.neverClosed(new Span(start, Math.min(start + what.length() - 1, this.text.length())), what);
	}

	private Markup forMarkup(Head head, ControlParser.ForHead loop) {
		this.p.enter(new Span(head.start(), head.start() + 1));
		List<Markup> body = this.p.markup.body("{for");
		List<Markup> otherwise = List.of();
		int at = this.p.markup.pos;
		if (charAt(at) == '{' && read(at).kind() == Kind.ELSE) {
			branchCondition(read(at), at);
			otherwise = this.p.markup.body("{for");
		}
		end(head.start(), (read(head.start()).kind() == Kind.EACH) ? "{each}" : "{for}", LOOP_ENDS);
		this.p.leave();
		return new Markup.For(this.p.id(), span(head.start()), loop.item(), loop.index(), loop.source(), head.key(),
				body,
				otherwise);
	}

	private Markup matchMarkup(Head head) {
		this.p.enter(new Span(head.start(), head.start() + 1));
		int nodesBefore = this.p.nextId();
		List<Markup> before = this.p.markup.body("{match");
		if (!before.isEmpty()) {
			this.p.fail(Code.E0014, before.get(0).span(), "nothing can stand before the first {case}", "");
			this.p.dropNodes(nodesBefore);
		}
		List<Markup.Case> cases = new ArrayList<>();
		while (charAt(this.p.markup.pos) == '{') {
			int start = this.p.markup.pos;
			Tag tag = read(start);
			if (tag.kind() != Kind.CASE && tag.kind() != Kind.ELSE) {
				break;
			}
			CaseHead caseHead = caseHead(tag, start);
			List<Markup> body = this.p.markup.body("{match");
			cases.add(new Markup.Case(this.p.id(), span(start), caseHead.pattern(), caseHead.guard(), body));
		}
		end(head.start(), "{match}", Set.of("match"));
		this.p.leave();
		return new Markup.Match(this.p.id(), span(head.start()), head.value(), cases);
	}

	record CaseHead(Pattern pattern, @Nullable Expr guard) {
	}

	CaseHead caseHead(Tag tag, int start) {
		this.p.lookAt(start);
		if (tag.kind() == Kind.ELSE) {
			branchCondition(tag, start);
			return new CaseHead(new Pattern.Wildcard(this.p.id(), span(start)), null);
		}
		Checkpoint before = this.p.checkpoint();
		try {
			this.p.readTo(tag.end());
			CaseHead head = this.p.with(Layout.BRACKETS, () -> {
				Pattern pattern = this.p.patterns.matching();
				Expr guard = this.p.accept(TokenKind.IF) ? this.p.expressions.expression() : null;
				return new CaseHead(pattern, guard);
			});
			if (!this.p.at(TokenKind.RBRACE)) {
				throw this.p.unexpected("'}'");
			}
			endHead();
			return head;
		}
		catch (ParseFailure failure) {
			this.p.markup.recover(before, start);
			return new CaseHead(new Pattern.Broken(this.p.id(), span(start)), null);
		}
	}

	// As a value

	/** A tag where a value is expected: the expression that it holds, or markup. */
	Expr operand() {
		int start = this.p.start();
		Head head = head();
		Expr whole = head.whole();
		if (whole != null) {
			this.p.advance();
			return whole;
		}
		return value(start, head);
	}

	private Expr value(int start, Head head) {
		int bodyStart = this.p.token().end();
		return this.p.markup.value(start, () -> {
			this.p.markup.pos = bodyStart;
			this.p.moveTo(bodyStart);
			return markup(head);
		});
	}

	// In code

	/** A tag as a statement: markup if its body is, else the control flow that it means. */
	Stmt statement() {
		int start = this.p.start();
		Kind kind = read(start).kind();
		boolean markup = isMarkup(start);
		if ((this.p.place.root() && markup) || kind == Kind.LET) {
			Expr run = this.p.markup.run();
			return new Stmt.Eval(this.p.id(), this.p.span(start), run);
		}
		Head head = head();
		Expr whole = head.whole();
		Expr value;
		if (whole != null) {
			this.p.advance();
			value = whole;
		}
		else if (markup) {
			value = value(start, head);
		}
		else {
			this.p.advance();
			value = this.code.value(head);
		}
		return new Stmt.Eval(this.p.id(), this.p.span(start), value);
	}

}
