package dev.flin.format;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import dev.flin.source.SourceFile;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;

/**
 * What a source says, as text: its tree without places, found by reflection and so independent of the comparison that
 * the formatter makes itself.
 */
final class Meaning {

	private static final Set<String> LEFT_OUT = Set.of("id", "span", "nameSpan", "opSpan");

	private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {

		@Override
		protected RecordComponent[] computeValue(Class<?> type) {
			return type.getRecordComponents();
		}

	};

	private Meaning() {
	}

	static String of(String text) {
		StringBuilder out = new StringBuilder();
		SyntaxTree tree = Syntax.parse(new SourceFile("meaning", text));
		tree.body().forEach((statement) -> {
			write(statement, out);
			out.append('\n');
		});
		return out.toString();
	}

	/** How often each comment occurs; lines of block comments without their indentation. */
	static TreeMap<String, Integer> comments(String text) {
		SyntaxTree tree = Syntax.parse(new SourceFile("meaning", text));
		TreeMap<String, Integer> counts = new TreeMap<>();
		tree.comments()
			.forEach((span) -> counts.merge(lines(tree.file().text(span).strip()), 1, Integer::sum));
		return counts;
	}

	private static String lines(String text) {
		return text.replaceAll("\\s*\n\\s*", "\n");
	}

	private static void write(Object value, StringBuilder out) {
		switch (value) {
			case null -> out.append("null");
			case List<?> list -> list(list, out);
			case Markup.Text text -> out.append("text ").append(lines(text.text()));
			case Record record -> {
				out.append('(').append(record.getClass().getSimpleName());
				for (RecordComponent component : COMPONENTS.get(record.getClass())) {
					if (!LEFT_OUT.contains(component.getName())) {
						out.append(' ');
						write(part(component, record), out);
					}
				}
				out.append(')');
			}
			case Stmt.Declare declare -> out.append((declare == Stmt.Declare.LET) ? Stmt.Declare.NONE : declare);
			default -> out.append(value);
		}
	}

	/** Neighbouring texts are one. */
	private static void list(List<?> list, StringBuilder out) {
		out.append('[');
		StringBuilder text = new StringBuilder();
		for (Object each : list) {
			if (each instanceof Markup.Text markup) {
				text.append(markup.text());
				continue;
			}
			out.append(lines(text.toString())).append(' ');
			text.setLength(0);
			write(each, out);
		}
		out.append(lines(text.toString())).append(']');
	}

	private static Object part(RecordComponent component, Record record) {
		try {
			return component.getAccessor().invoke(record);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
