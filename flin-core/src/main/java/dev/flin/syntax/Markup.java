package dev.flin.syntax;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/**
 * A node of markup. White space that is only a line break and indentation is already dropped; comments too. Template
 * tags ({@code {if}} …) are markup here; inside code they become the expressions they mean.
 */
public sealed interface Markup extends Node {

	/** Characters to show, entities as written. */
	record Text(int id, Span span, String text) implements Markup {
	}

	/** {@code {e}}. */
	record Hole(int id, Span span, Expr value) implements Markup {
	}

	/** {@code {@html e}}. */
	record Raw(int id, Span span, Expr value) implements Markup {
	}

	/**
	 * An HTML or SVG element, a component (name starts with a capital letter or contains a dot), {@code slot},
	 * {@code raw}, {@code script}, {@code style}. Void and self-closed elements have no children.
	 */
	record Element(int id, Span span, Span nameSpan, String name, List<Attr> attrs, List<Markup> children,
			boolean selfClosed) implements Markup {
	}

	/** {@code {if c}…{else if d}…{else}…{/if}}: branches in order, the last may have no condition. */
	record If(int id, Span span, List<Branch> branches) implements Markup {
	}

	record Branch(int id, Span span, @Nullable Expr condition, List<Markup> body) implements Markup {
	}

	/** {@code {for x, i in xs key=e}…{else}…{/for}}. */
	record For(int id, Span span, Pattern item, @Nullable Pattern index, Expr source, @Nullable Expr key,
			List<Markup> body, List<Markup> otherwise) implements Markup {
	}

	/** {@code {match v}{case p}…{/match}}; {@code {else}} is a wildcard case. */
	record Match(int id, Span span, Expr subject, List<Case> cases) implements Markup {
	}

	record Case(int id, Span span, Pattern pattern, @Nullable Expr guard, List<Markup> body) implements Markup {
	}

	/** {@code {let x = e}}, {@code {x = e}}: a statement between markup. */
	record Code(int id, Span span, Stmt statement) implements Markup {
	}

	/** {@code {cache key}…{/cache}} and other block tags by name. */
	record BlockTag(int id, Span span, String name, List<Expr> args, List<Markup> body) implements Markup {
	}

	record Doctype(int id, Span span, String text) implements Markup {
	}

	/** Stands where markup could not be read. */
	record Broken(int id, Span span) implements Markup {
	}

	/** What stands between an element's name and its {@code >}. */
	sealed interface Attr extends Markup permits Attribute, SpreadAttrs, IfAttrs, ForAttrs, MatchAttrs {

	}

	/**
	 * One attribute. {@code name} is as written ({@code click.prevent}, {@code class:active}, {@code let:item} keep
	 * their dots and colons).
	 */
	record Attribute(int id, Span span, Span nameSpan, String name, AttrValue value) implements Attr {
	}

	/** {@code {...map}}. */
	record SpreadAttrs(int id, Span span, Expr value) implements Attr {
	}

	/** {@code {if c}…{else}…{/if}} among attributes; each branch body holds attributes only. */
	record IfAttrs(int id, Span span, List<AttrBranch> branches) implements Attr {
	}

	record AttrBranch(int id, Span span, @Nullable Expr condition, List<Attr> body) implements Markup {
	}

	/** {@code {for x in xs}…{/for}} among attributes; its bodies hold attributes only. */
	record ForAttrs(int id, Span span, For loop) implements Attr {
	}

	/** {@code {match v}{case p}…{/match}} among attributes; the bodies of its cases hold attributes only. */
	record MatchAttrs(int id, Span span, Match match) implements Attr {
	}

	/** The attributes in a body that holds nothing else. */
	static List<Attr> attributes(List<Markup> body) {
		return body.stream().map(Attr.class::cast).toList();
	}

	/** The value of an attribute. */
	sealed interface AttrValue {

	}

	/** {@code <input disabled>}. */
	record NoValue() implements AttrValue {
	}

	/** {@code a="text {e}"}, {@code a=text}: literal and interpolated parts. */
	record TextValue(List<Part.TextPart> parts) implements AttrValue {
	}

	/** {@code a={e}}, and {@code {name}} for {@code name={name}}. */
	record ExprValue(Expr value) implements AttrValue {
	}

	/** A handler written as a brace block with statements: {@code click={ a = 1; b = 2 }}. */
	record BlockValue(Part.Block body) implements AttrValue {
	}

}
