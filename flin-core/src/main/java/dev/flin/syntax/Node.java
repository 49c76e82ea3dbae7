package dev.flin.syntax;

import dev.flin.source.Span;

/** A node of the syntax tree. */
public sealed interface Node permits Expr, Stmt, Pattern, TypeExpr, Markup, Part {

	/** Dense id, from 0, unique in the file: the index into side tables. */
	int id();

	Span span();

}
