package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import dev.flin.source.Span;

/** Reads types. */
final class TypeParser {

	private final Parser p;

	TypeParser(Parser parser) {
		this.p = parser;
	}

	/** {@code type ::= simple ("|" simple)*}. */
	TypeExpr type() {
		int start = this.p.start();
		TypeExpr first = simple();
		if (!this.p.at(TokenKind.BAR) || this.p.onNewLine()) {
			return first;
		}
		List<TypeExpr> members = new ArrayList<>(List.of(first));
		while (this.p.at(TokenKind.BAR) && !this.p.onNewLine()) {
			this.p.advance();
			members.add(simple());
			this.p.checkChain(members.size());
		}
		return new TypeExpr.Union(this.p.id(), this.p.span(start), members);
	}

	/** {@code simple ::= atom ("?" | "[" "]")*}. */
	private TypeExpr simple() {
		int start = this.p.start();
		TypeExpr type = atom();
		for (int length = 0; !this.p.onNewLine(); length++) {
			if (this.p.at(TokenKind.QUESTION)) {
				this.p.advance();
				type = new TypeExpr.Optional(this.p.id(), this.p.span(start), type);
			}
			else if (this.p.at(TokenKind.LBRACKET) && this.p.peek().kind() == TokenKind.RBRACKET) {
				this.p.advance();
				this.p.advance();
				type = new TypeExpr.ListOf(this.p.id(), this.p.span(start), type);
			}
			else {
				return type;
			}
			this.p.checkChain(length);
		}
		return type;
	}

	/** A type without {@code ?} and {@code |}: these belong to the expression after {@code is}. */
	TypeExpr atom() {
		return switch (this.p.kind()) {
			case LBRACKET -> bracketed();
			case LPAREN -> parenthesised();
			case LBRACE -> record();
			case NONE -> {
				Token none = this.p.advance();
				yield new TypeExpr.Named(this.p.id(), none.span(), "none", List.of());
			}
			case ENTITY -> {
				Token entity = this.p.advance();
				yield new TypeExpr.Named(this.p.id(), entity.span(), "entity", List.of());
			}
			case FN -> functionType();
			default -> named();
		};
	}

	/** The type behind {@code is}. A variant of an enum is none; that is told when its name is looked up. */
	TypeExpr tested() {
		if (!this.p.at(TokenKind.WORD) || this.p.peek().kind() != TokenKind.DOT) {
			return atom();
		}
		int start = this.p.start();
		String owner = this.p.textOf(this.p.advance());
		this.p.expect(TokenKind.DOT, "'.'");
		Token name = this.p.expectName("a variant", true);
		return new TypeExpr.Named(this.p.id(), this.p.span(start), owner + "." + this.p.textOf(name), List.of());
	}

	private TypeExpr named() {
		if (this.p.at(TokenKind.TEXT) || this.p.at(TokenKind.SINGLE_TEXT)) {
			throw this.p.unexpected("a type", "a text is no type: write text, or declare an enum of the choices");
		}
		Token name = this.p.expectName("a type", false);
		List<TypeExpr> args = new ArrayList<>();
		if (this.p.at(TokenKind.LT) && !this.p.onNewLine()) {
			Token open = this.p.advance();
			this.p.enter(open.span());
			do {
				if (this.p.at(TokenKind.GT)) {
					break;
				}
				args.add(type());
			}
			while (this.p.accept(TokenKind.COMMA));
			closeAngle();
			this.p.leave();
		}
		return new TypeExpr.Named(this.p.id(), this.p.span(name.start()), canonical(this.p.textOf(name)), args);
	}

	/** Reads {@code >}, also the first character of {@code >=}. */
	void closeAngle() {
		if (this.p.at(TokenKind.GE)) {
			this.p.moveTo(this.p.start() + 1);
		}
		else {
			this.p.expect(TokenKind.GT, "'>'");
		}
	}

	private static String canonical(String name) {
		return switch (name) {
			case "string" -> "text";
			case "boolean" -> "bool";
			case "float", "double" -> "number";
			case "null", "undefined", "nil" -> "none";
			default -> name;
		};
	}

	/** {@code [T]} or {@code [K: V]}. */
	private TypeExpr bracketed() {
		Token open = this.p.open(TokenKind.LBRACKET);
		return this.p.with(Layout.BRACKETS, () -> {
			TypeExpr first = type();
			TypeExpr value = this.p.accept(TokenKind.COLON) ? type() : null;
			this.p.close(open, TokenKind.RBRACKET);
			Span span = this.p.span(open.start());
			return (value != null) ? new TypeExpr.MapOf(this.p.id(), span, first, value)
					: new TypeExpr.ListOf(this.p.id(), span, first);
		});
	}

	/** {@code (A, B)}, {@code (A) -> R}, or a type in parentheses. */
	private TypeExpr parenthesised() {
		int start = this.p.start();
		List<TypeExpr> elements = elements();
		if (this.p.at(TokenKind.ARROW) && !this.p.onNewLine()) {
			return function(start, elements);
		}
		if (elements.size() == 1) {
			return elements.get(0);
		}
		if (elements.isEmpty()) {
			throw this.p.unexpected("'->' and a result type");
		}
		return new TypeExpr.Tuple(this.p.id(), this.p.span(start), elements);
	}

	private TypeExpr functionType() {
		int start = this.p.advance().start();
		List<TypeExpr> elements = elements();
		if (!this.p.at(TokenKind.ARROW)) {
			throw this.p.unexpected("'->' and a result type");
		}
		return function(start, elements);
	}

	private TypeExpr function(int start, List<TypeExpr> params) {
		Token arrow = this.p.expect(TokenKind.ARROW, "'->'");
		this.p.enter(arrow.span());
		TypeExpr result = type();
		this.p.leave();
		return new TypeExpr.Fn(this.p.id(), this.p.span(start), params, result);
	}

	private List<TypeExpr> elements() {
		Token open = this.p.open(TokenKind.LPAREN);
		return this.p.with(Layout.BRACKETS, () -> {
			List<TypeExpr> elements = new ArrayList<>();
			while (!this.p.at(TokenKind.RPAREN)) {
				if (this.p.token().isWord() && this.p.peek().kind() == TokenKind.COLON) {
					this.p.advance();
					this.p.advance();
				}
				elements.add(type());
				if (!this.p.accept(TokenKind.COMMA)) {
					break;
				}
			}
			this.p.close(open, TokenKind.RPAREN);
			return elements;
		});
	}

	/** {@code { name: text, age: int }}. */
	private TypeExpr record() {
		Token open = this.p.open(TokenKind.LBRACE);
		return this.p.with(Layout.BRACKETS, () -> {
			List<String> names = new ArrayList<>();
			List<TypeExpr> types = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE)) {
				names.add(this.p.textOf(this.p.expectName("a field", true)));
				this.p.expect(TokenKind.COLON, "':' and a type");
				types.add(type());
				if (!this.p.accept(TokenKind.COMMA) && !this.p.token().afterNewline()) {
					break;
				}
			}
			this.p.close(open, TokenKind.RBRACE);
			return new TypeExpr.Record(this.p.id(), this.p.span(open.start()), names, types);
		});
	}

}
