package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/** Reads lists, maps, arguments, and decides what a brace in value position is. */
final class CollectionParser {

	private final Parser p;

	private final MissingCommas missingCommas;

	/** Where the brace stands that is a function without parameters unless it is a map; -1 for none. */
	private int functionBrace = -1;

	CollectionParser(Parser parser) {
		this.p = parser;
		this.missingCommas = new MissingCommas(parser);
	}

	/** The value of an assignment: a brace block in it is a function without parameters. */
	Expr assigned() {
		if (this.p.at(TokenKind.LBRACE)) {
			this.functionBrace = this.p.start();
		}
		return this.p.expressions.assignment();
	}

	/** A brace where an operand is expected: a map, a template tag, or a block as a function. */
	Expr brace() {
		Token open = this.p.token();
		if (this.p.tags.isBlockTag(open.start())) {
			return this.p.tags.operand();
		}
		boolean shorthand = open.start() != this.functionBrace && this.p.peek().isName()
				&& this.p.lexer.scan(this.p.peek().end()).kind() == TokenKind.RBRACE;
		if (shorthand || isMap(open)) {
			List<Part.Entry> entries = entries(false);
			return new Expr.MapOf(this.p.id(), this.p.span(open.start()), entries);
		}
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Expr.Lambda(this.p.id(), this.p.span(open.start()), List.of(), null, body);
	}

	/**
	 * Whether the brace opens a map: it is empty or starts with {@code name:}, {@code "text":}, {@code a, b} or
	 * {@code ...}.
	 */
	boolean isMap(Token open) {
		Token first = this.p.lexer.scan(open.end());
		return first.kind() == TokenKind.RBRACE || isMapStart(first);
	}

	private boolean isMapStart(Token first) {
		Token second = this.p.lexer.scan(first.end());
		return switch (first.kind()) {
			case ELLIPSIS -> true;
			case TEXT, SINGLE_TEXT, INT -> second.kind() == TokenKind.COLON;
			case LBRACKET -> {
				int end = this.p.lexer.closing(first.end(), TokenKind.LBRACKET, TokenKind.RBRACKET, true);
				yield end >= 0 && this.p.lexer.scan(end).kind() == TokenKind.COLON;
			}
			default -> first.isWord() && (second.kind() == TokenKind.COLON || second.kind() == TokenKind.COMMA
					|| isMethod(first, second));
		};
	}

	/** {@code name(a, b) { … }} in a map, as JavaScript has it: neither a call nor a form with a block. */
	private boolean isMethod(Token name, Token open) {
		if (name.kind() != TokenKind.WORD || open.kind() != TokenKind.LPAREN
				|| this.p.operands.takesBlock(this.p.textOf(name))) {
			return false;
		}
		int end = this.p.lexer.closing(open.end(), TokenKind.LPAREN, TokenKind.RPAREN, true);
		Token body = (end < 0) ? open : this.p.lexer.scan(end);
		return body.kind() == TokenKind.LBRACE && !body.afterNewline();
	}

	/** After an arrow a brace opens a block, unless it cannot be one. */
	boolean isBlockAfterArrow() {
		Token open = this.p.token();
		Token first = this.p.peek();
		if (this.p.tags.isTemplate(open.start())) {
			return false;
		}
		if (!isMapStart(first)) {
			return true;
		}
		Token second = this.p.lexer.scan(first.end());
		return first.isWord() && second.kind() == TokenKind.COLON && isTypedVariable(second);
	}

	private boolean isTypedVariable(Token colon) {
		Checkpoint before = this.p.checkpoint();
		boolean typed;
		try {
			this.p.lookAt(colon.end());
			this.p.types.type();
			typed = this.p.at(TokenKind.ASSIGN);
		}
		catch (ParseFailure failure) {
			typed = false;
		}
		this.p.rewind(before);
		return typed;
	}

	/**
	 * The entries in braces.
	 * @param blanks whether entries may be separated by blanks alone
	 */
	List<Part.Entry> entries(boolean blanks) {
		Token open = this.p.open(TokenKind.LBRACE);
		return this.p.with(Layout.BRACKETS, () -> {
			List<Part.Entry> entries = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE)) {
				if (this.p.token().afterNewline() && this.p.peek().kind() == TokenKind.ASSIGN) {
					throw this.p.neverClosed(open);
				}
				entries.add(entry());
				if (!this.p.accept(TokenKind.COMMA) && !this.p.token().afterNewline() && !blanks) {
					break;
				}
			}
			if (this.p.token().isWord() && this.p.peek().kind() == TokenKind.COLON) {
				throw this.p.unexpected("',' or '}'", "put a comma between the entries");
			}
			this.p.close(open, TokenKind.RBRACE);
			return entries;
		});
	}

	private Part.Entry entry() {
		Token first = this.p.token();
		int start = first.start();
		if (this.p.accept(TokenKind.ELLIPSIS)) {
			Expr value = this.p.expressions.expression();
			return new Part.Entry(this.p.id(), this.p.span(start), null, value);
		}
		if (this.p.isWord(first, "async") && this.p.peek().kind() == TokenKind.WORD) {
			this.p.advance();
			return entry();
		}
		if (first.isWord() && this.p.peek().kind() == TokenKind.LPAREN) {
			this.p.advance();
			Expr method = this.p.operands.method();
			return new Part.Entry(this.p.id(), this.p.span(start), keyOf(first), method);
		}
		if (first.isName() && this.p.peek().kind() != TokenKind.COLON) {
			Expr key = keyOf(first);
			Expr value = this.p.operands.name();
			return new Part.Entry(this.p.id(), this.p.span(start), key, value);
		}
		Expr key = key(first);
		this.p.expect(TokenKind.COLON, "':' and a value");
		Expr value = this.p.expressions.expression();
		return new Part.Entry(this.p.id(), this.p.span(start), key, value);
	}

	private Expr key(Token first) {
		if (first.isWord()) {
			this.p.advance();
			return keyOf(first);
		}
		return switch (first.kind()) {
			case TEXT, SINGLE_TEXT, INT -> this.p.operands.operand();
			case LBRACKET -> {
				Token open = this.p.open(TokenKind.LBRACKET);
				Expr key = this.p.expressions.expression();
				this.p.close(open, TokenKind.RBRACKET);
				yield key;
			}
			default -> throw this.p.unexpected("a key");
		};
	}

	private Expr keyOf(Token word) {
		Part.TextPart chunk = new Part.Chunk(this.p.id(), word.span(), this.p.textOf(word));
		return new Expr.Text(this.p.id(), word.span(), List.of(chunk));
	}

	// Square brackets

	private record Item(int start, @Nullable Expr key, Expr value, boolean spread, Span span) {
	}

	/**
	 * A list {@code [1, 2]}, a map {@code ["k": v]} or {@code [:]}. A mixture, as class lists have it, is a list in
	 * which each pair is a map of its own.
	 */
	Expr list() {
		Token open = this.p.open(TokenKind.LBRACKET);
		return this.p.with(Layout.BRACKETS, () -> {
			List<Item> items = new ArrayList<>();
			boolean emptyMap = this.p.at(TokenKind.COLON);
			if (emptyMap) {
				this.p.advance();
			}
			while (!emptyMap && !this.p.at(TokenKind.RBRACKET)) {
				items.add(item());
				if (!this.p.accept(TokenKind.COMMA) && !this.missingCommas.isHere(open, TokenKind.RBRACKET)) {
					break;
				}
			}
			this.p.close(open, TokenKind.RBRACKET);
			boolean pairs = false;
			boolean values = false;
			for (Item item : items) {
				pairs = pairs || item.key() != null;
				values = values || item.key() == null && !item.spread();
			}
			return (emptyMap || (pairs && !values)) ? mapOf(open, items) : listOf(open, items);
		});
	}

	private Item item() {
		int start = this.p.start();
		if (this.p.accept(TokenKind.ELLIPSIS)) {
			Expr value = this.p.expressions.expression();
			return new Item(start, null, value, true, this.p.span(start));
		}
		Expr first = this.p.expressions.expression();
		if (!this.p.accept(TokenKind.COLON)) {
			return new Item(start, null, first, false, this.p.span(start));
		}
		Expr value = this.p.expressions.expression();
		return new Item(start, first, value, false, this.p.span(start));
	}

	private Expr mapOf(Token open, List<Item> items) {
		List<Part.Entry> entries = new ArrayList<>();
		for (Item item : items) {
			entries.add(new Part.Entry(this.p.id(), item.span(), item.key(), item.value()));
		}
		return new Expr.MapOf(this.p.id(), this.p.span(open.start()), entries);
	}

	private Expr listOf(Token open, List<Item> items) {
		List<Part.Element> elements = new ArrayList<>();
		for (Item item : items) {
			Expr value = item.value();
			if (item.key() != null) {
				Part.Entry entry = new Part.Entry(this.p.id(), item.span(), item.key(), value);
				value = new Expr.MapOf(this.p.id(), item.span(), List.of(entry));
			}
			elements.add(new Part.Element(this.p.id(), item.span(), value, item.spread()));
		}
		return new Expr.ListOf(this.p.id(), this.p.span(open.start()), elements);
	}

	// Arguments

	List<Part.Arg> args() {
		Token open = this.p.open(TokenKind.LPAREN);
		return this.p.with(Layout.BRACKETS, () -> {
			List<Part.Arg> args = new ArrayList<>();
			Token last = null;
			while (!this.p.at(TokenKind.RPAREN)) {
				last = this.p.token();
				args.add(arg());
				if (!this.p.accept(TokenKind.COMMA) && !this.missingCommas.isHere(open, TokenKind.RPAREN)) {
					break;
				}
			}
			if (this.p.at(TokenKind.ASSIGN)) {
				if (last != null && last.afterNewline()) {
					throw this.p.neverClosed(open);
				}
				throw this.p.unexpected("',' or ')'", "a named argument is written 'name: value'");
			}
			this.p.close(open, TokenKind.RPAREN);
			return args;
		});
	}

	private Part.Arg arg() {
		Token first = this.p.token();
		int start = first.start();
		if (this.p.accept(TokenKind.ELLIPSIS)) {
			Expr value = this.p.expressions.expression();
			return new Part.Arg(this.p.id(), this.p.span(start), null, value, true);
		}
		String name = null;
		if (first.isWord() && this.p.peek().kind() == TokenKind.COLON) {
			name = this.p.textOf(first);
			this.p.advance();
			this.p.advance();
		}
		Expr value = this.p.expressions.expression();
		return new Part.Arg(this.p.id(), this.p.span(start), name, value, false);
	}

}
