package dev.flin.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Lays a document out in lines of limited width: each group on one line if what follows up to its end fits. */
final class DocPrinter {

	static final int WIDTH = 100;

	private static final int INDENT = 4;

	private record Command(int indent, boolean flat, Doc doc) {
	}

	private final StringBuilder out = new StringBuilder();

	private final StringBuilder suffix = new StringBuilder();

	private final Deque<Command> commands = new ArrayDeque<>();

	/** Blanks that are due before the next character of a line. */
	private int pendingIndent;

	private int column;

	private DocPrinter() {
	}

	static String print(Doc doc) {
		DocPrinter printer = new DocPrinter();
		printer.commands.push(new Command(0, false, doc));
		while (!printer.commands.isEmpty()) {
			printer.step(printer.commands.pop());
		}
		printer.flushSuffix();
		return printer.out.toString();
	}

	private void step(Command command) {
		switch (command.doc()) {
			case Doc.Text text -> write(text.text());
			case Doc.Line line -> {
				if (command.flat()) {
					write(line.flat());
				}
				else {
					newline(command.indent());
				}
			}
			case Doc.Hard hard -> newline(command.indent());
			case Doc.Raw raw -> raw(raw.text());
			case Doc.Suffix comment -> this.suffix.append(comment.text());
			case Doc.Nest nest -> push(command.indent() + INDENT, command.flat(), nest.content());
			case Doc.Concat concat -> {
				List<Doc> parts = concat.parts();
				for (int i = parts.size() - 1; i >= 0; i--) {
					push(command.indent(), command.flat(), parts.get(i));
				}
			}
			case Doc.Group group -> {
				boolean flat = command.flat()
						|| (!group.breaks()
								&& fits(new Command(command.indent(), true, group.content()), group.whole()));
				push(command.indent(), flat, group.content());
			}
			case Doc.Own own -> push(command.indent(), false, own.content());
			case Doc.Choice choice -> write(command.flat() ? choice.flat() : choice.broken());
		}
	}

	private void push(int indent, boolean flat, Doc doc) {
		this.commands.push(new Command(indent, flat, doc));
	}

	private void write(String text) {
		if (text.isEmpty()) {
			return;
		}
		if (this.pendingIndent > 0 && !text.isBlank()) {
			this.out.append(" ".repeat(this.pendingIndent));
			this.pendingIndent = 0;
		}
		this.out.append(text);
		this.column += text.codePointCount(0, text.length());
	}

	private void raw(String text) {
		int last = text.lastIndexOf('\n');
		if (last < 0) {
			write(text);
			return;
		}
		int first = text.indexOf('\n');
		write(text.substring(0, first));
		flushSuffix();
		this.pendingIndent = 0;
		this.out.append(text, first, text.length());
		this.column = text.codePointCount(last + 1, text.length());
	}

	private void newline(int indent) {
		flushSuffix();
		int end = this.out.length();
		while (end > 0 && (this.out.charAt(end - 1) == ' ' || this.out.charAt(end - 1) == '\t')) {
			end--;
		}
		this.out.setLength(end);
		this.out.append('\n');
		this.pendingIndent = indent;
		this.column = indent;
	}

	private void flushSuffix() {
		if (!this.suffix.isEmpty()) {
			String text = this.suffix.toString();
			this.suffix.setLength(0);
			write((this.pendingIndent > 0 || this.out.isEmpty()) ? text.stripLeading() : text);
		}
	}

	/** Whether a document and what follows it up to the next possible line break fit into the rest of the line. */
	private boolean fits(Command first, boolean whole) {
		int room = WIDTH - this.column;
		Deque<Command> todo = new ArrayDeque<>();
		todo.push(first);
		Iterator<Command> rest = this.commands.iterator();
		boolean own = whole;
		while (room >= 0) {
			if (todo.isEmpty()) {
				if (!rest.hasNext()) {
					return true;
				}
				todo.push(rest.next());
				own = false;
				continue;
			}
			Command next = todo.pop();
			int used = measure(next, todo, own);
			if (used < 0) {
				return true;
			}
			room -= used;
		}
		return false;
	}

	/** The columns that a document takes by itself, -1 if the line ends in it; its parts are put on the list. */
	private static int measure(Command next, Deque<Command> todo, boolean whole) {
		int indent = next.indent();
		boolean flat = next.flat();
		return switch (next.doc()) {
			case Doc.Text text -> text.text().length();
			case Doc.Line line -> flat ? line.flat().length() : -1;
			case Doc.Hard hard -> -1;
			case Doc.Raw raw -> raw.breaks() ? -1 : raw.text().length();
			case Doc.Suffix comment -> 0;
			case Doc.Nest nest -> {
				todo.push(new Command(indent, flat, nest.content()));
				yield 0;
			}
			case Doc.Concat concat -> {
				List<Doc> parts = concat.parts();
				for (int i = parts.size() - 1; i >= 0; i--) {
					todo.push(new Command(indent, flat, parts.get(i)));
				}
				yield 0;
			}
			case Doc.Group group -> {
				todo.push(new Command(indent, flat && !group.breaks(), group.content()));
				yield 0;
			}
			case Doc.Own own -> {
				todo.push(new Command(indent, whole && !Doc.isTall(own.content()), own.content()));
				yield 0;
			}
			case Doc.Choice choice -> flat ? choice.flat().length() : choice.broken().length();
		};
	}

}
