package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Children;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/** What checking asks of a tree again and again and its syntax alone says; found in one walk. */
final class TreeFacts {

	/** A declared function: the range of its node ids, and the names it uses in written order. */
	static final class OfFunction {

		/** The function around it. */
		private final @Nullable OfFunction outer;

		/** How many nodes are left to be visited when all of the function are. */
		private final int others;

		private int first = Integer.MAX_VALUE;

		private int last;

		private final List<Expr.Name> names = new ArrayList<>();

		OfFunction(@Nullable OfFunction outer, int others) {
			this.outer = outer;
			this.others = others;
		}

		private void add(Node node) {
			this.first = Math.min(this.first, node.id());
			this.last = Math.max(this.last, node.id());
			if (node instanceof Expr.Name name) {
				this.names.add(name);
			}
		}

		int first() {
			return this.first;
		}

		int last() {
			return this.last;
		}

		List<Expr.Name> names() {
			return this.names;
		}

	}

	private final Map<Stmt.Fn, OfFunction> functions = new IdentityHashMap<>();

	private final Set<String> keys = new HashSet<>();

	private TreeFacts() {
	}

	static TreeFacts of(SyntaxTree tree) {
		TreeFacts facts = new TreeFacts();
		facts.visit(tree.body());
		for (OfFunction function : facts.functions.values()) {
			Collections.reverse(function.names);
		}
		return facts;
	}

	/** The facts of a function or method. */
	OfFunction function(Stmt.Fn declaration) {
		OfFunction found = this.functions.get(declaration);
		if (found == null) {
			throw new IllegalArgumentException("a function of another file: " + declaration.name());
		}
		return found;
	}

	/** The names of fields and of literal keys. */
	Set<String> keys() {
		return this.keys;
	}

	/** Collects what is in a tree, the last first, without a stack as deep as the tree. */
	private void visit(List<Stmt> body) {
		List<Node> left = new ArrayList<>(body);
		Children children = new Children(left::add);
		OfFunction current = null;
		while (!left.isEmpty()) {
			Node next = left.removeLast();
			while (current != null && left.size() < current.others) {
				current = current.outer;
			}
			if (next instanceof Stmt.Fn fn) {
				current = new OfFunction(current, left.size());
				this.functions.put(fn, current);
			}
			found(next, current);
			if (!isLeaf(next)) {
				children.visit(next);
			}
		}
	}

	/** Whether a node surely has no children: half of a tree are names and texts. */
	private static boolean isLeaf(Node node) {
		return node instanceof Expr.Name || node instanceof Part.Chunk || node instanceof Markup.Text;
	}

	/** Notes one node and in which function it is. */
	private void found(Node node, @Nullable OfFunction around) {
		for (OfFunction each = around; each != null; each = each.outer) {
			each.add(node);
		}
		if (node instanceof Part.Field field) {
			this.keys.add(field.name());
		}
		if (node instanceof Part.Entry entry && entry.key() instanceof Expr.Text text && text.parts().size() == 1
				&& text.parts().get(0) instanceof Part.Chunk chunk) {
			this.keys.add(chunk.text());
		}
	}

}
