package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * The value of {@code try e}: either the value of {@code e} or the error that it raised.
 *
 * @param value the value; none too when the expression failed
 * @param error the error, or none when the expression succeeded
 */
public record Attempt(@Nullable Object value, @Nullable FlinError error) {

	public static Attempt success(@Nullable Object value) {
		return new Attempt(value, null);
	}

	public static Attempt failure(FlinError error) {
		return new Attempt(null, error);
	}

	public boolean ok() {
		return this.error == null;
	}

}
