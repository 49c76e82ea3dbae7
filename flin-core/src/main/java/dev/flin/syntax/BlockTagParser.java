package dev.flin.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;

/** Block tags by name, which other parts of the language give a meaning: {@code {cache key}…{/cache}}. */
final class BlockTagParser {

	private static final String WAITING = "calls that wait simply wait: show what they give, or use {if} on a variable";

	private static final String AGAIN = "what is shown again is a component, or a function that gives markup";

	/** What FLIN has in the place of tags that others have. */
	private static final Map<String, String> FOREIGN = Map.ofEntries(Map.entry("await", WAITING),
			Map.entry("then", WAITING), Map.entry("catch", WAITING), Map.entry("unless", "write {if not c}"),
			Map.entry("while", "write {for x in xs}"), Map.entry("foreach", "write {for x in xs}"),
			Map.entry("key", "leave it out: what changed is drawn anew"), Map.entry("snippet", AGAIN),
			Map.entry("render", AGAIN), Map.entry("debug", "print(x) writes to the log"),
			Map.entry("with", "write {let x = e}"), Map.entry("slot", "write <slot/> or {children}"));

	/** Tags that are known, whatever is wrong with one of them. */
	private static final Set<String> KNOWN = Set.of("if", "else", "elif", "elseif", "for", "each", "match", "switch",
			"case", "default", "html", "const", "let", "cache");

	private final Parser p;

	private final TagParser tags;

	private final String text;

	/** Names of tags that were reported: what goes on with them and ends them is not. */
	private final Set<String> unknown = new HashSet<>();

	/** The tag that the last one was found to lack: what else belongs to it says nothing new. */
	private @Nullable String missing;

	/** Null until somebody asks. */
	private @Nullable Map<String, Integer> closers;

	BlockTagParser(Parser parser, TagParser tags) {
		this.p = parser;
		this.tags = tags;
		this.text = parser.text;
	}

	/** Whether a brace opens a tag by name, such as {@code {cache key}…{/cache}}, or one that is none of FLIN's. */
	boolean begins(int brace, Token first) {
		return begins(first) || isUnknown(brace, first);
	}

	private boolean begins(Token first) {
		return (first.kind() == TokenKind.WORD || first.kind() == TokenKind.WHILE)
				&& closers().getOrDefault(this.p.textOf(first), -1) >= first.end();
	}

	/** Whether a brace opens a tag that is none of FLIN's: {@code {#await p}}, {@code {unless c}…{/unless}}. */
	private boolean isUnknown(int brace, Token first) {
		int mark = brace + 1;
		boolean marked = mark + 1 < this.text.length() && "#:@".indexOf(this.text.charAt(mark)) >= 0
				&& Lexer.isNameStart(this.text.codePointAt(mark + 1));
		return marked ? !KNOWN.contains(name(mark + 1)) : begins(first) && !KNOWN.contains(this.p.textOf(first));
	}

	private String name(int start) {
		return this.text.substring(start, this.p.lexer.nameEnd(start));
	}

	/** Whether a tag ends one that was reported. */
	boolean endsUnknown(TagReader.Tag tag) {
		return tag.kind() == TagReader.Kind.END && this.unknown.contains(tag.name());
	}

	/** Reports a tag that is none of FLIN's. What it holds is read as if it were not there. */
	private Markup unknown(int brace) {
		char mark = this.text.charAt(brace + 1);
		boolean marked = "#:@".indexOf(mark) >= 0;
		String name = name(marked ? brace + 2 : this.p.peek().start());
		int end = this.p.lexer.holeEnd(brace + 1, true);
		int stop = (end < 0) ? this.p.lexer.lineEnd(brace) : end;
		if (mark != ':' || this.unknown.isEmpty()) {
			this.p.fail(Code.E0014, new Span(brace, Math.min(stop, this.p.lexer.lineEnd(brace))),
					"there is no tag '{" + (marked ? mark : "") + name + "}'", "",
					FOREIGN.getOrDefault(name, "there are {if}, {for}, {each}, {match}, {let} and {@html}"));
		}
		this.unknown.add(name);
		this.p.moveTo(stop);
		this.p.markup.pos = stop;
		return new Markup.Broken(this.p.id(), new Span(brace, stop));
	}

	/** Reports and skips a tag that belongs to none. */
	void skipStray() {
		if (this.p.at(TokenKind.EOF)) {
			return;
		}
		int start = this.p.start();
		TagReader.Tag tag = this.tags.read(start);
		int end = (tag.kind() == TagReader.Kind.END) ? this.tags.skipBlanks(tag.end()) + 1
				: this.p.lexer.holeEnd(start + 1, true);
		int stop = (end < 0) ? this.p.lexer.lineEnd(start) : end;
		String opener = opener(tag);
		boolean told = opener != null && opener.equals(this.missing);
		if (!endsUnknown(tag) && !told) {
			this.p.fail(Code.E0014, new Span(start, stop), "'" + this.p.file.text(new Span(start, stop)).lines()
				.findFirst().orElse("{") + "' belongs to no open tag", "");
		}
		this.missing = (tag.kind() == TagReader.Kind.END) ? null : opener;
		this.p.moveTo(stop);
	}

	/** The tag that a tag needs before it; null for one that needs none. */
	private static @Nullable String opener(TagReader.Tag tag) {
		return switch (tag.kind()) {
			case CASE -> "match";
			case ELSE, ELSE_IF -> "if";
			case END -> tag.name();
			case IF, FOR, EACH, MATCH, LET, HTML, NONE -> null;
		};
	}

	/** The same at a place in markup, which goes on behind the tag. */
	void skipStray(int at) {
		this.p.lookAt(at);
		skipStray();
		this.p.markup.pos = this.p.offset();
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
	Markup markup(Token first) {
		int start = this.p.start();
		if (isUnknown(start, first)) {
			return unknown(start);
		}
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
