package dev.flin.resolve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;

/**
 * The names that a body assigns in its own scope: also inside branches, but not inside loops, functions and lambdas,
 * which have scopes of their own.
 */
final class AssignedNames {

	/** How a name is first written to. */
	record Assigned(Span span, Stmt.Declare declare) {
	}

	private final Map<String, Assigned> names = new LinkedHashMap<>();

	private final Consumer<Node> visitor = this::visit;

	private final Children children = new Children(this.visitor);

	private AssignedNames() {
	}

	static Map<String, Assigned> of(List<? extends Node> body) {
		AssignedNames collector = new AssignedNames();
		body.forEach(collector.visitor);
		return collector.names;
	}

	private void visit(Node node) {
		switch (node) {
			case Expr expr -> expression(expr);
			case Markup markup -> markup(markup);
			case Stmt.Var variable -> {
				pattern(variable.target(), variable.declare());
				if (variable.value() != null) {
					visit(variable.value());
				}
			}
			case Stmt.Eval eval -> visit(eval.value());
			case Stmt statement -> {
			}
			case Pattern pattern -> {
			}
			case Part.Chunk chunk -> {
			}
			case Part.Hole hole -> visit(hole.value());
			default -> this.children.visit(node);
		}
	}

	private void expression(Expr expr) {
		switch (expr) {
			case Expr.Name name -> {
			}
			case Expr.Lambda lambda -> {
			}
			case Expr.For loop -> visit(loop.source());
			case Expr.While loop -> visit(loop.condition());
			case Expr.ForC loop -> {
			}
			case Expr.BlockCall call -> call.args().forEach(this.visitor);
			case Expr.Assign assign -> {
				if (assign.target() instanceof Expr.Name name) {
					add(name.name(), name.span(), Stmt.Declare.NONE);
				}
				this.children.visit(assign);
			}
			default -> this.children.visit(expr);
		}
	}

	private void markup(Markup markup) {
		switch (markup) {
			case Markup.Text text -> {
			}
			case Markup.Attr attribute -> {
			}
			case Markup.For loop -> {
				visit(loop.source());
				loop.otherwise().forEach(this.visitor);
			}
			default -> this.children.visit(markup);
		}
	}

	private void pattern(Pattern pattern, Stmt.Declare declare) {
		if (pattern instanceof Pattern.Name name) {
			add(name.name(), name.span(), declare);
			return;
		}
		if (pattern instanceof Pattern.Typed typed && typed.name() != null) {
			add(typed.name(), typed.span(), declare);
			return;
		}
		Children.each(pattern, child -> {
			if (child instanceof Pattern inner) {
				pattern(inner, declare);
			}
			else if (child instanceof Expr value) {
				visit(value);
			}
		});
	}

	private void add(String name, Span span, Stmt.Declare declare) {
		Assigned before = this.names.get(name);
		if (before == null || before.declare() == Stmt.Declare.NONE && declare != Stmt.Declare.NONE) {
			this.names.put(name, new Assigned((before != null) ? before.span() : span, declare));
		}
	}

}
