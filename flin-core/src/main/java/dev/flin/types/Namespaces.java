package dev.flin.types;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.flin.resolve.Names;

/** Objects of JavaScript, and built-ins that are grouped under a name: {@code Math.floor}, {@code response.created}. */
final class Namespaces {

	private static final Map<String, String> BUILTINS = Map.ofEntries(Map.entry("JSON.parse", "parse_json"),
			Map.entry("JSON.stringify", "to_json"), Map.entry("Object.keys", "keys"),
			Map.entry("Object.values", "values"), Map.entry("Object.entries", "entries"),
			Map.entry("Object.assign", "merge"), Map.entry("Object.fromEntries", "from_entries"),
			Map.entry("Array.isArray", "is_list"), Map.entry("Array.from", "to_list"), Map.entry("Math.PI", "pi"),
			Map.entry("Math.E", "e"), Map.entry("Math.random", "random"), Map.entry("Number.isInteger", "is_integer"),
			Map.entry("Number.parseFloat", "to_number"), Map.entry("Number.parseInt", "parse_int"),
			Map.entry("Number.isNaN", "is_nan"), Map.entry("Number.isFinite", "is_finite"), Map.entry("Date.now",
					"now"),
			Map.entry("console.log", "print"),
			Map.entry("console.info", "print"), Map.entry("console.debug", "print"),
			Map.entry("Object.hasOwn", "has_key"), Map.entry("Date.parse", "time"),
			Map.entry("Object.is", "deep_equals"),
			Map.entry("console.error", "print"), Map.entry("console.warn", "print"),
			Map.entry("console.table", "print"), Map.entry("console.dir", "print"), Map.entry("console.trace", "print"),
			Map.entry("console.group", "print"), Map.entry("console.groupCollapsed", "print"),
			Map.entry("console.groupEnd", "print"), Map.entry("console.time", "print"),
			Map.entry("console.timeEnd", "print"), Map.entry("console.count", "print"),
			Map.entry("response.created", "created"), Map.entry("response.no_content", "no_content"));

	private static final Map<String, String> CALLED = Map.of("String", "to_text", "Number", "to_number", "Boolean",
			"to_bool", "Date", "time");

	private static final Set<String> MATH = Set.of("abs", "sign", "min", "max", "floor", "ceil", "round", "trunc",
			"pow",
			"sqrt", "cbrt", "exp", "log", "log10", "log2", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh",
			"cosh", "tanh", "hypot");

	/** So many members are told when none of them is meant. */
	private static final int FEW = 20;

	private Namespaces() {
	}

	static boolean isNamespace(String name, Signatures signatures) {
		return Names.NAMESPACES.contains(name) || Names.BROWSER.contains(name)
				|| signatures.rows(name).isEmpty() && signatures.builtins().names().stream().anyMatch(each -> each
					.startsWith(name + "."));
	}

	/** The built-in that a member of a namespace means. */
	static String builtin(String namespace, String member, Signatures signatures) {
		String full = namespace + "." + member;
		if (!signatures.rows(full).isEmpty()) {
			return full;
		}
		String mapped = BUILTINS.get(full);
		if (mapped != null) {
			return mapped;
		}
		if (namespace.equals("Math") && MATH.contains(member)) {
			return member.equals("log") ? "ln" : member;
		}
		return full;
	}

	/** What to do about a member that a namespace does not have. */
	static String remedy(String namespace, String wrong, Signatures signatures) {
		Set<String> members = new TreeSet<>();
		Stream.concat(signatures.builtins().names().stream(), BUILTINS.keySet().stream())
			.filter(name -> name.startsWith(namespace + "."))
			.forEach(name -> members.add(name.substring(namespace.length() + 1)));
		String near = ExprChecker.didYouMean(wrong, members);
		return (near.isEmpty() && members.size() <= FEW) ? "it has " + String.join(", ", members) : near;
	}

	/** The built-in that calling the namespace itself means: {@code String(12)}. */
	static String called(String namespace, Signatures signatures) {
		return signatures.rows(namespace).isEmpty() ? CALLED.getOrDefault(namespace, namespace) : namespace;
	}

}
