package dev.flin.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/** Block tags by name, which other parts of the language give a meaning: {@code {cache key}…{/cache}}. */
final class BlockTagParser {

	private final Parser p;

	private final TagParser tags;

	private final String text;

	/** Null until somebody asks. */
	private @Nullable Map<String, Integer> closers;

	BlockTagParser(Parser parser, TagParser tags) {
		this.p = parser;
		this.tags = tags;
		this.text = parser.text;
	}

	/** Whether a word begins a block tag by name, such as {@code {cache key}…{/cache}}. */
	boolean begins(Token first) {
		return first.kind() == TokenKind.WORD && closers().getOrDefault(this.p.textOf(first), -1) >= first.end();
	}

	/** Where each closing tag by name stands last. */
	private Map<String, Integer> closers() {
		Map<String, Integer> known = this.closers;
		if (known == null) {
			known = new HashMap<>();
			for (int at = this.text.indexOf("{/"); at >= 0; at = this.text.indexOf("{/", at + 2)) {
				int end = this.text.indexOf('}', at);
				if (end > 0) {
					known.put(this.text.substring(at + 2, end), at);
				}
			}
			this.closers = known;
		}
		return known;
	}

	/** {@code {cache key}…{/cache}}. */
	Markup markup() {
		int start = this.p.start();
		Checkpoint before = this.p.checkpoint();
		this.p.advance();
		String name = this.p.textOf(this.p.advance());
		List<Expr> args;
		try {
			args = this.p.with(Layout.BRACKETS, this::tagArgs);
			this.tags.endHead();
		}
		catch (ParseFailure failure) {
			this.p.markup.recover(before, start);
			args = List.of();
		}
		this.p.enter(new Span(start, start + 1));
		List<Markup> body = this.p.markup.body("{" + name);
		this.tags.end(start, "{" + name + "}", Set.of(name));
		this.p.leave();
		return new Markup.BlockTag(this.p.id(), this.tags.span(start), name, args, body);
	}

	private List<Expr> tagArgs() {
		List<Expr> args = new ArrayList<>();
		while (!this.p.at(TokenKind.RBRACE)) {
			args.add(this.p.expressions.expression());
			if (!this.p.accept(TokenKind.COMMA)) {
				break;
			}
		}
		if (!this.p.at(TokenKind.RBRACE)) {
			throw this.p.unexpected("'}'");
		}
		return args;
	}

}
