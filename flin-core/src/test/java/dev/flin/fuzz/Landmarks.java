package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.flin.resolve.Children;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** What an editor shows of a file: its declarations and its elements, with their places. */
final class Landmarks {

	/**
	 * One of them.
	 *
	 * @param name its kind and its name
	 */
	record Landmark(String name, int start, int end) {

		Landmark moved(int by) {
			return new Landmark(this.name, this.start + by, this.end + by);
		}

		boolean touches(int from, int to) {
			return this.start <= to && this.end >= from;
		}

	}

	private Landmarks() {
	}

	/** All of a tree, outer before inner. */
	static List<Landmark> of(SyntaxTree tree) {
		List<Landmark> found = new ArrayList<>();
		tree.body().forEach((statement) -> collect(statement, found));
		return found;
	}

	/** Those that a tree lacks after a damage outside of them. */
	static List<Landmark> lost(List<Landmark> before, SyntaxTree after, Damage damage) {
		Set<Landmark> now = new HashSet<>(of(after));
		List<Landmark> lost = new ArrayList<>();
		for (Landmark each : before) {
			if (!each.touches(damage.from(), damage.to())
					&& !now.contains((each.start() > damage.from()) ? each.moved(damage.delta()) : each)) {
				lost.add(each);
			}
		}
		return lost;
	}

	private static void collect(Node node, List<Landmark> found) {
		String name = name(node);
		if (name != null) {
			found.add(new Landmark(name, node.span().start(), node.span().end()));
		}
		Children.each(node, (child) -> collect(child, found));
	}

	private static String name(Node node) {
		return switch (node) {
			case Stmt.Fn e -> "fn " + e.name();
			case Stmt.Enum e -> "enum " + e.name();
			case Stmt.Entity e -> "entity " + e.name();
			case Stmt.TypeAlias e -> "type " + e.name();
			case Stmt.Trait e -> "trait " + e.name();
			case Stmt.Impl e -> "impl";
			case Stmt.Props e -> "props";
			case Stmt.Route e -> "route " + e.method();
			case Stmt.Validate e -> "validate " + e.source();
			case Stmt.GuardDefinition e -> "guard " + e.name();
			case Stmt.Middleware e -> "middleware";
			case Stmt.WebSocket e -> "websocket";
			case Stmt.Lifecycle e -> e.event();
			case Stmt.Test e -> "test";
			case Markup.Element e -> "<" + e.name() + ">";
			default -> null;
		};
	}

}
