package dev.flin.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * Compares what two files say: their trees without places, and their comments. Line breaks in the text of markup count
 * as such, whatever the indentation behind them; {@code let} may have become an assignment.
 */
final class SyntaxComparison {

	private static final Pattern BREAK = Pattern.compile("\\s*\n\\s*");

	private final Deque<Node> path = new ArrayDeque<>();

	private SyntaxComparison() {
	}

	/**
	 * The nodes of the first tree around the first difference, innermost first; null if there is none, empty if it lies
	 * in no node.
	 */
	static @Nullable List<Node> difference(SyntaxTree first, SyntaxTree second) {
		SyntaxComparison comparison = new SyntaxComparison();
		if (!comparison.same(first.body(), second.body())) {
			return new ArrayList<>(comparison.path);
		}
		Span lost = lostComment(first, second);
		return (lost != null) ? around(first.body(), lost) : null;
	}

	private boolean same(@Nullable Object first, @Nullable Object second) {
		if (first instanceof Node a && second instanceof Node b) {
			return same(a, b);
		}
		if (first instanceof List<?> a && second instanceof List<?> b) {
			return same(a, b);
		}
		return Objects.equals(first, second);
	}

	/** The path keeps the nodes around the first difference. */
	private boolean same(Node a, Node b) {
		this.path.push(a);
		boolean same = a.getClass() == b.getClass() && samePlain(a, b);
		if (same) {
			this.path.pop();
		}
		return same;
	}

	private boolean samePlain(Node a, Node b) {
		List<@Nullable Object> first = SyntaxParts.of(a);
		List<@Nullable Object> second = SyntaxParts.of(b);
		if (first.size() != second.size()) {
			return false;
		}
		for (int i = 0; i < first.size(); i++) {
			if (!same(plain(first.get(i)), plain(second.get(i)))) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable Object plain(@Nullable Object part) {
		return (part == Stmt.Declare.LET) ? Stmt.Declare.NONE : part;
	}

	private boolean same(List<?> first, List<?> second) {
		List<Object> a = joined(first);
		List<Object> b = joined(second);
		for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
			if (!same(a.get(i), b.get(i))) {
				if (a.get(i) instanceof Node node && !(b.get(i) instanceof Node)) {
					this.path.push(node);
				}
				return false;
			}
		}
		return a.size() == b.size();
	}

	/** Neighbouring texts of markup as one, its line breaks without their indentation. */
	private static List<Object> joined(List<?> nodes) {
		List<Object> joined = new ArrayList<>();
		for (Object node : nodes) {
			if (!(node instanceof Markup.Text text)) {
				joined.add(node);
			}
			else if (!joined.isEmpty() && joined.get(joined.size() - 1) instanceof String before) {
				joined.set(joined.size() - 1, normal(before + text.text()));
			}
			else {
				joined.add(normal(text.text()));
			}
		}
		return joined;
	}

	private static String normal(String text) {
		return BREAK.matcher(text).replaceAll("\n");
	}

	// Comments

	private static @Nullable Span lostComment(SyntaxTree first, SyntaxTree second) {
		List<String> kept = new ArrayList<>();
		second.comments().forEach((span) -> kept.add(comment(second, span)));
		for (Span span : first.comments()) {
			if (!kept.remove(comment(first, span))) {
				return span;
			}
		}
		return kept.isEmpty() ? null : new Span(0, 0);
	}

	private static String comment(SyntaxTree tree, Span span) {
		return BREAK.matcher(tree.file().text(span).strip()).replaceAll("\n");
	}

	private static List<Node> around(List<? extends Node> nodes, Span place) {
		Deque<Node> path = new ArrayDeque<>();
		descend(nodes, place, path);
		return new ArrayList<>(path);
	}

	private static void descend(List<?> parts, Span place, Deque<Node> path) {
		for (Object part : parts) {
			if (part instanceof List<?> list) {
				descend(list, place, path);
			}
			else if (part instanceof Node node && node.span().contains(place.start())) {
				path.push(node);
				descend(SyntaxParts.of(node), place, path);
			}
		}
	}

}
