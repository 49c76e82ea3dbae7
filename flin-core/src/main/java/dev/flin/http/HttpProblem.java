package dev.flin.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Ends the handling of a request with an error answer that is the client's doing. Carries no stack trace.
 */
public final class HttpProblem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final transient @Nullable Map<String, String> fields;

	public HttpProblem(int status, String message) {
		this(status, message, null);
	}

	public HttpProblem(int status, String message, @Nullable Map<String, String> fields) {
		super(message, null, false, false);
		this.status = status;
		this.fields = fields;
	}

	public int status() {
		return this.status;
	}

	public String message() {
		String message = getMessage();
		return (message != null) ? message : "";
	}

	/** Messages by field when this is a failed validation. */
	public @Nullable Map<String, String> fields() {
		return this.fields;
	}

}
