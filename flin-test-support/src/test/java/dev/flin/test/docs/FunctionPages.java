package dev.flin.test.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.flin.http.lib.FileLibrary;
import dev.flin.http.lib.WebLibrary;
import dev.flin.http.live.SocketLibrary;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.runtime.BuiltinEntry;
import dev.flin.runtime.entity.ApiKeyFunctions;
import dev.flin.runtime.entity.TemporalFunctions;
import dev.flin.runtime.lib.StandardLibrary;

/** Makes the reference pages of the built-in functions from their declarations. */
final class FunctionPages {

	private static final String NOTE = "<!-- Made from the declarations of the functions; do not edit. -->\n\n";

	private final Map<FunctionGroup, Map<String, List<BuiltinEntry>>> groups = new LinkedHashMap<>();

	private FunctionPages(BuiltinCatalog catalog) {
		for (FunctionGroup group : FunctionGroup.values()) {
			this.groups.put(group, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
		}
		for (BuiltinEntry entry : catalog.entries()) {
			overloads(entry).add(entry);
		}
	}

	private List<BuiltinEntry> overloads(BuiltinEntry entry) {
		return this.groups.getOrDefault(FunctionGroup.of(entry), Map.of())
			.computeIfAbsent(entry.name(), (name) -> new ArrayList<>());
	}

	static BuiltinCatalog catalog() {
		return StandardLibrary.catalog()
			.plus(List.of(TemporalFunctions.class, ApiKeyFunctions.class, WebLibrary.class, FileLibrary.class,
					SocketLibrary.class));
	}

	/** The text of each page by its path below the reference. */
	static Map<String, String> all() {
		FunctionPages pages = new FunctionPages(catalog());
		Map<String, String> all = new LinkedHashMap<>();
		all.put("functions.md", pages.index());
		pages.groups.forEach((group, functions) -> all.put("functions/" + group.file(), page(group, functions)));
		return all;
	}

	private String index() {
		StringBuilder out = new StringBuilder(NOTE);
		out.append("# Built-in functions\n\n");
		out.append("Every function can be called in three ways, wherever its first parameter is what it works on:\n");
		out.append("`name.trim()`, `trim(name)` and `name |> trim`. A method without arguments needs no parentheses: ");
		out.append("`name.trim.upper`.\n\nThe signatures are written as in FLIN itself. `T?` is a `T` or `none`, ");
		out.append("`[T]` a list, `[K: V]` a map, `= 2` a default,\n`...` any number of arguments, ");
		out.append("and `<T: Comparable>` says what the type must be able to do.\n\n| page | about |\n|---|---|\n");
		this.groups.forEach((group, functions) -> out.append("| [" + group.title() + "](functions/" + group.file()
				+ ") | " + functions.size() + " names, such as " + some(functions) + " |\n"));
		out.append("\n## All names\n\nA name in italics is another spelling.\n\n");
		Map<String, List<String>> links = links();
		Map<String, String> letters = new TreeMap<>();
		links.forEach((name, targets) -> letters.merge(name.substring(0, 1).toUpperCase(Locale.ROOT),
				String.join(" · ", targets), (a, b) -> a + " · " + b));
		letters.forEach((letter, names) -> out.append("**" + letter + "** " + names + "\n\n"));
		return out.toString().stripTrailing() + "\n";
	}

	/** For each name, in the order of the alphabet, where it is explained. */
	private Map<String, List<String>> links() {
		Map<String, List<String>> links = new TreeMap<>(
				String.CASE_INSENSITIVE_ORDER.thenComparing((name) -> name));
		this.groups.forEach((group, functions) -> functions.forEach((name, overloads) -> {
			String target = "](functions/" + group.file() + "#" + anchor(name) + ")";
			add(links, name, "[" + name + target);
			for (String alias : aliases(overloads)) {
				add(links, alias, "[*" + alias + "*" + target);
			}
		}));
		return links;
	}

	private static void add(Map<String, List<String>> links, String name, String link) {
		List<String> known = links.computeIfAbsent(name, (key) -> new ArrayList<>());
		if (!known.contains(link)) {
			known.add(link);
		}
	}

	private static String some(Map<String, List<BuiltinEntry>> functions) {
		return functions.keySet().stream().limit(3).map((name) -> "`" + name + "`").collect(Collectors.joining(", "));
	}

	private static String page(FunctionGroup group, Map<String, List<BuiltinEntry>> functions) {
		StringBuilder out = new StringBuilder(NOTE);
		out.append("# " + group.title() + "\n\n" + group.intro() + "\n\n");
		out.append(functions.keySet()
			.stream()
			.map((name) -> "[" + name + "](#" + anchor(name) + ")")
			.collect(Collectors.joining(" · ")));
		out.append("\n");
		functions.forEach((name, overloads) -> section(out, name, overloads));
		out.append("\n[All functions](../functions.md)\n");
		return out.toString();
	}

	private static void section(StringBuilder out, String name, List<BuiltinEntry> overloads) {
		out.append("\n## " + name + "\n\n```text\n");
		overloads.forEach((entry) -> out.append(entry.signature() + "\n"));
		out.append("```\n\n");
		overloads.stream().map(FunctionPages::sentence).distinct().forEach((doc) -> out.append(doc + "\n\n"));
		List<String> aliases = aliases(overloads);
		if (!aliases.isEmpty()) {
			out.append("Also: " + aliases.stream().map((alias) -> "`" + alias + "`").collect(Collectors.joining(", "))
					+ "\n\n");
		}
		block(out, "flin", overloads.stream().map(BuiltinEntry::example).toList());
		List<String> errors = overloads.stream().map(BuiltinEntry::errors).filter((each) -> !each.isEmpty()).toList();
		if (!errors.isEmpty()) {
			out.append("Errors:\n\n");
			block(out, "text", errors);
		}
		out.setLength(out.length() - 1);
	}

	private static String sentence(BuiltinEntry entry) {
		BuiltinEntry.Service service = entry.service();
		String needs = (service == null) ? "" : service.dependencies()
			.stream()
			.map((each) -> "`" + each + "`")
			.collect(Collectors.joining(" and ", " Needs ", "."));
		return entry.doc() + (entry.mutates() ? " Changes its receiver." : "") + needs;
	}

	private static List<String> aliases(List<BuiltinEntry> overloads) {
		return overloads.stream().flatMap((entry) -> entry.aliases().stream()).distinct().toList();
	}

	private static void block(StringBuilder out, String language, List<String> lines) {
		String text = lines.stream().filter((each) -> !each.isEmpty()).distinct().collect(Collectors.joining("\n"));
		if (!text.isEmpty()) {
			out.append("```" + language + "\n" + text + "\n```\n\n");
		}
	}

	private static String anchor(String name) {
		return name.toLowerCase(Locale.ROOT).replace(".", "");
	}

}
