package dev.flin.runtime;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One built-in, of which perhaps only the names have been read. There is one entry of it for all who ask. */
final class BuiltinLine {

	private final String name;

	private final List<String> aliases;

	/** An index; empty when there is an entry from the beginning. */
	private final String index;

	private final int start;

	/** Null until somebody asks. */
	private @Nullable BuiltinEntry entry;

	BuiltinLine(BuiltinEntry entry) {
		this.name = entry.name();
		this.aliases = entry.aliases();
		this.index = "";
		this.start = 0;
		this.entry = entry;
	}

	/**
	 * @param start where the line begins
	 */
	BuiltinLine(String name, List<String> aliases, String index, int start) {
		this.name = name;
		this.aliases = aliases;
		this.index = index;
		this.start = start;
	}

	String name() {
		return this.name;
	}

	List<String> aliases() {
		return this.aliases;
	}

	synchronized BuiltinEntry entry() {
		BuiltinEntry known = this.entry;
		if (known == null) {
			known = BuiltinIndex.entry(this.index, this.start);
			this.entry = known;
		}
		return known;
	}

}
