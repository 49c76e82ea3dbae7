package dev.flin.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.SourceFile;

/** The elements and, with a brace, the template tags that are open in a piece of markup, outer before inner. */
final class OpenTags {

	/** In place of the line of an element that needs no end tag. */
	private static final int IMPLIED = 0;

	private final SourceFile file;

	private final Indentation indentation;

	private final List<String> names = new ArrayList<>();

	/** The lines on which they were opened. */
	private final List<Integer> lines = new ArrayList<>();

	/** The tags around the code in which the markup stands; null for none. */
	private final @Nullable OpenTags around;

	OpenTags(SourceFile file, Indentation indentation, @Nullable OpenTags around) {
		this.file = file;
		this.indentation = indentation;
		this.around = around;
	}

	List<String> names() {
		return Collections.unmodifiableList(this.names);
	}

	int size() {
		return this.names.size();
	}

	void add(String name, int at, boolean implied) {
		this.names.add(name);
		this.lines.add(implied ? IMPLIED : this.file.lineOf(at));
	}

	/** Ends all but the outer ones. */
	void cut(int size) {
		this.names.subList(size, this.names.size()).clear();
		this.lines.subList(size, this.lines.size()).clear();
	}

	String innermost() {
		return this.names.getLast();
	}

	void renameInnermost(String name) {
		this.names.set(this.names.size() - 1, name);
	}

	boolean holds(String name) {
		return this.names.contains(name);
	}

	/**
	 * Whether an element is open only around the code in which the markup stands: what follows the markup in that code
	 * was then read as text of an element that is never closed.
	 */
	boolean isOnlyAround(String name) {
		if (holds(name) || this.names.isEmpty() || innermost().startsWith("{")) {
			return false;
		}
		for (OpenTags each = this.around; each != null; each = each.around) {
			if (each.holds(name)) {
				return true;
			}
		}
		return false;
	}

	boolean holdsTemplate() {
		for (String name : this.names) {
			if (name.startsWith("{")) {
				return true;
			}
		}
		return false;
	}

	/** The same for the end of a template tag. */
	boolean isStray(TagReader.Tag tag, int at) {
		return tag.kind() == TagReader.Kind.END
				&& isStray(TagParser.LOOP_ENDS.contains(tag.name()) ? "{for" : "{" + tag.name(), at);
	}

	/**
	 * Whether an end tag at an offset, inside of others that have no end yet, is one too many rather than all of theirs
	 * missing: it stands on the line on which one of them began, or further right than what it would end.
	 */
	boolean isStray(String name, int at) {
		int ended = this.names.lastIndexOf(name);
		if (ended == this.names.size() - 1) {
			return false;
		}
		int line = this.file.lineOf(at);
		boolean open = false;
		for (int i = ended + 1; i < this.names.size() && ended >= 0; i++) {
			if (this.lines.get(i) == line && this.lines.get(ended) < line) {
				return true;
			}
			open |= this.lines.get(i) != IMPLIED;
		}
		return open && this.lines.get(ended) != IMPLIED && this.indentation.isFirst(at)
				&& this.indentation.column(at) > this.indentation.ofLine(this.lines.get(ended));
	}

}
