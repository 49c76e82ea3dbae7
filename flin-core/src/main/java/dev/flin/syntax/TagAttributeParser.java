package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.source.Span;
import dev.flin.syntax.TagReader.Kind;
import dev.flin.syntax.TagReader.Tag;

/** Reads {@code {if}} among the attributes of an element and inside their texts. */
final class TagAttributeParser {

	private final Parser p;

	private final TagParser tags;

	TagAttributeParser(Parser parser, TagParser tags) {
		this.p = parser;
		this.tags = tags;
	}

	/** Whether the brace opens an {@code {if}}, the one tag that attributes know. */
	boolean isIf(int brace) {
		return this.tags.read(brace).kind() == Kind.IF;
	}

	/** {@code {if c}attributes{/if}}. */
	Markup.Attr attributes() {
		int first = this.p.markup.pos;
		this.p.lookAt(first);
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

	/** {@code {if c}text{else}text{/if}} in the text of an attribute: a conditional of texts. */
	Expr textValue() {
		int first = this.p.markup.pos;
		this.p.lookAt(first);
		this.p.enter(new Span(first, first + 1));
		Expr value = textBranch(first, first);
		this.p.leave();
		return value;
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
