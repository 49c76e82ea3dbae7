package dev.flin.syntax;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;
import dev.flin.syntax.Expr.BinaryOp;

/** Reads entities and the fields of entities, {@code props} and {@code validate}, with their decorators. */
final class FieldParser {

	private final Parser p;

	FieldParser(Parser parser) {
		this.p = parser;
	}

	/** {@code entity Name { fields, decorators and hooks }}, from the name on. */
	Stmt entity(int start, @Nullable String doc) {
		Token name = this.p.expectName("the name of the entity", false);
		List<Part.Decorator> decorators = decorators();
		List<Part.Hook> hooks = new ArrayList<>();
		List<Part.Field> fields = body(false, decorators, hooks);
		return new Stmt.Entity(this.p.id(), this.p.span(start), name.span(), this.p.textOf(name), fields, hooks,
				decorators,
				doc);
	}

	/** The fields of {@code props} ({@code nested} false) or {@code validate} in braces. */
	List<Part.Field> fields(boolean nested) {
		return body(nested, null, null);
	}

	private List<Part.Field> body(boolean nested, @Nullable List<Part.Decorator> decorators,
			@Nullable List<Part.Hook> hooks) {
		Token open = this.p.open(TokenKind.LBRACE);
		return this.p.with(Layout.STATEMENTS, () -> {
			List<Part.Field> fields = new ArrayList<>();
			while (!this.p.at(TokenKind.RBRACE) && !this.p.at(TokenKind.EOF)
					&& !isBehind(open)) {
				if (!this.p.accept(TokenKind.COMMA) && !this.p.accept(TokenKind.SEMICOLON)) {
					item(fields, nested, decorators, hooks);
				}
			}
			this.p.closeOrAbandon(open);
			return fields;
		});
	}

	/** Whether what stands here cannot be in a body whose brace nothing closes: it is no field, and not indented. */
	private boolean isBehind(Token open) {
		return this.p.peek().kind() != TokenKind.COLON
				&& this.p.statements.lacksBraceBeforeLine(open, this.p.token());
	}

	private void item(List<Part.Field> fields, boolean nested, @Nullable List<Part.Decorator> decorators,
			@Nullable List<Part.Hook> hooks) {
		Checkpoint before = this.p.checkpoint();
		try {
			Token first = this.p.token();
			if (decorators != null && first.kind() == TokenKind.AT) {
				decorators.addAll(decorators());
			}
			else if (hooks != null && isHook(first)) {
				hooks.add(hook());
			}
			else if (hooks != null && first.kind() == TokenKind.FN) {
				throw this.p.fail(Code.E0010, first.span(), "an entity holds fields and hooks", "",
						"write its methods in 'impl Name { }'");
			}
			else {
				fields.add(field(nested));
			}
		}
		catch (ParseFailure failure) {
			this.p.skipStatement(before);
		}
	}

	private boolean isHook(Token first) {
		Token operation = this.p.peek();
		return (this.p.isWord(first, "before") || this.p.isWord(first, "after")) && operation.kind() == TokenKind.WORD
				&& this.p.lexer.scan(operation.end()).kind() == TokenKind.LBRACE;
	}

	private Part.Hook hook() {
		Token when = this.p.advance();
		String operation = this.p.textOf(this.p.advance());
		Part.Block body = this.p.statements.block(this.p.place.inFunction());
		return new Part.Hook(this.p.id(), this.p.span(when.start()), this.p.isWord(when, "before"), operation, body);
	}

	/** What may follow the name of a field. */
	private static final class Draft {

		private @Nullable TypeExpr type;

		private boolean semantic;

		private final List<Part.Decorator> decorators = new ArrayList<>();

		private @Nullable Expr defaultValue;

		private @Nullable Expr computed;

		private @Nullable List<Part.Field> nested;

		private boolean listOfNested;

	}

	private Part.Field field(boolean nested) {
		Token first = this.p.token();
		String doc = this.p.statements.doc(first);
		Token name = this.p.expectName("a field", true);
		Draft draft = new Draft();
		if (this.p.accept(TokenKind.COLON)) {
			type(draft, nested);
		}
		details(draft, name);
		return new Part.Field(this.p.id(), this.p.span(name.start()), name.span(), this.p.textOf(name), draft.type,
				draft.semantic, draft.decorators, draft.defaultValue, draft.computed, draft.nested, draft.listOfNested,
				doc);
	}

	private void type(Draft draft, boolean nested) {
		Token next = this.p.peek();
		if (this.p.atWord("semantic") && next.kind() == TokenKind.WORD && !next.afterNewline()
				&& this.p.lexer.scan(next.end()).kind() != TokenKind.COLON) {
			this.p.advance();
			draft.semantic = true;
		}
		if (nested && this.p.at(TokenKind.LBRACE)) {
			draft.nested = fields(true);
			this.p.accept(TokenKind.QUESTION);
		}
		else if (nested && this.p.at(TokenKind.LBRACKET) && next.kind() == TokenKind.LBRACE) {
			Token open = this.p.open(TokenKind.LBRACKET);
			draft.nested = fields(true);
			draft.listOfNested = true;
			this.p.close(open, TokenKind.RBRACKET);
			this.p.accept(TokenKind.QUESTION);
		}
		else {
			draft.type = this.p.types.type();
		}
	}

	private void details(Draft draft, Token name) {
		while (!this.p.onNewLine()) {
			if (this.p.at(TokenKind.AT)) {
				draft.decorators.add(decorator());
			}
			else if (draft.defaultValue == null && this.p.accept(TokenKind.ASSIGN)) {
				draft.defaultValue = this.p.with(this.p.layout.inDefault(), this.p.expressions::expression);
			}
			else if (draft.computed == null && this.p.accept(TokenKind.FAT_ARROW)) {
				draft.computed = this.p.with(this.p.layout.inDefault(), this.p.expressions::expression);
			}
			else if (this.p.atWord("where") && this.p.peek().kind() != TokenKind.COLON) {
				draft.decorators.add(where(name));
			}
			else if (this.p.at(TokenKind.RBRACE) || this.p.at(TokenKind.COMMA) || this.p.at(TokenKind.SEMICOLON)
					|| (this.p.token().isWord() && this.p.peek().kind() == TokenKind.COLON)) {
				return;
			}
			else {
				throw this.p.unexpected("a decorator, a default or the next field");
			}
		}
	}

	List<Part.Decorator> decorators() {
		List<Part.Decorator> decorators = new ArrayList<>();
		while (this.p.at(TokenKind.AT)) {
			decorators.add(decorator());
			if (this.p.onNewLine()) {
				break;
			}
		}
		return decorators;
	}

	private Part.Decorator decorator() {
		int start = this.p.advance().start();
		if (this.p.onNewLine()) {
			throw this.p.unexpected("the name of a decorator");
		}
		String name = this.p.textOf(this.p.expectName("the name of a decorator", true));
		boolean hasArgs = this.p.at(TokenKind.LPAREN) && !this.p.token().afterSpace();
		List<Part.Arg> args = hasArgs ? this.p.collections.args() : List.of();
		return new Part.Decorator(this.p.id(), this.p.span(start), name, args);
	}

	/** {@code where >= 13 and <= 120}: comparisons whose left side is the field. */
	private Part.Decorator where(Token field) {
		int start = this.p.advance().start();
		Expr condition = this.p.with(this.p.layout.inDefault(), () -> constraint(field));
		Part.Arg arg = new Part.Arg(this.p.id(), condition.span(), null, condition, false);
		return new Part.Decorator(this.p.id(), this.p.span(start), "where", List.of(arg));
	}

	private Expr constraint(Token field) {
		int start = this.p.start();
		Expr left = comparison(field);
		for (int length = 0;; length++) {
			BinaryOp op = switch (this.p.kind()) {
				case AND_WORD, AND -> BinaryOp.AND;
				case OR_WORD, OR -> BinaryOp.OR;
				default -> null;
			};
			if (op == null) {
				return left;
			}
			this.p.checkChain(length);
			Span opSpan = this.p.advance().span();
			Expr right = comparison(field);
			left = new Expr.Binary(this.p.id(), this.p.span(start), opSpan, op, left, right);
		}
	}

	private Expr comparison(Token field) {
		Token op = this.p.token();
		Infix infix = Infix.of(op.kind());
		BinaryOp operator = (infix != null) ? infix.op() : null;
		if (operator == null || infix == null || (infix.level() != 8 && infix.level() != 9)) {
			return this.p.expressions.infix(Infix.EQUALITY);
		}
		this.p.advance();
		Span before = new Span(op.start(), op.start());
		Expr left = new Expr.Name(this.p.id(), before, this.p.textOf(field));
		Expr right = this.p.expressions.infix(Infix.RANGE_END - 1);
		return new Expr.Binary(this.p.id(), this.p.span(op.start()), op.span(), operator, left, right);
	}

}
