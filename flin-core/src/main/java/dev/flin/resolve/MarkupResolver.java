package dev.flin.resolve;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Part;

/** Resolves the expressions in markup: branches open no scope, iterations and cases do, event handlers are frames. */
final class MarkupResolver {

	private final ResolveContext context;

	private final ExprResolver exprs;

	private final PatternResolver patterns;

	MarkupResolver(ResolveContext context, ExprResolver exprs, PatternResolver patterns) {
		this.context = context;
		this.exprs = exprs;
		this.patterns = patterns;
	}

	void nodes(List<? extends Markup> nodes) {
		nodes.forEach(this::node);
	}

	private void node(Markup markup) {
		switch (markup) {
			case Markup.Hole m -> this.exprs.expr(m.value());
			case Markup.Raw m -> this.exprs.expr(m.value());
			case Markup.Element m -> element(m);
			case Markup.If m -> branches(m.branches());
			case Markup.For m -> forIn(m);
			case Markup.Match m -> match(m);
			case Markup.Code m -> this.exprs.statements().statement(m.statement());
			case Markup.BlockTag m -> {
				m.args().forEach(this.exprs::expr);
				nodes(m.body());
			}
			case Markup.Attribute m -> attribute(m, false);
			case Markup.SpreadAttrs m -> this.exprs.expr(m.value());
			case Markup.IfAttrs m -> m.branches().forEach(this::attrBranch);
			case Markup.AttrBranch m -> attrBranch(m);
			case Markup.ForAttrs m -> forIn(m.loop());
			case Markup.MatchAttrs m -> match(m.match());
			case Markup.Branch m -> branch(m.condition(), m.body());
			case Markup.Case m -> {
			}
			case Markup.Text m -> {
			}
			case Markup.Doctype m -> {
			}
			case Markup.Broken m -> {
			}
		}
	}

	/** {@code let:item} on a component names a value that its slot gives back, for the component's children. */
	private void element(Markup.Element element) {
		for (Markup.Attr attr : element.attrs()) {
			if (attr instanceof Markup.Attribute attribute) {
				attribute(attribute, isComponent(element));
			}
			else {
				node(attr);
			}
		}
		if (!isComponent(element)) {
			nodes(element.children());
			return;
		}
		List<Markup.Attribute> given = new ArrayList<>();
		for (Markup.Attr attr : element.attrs()) {
			if (attr instanceof Markup.Attribute attribute && attribute.name().startsWith("let:")) {
				given.add(attribute);
			}
		}
		// The component shows its content when and as often as it likes: the content is a body of code of its own.
		this.context.inFrame(Frame.Kind.LAMBDA, element, () -> {
			for (Markup.Attribute attribute : given) {
				Symbol.Variable variable = this.context.bind(attribute.name().substring(4), Symbol.Variable.Kind.LOOP,
						attribute.nameSpan());
				this.context.resolution.symbol(attribute.id(), variable);
			}
			this.context.declareAssigned(element.children());
			nodes(element.children());
		});
	}

	private static boolean isComponent(Markup.Element element) {
		return Character.isUpperCase(element.name().codePointAt(0)) || element.name().indexOf('.') > 0;
	}

	private void attribute(Markup.Attribute attribute, boolean component) {
		if (attribute.name().startsWith("let:")) {
			return;
		}
		switch (attribute.value()) {
			case Markup.NoValue value -> {
			}
			case Markup.TextValue value -> value.parts().forEach(part -> {
				if (part instanceof Part.Hole hole) {
					this.exprs.expr(hole.value());
				}
			});
			case Markup.ExprValue value -> value(attribute, value.value(), component);
			case Markup.BlockValue value ->
				this.context.inFrame(Frame.Kind.HOST_BLOCK, attribute, () -> this.exprs.frameBody(value.body()));
		}
	}

	private void value(Markup.Attribute attribute, Expr value, boolean component) {
		if (Names.isEvent(attribute, component)) {
			this.context.inFrame(Frame.Kind.HOST_BLOCK, attribute, () -> {
				this.context.declareAssigned(List.of(value));
				this.exprs.expr(value);
			});
		}
		else {
			this.exprs.expr(value);
		}
	}

	private void attrBranch(Markup.AttrBranch branch) {
		this.exprs.expr(branch.condition());
		nodes(branch.body());
	}

	private void branches(List<Markup.Branch> branches) {
		Flow after = null;
		boolean complete = false;
		for (Markup.Branch branch : branches) {
			this.exprs.expr(branch.condition());
			complete |= branch.condition() == null;
			Flow before = this.context.flow.copy();
			Expr question = (branch.condition() != null) ? branch.condition() : branches.get(0).condition();
			this.context.browser.behind(question, () -> nodes(branch.body()));
			after = Flow.join(after, this.context.flow);
			this.context.flow = before;
		}
		this.context.flow = complete ? Flow.join(after, null) : Flow.join(after, this.context.flow);
	}

	private void branch(@Nullable Expr condition, List<Markup> body) {
		this.exprs.expr(condition);
		nodes(body);
	}

	private void forIn(Markup.For loop) {
		this.exprs.expr(loop.source());
		Flow before = this.context.flow.copy();
		this.context.inScope(() -> {
			this.patterns.bind(loop.item(), Symbol.Variable.Kind.LOOP);
			if (loop.index() != null) {
				this.patterns.bind(loop.index(), Symbol.Variable.Kind.LOOP);
			}
			this.exprs.expr(loop.key());
			this.context.declareAssigned(loop.body());
			nodes(loop.body());
		});
		this.context.flow = before;
		nodes(loop.otherwise());
	}

	private void match(Markup.Match match) {
		this.exprs.expr(match.subject());
		Flow before = this.context.flow;
		for (Markup.Case each : match.cases()) {
			this.context.flow = before.copy();
			this.context.inScope(() -> {
				this.patterns.match(each.pattern());
				this.exprs.expr(each.guard());
				nodes(each.body());
			});
		}
		this.context.flow = before;
	}

}
