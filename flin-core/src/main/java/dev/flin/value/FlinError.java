package dev.flin.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An error value of a FLIN program: what {@code fail} raises and {@code try} and {@code catch} see. Its members in FLIN
 * are {@code code}, {@code message}, {@code cause}, {@code trace} and {@code fields}.
 */
public final class FlinError extends RuntimeException {

	/** The code of errors that have no more special one. */
	public static final String ERROR = "Error";

	public static final String VALIDATION_ERROR = "ValidationError";

	public static final String CONFLICT_ERROR = "ConflictError";

	public static final String ASSERTION_ERROR = "AssertionError";

	/** The code of every exceeded limit: call depth, time, collection size, output size. */
	public static final String LIMIT_ERROR = "LimitError";

	/** The code of an error raised because the caller is gone or the run was stopped. */
	public static final String INTERRUPTED_ERROR = "InterruptedError";

	/** Class names of generated code start with this prefix; only such frames are part of a FLIN trace. */
	public static final String GENERATED_PREFIX = "flin.";

	private static final long serialVersionUID = 1L;

	private final String code;

	private final transient Map<String, String> fields;

	public FlinError(String message) {
		this(ERROR, message, null, Map.of());
	}

	public FlinError(String code, String message) {
		this(code, message, null, Map.of());
	}

	public FlinError(String code, String message, @Nullable Throwable cause) {
		this(code, message, cause, Map.of());
	}

	/**
	 * @param fields messages by field name, in the order of the declaration; empty unless this is a validation error
	 */
	public FlinError(String code, String message, @Nullable Throwable cause, Map<String, String> fields) {
		super(message, cause);
		this.code = code;
		this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
	}

	public String code() {
		return this.code;
	}

	public String message() {
		String message = getMessage();
		return (message != null) ? message : this.code;
	}

	/** The messages by field of a validation error; empty for other errors. */
	public Map<String, String> fields() {
		return (this.fields != null) ? this.fields : Map.of();
	}

	/** The FLIN frames of the stack, innermost first, such as {@code total (app/index.flin:4)}. */
	public List<String> flinTrace() {
		List<String> frames = new ArrayList<>();
		for (StackTraceElement frame : getStackTrace()) {
			if (frame.getClassName().startsWith(GENERATED_PREFIX) && frame.getLineNumber() > 0) {
				frames.add(frame.getMethodName() + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")");
			}
		}
		return frames;
	}

	/** {@link #flinTrace()} for readers: {@code "at …"} for each frame, and what repeats only once. */
	public List<String> traceLines() {
		return TraceLines.of(flinTrace().stream().map((frame) -> "at " + frame).toList());
	}

}
