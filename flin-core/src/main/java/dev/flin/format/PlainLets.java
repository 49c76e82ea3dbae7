package dev.flin.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * Finds the {@code let}s that mean the same as an assignment: no place outside of their block binds or assigns one of
 * their names, so that there is no other variable that the assignment could mean.
 */
final class PlainLets {

	private record Candidate(Stmt.Var variable, Set<String> names, Span region) {
	}

	private final Map<String, List<Integer>> binders = new HashMap<>();

	private final List<Candidate> candidates = new ArrayList<>();

	private PlainLets() {
	}

	static Set<Integer> of(SyntaxTree tree) {
		PlainLets finder = new PlainLets();
		Span whole = new Span(0, tree.file().text().length());
		tree.body().forEach((statement) -> finder.visit(statement, whole));
		Set<Integer> found = new HashSet<>();
		for (Candidate candidate : finder.candidates) {
			if (finder.isPlain(candidate)) {
				found.add(candidate.variable().id());
			}
		}
		return found;
	}

	private boolean isPlain(Candidate candidate) {
		for (String name : candidate.names()) {
			for (int at : this.binders.getOrDefault(name, List.of())) {
				if (at < candidate.variable().span().start() || at >= candidate.region().end()) {
					return false;
				}
			}
		}
		return true;
	}

	/** @param region the block around a statement, null in a tag of markup where {@code let} is the first spelling */
	private void visit(Node node, @Nullable Span region) {
		Span inner = region;
		switch (node) {
			case Stmt.Var variable -> {
				if (region != null && variable.declare() == Stmt.Declare.LET && variable.value() != null) {
					this.candidates.add(new Candidate(variable, names(variable.target()), region));
				}
			}
			case Stmt.Fn fn -> bind(fn.name(), fn.nameSpan());
			case Pattern.Name name -> bind(name.name(), name.span());
			case Pattern.Typed typed -> {
				if (typed.name() != null) {
					bind(typed.name(), typed.span());
				}
			}
			case Expr.Assign assign -> {
				if (assign.target() instanceof Expr.Name name) {
					bind(name.name(), name.span());
				}
			}
			case Part.Block block -> inner = block.span();
			case Markup.Code code -> inner = null;
			default -> {
			}
		}
		Span around = inner;
		children(node, (child) -> visit(child, around));
	}

	private static Set<String> names(Pattern target) {
		Set<String> names = new HashSet<>();
		collect(target, names);
		return names;
	}

	private static void collect(Node node, Set<String> names) {
		if (node instanceof Pattern.Name name) {
			names.add(name.name());
		}
		children(node, (child) -> collect(child, names));
	}

	private static void children(Node node, Consumer<Node> visitor) {
		for (Object part : SyntaxParts.of(node)) {
			if (part instanceof Node child) {
				visitor.accept(child);
			}
			else if (part instanceof List<?> list) {
				list.forEach((each) -> {
					if (each instanceof Node child) {
						visitor.accept(child);
					}
				});
			}
		}
	}

	private void bind(String name, Span span) {
		this.binders.computeIfAbsent(name, (key) -> new ArrayList<>()).add(span.start());
	}

}
