package dev.flin.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What taking over a schema would change, and what stands in its way.
 *
 * @param steps what happens, in order, as sentences
 * @param problems why it cannot; empty when it can
 * @param unreadable how many values of old versions cannot be coerced and will read {@code none}
 */
public record SchemaPlan(List<String> steps, List<Problem> problems, long unreadable) {

	/** Copies the lists. */
	public SchemaPlan {
		steps = List.copyOf(steps);
		problems = List.copyOf(problems);
	}

	/**
	 * Why a schema cannot be taken over.
	 *
	 * @param kind which rule refuses
	 * @param entity the entity
	 * @param field the field, null when it is the entity as a whole
	 * @param message one sentence for people
	 * @param records how many records stand in the way
	 * @param examples some of the values that do, as text
	 */
	public record Problem(Kind kind, String entity, @Nullable String field, String message, long records,
			List<String> examples) {

		/** Copies the list. */
		public Problem {
			examples = List.copyOf(examples);
		}

	}

	/** The rules that refuse. */
	public enum Kind {

		/** A new field has neither a default nor allows {@code none}. */
		NEEDS_DEFAULT,
		/** Stored values cannot be coerced to the new type. */
		CANNOT_COERCE,
		/** {@code T?} becomes {@code T} while {@code none} is stored. */
		HAS_NONE,
		/** A new unique rule meets equal values. */
		NOT_UNIQUE,
		/** A new rule meets values that break it. */
		BREAKS_RULE,
		/** An enum member that is in use was removed. */
		MEMBER_IN_USE,
		/** A field is encrypted, but no key is configured. */
		NEEDS_KEY

	}

	/**
	 * Whether nothing would change.
	 * @return true when there is nothing to do and nothing in the way
	 */
	public boolean isEmpty() {
		return this.steps.isEmpty() && this.problems.isEmpty();
	}

}
