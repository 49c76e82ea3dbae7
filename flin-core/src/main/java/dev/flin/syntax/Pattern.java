package dev.flin.syntax;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;

/** A pattern of {@code match}, {@code for}, a destructuring assignment or a parameter. */
public sealed interface Pattern extends Node {

	/** {@code _}. */
	record Wildcard(int id, Span span) implements Pattern {
	}

	/** A literal (signed numbers included) compared by {@code ==}. */
	record Literal(int id, Span span, Expr value) implements Pattern {
	}

	/** {@code 1..5}, {@code 'a'..'f'}. */
	record Range(int id, Span span, Expr from, Expr to, boolean inclusive) implements Pattern {
	}

	/** A bare name: binds, compares with a variable, or is a variant or type name; the resolver decides. */
	record Name(int id, Span span, String name) implements Pattern {
	}

	/** {@code int} (with {@code name} null) or {@code n: int}; only for written types that are no bare name. */
	record Typed(int id, Span span, @Nullable String name, TypeExpr type) implements Pattern {
	}

	/**
	 * {@code Go(n)}, {@code Command.Go(n)}, {@code Command.Stop}. A bare {@code Stop} is a {@link Name}.
	 * @param value what {@code KEYS.STOP} reads if {@code KEYS} is a variable, which the resolver decides; null where
	 * parentheses or no dot say that it is a variant
	 */
	record Variant(int id, Span span, @Nullable String qualifier, String name, List<Pattern> args, @Nullable Expr value)
			implements Pattern {
	}

	/** {@code (a, b)}. */
	record Tuple(int id, Span span, List<Pattern> elements) implements Pattern {
	}

	/**
	 * {@code [a, b, ...rest, z]}; {@code rest} is null without dots, and a {@link Wildcard} for bare {@code ...}.
	 * @param last how many of the elements stand after the rest, and count from the end of the list
	 */
	record ListOf(int id, Span span, List<Pattern> elements, @Nullable Pattern rest, int last) implements Pattern {

		/** How many elements stand before the rest. */
		public int first() {
			return this.elements.size() - this.last;
		}

	}

	/** {@code { name, role: r = "user", ...rest }}; {@code name} alone binds its own name. */
	record MapOf(int id, Span span, List<Key> keys, @Nullable Pattern rest) implements Pattern {
	}

	/** One key of a {@link MapOf}. */
	record Key(int id, Span span, String name, Pattern pattern) implements Pattern {
	}

	/** {@code p = e}: the default where the value is missing or {@code none}; only in destructuring. */
	record Default(int id, Span span, Pattern pattern, Expr value) implements Pattern {
	}

	/** {@code a | b}. */
	record Or(int id, Span span, List<Pattern> alternatives) implements Pattern {
	}

	/** {@code xs[0]}, {@code m["k"]}, {@code e.field}: an assignable place, only in destructuring assignments. */
	record Place(int id, Span span, Expr target) implements Pattern {
	}

	/** Stands where no pattern could be read. */
	record Broken(int id, Span span) implements Pattern {
	}

}
