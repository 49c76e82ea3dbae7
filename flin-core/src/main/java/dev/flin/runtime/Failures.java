package dev.flin.runtime;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/**
 * Makes error values of whatever generated code catches, and the errors that generated code raises itself.
 */
public final class Failures {

	/** Longer values are cut off in the messages of tests. */
	private static final int SHOWN_MAX = 2_000;

	private Failures() {
	}

	/**
	 * The error that {@code try} and {@code catch} see.
	 * @param context restored to a depth by the caller
	 * @throws Error if the failure is not one of the program, such as memory that is used up
	 */
	public static FlinError caught(FlinContext context, Throwable thrown) {
		return switch (thrown) {
			case FlinError error -> error;
			case StackOverflowError overflow -> context.tooDeep();
			case ClassCastException mismatch ->
				new FlinError(FlinError.ERROR, "a value has another type than the code expects", mismatch);
			case NullPointerException missing ->
				new FlinError(FlinError.ERROR, "none is used where the code expects a value", missing);
			case RuntimeException failure -> new FlinError(FlinError.ERROR, describe(failure), failure);
			case Error severe -> throw severe;
			default -> new FlinError(FlinError.ERROR, describe(thrown), thrown);
		};
	}

	/** What {@code fail(x)} and {@code throw x} raise: an error value as it is, anything else as the message. */
	public static FlinError raised(@Nullable Object value) {
		return (value instanceof FlinError error) ? error
				: new FlinError(FlinError.ERROR, Printer.print(value));
	}

	public static FlinError assertion(@Nullable Object why) {
		return new FlinError(FlinError.ASSERTION_ERROR,
				(why == null) ? "assertion failed" : Printer.print(why));
	}

	/**
	 * Fails because a comparison in a test does not hold.
	 * @param code the condition as it is written
	 * @param why what the test says about it; null for nothing
	 */
	public static void refuted(String code, @Nullable Object left, @Nullable Object right, @Nullable Object why) {
		throw new FlinError(FlinError.ASSERTION_ERROR, said(why) + "assertion failed: " + code + "\n  left:  "
				+ shown(left) + "\n  right: " + shown(right));
	}

	/**
	 * Fails because a condition in a test does not hold.
	 * @param code the condition as it is written
	 * @param why what the test says about it; null for nothing
	 */
	public static void refuted(String code, @Nullable Object value, @Nullable Object why) {
		throw new FlinError(FlinError.ASSERTION_ERROR, said(why) + "assertion failed: " + code
				+ ((value instanceof Boolean) ? "" : "\n  value: " + shown(value)));
	}

	private static String said(@Nullable Object why) {
		return (why == null) ? "" : Printer.print(why) + "\n";
	}

	private static String shown(@Nullable Object value) {
		String text = Printer.quoted(value);
		return (text.length() <= SHOWN_MAX) ? text : text.substring(0, SHOWN_MAX) + "…";
	}

	/** The error of using none. */
	public static FlinError none(@Nullable String expression, String use) {
		String subject = (expression == null || expression.isEmpty()) ? "the value" : "'" + expression + "'";
		return new FlinError(subject + " is none: " + use);
	}

	/**
	 * Fails because the server has no such thing.
	 * @return nothing, ever
	 */
	public static Object onlyInBrowser(String name) {
		throw new FlinError("'" + name + "' exists only in the browser");
	}

	private static String describe(Throwable thrown) {
		String message = thrown.getMessage();
		return (message != null) ? message : thrown.getClass().getSimpleName();
	}

}
