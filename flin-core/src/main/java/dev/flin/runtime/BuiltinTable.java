package dev.flin.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Built-ins by their names. Programs use few of them: what is more than a name is read and put in order when somebody
 * asks for it. Safe for many threads.
 */
final class BuiltinTable {

	private static final String OBJECT = "Ljava/lang/Object;";

	private static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	private final List<BuiltinLine> lines;

	/** Those of each name and alias in their order. */
	private final Map<String, List<BuiltinLine>> byName;

	/** What stands before the dot in names. */
	private final Set<String> groups = new HashSet<>();

	/** What was asked for, in the order in which it is tried. */
	private final Map<String, List<BuiltinEntry>> overloads = new ConcurrentHashMap<>();

	private volatile @Nullable List<String> names;

	BuiltinTable(List<BuiltinLine> lines) {
		this.lines = lines;
		this.byName = new HashMap<>(lines.size() * 4);
		for (BuiltinLine line : lines) {
			name(line.name(), line);
			for (String alias : line.aliases()) {
				name(alias, line);
			}
		}
	}

	BuiltinTable with(List<BuiltinLine> more) {
		List<BuiltinLine> all = new ArrayList<>(this.lines);
		all.addAll(more);
		return new BuiltinTable(all);
	}

	private void name(String name, BuiltinLine line) {
		List<BuiltinLine> same = this.byName.get(name);
		if (same == null) {
			this.byName.put(name, List.of(line));
			int dot = name.indexOf('.');
			if (dot > 0) {
				this.groups.add(name.substring(0, dot));
			}
			return;
		}
		if (same.size() == 1) {
			same = new ArrayList<>(same);
			this.byName.put(name, same);
		}
		if (same.getLast() != line) {
			same.add(line);
		}
	}

	boolean contains(String name) {
		return this.byName.containsKey(name);
	}

	boolean isGroup(String name) {
		return this.groups.contains(name);
	}

	List<BuiltinEntry> entries() {
		return entries(this.lines);
	}

	private static List<BuiltinEntry> entries(List<BuiltinLine> lines) {
		List<BuiltinEntry> entries = new ArrayList<>(lines.size());
		for (BuiltinLine line : lines) {
			entries.add(line.entry());
		}
		return Collections.unmodifiableList(entries);
	}

	List<String> names() {
		List<String> known = this.names;
		if (known == null) {
			List<String> sorted = new ArrayList<>(this.byName.keySet());
			Collections.sort(sorted);
			known = Collections.unmodifiableList(sorted);
			this.names = known;
		}
		return known;
	}

	List<BuiltinEntry> named(String name) {
		List<BuiltinEntry> known = this.overloads.get(name);
		if (known != null) {
			return known;
		}
		List<BuiltinLine> found = this.byName.get(name);
		if (found == null) {
			return List.of();
		}
		List<BuiltinEntry> ordered = inOrder(entries(found));
		this.overloads.put(name, ordered);
		return ordered;
	}

	/** Overloads with special parameter types before those that take anything. */
	private static List<BuiltinEntry> inOrder(List<BuiltinEntry> entries) {
		if (entries.size() == 1) {
			return entries;
		}
		List<BuiltinEntry> ordered = new ArrayList<>(entries.size());
		for (BuiltinEntry entry : entries) {
			String rank = rank(entry);
			int at = ordered.size();
			while (at > 0 && rank.compareTo(rank(ordered.get(at - 1))) < 0) {
				at--;
			}
			ordered.add(at, entry);
		}
		return Collections.unmodifiableList(ordered);
	}

	/** One letter for each parameter; what is generic comes last. */
	private static String rank(BuiltinEntry entry) {
		StringBuilder rank = new StringBuilder();
		String descriptor = entry.descriptor();
		int at = 1;
		while (descriptor.charAt(at) != ')') {
			char type = descriptor.charAt(at);
			int end = (type == 'L') ? descriptor.indexOf(';', at) + 1 : at + 1;
			if (descriptor.startsWith(OBJECT, at)) {
				rank.append('z');
			}
			else if (!descriptor.startsWith(CONTEXT, at)) {
				rank.append((type == 'J') ? 'a' : (type == 'D') ? 'b' : 'c');
			}
			at = end;
		}
		return rank.append((entry.signature().indexOf('<') >= 0) ? 'z' : 'a').append(descriptor).toString();
	}

}
