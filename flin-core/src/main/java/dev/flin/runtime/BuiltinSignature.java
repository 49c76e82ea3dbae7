package dev.flin.runtime;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * The parameters of a built-in's FLIN signature, as far as dynamic dispatch needs them.
 */
record BuiltinSignature(List<Parameter> parameters, boolean rest) {

	/**
	 * One parameter.
	 *
	 * @param type the FLIN type as it is written
	 * @param optional whether it may be left out
	 * @param defaultValue the value of the literal default; null also for none
	 */
	record Parameter(String name, String type, boolean optional, @Nullable Object defaultValue) {
	}

	/** How many arguments must be given. */
	int required() {
		int count = 0;
		for (Parameter parameter : this.parameters) {
			count += parameter.optional() ? 0 : 1;
		}
		return this.rest ? count - 1 : count;
	}

	/** How many arguments fit. */
	int most() {
		return this.rest ? Integer.MAX_VALUE : this.parameters.size();
	}

	static BuiltinSignature parse(String signature) {
		int open = parameterStart(signature);
		if (open < 0) {
			return new BuiltinSignature(List.of(), false);
		}
		List<Parameter> parameters = new ArrayList<>();
		boolean rest = false;
		for (String written : split(signature, open + 1)) {
			String parameter = written;
			if (parameter.startsWith("...")) {
				rest = true;
				parameter = parameter.substring(3);
			}
			parameters.add(parameter(parameter, signature));
		}
		return new BuiltinSignature(List.copyOf(parameters), rest);
	}

	/** The parenthesis after the name and its type parameters, -1 for a value. */
	private static int parameterStart(String signature) {
		int depth = 0;
		for (int i = 0; i < signature.length(); i++) {
			char c = signature.charAt(i);
			if (c == '<') {
				depth++;
			}
			else if (c == '>') {
				depth--;
			}
			else if (depth == 0 && c == '(') {
				return i;
			}
			else if (depth == 0 && c == ':') {
				return -1;
			}
		}
		throw new FlinBugException("bad signature of a built-in: " + signature);
	}

	private static List<String> split(String signature, int from) {
		List<String> parts = new ArrayList<>();
		int depth = 0;
		int start = from;
		boolean quoted = false;
		for (int i = from; i < signature.length(); i++) {
			char c = signature.charAt(i);
			if (c == '"') {
				quoted = !quoted;
			}
			else if (quoted) {
				continue;
			}
			else if (c == ')' && depth == 0) {
				if (!signature.substring(start, i).isBlank()) {
					parts.add(signature.substring(start, i).trim());
				}
				return parts;
			}
			else if (c == ',' && depth == 0) {
				parts.add(signature.substring(start, i).trim());
				start = i + 1;
			}
			else if (c == '(' || c == '[' || c == '{') {
				depth++;
			}
			else if (c == ')' || c == ']' || c == '}') {
				depth--;
			}
		}
		throw new FlinBugException("bad signature of a built-in: " + signature);
	}

	private static Parameter parameter(String written, String signature) {
		int colon = written.indexOf(':');
		if (colon < 0) {
			throw new FlinBugException("a parameter without a type in the signature of a built-in: " + signature);
		}
		String name = written.substring(0, colon).trim();
		int equals = written.indexOf(" = ", colon);
		if (equals < 0) {
			return new Parameter(name, written.substring(colon + 1).trim(), false, null);
		}
		return new Parameter(name, written.substring(colon + 1, equals).trim(), true,
				literal(written.substring(equals + 3).trim(), signature));
	}

	private static @Nullable Object literal(String written, String signature) {
		if (written.startsWith("\"") && written.endsWith("\"")) {
			return written.substring(1, written.length() - 1).replace("\\n", "\n").replace("\\t", "\t");
		}
		return switch (written) {
			case "none" -> null;
			case "true" -> true;
			case "false" -> false;
			default -> {
				try {
					yield written.contains(".") ? (Object) Double.valueOf(written) : (Object) Long.valueOf(written);
				}
				catch (NumberFormatException ex) {
					throw new FlinBugException("a default that is no literal in the signature " + signature, ex);
				}
			}
		};
	}

}
