package dev.flin.syntax;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/** Pieces of expressions and declarations that are neither values nor statements themselves. */
public sealed interface Part extends Node {

	/** Statements in braces. The value of a block is that of its last statement when it is an expression. */
	record Block(int id, Span span, List<Stmt> body) implements Part {
	}

	/** A parameter of a function or lambda: a pattern (usually a bare name), its type and default. */
	record Param(int id, Span span, Pattern target, @Nullable TypeExpr type, @Nullable Expr defaultValue,
			boolean rest) implements Part {

		/**
		 * Whether it takes options, as in {@code fn open(options = {})}: without a type, and an empty map unless given.
		 * What it takes is dynamic.
		 */
		public boolean takesOptions() {
			return this.type == null && this.defaultValue instanceof Expr.MapOf map && map.entries().isEmpty();
		}

	}

	/** A type parameter with its bounds. */
	record TypeParam(int id, Span span, String name, List<TypeExpr> bounds) implements Part {
	}

	/** An argument: by position ({@code name} is null), by name, or spread ({@code ...xs}). */
	record Arg(int id, Span span, @Nullable String name, Expr value, boolean spread) implements Part {
	}

	/** An element of a list literal; {@code ...xs} when spread. */
	record Element(int id, Span span, Expr value, boolean spread) implements Part {
	}

	/** An entry of a map literal. A null key is a spread of {@code value}. Bare names before {@code :} are texts. */
	record Entry(int id, Span span, @Nullable Expr key, Expr value) implements Part {
	}

	/** A piece of text with interpolation. */
	sealed interface TextPart extends Part permits Chunk, Hole {

	}

	/** Literal characters, escapes already resolved. */
	record Chunk(int id, Span span, String text) implements TextPart {
	}

	/** An interpolated expression. */
	record Hole(int id, Span span, Expr value) implements TextPart {
	}

	/** One arm of a match. */
	record Arm(int id, Span span, Pattern pattern, @Nullable Expr guard, Expr body) implements Part {
	}

	/** {@code @name} or {@code @name(args)} on a field or entity; {@code where >= 13} is {@code @where(expr)}. */
	record Decorator(int id, Span span, String name, List<Arg> args) implements Part {
	}

	/**
	 * A field of an entity, of {@code props} or of {@code validate}.
	 * @param type null when nothing was written (then {@code any})
	 * @param semantic written {@code semantic text}
	 * @param computed the expression after {@code =>}; never stored
	 * @param nested the fields of a nested {@code address: { … }} in validate
	 * @param listOfNested whether {@code nested} stands in brackets
	 */
	record Field(int id, Span span, Span nameSpan, String name, @Nullable TypeExpr type, boolean semantic,
			List<Decorator> decorators, @Nullable Expr defaultValue, @Nullable Expr computed,
			@Nullable List<Field> nested, boolean listOfNested, @Nullable String doc) implements Part {
	}

	/** {@code before save { … }} in an entity. */
	record Hook(int id, Span span, boolean before, String operation, Block body) implements Part {
	}

	/**
	 * A variant of an enum, and its earlier names.
	 * @param payload the types of its values
	 * @param names as many names of these values, empty where none is written
	 */
	record Variant(int id, Span span, String name, List<TypeExpr> payload, List<String> names,
			List<Decorator> decorators, @Nullable String doc) implements Part {
	}

	/** One step of a quasi-statement of the host forms: {@code on connect { }}, {@code on message(data) { }}. */
	record On(int id, Span span, String event, List<Param> params, Block body) implements Part {
	}

}
