package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A mistake of the FLIN implementation itself, never of a FLIN program or its user.
 */
public final class FlinBugException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public FlinBugException(String message) {
		super(message);
	}

	public FlinBugException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
