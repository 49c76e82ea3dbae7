package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.TypeExpr;

/** What a node consists of, places left out: nodes, lists of nodes and plain values. */
final class SyntaxParts {

	private SyntaxParts() {
	}

	static List<@Nullable Object> of(Node node) {
		return switch (node) {
			case Expr e -> expression(e);
			case Stmt s -> statement(s);
			case Pattern pattern -> pattern(pattern);
			case TypeExpr type -> type(type);
			case Markup m -> markup(m);
			case Part part -> part(part);
		};
	}

	private static List<@Nullable Object> parts(@Nullable Object... parts) {
		List<@Nullable Object> list = new ArrayList<>(parts.length);
		for (Object part : parts) {
			list.add(part);
		}
		return list;
	}

	private static List<@Nullable Object> expression(Expr expr) {
		return switch (expr) {
			case Expr.None e -> parts();
			case Expr.Bool e -> parts(e.value());
			case Expr.Int e -> parts(e.value());
			case Expr.Number e -> parts(e.value());
			case Expr.Text e -> parts(e.parts());
			case Expr.DurationOf e -> parts(e.micros());
			case Expr.MoneyOf e -> parts(e.amount(), e.currency());
			case Expr.Regex e -> parts(e.pattern(), e.flags());
			case Expr.ListOf e -> parts(e.elements());
			case Expr.MapOf e -> parts(e.entries());
			case Expr.Tuple e -> parts(e.elements());
			case Expr.EntityOf e -> parts(e.name(), e.entries());
			case Expr.MarkupOf e -> parts(e.nodes());
			case Expr.Name e -> parts(e.name());
			case Expr.Member e -> parts(e.target(), e.name(), e.optional());
			case Expr.Index e -> parts(e.target(), e.index(), e.optional());
			case Expr.Slice e -> parts(e.target(), e.from(), e.to(), e.step());
			case Expr.Call e -> parts(e.callee(), e.args());
			case Expr.Pipe e -> parts(e.value(), e.callee(), e.args());
			case Expr.Lambda e -> parts(e.params(), e.result(), e.body());
			case Expr.Unary e -> parts(e.op(), e.operand());
			case Expr.Binary e -> parts(e.op(), e.left(), e.right());
			case Expr.Is e -> parts(e.value(), e.type(), e.negated());
			case Expr.Range e -> parts(e.from(), e.to(), e.inclusive());
			case Expr.AtTime e -> parts(e.target(), e.time(), e.asOf());
			case Expr.TypeOf e -> parts(e.value());
			case Expr.Assign e -> parts(e.target(), e.op(), e.value());
			case Expr.Step e -> parts(e.target(), e.delta(), e.prefix());
			case Expr.DeleteKey e -> parts(e.target());
			case Expr.If e -> parts(e.condition(), e.then(), e.otherwise());
			case Expr.Let e -> parts(e.pattern(), e.value());
			case Expr.Match e -> parts(e.subject(), e.arms());
			case Expr.BlockOf e -> parts(e.label(), e.block());
			case Expr.For e -> parts(e.label(), e.item(), e.index(), e.source(), e.body());
			case Expr.ForC e -> parts(e.label(), e.init(), e.condition(), e.step(), e.body());
			case Expr.While e -> parts(e.label(), e.condition(), e.body(), e.bodyFirst());
			case Expr.Break e -> parts(e.label(), e.value());
			case Expr.Continue e -> parts(e.label());
			case Expr.Return e -> parts(e.value());
			case Expr.Throw e -> parts(e.value());
			case Expr.Try e -> parts(e.value());
			case Expr.TryCatch e -> parts(e.body(), e.error(), e.handler(), e.cleanup());
			case Expr.StoreOp e -> parts(e.verb(), e.value(), e.validFrom(), e.validTo(), e.reason());
			case Expr.Transaction e -> parts(e.savepoint(), e.body());
			case Expr.ResponseOf e -> parts(e.entries());
			case Expr.BlockCall e -> parts(e.name(), e.args(), e.body());
			case Expr.Broken e -> parts();
		};
	}

	private static List<@Nullable Object> statement(Stmt stmt) {
		return switch (stmt) {
			case Stmt.Eval s -> parts(s.value());
			case Stmt.Var s -> parts(s.declare(), s.target(), s.type(), s.value());
			case Stmt.Fn s -> parts(s.name(), s.typeParams(), s.params(), s.result(), s.body(), s.server(), s.doc());
			case Stmt.Enum s -> parts(s.name(), s.typeParams(), s.variants(), s.doc());
			case Stmt.Entity s -> parts(s.name(), s.fields(), s.hooks(), s.decorators(), s.doc());
			case Stmt.TypeAlias s -> parts(s.name(), s.typeParams(), s.type());
			case Stmt.Trait s -> parts(s.name(), s.typeParams(), s.methods(), s.doc());
			case Stmt.Impl s -> parts(s.typeParams(), s.trait(), s.type(), s.methods());
			case Stmt.Import s -> parts();
			case Stmt.Props s -> parts(s.fields());
			case Stmt.Route s -> parts(s.method(), s.path(), s.body());
			case Stmt.Validate s -> parts(s.source(), s.fields());
			case Stmt.Guard s -> parts(s.rules());
			case Stmt.GuardDefinition s -> parts(s.name(), s.params(), s.body());
			case Stmt.Middleware s -> parts(s.only(), s.except(), s.body());
			case Stmt.WebSocket s -> parts(s.path(), s.setup(), s.handlers());
			case Stmt.Lifecycle s -> parts(s.event(), s.body());
			case Stmt.Test s -> parts(s.name(), s.body());
			case Stmt.HostBlock s -> parts(s.keyword(), s.args(), s.body());
			case Stmt.Broken s -> parts();
		};
	}

	private static List<@Nullable Object> pattern(Pattern pattern) {
		return switch (pattern) {
			case Pattern.Wildcard n -> parts();
			case Pattern.Literal n -> parts(n.value());
			case Pattern.Range n -> parts(n.from(), n.to(), n.inclusive());
			case Pattern.Name n -> parts(n.name());
			case Pattern.Typed n -> parts(n.name(), n.type());
			case Pattern.Variant n -> parts(n.qualifier(), n.name(), n.args());
			case Pattern.Tuple n -> parts(n.elements());
			case Pattern.ListOf n -> parts(n.elements(), n.rest(), n.last());
			case Pattern.MapOf n -> parts(n.keys(), n.rest());
			case Pattern.Key n -> parts(n.name(), n.pattern());
			case Pattern.Default n -> parts(n.pattern(), n.value());
			case Pattern.Or n -> parts(n.alternatives());
			case Pattern.Place n -> parts(n.target());
			case Pattern.Broken n -> parts();
		};
	}

	private static List<@Nullable Object> type(TypeExpr type) {
		return switch (type) {
			case TypeExpr.Named n -> parts(n.name(), n.args());
			case TypeExpr.ListOf n -> parts(n.element());
			case TypeExpr.MapOf n -> parts(n.key(), n.value());
			case TypeExpr.Optional n -> parts(n.inner());
			case TypeExpr.Union n -> parts(n.members());
			case TypeExpr.Tuple n -> parts(n.elements());
			case TypeExpr.Fn n -> parts(n.params(), n.result());
			case TypeExpr.Record n -> parts(n.names(), n.types());
			case TypeExpr.Broken n -> parts();
		};
	}

	private static List<@Nullable Object> markup(Markup markup) {
		return switch (markup) {
			case Markup.Text n -> parts(n.text());
			case Markup.Hole n -> parts(n.value());
			case Markup.Raw n -> parts(n.value());
			case Markup.Element n -> parts(n.name(), n.attrs(), n.children(), n.selfClosed());
			case Markup.If n -> parts(n.branches());
			case Markup.Branch n -> parts(n.condition(), n.body());
			case Markup.For n -> parts(n.item(), n.index(), n.source(), n.key(), n.body(), n.otherwise());
			case Markup.Match n -> parts(n.subject(), n.cases());
			case Markup.Case n -> parts(n.pattern(), n.guard(), n.body());
			case Markup.Code n -> parts(n.statement());
			case Markup.BlockTag n -> parts(n.name(), n.args(), n.body());
			case Markup.Doctype n -> parts(n.text());
			case Markup.Broken n -> parts();
			case Markup.Attribute n -> value(n);
			case Markup.SpreadAttrs n -> parts(n.value());
			case Markup.IfAttrs n -> parts(n.branches());
			case Markup.ForAttrs n -> parts(n.loop());
			case Markup.MatchAttrs n -> parts(n.match());
			case Markup.AttrBranch n -> parts(n.condition(), n.body());
		};
	}

	private static List<@Nullable Object> value(Markup.Attribute attribute) {
		return switch (attribute.value()) {
			case Markup.NoValue v -> parts(attribute.name());
			case Markup.TextValue v -> parts(attribute.name(), v.parts());
			case Markup.ExprValue v -> parts(attribute.name(), v.value());
			case Markup.BlockValue v -> parts(attribute.name(), v.body());
		};
	}

	private static List<@Nullable Object> part(Part part) {
		return switch (part) {
			case Part.Block n -> parts(n.body());
			case Part.Param n -> parts(n.target(), n.type(), n.defaultValue(), n.rest());
			case Part.TypeParam n -> parts(n.name(), n.bounds());
			case Part.Arg n -> parts(n.name(), n.value(), n.spread());
			case Part.Element n -> parts(n.value(), n.spread());
			case Part.Entry n -> parts(n.key(), n.value());
			case Part.Chunk n -> parts(n.text());
			case Part.Hole n -> parts(n.value());
			case Part.Arm n -> parts(n.pattern(), n.guard(), n.body());
			case Part.Decorator n -> parts(n.name(), n.args());
			case Part.Field n -> parts(n.name(), n.type(), n.semantic(), n.decorators(), n.defaultValue(),
					n.computed(), n.nested(), n.listOfNested(), n.doc());
			case Part.Hook n -> parts(n.before(), n.operation(), n.body());
			case Part.Variant n -> parts(n.name(), n.payload(), n.names(), n.decorators(), n.doc());
			case Part.On n -> parts(n.event(), n.params(), n.body());
		};
	}

}
