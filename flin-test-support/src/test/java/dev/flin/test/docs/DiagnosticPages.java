package dev.flin.test.docs;

import java.util.Map;
import java.util.TreeMap;

import dev.flin.diag.Code;

/** Makes the index of the pages about diagnostics. */
final class DiagnosticPages {

	private static final Map<String, String> FAMILIES = new TreeMap<>(Map.of("E00", "Text and structure",
			"E01", "Names", "E02", "Types", "E03", "Patterns",
			"E04", "Entities", "E05", "Routes and components", "E06", "Services", "W01", "Warnings"));

	private DiagnosticPages() {
	}

	static String index() {
		StringBuilder out = new StringBuilder("""
				<!-- Made from the codes; do not edit. -->

				# Diagnostics

				What the compiler says has a code that never changes its meaning. Codes with `E` are errors: the file is
				not used, and one that was loaded before keeps working as it was. Codes with `W` are warnings. Each is
				shown with its place and, where there is one, a remedy:

				```flin E0102
				count = 3
				total = cuont + 1
				```

				```output
				error[E0102]: undefined variable 'cuont'
				  --> main.flin:2:9
				   |
				 2 | total = cuont + 1
				   |         ^^^^^ not declared in this scope
				   |
				   = help: did you mean 'count'? (declared on line 1)
				```

				The first line says what is wrong, `-->` where: file, line, column. All errors of a file are collected;
				at most 20 of each are shown, and never a second one that only follows from the first.
				""");
		FAMILIES.forEach((family, title) -> {
			out.append("\n## " + title + "\n\n| code | about |\n|---|---|\n");
			for (Code code : Code.values()) {
				if (code.name().startsWith(family)) {
					out.append("| [" + code + "](diagnostics/" + code + ".md) | " + code.title() + " |\n");
				}
			}
		});
		return out.toString();
	}

}
