package dev.flin.syntax;

import java.util.List;

import dev.flin.source.Span;

/** A type as it is written. */
public sealed interface TypeExpr extends Node {

	/** {@code int}, {@code Product}, {@code Box<text>}, {@code T}; JavaScript spellings are already canonical. */
	record Named(int id, Span span, String name, List<TypeExpr> args) implements TypeExpr {
	}

	/** {@code [T]}. */
	record ListOf(int id, Span span, TypeExpr element) implements TypeExpr {
	}

	/** {@code [K: V]}. */
	record MapOf(int id, Span span, TypeExpr key, TypeExpr value) implements TypeExpr {
	}

	/** {@code T?}. */
	record Optional(int id, Span span, TypeExpr inner) implements TypeExpr {
	}

	/** {@code A | B | C}, at least two. */
	record Union(int id, Span span, List<TypeExpr> members) implements TypeExpr {
	}

	/** {@code (A, B)}. */
	record Tuple(int id, Span span, List<TypeExpr> elements) implements TypeExpr {
	}

	/** {@code (A, B) -> R}. */
	record Fn(int id, Span span, List<TypeExpr> params, TypeExpr result) implements TypeExpr {
	}

	/** {@code { name: text, age: int }}. */
	record Record(int id, Span span, List<String> names, List<TypeExpr> types) implements TypeExpr {
	}

	/** Stands where no type could be read; fits everything. */
	record Broken(int id, Span span) implements TypeExpr {
	}

}
