package dev.flin.fuzz;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What must not happen.
 *
 * @param kind where and what, the same for inputs that find the same mistake
 */
record Failure(String kind, Throwable cause) {

	private static final int FRAMES = 40;

	/** Names a failure after its first frame of ours. */
	static Failure of(String phase, Throwable cause) {
		Throwable root = cause;
		while (root.getCause() != null && !(root instanceof VerifyError)) {
			root = root.getCause();
		}
		StringBuilder kind = new StringBuilder(phase).append(' ').append(root.getClass().getSimpleName());
		if (root instanceof StackOverflowError) {
			return new Failure(kind.toString(), cause);
		}
		for (StackTraceElement frame : root.getStackTrace()) {
			if (frame.getClassName().startsWith("dev.flin.") && !frame.getClassName().startsWith("dev.flin.fuzz.")) {
				kind.append(" at ").append(frame.getClassName()).append('.').append(frame.getMethodName());
				break;
			}
			if (frame.getClassName().startsWith("dev.flin.fuzz.")) {
				kind.append(": ").append(root.getMessage());
				break;
			}
		}
		if (root instanceof VerifyError && root.getMessage() != null) {
			kind.append(' ').append(root.getMessage().lines().findFirst().orElse("").replaceAll("flin[./]\\S+", "…"));
		}
		return new Failure(kind.toString(), cause);
	}

	String trace() {
		StringWriter text = new StringWriter();
		this.cause.printStackTrace(new PrintWriter(text, true));
		return String.join("\n", text.toString().lines().limit(FRAMES).toList());
	}

}
