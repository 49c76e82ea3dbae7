package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.diag.Code;
import dev.flin.source.Span;
import dev.flin.syntax.TagReader.Kind;
import dev.flin.syntax.TagReader.Tag;

/**
 * Reads {@code {if}} among the attributes of an element, and {@code {if}}, {@code {for}} and {@code {match}} inside
 * their texts.
 */
final class TagAttributeParser {

	private final Parser p;

	private final TagParser tags;

	TagAttributeParser(Parser parser, TagParser tags) {
		this.p = parser;
		this.tags = tags;
	}

	/** Whether the brace opens a tag that attributes and their texts know. */
	boolean isKnown(int brace) {
		return switch (this.tags.read(brace).kind()) {
			case IF, FOR, EACH, MATCH -> true;
			case HTML, LET, ELSE, ELSE_IF, CASE, END, NONE -> false;
		};
	}

	/** {@code {if c}attributes{/if}} and its kin. */
	Markup.Attr attributes() {
		int first = this.p.markup.pos;
		this.p.lookAt(first);
		this.p.enter(new Span(first, first + 1));
		Markup.Attr attr = switch (this.tags.read(first).kind()) {
			case FOR, EACH -> loop(first);
			case MATCH -> match(first);
			default -> choice(first);
		};
		this.p.leave();
		return attr;
	}

	/** Attributes up to the next tag that ends a body. */
	private List<Markup> body() {
		return new ArrayList<>(new AttributeParser(this.p, this.p.markup).list());
	}

	private Tag tagHere() {
		int at = this.p.markup.pos;
		return (this.tags.charAt(at) == '{') ? this.tags.read(at) : new Tag(Kind.NONE, "", at);
	}

	/** {@code {for x in xs}attributes{else}attributes{/for}}. */
	private Markup.Attr loop(int first) {
		TagParser.Head head = this.tags.head();
		this.tags.endHead();
		ControlParser.ForHead names = head.loop();
		if (head.whole() != null || names == null) {
			return new Markup.SpreadAttrs(this.p.id(), this.tags.span(first),
					(head.whole() != null) ? head.whole() : head.value());
		}
		List<Markup> body = body();
		List<Markup> otherwise = List.of();
		Tag tag = tagHere();
		if (tag.kind() == Kind.ELSE) {
			this.tags.branchCondition(tag, this.p.markup.pos);
			otherwise = body();
		}
		this.tags.end(first, "{for}", TagParser.LOOP_ENDS);
		Span span = this.tags.span(first);
		Markup.For loop = new Markup.For(this.p.id(), span, names.item(), names.index(), names.source(), head.key(),
				body, otherwise);
		return new Markup.ForAttrs(this.p.id(), span, loop);
	}

	/** {@code {match v}{case p}attributes{/match}}. */
	private Markup.Attr match(int first) {
		TagParser.Head head = this.tags.head();
		this.tags.endHead();
		if (head.whole() != null) {
			return new Markup.SpreadAttrs(this.p.id(), this.tags.span(first), head.whole());
		}
		this.p.markup.pos = this.tags.skipBlanks(this.p.markup.pos);
		List<Markup.Case> cases = new ArrayList<>();
		Tag tag = tagHere();
		while (tag.kind() == Kind.CASE || tag.kind() == Kind.ELSE) {
			int start = this.p.markup.pos;
			TagParser.CaseHead arm = this.tags.caseHead(tag, start);
			List<Markup> body = body();
			cases.add(new Markup.Case(this.p.id(), this.tags.span(start), arm.pattern(), arm.guard(), body));
			tag = tagHere();
		}
		this.tags.end(first, "{match}", Set.of("match"));
		Span span = this.tags.span(first);
		Markup.Match match = new Markup.Match(this.p.id(), span, head.value(), cases);
		return new Markup.MatchAttrs(this.p.id(), span, match);
	}

	private Markup.Attr choice(int first) {
		List<Markup.AttrBranch> branches = new ArrayList<>();
		TagParser.Head head = this.tags.head();
		this.tags.endHead();
		Expr condition = head.value();
		int start = first;
		while (true) {
			List<Markup.Attr> body = new AttributeParser(this.p, this.p.markup).list();
			branches.add(new Markup.AttrBranch(this.p.id(), this.tags.span(start), condition, body));
			this.p.checkChain(branches.size());
			start = this.p.markup.pos;
			Tag tag = (this.tags.charAt(start) == '{') ? this.tags.read(start) : new Tag(Kind.NONE, "", start);
			if (condition == null || !TagParser.isBranch(tag)) {
				break;
			}
			condition = this.tags.branchCondition(tag, start);
		}
		this.tags.end(first, "{if}", Set.of("if"));
		return new Markup.IfAttrs(this.p.id(), this.tags.span(first), branches);
	}

	/** {@code {if c}text{else}text{/if}} in the text of an attribute and its kin: an expression of texts. */
	Expr textValue() {
		int first = this.p.markup.pos;
		this.p.lookAt(first);
		this.p.enter(new Span(first, first + 1));
		Expr value = switch (this.tags.read(first).kind()) {
			case FOR, EACH -> textLoop(first);
			case MATCH -> textMatch(first);
			default -> textBranch(first, first);
		};
		this.p.leave();
		return value;
	}

	/** {@code {for x in xs}text{/for}}: the texts of all turns, one after the other. */
	private Expr textLoop(int first) {
		TagParser.Head head = this.tags.head();
		this.tags.endHead();
		ControlParser.ForHead loop = head.loop();
		if (head.whole() != null || loop == null) {
			return (head.whole() != null) ? head.whole() : head.value();
		}
		if (head.key() != null) {
			throw this.p.fail(Code.E0010, head.key().span(), "a loop in a text has no key", "leave it out");
		}
		Expr text = textBody();
		this.tags.end(first, "{for}", TagParser.LOOP_ENDS);
		List<Part.Param> params = new ArrayList<>();
		params.add(param(loop.item()));
		if (loop.index() != null) {
			params.add(param(loop.index()));
		}
		Span span = this.tags.span(first);
		Stmt statement = new Stmt.Eval(this.p.id(), text.span(), text);
		Part.Block body = new Part.Block(this.p.id(), text.span(), List.of(statement));
		Expr each = new Expr.Lambda(this.p.id(), span, params, null, body);
		Expr texts = call(loop.source(), "map", each, span);
		Expr nothing = new Expr.Text(this.p.id(), span, List.of());
		return call(texts, "join", nothing, span);
	}

	private Part.Param param(Pattern target) {
		return new Part.Param(this.p.id(), target.span(), target, null, null, false);
	}

	private Expr call(Expr target, String method, Expr argument, Span span) {
		Expr member = new Expr.Member(this.p.id(), span, target, target.span(), method, false);
		Part.Arg arg = new Part.Arg(this.p.id(), argument.span(), null, argument, false);
		return new Expr.Call(this.p.id(), span, member, List.of(arg));
	}

	/** {@code {match v}{case p}text{/match}}. */
	private Expr textMatch(int first) {
		TagParser.Head head = this.tags.head();
		this.tags.endHead();
		Expr whole = head.whole();
		if (whole != null) {
			return whole;
		}
		this.p.markup.pos = this.tags.skipBlanks(this.p.markup.pos);
		List<Part.Arm> arms = new ArrayList<>();
		while (this.tags.charAt(this.p.markup.pos) == '{') {
			int start = this.p.markup.pos;
			Tag tag = this.tags.read(start);
			if (tag.kind() != Kind.CASE && tag.kind() != Kind.ELSE) {
				break;
			}
			TagParser.CaseHead arm = this.tags.caseHead(tag, start);
			Expr text = textBody();
			arms.add(new Part.Arm(this.p.id(), this.tags.span(start), arm.pattern(), arm.guard(), text));
		}
		this.tags.end(first, "{match}", Set.of("match"));
		return new Expr.Match(this.p.id(), this.tags.span(first), head.value(), arms);
	}

	private Expr textBranch(int first, int start) {
		TagParser.Head head = this.tags.head();
		this.tags.endHead();
		Expr whole = head.whole();
		if (whole != null) {
			return whole;
		}
		Expr then = textBody();
		int at = this.p.markup.pos;
		Tag tag = (this.tags.charAt(at) == '{') ? this.tags.read(at) : new Tag(Kind.NONE, "", at);
		Expr otherwise = null;
		if (tag.kind() == Kind.ELSE_IF) {
			this.p.lookAt(at);
			this.p.enter(new Span(at, at + 1));
			otherwise = textBranch(first, at);
			this.p.leave();
		}
		else {
			if (tag.kind() == Kind.ELSE) {
				this.tags.branchCondition(tag, at);
				otherwise = textBody();
			}
			this.tags.end(first, "{if}", Set.of("if"));
		}
		return new Expr.If(this.p.id(), this.tags.span(start), head.value(), then, otherwise);
	}

	private Expr textBody() {
		int start = this.p.markup.pos;
		List<Part.TextPart> parts = new AttributeParser(this.p, this.p.markup).parts('"');
		return new Expr.Text(this.p.id(), this.tags.span(start), parts);
	}

}
