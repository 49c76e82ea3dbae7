package dev.flin.differ;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** An expression of a generated program. */
sealed interface Ex {

	Ty type();

	/** What an operation does with the values of its operands. */
	interface Meaning {

		@Nullable Object of(@Nullable Object[] operands);

	}

	record Literal(Ty type, @Nullable Object value, String source) implements Ex {
	}

	record Variable(Ty type, String name) implements Ex {
	}

	/** @param template FLIN source with {@code $0}, {@code $1} … for operands, which are evaluated in written order */
	record Operation(Ty type, String template, List<Ex> operands, Meaning meaning) implements Ex {
	}

	/** Calls a function for each of some elements. */
	record Each(Ty type, String function, Ex list, Ex callback, @Nullable Ex start) implements Ex {
	}

	enum Choice {

		AND, OR, COALESCE, CONDITIONAL, THEN

	}

	record Lazy(Ty type, Choice choice, List<Ex> operands) implements Ex {
	}

	record Lambda(Ty type, List<Parameter> parameters, List<St> body) implements Ex {
	}

	/** @param fallback null for a parameter without a default */
	record Parameter(String name, Ty type, @Nullable Ex fallback) {
	}

	/** @param name null for an argument by position */
	record Argument(@Nullable String name, Ex value) {
	}

	record Call(Ty type, String function, List<Argument> arguments) implements Ex {
	}

	record CallValue(Ty type, Ex function, List<Ex> arguments) implements Ex {
	}

	record If(Ty type, Ex condition, List<St> then, List<St> otherwise) implements Ex {
	}

	/** Tells whether a value fits, and binds parts of it. */
	interface Fit {

		boolean bind(@Nullable Object value, List<@Nullable Object> parts);

	}

	/** @param binders the names that get the parts, in order */
	record Pattern(String source, List<Parameter> binders, Fit fit) {
	}

	record Arm(Pattern pattern, @Nullable Ex guard, List<St> body) {
	}

	record Match(Ty type, Ex subject, List<Arm> arms) implements Ex {
	}

	/** A loop that is left with a value; an optional. */
	record Loop(Ty type, St loop) implements Ex {
	}

	/** {@code x++} and its kin. */
	record Step(Ty type, String name, int delta, boolean prefix) implements Ex {
	}

	/** The value of an expression, or another when it fails. */
	record Attempt(Ty type, Ex tried, Ex otherwise, String name) implements Ex {
	}

}
