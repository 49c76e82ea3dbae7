package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;

/** Reads functions and their parameters, enums, type aliases, traits and their implementations. */
final class DeclarationParser {

	private final Parser p;

	DeclarationParser(Parser parser) {
		this.p = parser;
	}

	Stmt declaration(@Nullable String doc) {
		Token keyword = this.p.advance();
		if (this.p.place.function()) {
			this.p.report(Diagnostic
				.of(Code.E0016, this.p.file, keyword.span(),
						"'" + keyword.kind().text() + "' is not allowed inside a function")
				.withHelp("declare it at the top level of the file"));
		}
		int start = keyword.start();
		return switch (keyword.kind()) {
			case ENUM -> enumeration(start, doc);
			case ENTITY -> this.p.fields.entity(start, doc);
			case TYPE -> alias(start);
			case TRAIT -> trait(start, doc);
			default -> implementation(start);
		};
	}

	// Functions

	/**
	 * A function from its {@code fn} on.
	 * @param start where the declaration starts
	 * @param bodyRequired whether it needs a body; signatures of traits do not
	 */
	Stmt.Fn fn(int start, @Nullable String doc, boolean server, boolean bodyRequired) {
		this.p.advance();
		return fnAfterKeyword(start, doc, server, bodyRequired);
	}

	Stmt.Fn fnAfterKeyword(int start, @Nullable String doc, boolean server, boolean bodyRequired) {
		Token name = this.p.expectName("the name of the function", !bodyRequired);
		List<Draft> drafts = typeParams();
		List<Part.Param> params = params();
		TypeExpr result = this.p.accept(TokenKind.ARROW) ? this.p.types.type() : null;
		whereClause(drafts);
		List<Part.TypeParam> typeParams = finish(drafts);
		Part.Block body = null;
		if (this.p.accept(TokenKind.FAT_ARROW)) {
			Place outer = this.p.place;
			this.p.place = outer.inFunction();
			body = this.p.operands.expressionBlock(this.p.expressions.assignment());
			this.p.place = outer;
		}
		else if (this.p.at(TokenKind.LBRACE)) {
			body = this.p.statements.block(this.p.place.inFunction());
		}
		else if (bodyRequired) {
			throw switch (this.p.kind()) {
				case COLON -> this.p.unexpected("'{' and the body",
						"the result's type follows '->': fn f(a) -> int { }");
				case ASSIGN -> this.p.unexpected("'{' and the body", "a body without braces follows '=>'");
				default -> this.p.unexpected("'{' and the body");
			};
		}
		return new Stmt.Fn(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name), typeParams, params,
				result,
				body, server, doc);
	}

	/** The header of a built-in function or constant. */
	Stmt signature() {
		Token name = this.p.token();
		if (this.p.peek().kind() != TokenKind.COLON) {
			return fnAfterKeyword(name.start(), null, false, false);
		}
		this.p.expectName("a name", true);
		Pattern target = new Pattern.Name(this.p.id(), name.span(), this.p.textOf(name));
		this.p.expect(TokenKind.COLON, "':'");
		TypeExpr type = this.p.types.type();
		return new Stmt.Var(this.p.id(), this.p.span(name.start()), Stmt.Declare.CONST, target, type, null);
	}

	/** Parameters in parentheses. */
	List<Part.Param> params() {
		Token open = this.p.open(TokenKind.LPAREN);
		return this.p.with(Layout.BRACKETS, () -> {
			List<Part.Param> params = new ArrayList<>();
			while (!this.p.at(TokenKind.RPAREN)) {
				params.add(param());
				if (!this.p.accept(TokenKind.COMMA)) {
					break;
				}
			}
			this.p.close(open, TokenKind.RPAREN);
			return params;
		});
	}

	private Part.Param param() {
		int start = this.p.start();
		boolean rest = this.p.accept(TokenKind.ELLIPSIS);
		Pattern target = this.p.patterns.binding(false);
		TypeExpr type = this.p.accept(TokenKind.COLON) ? this.p.types.type() : null;
		Expr value = this.p.accept(TokenKind.ASSIGN) ? this.p.expressions.expression() : null;
		return new Part.Param(this.p.id(), this.p.span(start), target, type, value, rest);
	}

	/** A parameter between bars: a name with an optional type. */
	Part.Param barParam() {
		int start = this.p.start();
		Pattern target = this.p.patterns.binding(false);
		TypeExpr type = this.p.accept(TokenKind.COLON) ? this.p.types.atom() : null;
		return new Part.Param(this.p.id(), this.p.span(start), target, type, null, false);
	}

	// Type parameters

	/** A type parameter whose bounds may still grow in a where clause. */
	private static final class Draft {

		private final String name;

		private final List<TypeExpr> bounds = new ArrayList<>();

		private Span span;

		Draft(String name, Span span) {
			this.name = name;
			this.span = span;
		}

	}

	/** {@code <T, U: Comparable + Printable>}. */
	private List<Draft> typeParams() {
		List<Draft> drafts = new ArrayList<>();
		if (!this.p.at(TokenKind.LT)) {
			return drafts;
		}
		this.p.advance();
		while (!this.p.at(TokenKind.GT)) {
			Token name = this.p.expectName("a type parameter", false);
			Draft draft = new Draft(this.p.textOf(name), name.span());
			drafts.add(draft);
			if (this.p.accept(TokenKind.COLON)) {
				bounds(draft, name.start());
			}
			if (!this.p.accept(TokenKind.COMMA)) {
				break;
			}
		}
		this.p.types.closeAngle();
		return drafts;
	}

	private void bounds(Draft draft, int start) {
		do {
			draft.bounds.add(this.p.types.atom());
		}
		while (this.p.accept(TokenKind.PLUS));
		draft.span = draft.span.to(this.p.span(Math.min(start, draft.span.start())));
	}

	/** {@code where A: Printable, B: Comparable + Printable}. */
	private void whereClause(List<Draft> drafts) {
		if (!this.p.atWord("where")) {
			return;
		}
		this.p.advance();
		do {
			Token name = this.p.expectName("a type parameter", false);
			String text = this.p.textOf(name);
			this.p.expect(TokenKind.COLON, "':' and a trait");
			Draft draft = drafts.stream().filter((d) -> d.name.equals(text)).findFirst().orElse(null);
			if (draft == null) {
				throw this.p.fail(Code.E0010, name.span(), "'" + text + "' is no type parameter of this function", "",
						"declare it between '<' and '>'");
			}
			bounds(draft, name.start());
		}
		while (this.p.accept(TokenKind.COMMA));
	}

	private List<Part.TypeParam> finish(List<Draft> drafts) {
		List<Part.TypeParam> params = new ArrayList<>();
		for (Draft draft : drafts) {
			params.add(new Part.TypeParam(this.p.id(), draft.span, draft.name, draft.bounds));
		}
		return params;
	}

	// Types

	private Stmt enumeration(int start, @Nullable String doc) {
		Token name = this.p.expectName("the name of the enum", false);
		List<Part.TypeParam> typeParams = finish(typeParams());
		Token open = this.p.open(TokenKind.LBRACE);
		List<Part.Variant> variants = this.p.with(Layout.BRACKETS, () -> {
			List<Part.Variant> read = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE)
					&& !this.p.statements.lacksBraceBeforeLine(open, this.p.token())) {
				read.add(variant());
				if (!this.p.accept(TokenKind.COMMA) && !this.p.token().afterNewline()) {
					break;
				}
			}
			if (this.p.statements.lacksBraceBeforeLine(open, this.p.token())) {
				this.p.abandon(open);
			}
			else {
				this.p.close(open, TokenKind.RBRACE);
			}
			return read;
		});
		return new Stmt.Enum(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name), typeParams, variants,
				doc);
	}

	private Part.Variant variant() {
		String doc = this.p.statements.doc(this.p.token());
		Token name = this.p.expectName("a variant", false);
		List<TypeExpr> payload = new ArrayList<>();
		List<String> names = new ArrayList<>();
		if (this.p.at(TokenKind.LPAREN)) {
			Token open = this.p.open(TokenKind.LPAREN);
			while (!this.p.at(TokenKind.RPAREN)) {
				boolean named = this.p.token().isWord() && this.p.peek().kind() == TokenKind.COLON;
				names.add(named ? this.p.textOf(this.p.advance()) : "");
				if (named) {
					this.p.advance();
				}
				payload.add(this.p.types.type());
				if (!this.p.accept(TokenKind.COMMA)) {
					break;
				}
			}
			this.p.close(open, TokenKind.RPAREN);
		}
		if (this.p.at(TokenKind.ASSIGN)) {
			throw this.p.unexpected("',' or '}'",
					"variants have no values of their own: a match gives each of them one");
		}
		List<Part.Decorator> decorators = this.p.fields.decorators();
		return new Part.Variant(this.p.id(), this.p.span(name.start()), this.p.textOf(name), payload, names,
				decorators, doc);
	}

	private Stmt alias(int start) {
		Token name = this.p.expectName("the name of the type", false);
		List<Part.TypeParam> typeParams = finish(typeParams());
		this.p.expect(TokenKind.ASSIGN, "'=' and a type");
		TypeExpr type = this.p.types.type();
		return new Stmt.TypeAlias(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name), typeParams, type);
	}

	private Stmt trait(int start, @Nullable String doc) {
		Token name = this.p.expectName("the name of the trait", false);
		List<Part.TypeParam> typeParams = finish(typeParams());
		List<Stmt.Fn> methods = methods(false);
		return new Stmt.Trait(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name), typeParams, methods,
				doc);
	}

	/** {@code impl Trait for Type { }} or {@code impl Type { }}. */
	private Stmt implementation(int start) {
		List<Part.TypeParam> typeParams = this.p.at(TokenKind.LT) ? finish(typeParams()) : List.of();
		TypeExpr first = this.p.types.type();
		TypeExpr second = this.p.accept(TokenKind.FOR) ? this.p.types.type() : null;
		List<Stmt.Fn> methods = methods(true);
		Span span = this.p.span(start);
		return (second != null) ? new Stmt.Impl(this.p.id(), span, typeParams, first, second, methods)
				: new Stmt.Impl(this.p.id(), span, typeParams, null, first, methods);
	}

	private List<Stmt.Fn> methods(boolean bodyRequired) {
		Token open = this.p.open(TokenKind.LBRACE);
		Layout outer = this.p.layout;
		this.p.layout = Layout.STATEMENTS;
		List<Stmt.Fn> methods = new ArrayList<>();
		while (!this.p.at(TokenKind.RBRACE) && !this.p.at(TokenKind.EOF)
				&& !this.p.statements.lacksBraceBeforeDeclaration(open, this.p.token())) {
			if (!this.p.accept(TokenKind.SEMICOLON) && !this.p.accept(TokenKind.COMMA)) {
				method(methods, bodyRequired);
			}
		}
		this.p.layout = outer;
		this.p.closeOrAbandon(open);
		return methods;
	}

	/** Other languages have {@code self} among the parameters, which would make it a second one. */
	private Stmt.Fn withoutSelf(Stmt.Fn fn) {
		List<Part.Param> params = new ArrayList<>();
		for (Part.Param param : fn.params()) {
			if (param.target() instanceof Pattern.Name name && name.name().equals("self")) {
				this.p.report(Diagnostic
					.of(Code.E0108, this.p.file, name.span(), "'self' is no parameter: every method has it")
					.withHelp("leave it out: 'fn name() { self }'"));
			}
			else {
				params.add(param);
			}
		}
		return new Stmt.Fn(fn.id(), fn.span(), fn.nameSpan(), fn.name(), fn.typeParams(), params, fn.result(),
				fn.body(), fn.server(), fn.doc());
	}

	private void method(List<Stmt.Fn> methods, boolean bodyRequired) {
		Checkpoint before = this.p.checkpoint();
		Token first = this.p.token();
		try {
			String doc = this.p.statements.doc(first);
			boolean server = this.p.acceptWord("server");
			this.p.acceptWord("async");
			if (!this.p.at(TokenKind.FN) && !this.p.atWord("function")) {
				throw this.p.unexpected("'fn' or '}'");
			}
			methods.add(withoutSelf(fn(first.start(), doc, server, bodyRequired)));
		}
		catch (ParseFailure failure) {
			this.p.skipStatement(before);
		}
	}

}
