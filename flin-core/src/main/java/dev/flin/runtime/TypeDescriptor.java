package dev.flin.runtime;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
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

		@Override
		public @Nullable Object check(@Nullable Object value, @Nullable String what) {
			return (value == null) ? null : this.type.check(value, what);
		}

		@Override
		public boolean matches(@Nullable Object value) {
			return value == null || this.type.matches(value);
		}

	}

	record Union(List<TypeDescriptor> types) implements TypeDescriptor {
	}

	/**
	 * An entity or enum of this name; the arguments of a generic enum are not checked.
	 * @param seen remembers whose values fit
	 */
	record Named(String name, Seen seen) implements TypeDescriptor {

		Named(String name) {
			this(name, new Seen());
		}

		@Override
		public @Nullable Object check(@Nullable Object value, @Nullable String what) {
			return this.seen.has(value) ? value : TypeChecks.check(this, value, what);
		}

		@Override
		public boolean matches(@Nullable Object value) {
			return this.seen.has(value) || TypeChecks.matches(this, value);
		}

	}

	/**
	 * The enum, or the class of an entity, of the last value that had a name. All values of these have it: the next one
	 * is mostly of the same, and needs no comparison of names. Threads may overwrite what others remembered.
	 */
	final class Seen {

		private @Nullable Object last;

		boolean has(@Nullable Object value) {
			Object known = this.last;
			return known != null && value != null
					&& known == ((value instanceof EnumValue choice) ? choice.type() : value.getClass());
		}

		void add(Object value) {
			if (value instanceof EnumValue choice) {
				this.last = choice.type();
			}
			else if (value instanceof EntityInstance entity && entity.hasOwnClass()) {
				this.last = entity.getClass();
			}
		}

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
