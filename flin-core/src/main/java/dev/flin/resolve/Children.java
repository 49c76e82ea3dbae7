package dev.flin.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.TypeExpr;

/** The direct children of a node in written order. */
public final class Children {

	private final Consumer<? super Node> consumer;

	/**
	 * @param consumer gets the direct children of each node that is visited
	 */
	public Children(Consumer<? super Node> consumer) {
		this.consumer = consumer;
	}

	/** Calls the consumer for each direct child. */
	public static void each(Node node, Consumer<? super Node> consumer) {
		new Children(consumer).visit(node);
	}

	/** The direct children. */
	public static List<Node> of(Node node) {
		List<Node> found = new ArrayList<>();
		each(node, found::add);
		return found;
	}

	/** Gives the direct children of a node to the consumer. */
	public void visit(Node node) {
		switch (node) {
			case Expr expr -> ofExpr(expr);
			case Stmt statement -> ofStatement(statement);
			case Pattern pattern -> ofPattern(pattern);
			case TypeExpr type -> ofType(type);
			case Markup markup -> ofMarkup(markup);
			case Part part -> ofPart(part);
		}
	}

	private void add() {
	}

	private void add(@Nullable Node node) {
		if (node != null) {
			this.consumer.accept(node);
		}
	}

	private void add(@Nullable Node first, @Nullable Node second) {
		add(first);
		add(second);
	}

	private void add(@Nullable Node first, @Nullable Node second, @Nullable Node third) {
		add(first, second);
		add(third);
	}

	private void add(@Nullable Node first, @Nullable Node second, @Nullable Node third, @Nullable Node fourth) {
		add(first, second);
		add(third, fourth);
	}

	private void all(@Nullable List<? extends Node> nodes) {
		if (nodes != null) {
			for (int i = 0; i < nodes.size(); i++) {
				this.consumer.accept(nodes.get(i));
			}
		}
	}

	private void ofExpr(Expr expr) {
		switch (expr) {
			case Expr.None e -> add();
			case Expr.Bool e -> add();
			case Expr.Int e -> add();
			case Expr.Number e -> add();
			case Expr.DurationOf e -> add();
			case Expr.MoneyOf e -> add();
			case Expr.Regex e -> add();
			case Expr.Name e -> add();
			case Expr.Continue e -> add();
			case Expr.Broken e -> add();
			case Expr.Text e -> all(e.parts());
			case Expr.ListOf e -> all(e.elements());
			case Expr.MapOf e -> all(e.entries());
			case Expr.Tuple e -> all(e.elements());
			case Expr.EntityOf e -> all(e.entries());
			case Expr.MarkupOf e -> all(e.nodes());
			case Expr.Member e -> add(e.target());
			case Expr.Index e -> add(e.target(), e.index());
			case Expr.Slice e -> add(e.target(), e.from(), e.to(), e.step());
			case Expr.Call e -> {
				add(e.callee());
				all(e.args());
			}
			case Expr.Pipe e -> {
				add(e.value(), e.callee());
				all(e.args());
			}
			case Expr.Lambda e -> {
				all(e.params());
				add(e.result(), e.body());
			}
			case Expr.Unary e -> add(e.operand());
			case Expr.Binary e -> add(e.left(), e.right());
			case Expr.Is e -> add(e.value(), e.type());
			case Expr.Range e -> add(e.from(), e.to());
			case Expr.AtTime e -> add(e.target(), e.time(), e.asOf());
			case Expr.TypeOf e -> add(e.value());
			case Expr.Assign e -> add(e.target(), e.value());
			case Expr.Step e -> add(e.target());
			case Expr.DeleteKey e -> add(e.target());
			default -> ofControl(expr);
		}
	}

	private void ofControl(Expr expr) {
		switch (expr) {
			case Expr.If e -> add(e.condition(), e.then(), e.otherwise());
			case Expr.Let e -> add(e.pattern(), e.value());
			case Expr.Match e -> {
				add(e.subject());
				all(e.arms());
			}
			case Expr.BlockOf e -> add(e.block());
			case Expr.For e -> add(e.item(), e.index(), e.source(), e.body());
			case Expr.ForC e -> add(e.init(), e.condition(), e.step(), e.body());
			case Expr.While e -> add(e.condition(), e.body());
			case Expr.Break e -> add(e.value());
			case Expr.Return e -> add(e.value());
			case Expr.Throw e -> add(e.value());
			case Expr.Try e -> add(e.value());
			case Expr.TryCatch e -> add(e.body(), e.error(), e.handler(), e.cleanup());
			case Expr.StoreOp e -> add(e.value(), e.validFrom(), e.validTo(), e.reason());
			case Expr.Transaction e -> add(e.body());
			case Expr.ResponseOf e -> all(e.entries());
			case Expr.BlockCall e -> {
				all(e.args());
				add(e.body());
			}
			default -> add();
		}
	}

	private void ofStatement(Stmt statement) {
		switch (statement) {
			case Stmt.Eval s -> add(s.value());
			case Stmt.Var s -> add(s.target(), s.type(), s.value());
			case Stmt.Fn s -> {
				all(s.typeParams());
				all(s.params());
				add(s.result(), s.body());
			}
			case Stmt.Enum s -> {
				all(s.typeParams());
				all(s.variants());
			}
			case Stmt.Entity s -> {
				all(s.fields());
				all(s.hooks());
				all(s.decorators());
			}
			case Stmt.TypeAlias s -> {
				all(s.typeParams());
				add(s.type());
			}
			case Stmt.Trait s -> {
				all(s.typeParams());
				all(s.methods());
			}
			case Stmt.Impl s -> {
				all(s.typeParams());
				add(s.trait(), s.type());
				all(s.methods());
			}
			case Stmt.Import s -> add();
			case Stmt.Broken s -> add();
			default -> ofHostStatement(statement);
		}
	}

	private void ofHostStatement(Stmt statement) {
		switch (statement) {
			case Stmt.Props s -> all(s.fields());
			case Stmt.Route s -> add(s.body());
			case Stmt.Validate s -> all(s.fields());
			case Stmt.Guard s -> all(s.rules());
			case Stmt.GuardDefinition s -> {
				all(s.params());
				add(s.body());
			}
			case Stmt.Middleware s -> {
				all(s.only());
				all(s.except());
				add(s.body());
			}
			case Stmt.WebSocket s -> {
				all(s.setup());
				all(s.handlers());
			}
			case Stmt.Lifecycle s -> add(s.body());
			case Stmt.Test s -> add(s.name(), s.body());
			case Stmt.HostBlock s -> {
				all(s.args());
				add(s.body());
			}
			default -> add();
		}
	}

	private void ofPattern(Pattern pattern) {
		switch (pattern) {
			case Pattern.Wildcard p -> add();
			case Pattern.Name p -> add();
			case Pattern.Broken p -> add();
			case Pattern.Literal p -> add(p.value());
			case Pattern.Range p -> add(p.from(), p.to());
			case Pattern.Typed p -> add(p.type());
			case Pattern.Variant p -> {
				all(p.args());
				add(p.value());
			}
			case Pattern.Tuple p -> all(p.elements());
			case Pattern.ListOf p -> {
				all(p.elements());
				add(p.rest());
			}
			case Pattern.MapOf p -> {
				all(p.keys());
				add(p.rest());
			}
			case Pattern.Key p -> add(p.pattern());
			case Pattern.Default p -> add(p.pattern(), p.value());
			case Pattern.Or p -> all(p.alternatives());
			case Pattern.Place p -> add(p.target());
		}
	}

	private void ofType(TypeExpr type) {
		switch (type) {
			case TypeExpr.Named t -> all(t.args());
			case TypeExpr.ListOf t -> add(t.element());
			case TypeExpr.MapOf t -> add(t.key(), t.value());
			case TypeExpr.Optional t -> add(t.inner());
			case TypeExpr.Union t -> all(t.members());
			case TypeExpr.Tuple t -> all(t.elements());
			case TypeExpr.Fn t -> {
				all(t.params());
				add(t.result());
			}
			case TypeExpr.Record t -> all(t.types());
			case TypeExpr.Broken t -> add();
		}
	}

	private void ofPart(Part part) {
		switch (part) {
			case Part.Block p -> all(p.body());
			case Part.Param p -> add(p.target(), p.type(), p.defaultValue());
			case Part.TypeParam p -> all(p.bounds());
			case Part.Arg p -> add(p.value());
			case Part.Element p -> add(p.value());
			case Part.Entry p -> add(p.key(), p.value());
			case Part.Chunk p -> add();
			case Part.Hole p -> add(p.value());
			case Part.Arm p -> add(p.pattern(), p.guard(), p.body());
			case Part.Decorator p -> all(p.args());
			case Part.Field p -> {
				add(p.type());
				all(p.decorators());
				add(p.defaultValue(), p.computed());
				all(p.nested());
			}
			case Part.Hook p -> add(p.body());
			case Part.Variant p -> {
				all(p.payload());
				all(p.decorators());
			}
			case Part.On p -> {
				all(p.params());
				add(p.body());
			}
		}
	}

	private void ofMarkup(Markup markup) {
		switch (markup) {
			case Markup.Text m -> add();
			case Markup.Doctype m -> add();
			case Markup.Broken m -> add();
			case Markup.Hole m -> add(m.value());
			case Markup.Raw m -> add(m.value());
			case Markup.Element m -> {
				all(m.attrs());
				all(m.children());
			}
			case Markup.If m -> all(m.branches());
			case Markup.Branch m -> {
				add(m.condition());
				all(m.body());
			}
			case Markup.For m -> {
				add(m.item(), m.index(), m.source(), m.key());
				all(m.body());
				all(m.otherwise());
			}
			case Markup.Match m -> {
				add(m.subject());
				all(m.cases());
			}
			case Markup.Case m -> {
				add(m.pattern(), m.guard());
				all(m.body());
			}
			case Markup.Code m -> add(m.statement());
			case Markup.BlockTag m -> {
				all(m.args());
				all(m.body());
			}
			case Markup.Attribute m -> ofValue(m.value());
			case Markup.SpreadAttrs m -> add(m.value());
			case Markup.IfAttrs m -> all(m.branches());
			case Markup.ForAttrs m -> add(m.loop());
			case Markup.MatchAttrs m -> add(m.match());
			case Markup.AttrBranch m -> {
				add(m.condition());
				all(m.body());
			}
		}
	}

	private void ofValue(Markup.AttrValue value) {
		switch (value) {
			case Markup.NoValue v -> add();
			case Markup.TextValue v -> all(v.parts());
			case Markup.ExprValue v -> add(v.value());
			case Markup.BlockValue v -> add(v.body());
		}
	}

}
