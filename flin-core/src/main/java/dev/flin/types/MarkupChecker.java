package dev.flin.types;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.types.Type.Basic;

/** Checks the expressions in markup, and the props of components where they are used. */
final class MarkupChecker {

	private static final Set<String> BUILT_IN_COMPONENTS = Set.of("Icon", "Slot", "Fragment", "Head", "Link");

	private static final Set<String> ALWAYS_ALLOWED = Set.of("children", "key", "slot", "class", "style", "id", "ref");

	private final Body body;

	MarkupChecker(Body body) {
		this.body = body;
	}

	void nodes(List<? extends Markup> nodes) {
		nodes.forEach(this::node);
	}

	private void node(Markup markup) {
		switch (markup) {
			case Markup.Hole m -> this.body.exprs.infer(m.value());
			case Markup.Raw m -> this.body.exprs.infer(m.value());
			case Markup.Element m -> element(m);
			case Markup.If m -> branches(m.branches());
			case Markup.For m -> forIn(m);
			case Markup.Match m -> match(m);
			case Markup.Code m -> this.body.statements.statement(m.statement());
			case Markup.BlockTag m -> {
				m.args().forEach(this.body.exprs::infer);
				nodes(m.body());
			}
			case Markup.Attribute m -> attribute(m, null, false);
			case Markup.SpreadAttrs m -> this.body.exprs.infer(m.value());
			case Markup.IfAttrs m -> m.branches().forEach(this::attrBranch);
			case Markup.AttrBranch m -> attrBranch(m);
			case Markup.ForAttrs m -> forIn(m.loop());
			case Markup.MatchAttrs m -> match(m.match());
			case Markup.Branch m -> {
			}
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

	private void attrBranch(Markup.AttrBranch branch) {
		if (branch.condition() != null) {
			this.body.control.condition(branch.condition());
		}
		nodes(branch.body());
	}

	private void branches(List<Markup.Branch> branches) {
		Facts entry = this.body.facts;
		Facts otherwise = entry;
		for (Markup.Branch branch : branches) {
			this.body.facts = otherwise;
			if (branch.condition() != null) {
				this.body.control.condition(branch.condition());
				otherwise = this.body.conditions.assume(branch.condition(), false);
				this.body.facts = this.body.conditions.assume(branch.condition(), true);
			}
			nodes(branch.body());
		}
		this.body.facts = entry;
	}

	private void forIn(Markup.For loop) {
		Type source = this.body.resolve(this.body.exprs.infer(loop.source()));
		Facts entry = this.body.facts.stable();
		this.body.facts = entry;
		this.body.control.bindItems(loop.item(), loop.index(), source, loop.source().span());
		if (loop.key() != null) {
			this.body.exprs.infer(loop.key());
		}
		nodes(loop.body());
		this.body.facts = entry;
		nodes(loop.otherwise());
	}

	private void match(Markup.Match match) {
		List<Pattern> patterns = new ArrayList<>(match.cases().size());
		for (Markup.Case each : match.cases()) {
			patterns.add(each.pattern());
		}
		Facts before = this.body.facts;
		Facts.Path path = this.body.path(match.subject());
		this.body.facts = before.beforeAsking(path);
		Type subject = this.body.patterns.subject(this.body.exprs.infer(match.subject()), patterns);
		Type rest = subject;
		Facts entry = this.body.facts;
		Coverage coverage = new Coverage(this.body, subject);
		for (Markup.Case each : match.cases()) {
			this.body.facts = entry;
			int errors = this.body.diagnostics.size();
			Type matched = this.body.patterns.arm(each.pattern(), rest, subject);
			if (path != null && !matched.equals(subject) && !OperatorRules.isWild(matched)) {
				this.body.facts = this.body.facts.with(path, matched);
			}
			boolean broken = this.body.hasErrorsSince(errors);
			if (each.guard() != null) {
				this.body.control.condition(each.guard());
				this.body.facts = this.body.conditions.assume(each.guard(), true);
			}
			coverage.add(each.pattern(), each.guard() != null, broken);
			nodes(each.body());
			if (each.guard() == null) {
				rest = this.body.patterns.without(rest, each.pattern());
			}
		}
		coverage.report(match.span());
		this.body.facts = before;
	}

	// Elements and components

	private void element(Markup.Element element) {
		boolean component = Character.isUpperCase(element.name().charAt(0)) || element.name().indexOf('.') > 0;
		Symbol.Component symbol = component ? component(element) : null;
		Set<String> given = new HashSet<>();
		boolean spread = false;
		for (Markup.Attr attr : element.attrs()) {
			if (attr instanceof Markup.Attribute attribute) {
				given.add(Names.propName(attribute));
				attribute(attribute, symbol, component);
				if (!component) {
					foreign(attribute);
					misspelt(attribute, element.name());
				}
			}
			else {
				spread = true;
				node(attr);
			}
		}
		if (symbol != null && symbol.props() != null && !spread) {
			missingProps(element, symbol, symbol.props().fields(), given);
		}
		nodes(element.children());
	}

	private Symbol.@Nullable Component component(Markup.Element element) {
		String name = element.name().substring(element.name().lastIndexOf('.') + 1);
		Symbol.Component symbol = this.body.world.declarations.component(this.body.file.tree, name);
		if (symbol != null) {
			this.body.tables.access(element.id(), new Access.ComponentUse(symbol));
			hidden(element, symbol);
		}
		else if (!BUILT_IN_COMPONENTS.contains(name)) {
			String help = ExprChecker.didYouMean(name, this.body.world.declarations.componentNames());
			Diagnostic error = Diagnostic.of(Code.E0504, this.body.file.tree.file(), element.nameSpan(),
					"there is no component '" + name + "'");
			boolean function = isFunction(name);
			this.body.report(!help.isEmpty() ? error.withHelp(help)
					: error.withHelp(function
							? "'" + name + "' is a function: call it in braces, {" + name + "({ … })}"
							: "a component is a file components/" + name + ".flin"));
		}
		return symbol;
	}

	/** Whether the file has a function, or a variable that may hold one, of a name. */
	private boolean isFunction(String name) {
		return this.body.file.tree.body()
			.stream()
			.anyMatch(statement -> statement instanceof Stmt.Fn fn && fn.name().equals(name)
					|| statement instanceof Stmt.Var variable && variable.target() instanceof Pattern.Name target
							&& target.name().equals(name));
	}

	/** Says once in a body that a tag's name has several components. */
	private void hidden(Markup.Element element, Symbol.Component taken) {
		List<Symbol.Component> hidden = this.body.world.declarations.hiddenBy(taken);
		if (hidden.isEmpty()) {
			return;
		}
		List<String> others = hidden.stream().map(each -> each.tree().file().path()).toList();
		String message = "there are several components '" + taken.name() + "'; " + taken.tree().file().path()
				+ " is taken";
		if (this.body.diagnostics.stream().noneMatch(each -> each.message().equals(message))) {
			this.body.report(Diagnostic.of(Code.W0110, this.body.file.tree.file(), element.nameSpan(), message)
				.withHelp("hidden here: " + String.join(", ", others), "rename one of them"));
		}
	}

	private void missingProps(Markup.Element element, Symbol.Component symbol, List<Part.Field> fields,
			Set<String> given) {
		for (Part.Field field : fields) {
			boolean needed = field.defaultValue() == null && field.type() != null
					&& !(this.body.world.schema.propType(symbol, field.name()) instanceof Type.Optional)
					&& this.body.world.schema.propType(symbol, field.name()) != Basic.ANY;
			if (needed && !given.contains(field.name()) && !field.name().equals("children")) {
				this.body.error(Code.E0507, element.nameSpan(),
						"'" + symbol.name() + "' needs the prop '" + field.name() + "'");
			}
		}
	}

	/** A text as the value of what other frameworks give a meaning to. */
	private void foreign(Markup.Attribute attribute) {
		String remedy = (attribute.value() instanceof Markup.ExprValue && !attribute.name().startsWith("dangerously")
				|| attribute.value() instanceof Markup.BlockValue) ? null : ForeignAttributes.remedy(attribute.name());
		if (remedy != null) {
			this.body.report(Diagnostic
				.of(Code.W0115, this.body.file.tree.file(), attribute.nameSpan(), "'" + attribute.name()
						+ "' is written into the page as it is: it has no meaning here")
				.withHelp(remedy));
		}
	}

	/** A handler of an event that elements do not have, though they have one of nearly that name. */
	private void misspelt(Markup.Attribute attribute, String element) {
		String event = Names.eventName(attribute.name());
		boolean marked = !attribute.name().startsWith(event);
		boolean acts = attribute.value() instanceof Markup.BlockValue
				|| attribute.value() instanceof Markup.ExprValue value && (value.value() instanceof Expr.Lambda
						|| value.value() instanceof Expr.Assign || value.value() instanceof Expr.Step);
		// Elements of one's own, whose names have a hyphen, have events of their own.
		String meant = (acts || marked) && element.indexOf('-') < 0 ? Names.eventLike(event) : null;
		if (meant != null) {
			this.body.report(Diagnostic
				.of(Code.W0115, this.body.file.tree.file(), attribute.nameSpan(),
						"elements have no event '" + event + "'")
				.withHelp("did you mean '" + meant + "'?"));
		}
	}

	private void attribute(Markup.Attribute attribute, Symbol.@Nullable Component component, boolean onComponent) {
		if (attribute.name().startsWith("let:")) {
			if (this.body.resolution.symbol(attribute.id()) instanceof Symbol.Variable variable) {
				this.body.declare(variable, Basic.ANY, true);
			}
			return;
		}
		Part.Field prop = (component != null) ? prop(attribute, component) : null;
		Type wanted = (prop != null && component != null) ? this.body.world.schema.propType(component, prop.name())
				: null;
		Type found = value(attribute, wanted, onComponent);
		if (attribute.name().equals("ref") || attribute.name().equals("bind") || attribute.name().startsWith("bind:")) {
			bound(attribute);
		}
		if (wanted == null || found == null || this.body.unifier.assign(found, wanted)) {
			return;
		}
		this.body.error(Code.E0506, attribute.span(), "the prop '" + attribute.name() + "' takes " + wanted + ", not "
				+ Zonk.zonk(found));
	}

	/** A variable that the code itself gives nothing but none is whatever the browser puts there. */
	private void bound(Markup.Attribute attribute) {
		if (attribute.value() instanceof Markup.ExprValue value && value.value() instanceof Expr.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable) {
			World.Slot slot = this.body.slot(variable);
			if (slot != null && !slot.annotated && Zonk.prune(slot.type) == Basic.NONE) {
				this.body.assign(variable, Basic.ANY, attribute.span());
			}
		}
	}

	/** The declared prop that an attribute gives; an attribute that none declares is an error. */
	private Part.@Nullable Field prop(Markup.Attribute attribute, Symbol.Component component) {
		if (component.props() == null) {
			return null;
		}
		for (Part.Field field : component.props().fields()) {
			if (field.name().equals(Names.propName(attribute))) {
				return field;
			}
		}
		List<String> known = component.props().fields().stream().map(Part.Field::name).toList();
		if (!Names.isEvent(attribute, true) && !ALWAYS_ALLOWED.contains(attribute.name())
				&& !attribute.name().contains(":") && !attribute.name().contains("-")) {
			this.body.error(Code.E0505, attribute.nameSpan(),
					"'" + component.name() + "' has no prop '" + attribute.name() + "'",
					ExprChecker.didYouMean(attribute.name(), known));
		}
		return null;
	}

	private @Nullable Type value(Markup.Attribute attribute, @Nullable Type hint, boolean onComponent) {
		return switch (attribute.value()) {
			case Markup.NoValue value -> Basic.BOOL;
			case Markup.TextValue value -> text(value);
			case Markup.BlockValue value -> {
				this.body.control.hostBlock(value.body());
				yield new Type.Fn(List.of(), Basic.ANY);
			}
			case Markup.ExprValue value -> {
				if (!Names.isEvent(attribute, onComponent)) {
					yield this.body.exprs.infer(value.value(), hint);
				}
				handler(value.value());
				yield null;
			}
		};
	}

	private @Nullable Type text(Markup.TextValue value) {
		for (Part.TextPart part : value.parts()) {
			if (part instanceof Part.Hole hole) {
				Type type = this.body.exprs.infer(hole.value());
				if (value.parts().size() == 1) {
					return type;
				}
			}
		}
		return Basic.TEXT;
	}

	private void handler(Expr value) {
		Facts before = this.body.facts;
		this.body.facts = before.stable();
		if (value instanceof Expr.Lambda lambda) {
			Type type = this.body.control.lambda(lambda, new Type.Fn(List.of(Basic.ANY), Basic.NONE), true);
			this.body.tables.type(lambda.id(), type);
		}
		else {
			this.body.exprs.infer(value);
		}
		this.body.facts = before;
	}

}
