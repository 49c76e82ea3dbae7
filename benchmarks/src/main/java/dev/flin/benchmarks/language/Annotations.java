package dev.flin.benchmarks.language;

import java.util.function.UnaryOperator;

/** The same FLIN program with other types at its functions: what {@code fn name(a: T, b: U) -> V} says is replaced. */
final class Annotations {

	private Annotations() {
	}

	/** No parameter and no result says its type. */
	static String left(String source) {
		return rewritten(source, (type) -> "");
	}

	/** Every parameter and every result is {@code any}. */
	static String dynamic(String source) {
		return rewritten(source, (type) -> "any");
	}

	private static String rewritten(String source, UnaryOperator<String> types) {
		StringBuilder result = new StringBuilder();
		for (String line : source.split("\n", -1)) {
			result.append(line.startsWith("fn ") ? signature(line, types) : line).append('\n');
		}
		return result.toString();
	}

	private static String signature(String line, UnaryOperator<String> types) {
		StringBuilder result = new StringBuilder();
		int at = line.indexOf('(') + 1;
		result.append(line, 0, at);
		while (line.charAt(at) != ')') {
			int colon = line.indexOf(": ", at);
			int end = typeEnd(line, colon + 2);
			result.append(line, at, colon).append(marked(": ", types.apply(line.substring(colon + 2, end))));
			at = end;
			if (line.charAt(at) == ',') {
				result.append(", ");
				at += 2;
			}
		}
		result.append(')');
		at++;
		if (line.startsWith(" -> ", at)) {
			int end = typeEnd(line, at + 4);
			result.append(marked(" -> ", types.apply(line.substring(at + 4, end).strip())));
			at = end;
		}
		return result.append(line.charAt(at) == '{' ? " " : "").append(line.substring(at)).toString();
	}

	private static String marked(String mark, String type) {
		return type.isEmpty() ? "" : mark + type;
	}

	/** Where a type ends: at a comma, a closing parenthesis or a body that is not inside its brackets. */
	private static int typeEnd(String line, int start) {
		int depth = 0;
		for (int i = start; i < line.length(); i++) {
			char c = line.charAt(i);
			if (depth == 0 && (c == ',' || c == ')' || c == '{')) {
				return i;
			}
			if (c == '[' || c == '(') {
				depth++;
			}
			if (c == ']' || c == ')') {
				depth--;
			}
		}
		throw new IllegalArgumentException("no end of a type: " + line);
	}

}
