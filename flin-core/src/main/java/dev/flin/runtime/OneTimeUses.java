package dev.flin.runtime;

import java.time.Instant;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What must not be used a second time, until it would not be accepted anyhow. A service of contexts that all runs of an
 * engine share. What it remembers does not depend on whether the run that asked goes well: a transaction that is rolled
 * back gives no code another life. Values are whole numbers, and maps of these and texts.
 */
public interface OneTimeUses {

	/** What is remembered, and until when. */
	record Known(Object value, Instant until) {
	}

	/** What a decision came to. @param left what is remembered from now on; null for nothing */
	record Outcome(boolean accepted, @Nullable Known left) {
	}

	/** Decides by what is known, null for nothing. May be asked more than once. */
	@FunctionalInterface
	interface Decision {

		Outcome decide(@Nullable Known known);

	}

	/** What a decision about what is known comes to. @param left what is remembered until the same moment */
	record Taken(boolean accepted, @Nullable Object left) {
	}

	/** What is known of a key now. */
	@Nullable Object find(String key, Instant now);

	/**
	 * Decides about a key and remembers what is left, before anybody else decides about it.
	 * @return whether the decision accepted
	 */
	boolean change(String key, Instant now, Decision decision);

	/** Remembers a value until a moment. */
	default void put(String key, Object value, Instant until, Instant now) {
		change(key, now, (known) -> new Outcome(true, new Known(value, until)));
	}

	/**
	 * Remembers a number, if it is higher than the one that is known.
	 * @return whether it was
	 */
	default boolean advance(String key, long value, Instant until, Instant now) {
		return change(key, now, (known) -> {
			boolean used = known != null && known.value() instanceof Long last && last >= value;
			return new Outcome(!used, used ? known : new Known(value, until));
		});
	}

	/** Remembers a key. @return whether it was not known before */
	default boolean claim(String key, Instant until, Instant now) {
		return advance(key, 1, until, now);
	}

	/** Decides about what is known of a key and changes it at once; false when nothing is known. */
	default boolean take(String key, Instant now, Function<Object, Taken> decision) {
		return change(key, now, (known) -> {
			if (known == null) {
				return new Outcome(false, null);
			}
			Taken taken = decision.apply(known.value());
			Object left = taken.left();
			return new Outcome(taken.accepted(), (left != null) ? new Known(left, known.until()) : null);
		});
	}

}
