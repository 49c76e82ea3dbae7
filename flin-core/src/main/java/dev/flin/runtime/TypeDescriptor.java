package dev.flin.runtime;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;

/**
 * A type that a value is checked against when it comes from {@code any} into an annotated place. Generated code makes
 * descriptors from constants with {@link #parse}.
 */
public sealed interface TypeDescriptor {

	TypeDescriptor ANY = new Any();

	/** The kinds of values that have no parts. */
	enum Kind {

		INT, NUMBER, DECIMAL, BOOL, TEXT, TIME, DURATION, MONEY, FILE, HTML, FUNCTION, NONE, NEVER, REGEX, ERROR;

	}

	/** Everything. */
	record Any() implements TypeDescriptor {
	}

	record Simple(Kind kind) implements TypeDescriptor {
	}

	record ListOf(TypeDescriptor element) implements TypeDescriptor {
	}

	record MapOf(TypeDescriptor key, TypeDescriptor value) implements TypeDescriptor {
	}

	/** A map with these text keys; further keys are allowed, a missing key counts as none. */
	record RecordOf(Map<String, TypeDescriptor> fields) implements TypeDescriptor {
	}

	record TupleOf(List<TypeDescriptor> parts) implements TypeDescriptor {
	}

	record Optional(TypeDescriptor type) implements TypeDescriptor {
	}

	record Union(List<TypeDescriptor> types) implements TypeDescriptor {
	}

	/** An entity or enum of this name; the arguments of a generic enum are not checked. */
	record Named(String name) implements TypeDescriptor {
	}

	/**
	 * Makes a descriptor from FLIN's type syntax: {@code int}, {@code [text]}, {@code [text: int?]},
	 * {@code {name: text, age: int?}}, {@code (int, text)}, {@code int | text}, {@code (int) -> int}, {@code Product}.
	 */
	static TypeDescriptor parse(String type) {
		return TypeParser.parse(type);
	}

	/**
	 * Checks a value deeply and widens ints where numbers or decimals are wanted; lists and maps are widened in
	 * place, so that they stay the same reference.
	 * @param what what the value is, an expression, parameter or variable, for the message
	 * @return the value, or what it widens to
	 * @throws FlinError naming the path of the first wrong part, such as {@code [1].price}
	 */
	default @Nullable Object check(@Nullable Object value, @Nullable String what) {
		return TypeChecks.check(this, value, what);
	}

	/** Whether {@code value is T}; never changes the value. */
	default boolean matches(@Nullable Object value) {
		return TypeChecks.matches(this, value);
	}

}
