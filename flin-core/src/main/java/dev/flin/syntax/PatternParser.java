package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;

/** Reads patterns: of arms, where everything is allowed, and of assignments, parameters and loops. */
final class PatternParser {

	private final Parser p;

	/** Whether a pattern of {@code case} is read, and not one inside of it. */
	private boolean inCase;

	PatternParser(Parser parser) {
		this.p = parser;
	}

	/** A pattern of {@code match}: {@code atom ("|" atom)*}. */
	Pattern matching() {
		int start = this.p.start();
		this.p.accept(TokenKind.BAR);
		Pattern first = matchAtom();
		if (!this.p.at(TokenKind.BAR)) {
			return first;
		}
		List<Pattern> alternatives = new ArrayList<>(List.of(first));
		while (this.p.accept(TokenKind.BAR)) {
			alternatives.add(matchAtom());
			this.p.checkChain(alternatives.size());
		}
		return new Pattern.Or(this.p.id(), this.p.span(start), alternatives);
	}

	/** After {@code case}: a colon behind a name ends the pattern, no type follows it. */
	Pattern ofCase() {
		this.inCase = true;
		try {
			return matching();
		}
		finally {
			this.inCase = false;
		}
	}

	private Pattern matchAtom() {
		if (!this.p.at(TokenKind.WORD)) {
			this.inCase = false;
		}
		return switch (this.p.kind()) {
			case LBRACKET -> list(true);
			case LPAREN -> tuple(true);
			case LBRACE -> map(true);
			case WORD -> named();
			case TRUE, FALSE, NONE, TEXT, SINGLE_TEXT, BACKTICK_TEXT, TRIPLE_TEXT, INT, NUMBER, DURATION, MINUS,
					SLASH ->
				literal();
			default -> throw this.p.unexpected("a pattern");
		};
	}

	private Pattern literal() {
		int start = this.p.start();
		Expr from = bound();
		boolean closed = !this.p.at(TokenKind.RANGE_OPEN);
		if (this.p.onNewLine() || !atRange()) {
			return new Pattern.Literal(this.p.id(), this.p.span(start), from);
		}
		this.p.advance();
		Expr to = bound();
		if (atRange()) {
			throw this.p.fail(Code.E0012, this.p.token().span(), "a range has two ends", "");
		}
		return new Pattern.Range(this.p.id(), this.p.span(start), from, to, closed);
	}

	private boolean atRange() {
		return switch (this.p.kind()) {
			case RANGE, RANGE_CLOSED, RANGE_OPEN -> true;
			default -> false;
		};
	}

	/** A literal with an optional minus. */
	private Expr bound() {
		return switch (this.p.kind()) {
			case INT, NUMBER, DURATION, MINUS, TEXT, SINGLE_TEXT, BACKTICK_TEXT, TRIPLE_TEXT, TRUE, FALSE, NONE ->
				this.p.expressions.literal();
			default -> throw this.p.unexpected("a literal");
		};
	}

	/** A name, a typed name, a type, or a variant. */
	private Pattern named() {
		Token name = this.p.token();
		String text = this.p.textOf(name);
		Token next = this.p.peek();
		if (text.equals("_")) {
			this.p.advance();
			return new Pattern.Wildcard(this.p.id(), name.span());
		}
		if (text.equals("null") || text.equals("undefined") || text.equals("nil")) {
			this.p.advance();
			return new Pattern.Literal(this.p.id(), name.span(), new Expr.None(this.p.id(), name.span()));
		}
		if (next.kind() == TokenKind.COLON && !next.afterNewline() && !this.inCase) {
			this.p.advance();
			this.p.advance();
			TypeExpr type = optionalType();
			return new Pattern.Typed(this.p.id(), this.p.span(name.start()), text, type);
		}
		if (next.kind() == TokenKind.LT || next.kind() == TokenKind.QUESTION) {
			TypeExpr type = optionalType();
			return new Pattern.Typed(this.p.id(), this.p.span(name.start()), null, type);
		}
		this.p.advance();
		return variant(name.start(), text);
	}

	private TypeExpr optionalType() {
		int start = this.p.start();
		TypeExpr type = this.p.types.atom();
		if (this.p.at(TokenKind.QUESTION) && !this.p.onNewLine()) {
			this.p.advance();
			return new TypeExpr.Optional(this.p.id(), this.p.span(start), type);
		}
		return type;
	}

	private Pattern variant(int start, String first) {
		String qualifier = null;
		String name = first;
		List<Span> members = new ArrayList<>();
		while (this.p.at(TokenKind.DOT) && !this.p.onNewLine()) {
			this.p.advance();
			qualifier = (qualifier == null) ? name : qualifier + "." + name;
			Token member = this.p.expectName("a variant", true);
			name = this.p.textOf(member);
			members.add(member.span());
		}
		if (this.p.at(TokenKind.LPAREN) && !this.p.onNewLine()) {
			Token open = this.p.open(TokenKind.LPAREN);
			List<Pattern> args = this.p.with(Layout.BRACKETS, () -> elements(TokenKind.RPAREN, true).patterns());
			this.p.close(open, TokenKind.RPAREN);
			return new Pattern.Variant(this.p.id(), this.p.span(start), qualifier, name, args, null);
		}
		if (qualifier != null) {
			return new Pattern.Variant(this.p.id(), this.p.span(start), qualifier, name, List.of(),
					read(new Span(start, start + first.length()), members));
		}
		return new Pattern.Name(this.p.id(), this.p.span(start), name);
	}

	/** What a name and members of it read. */
	private Expr read(Span root, List<Span> members) {
		String text = this.p.text;
		Expr value = new Expr.Name(this.p.id(), root, text.substring(root.start(), root.end()));
		for (Span member : members) {
			value = new Expr.Member(this.p.id(), root.to(member), value, member,
					text.substring(member.start(), member.end()), false);
		}
		return value;
	}

	/** What takes a value apart: a name, a list, tuple or map pattern, or an assignable place inside of one. */
	Pattern binding(boolean places) {
		return switch (this.p.kind()) {
			case LBRACKET -> list(false);
			case LPAREN -> tuple(false);
			case LBRACE -> map(false);
			default -> bindingName(places);
		};
	}

	private Pattern bindingName(boolean places) {
		Token name = (this.p.at(TokenKind.TYPE)) ? this.p.advance() : this.p.expectName("a name", false);
		if (places && !this.p.onNewLine()) {
			switch (this.p.kind()) {
				case LBRACKET, DOT -> {
					Expr root = new Expr.Name(this.p.id(), name.span(), this.p.textOf(name));
					Expr target = this.p.expressions.place(root, name.start());
					return new Pattern.Place(this.p.id(), this.p.span(name.start()), target);
				}
				default -> {
				}
			}
		}
		String text = this.p.textOf(name);
		return text.equals("_") ? new Pattern.Wildcard(this.p.id(), name.span())
				: new Pattern.Name(this.p.id(), name.span(), text);
	}

	private Pattern element(boolean matching) {
		if (matching) {
			return matching();
		}
		int start = this.p.start();
		return withDefault(start, binding(true));
	}

	private Pattern withDefault(int start, Pattern pattern) {
		if (!this.p.accept(TokenKind.ASSIGN)) {
			return pattern;
		}
		Expr value = this.p.expressions.expression();
		return new Pattern.Default(this.p.id(), this.p.span(start), pattern, value);
	}

	private record Elements(List<Pattern> patterns, @Nullable Pattern rest, int last) {
	}

	private Elements elements(TokenKind end, boolean matching) {
		List<Pattern> patterns = new ArrayList<>();
		Pattern rest = null;
		int first = 0;
		while (!this.p.at(end)) {
			if (this.p.at(TokenKind.ELLIPSIS)) {
				if (rest != null) {
					throw this.p.fail(Code.E0010, this.p.token().span(), "a list has one rest", "");
				}
				rest = rest(end);
				first = patterns.size();
			}
			else if (this.p.at(TokenKind.COMMA) && end == TokenKind.RBRACKET) {
				// [a, , c] leaves an element out.
				Span nothing = new Span(this.p.start(), this.p.start());
				patterns.add(new Pattern.Wildcard(this.p.id(), nothing));
			}
			else {
				patterns.add(element(matching));
			}
			if (!this.p.accept(TokenKind.COMMA)) {
				break;
			}
		}
		return new Elements(patterns, rest, (rest != null) ? patterns.size() - first : 0);
	}

	private Pattern rest(TokenKind end) {
		Span dots = this.p.advance().span();
		if (this.p.at(end) || this.p.at(TokenKind.COMMA)) {
			return new Pattern.Wildcard(this.p.id(), dots);
		}
		return binding(false);
	}

	private Pattern list(boolean matching) {
		Token open = this.p.open(TokenKind.LBRACKET);
		return this.p.with(Layout.BRACKETS, () -> {
			Elements elements = elements(TokenKind.RBRACKET, matching);
			this.p.close(open, TokenKind.RBRACKET);
			return new Pattern.ListOf(this.p.id(), this.p.span(open.start()), elements.patterns(), elements.rest(),
					elements.last());
		});
	}

	private Pattern tuple(boolean matching) {
		Token open = this.p.open(TokenKind.LPAREN);
		return this.p.with(Layout.BRACKETS, () -> {
			Elements elements = elements(TokenKind.RPAREN, matching);
			if (elements.rest() != null) {
				throw this.p.fail(Code.E0010, this.p.span(open.start()), "a tuple has no rest", "");
			}
			this.p.close(open, TokenKind.RPAREN);
			if (elements.patterns().size() == 1) {
				return elements.patterns().get(0);
			}
			return new Pattern.Tuple(this.p.id(), this.p.span(open.start()), elements.patterns());
		});
	}

	private Pattern map(boolean matching) {
		Token open = this.p.open(TokenKind.LBRACE);
		return this.p.with(Layout.BRACKETS, () -> {
			List<Pattern.Key> keys = new ArrayList<>();
			Pattern rest = null;
			while (!this.p.at(TokenKind.RBRACE)) {
				if (this.p.at(TokenKind.ELLIPSIS)) {
					rest = rest(TokenKind.RBRACE);
				}
				else {
					keys.add(key(matching));
				}
				if (!this.p.accept(TokenKind.COMMA)) {
					break;
				}
			}
			this.p.close(open, TokenKind.RBRACE);
			return new Pattern.MapOf(this.p.id(), this.p.span(open.start()), keys, rest);
		});
	}

	private Pattern.Key key(boolean matching) {
		Token key = this.p.token();
		String name = this.p.texts.keyText(key);
		if (name == null) {
			throw this.p.unexpected("a key");
		}
		this.p.advance();
		Pattern pattern;
		if (this.p.accept(TokenKind.COLON)) {
			pattern = element(matching);
		}
		else {
			pattern = new Pattern.Name(this.p.id(), key.span(), name);
			if (!matching) {
				pattern = withDefault(key.start(), pattern);
			}
		}
		return new Pattern.Key(this.p.id(), this.p.span(key.start()), name, pattern);
	}

}
