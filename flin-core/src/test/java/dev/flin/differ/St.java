package dev.flin.differ;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A statement of a generated program. Every variable of a program has a name of its own. */
sealed interface St {

	record Declare(String name, Ty type, Ex value) implements St {
	}

	/** @param operator empty, or what stands before the equals sign */
	record Assign(String name, Ty type, String operator, Ex value, Ex.@Nullable Meaning meaning) implements St {
	}

	/** Assigns an element of a list or a map, or a field when {@code key} is null. */
	record AssignPart(Ex target, @Nullable Ex key, @Nullable String field, String operator, Ex value,
			Ex.@Nullable Meaning meaning) implements St {
	}

	/** {@code [a, b] = [x, y]}, a tuple likewise, or from one list. */
	record Apart(List<String> names, boolean declares, String open, String close, List<Ex> values,
			@Nullable String rest) implements St {
	}

	record If(Ex condition, List<St> then, List<St> otherwise) implements St {
	}

	/** @param index the second variable; null when there is none */
	record ForEach(String label, String name, @Nullable String index, Ex source, List<St> body) implements St {
	}

	/** Over pairs, taken apart. */
	record ForPairs(String label, String first, String second, Ex source, List<St> body) implements St {
	}

	record ForEntries(String label, String key, String value, Ex source, List<St> body) implements St {
	}

	record ForRange(String label, String name, Ex from, Ex to, boolean inclusive, List<St> body) implements St {
	}

	record ForSteps(String label, String name, long from, long below, long by, List<St> body) implements St {
	}

	/** Counts up to a limit, beside its condition. */
	record While(String label, String counter, long turns, @Nullable Ex condition, List<St> body) implements St {
	}

	record Match(Ex subject, List<Ex.Arm> arms) implements St {
	}

	record Try(List<St> body, @Nullable String error, List<St> handler, List<St> cleanup) implements St {
	}

	record Print(List<Ex> values) implements St {
	}

	record Eval(Ex value) implements St {
	}

	/** The value of a block, in a place that wants one. */
	record Value(Ex value) implements St {
	}

	record Return(@Nullable Ex value) implements St {
	}

	record Break(@Nullable String label, @Nullable Ex value) implements St {
	}

	record Continue(@Nullable String label) implements St {
	}

	record Fail(String message) implements St {
	}

	/** @param result null for a function without one */
	record Function(String name, List<Ex.Parameter> parameters, @Nullable Ty result, List<St> body) implements St {
	}

}
