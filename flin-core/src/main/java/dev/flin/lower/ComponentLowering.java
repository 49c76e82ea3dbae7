package dev.flin.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers uses of components, and the slots inside them. */
final class ComponentLowering {

	private final MarkupLowering markup;

	ComponentLowering(MarkupLowering markup) {
		this.markup = markup;
	}

	static boolean isComponent(String name) {
		return Character.isUpperCase(name.codePointAt(0)) || name.indexOf('.') > 0;
	}

	/** Whether an expression is the content of the default slot, so that it can be shown without a value in between. */
	static boolean isChildren(BodyLowering body, Expr value) {
		return switch (value) {
			case Expr.Name name -> body.resolution().symbol(name.id()) instanceof Symbol.Ambient ambient
					&& ambient.name().equals("children");
			case Expr.Member member -> member.name().equals("children") && member.target() instanceof Expr.Name name
					&& body.resolution().symbol(name.id()) instanceof Symbol.Ambient ambient
					&& ambient.name().equals("props");
			default -> false;
		};
	}

	/** The content of the default slot as a value. */
	static IrExpr childrenValue(BodyLowering body, Expr node) {
		return ViewSide.children(slots(body), body.lineOf(node));
	}

	// Slots of this component

	void showChildren(Markup.Hole hole) {
		this.markup.flush();
		this.markup.emit(ViewSide.showSlot(slots(this.markup.body), "", this.markup.out, ViewSide.newProps(),
				this.markup.body.lineOf(hole)));
	}

	/** {@code <slot name="x" item={v}>fallback</slot>}. */
	void slot(Markup.Element element) {
		this.markup.flush();
		BodyLowering body = this.markup.body;
		int line = body.lineOf(element);
		IrExpr values = body.keep(ViewSide.newProps());
		for (Markup.Attr attr : element.attrs()) {
			if (attr instanceof Markup.Attribute named && !named.name().equals("name")) {
				give(values, named);
			}
		}
		String name = AttributeLowering.constantOf(element, "name");
		IrExpr shown = ViewSide.showSlot(slots(body), name, this.markup.out, values, line);
		List<IrStmt> fallback = body.collect(() -> this.markup.all(element.children()));
		body.emit(new IrStmt.If(shown, List.of(), fallback));
	}

	private static IrExpr slots(BodyLowering body) {
		return new IrExpr.ReadFile(body.unit.hostVariable("$slots", Kind.ANY));
	}

	// Use of a component

	void use(Markup.Element element) {
		this.markup.flush();
		BodyLowering body = this.markup.body;
		body.line(element);
		int line = body.lineOf(element);
		IrExpr props = body.keep(ViewSide.newProps());
		for (Markup.Attr attr : element.attrs()) {
			give(element, props, attr);
		}
		if (!(body.body.access(element.id()) instanceof Access.ComponentUse use)) {
			this.markup.emit(ViewSide.icon(this.markup.out, props, line));
			return;
		}
		IrExpr slots = body.keep(contents(element));
		this.markup.emit(ViewSide.include(use.component().tree().file().path(), this.markup.out, props, slots, line));
	}

	private void give(Markup.Element element, IrExpr props, Markup.Attr attr) {
		switch (attr) {
			case Markup.Attribute named -> {
				if (AttributeLowering.isHandler(named, true)) {
					this.markup.attributes().notYet(named);
				}
				else if (!named.name().startsWith("let:") && !named.name().equals("slot")) {
					give(props, named);
				}
			}
			case Markup.SpreadAttrs spread -> this.markup.emit(ViewSide.spreadProps(props,
					MarkupLowering.boxed(this.markup.value(spread.value())), this.markup.body.lineOf(spread)));
			case Markup.IfAttrs choice -> giveBranches(element, props, choice.branches(), 0);
			case Markup.ForAttrs loop -> this.markup.loop(loop.loop(), (body) -> giveAll(element, props, body));
			case Markup.MatchAttrs match -> this.markup.match(match.match(), (body) -> giveAll(element, props, body));
		}
	}

	private void giveAll(Markup.Element element, IrExpr props, List<Markup> body) {
		Markup.attributes(body).forEach((attr) -> give(element, props, attr));
	}

	private void giveBranches(Markup.Element element, IrExpr props, List<Markup.AttrBranch> branches, int from) {
		if (from == branches.size()) {
			return;
		}
		Markup.AttrBranch branch = branches.get(from);
		Expr tested = branch.condition();
		Runnable body = () -> branch.body().forEach((attr) -> give(element, props, attr));
		if (tested == null) {
			body.run();
			return;
		}
		IrExpr condition = this.markup.body.condition(tested);
		List<IrStmt> then = this.markup.body.collect(body);
		List<IrStmt> otherwise = this.markup.body.collect(() -> giveBranches(element, props, branches, from + 1));
		this.markup.body.emit(new IrStmt.If(condition, then, otherwise));
	}

	private void give(IrExpr props, Markup.Attribute named) {
		IrExpr value = this.markup.attributes().propValue(named);
		this.markup.emit(ViewSide.prop(props, Names.propName(named), value, this.markup.body.lineOf(named)));
	}

	/** What stands between the tags, by slot, each as a closure that writes it where and when the slot is shown. */
	private IrExpr contents(Markup.Element element) {
		Map<String, List<Markup>> bySlot = new LinkedHashMap<>();
		for (Markup child : element.children()) {
			String slot = (child instanceof Markup.Element inner) ? AttributeLowering.constantOf(inner, "slot") : "";
			bySlot.computeIfAbsent(slot, (name) -> new ArrayList<>()).add(child);
		}
		List<Markup> unnamed = bySlot.get("");
		if (unnamed != null && unnamed.stream().allMatch(ComponentLowering::isBlank)) {
			bySlot.remove("");
		}
		IrExpr slots = ViewSide.noSlots();
		for (Map.Entry<String, List<Markup>> entry : bySlot.entrySet()) {
			IrExpr content = content(element, entry.getValue());
			slots = ViewSide.slot(slots, entry.getKey(), content, this.markup.body.lineOf(element));
		}
		return slots;
	}

	private static boolean isBlank(Markup node) {
		return node instanceof Markup.Text text && text.text().isBlank();
	}

	/** The closure takes the buffer and the values that the slot gives back. */
	private IrExpr content(Markup.Element element, List<Markup> nodes) {
		BodyLowering body = this.markup.body;
		Local buffer = new Local("$out", Kind.ANY);
		Local values = new Local("$values", Kind.ANY);
		return body.closure(element, List.of(buffer, values), (inner) -> {
			Local out = inner.temporary(Kind.OUTPUT);
			inner.emit(new IrStmt.Set(out, new IrExpr.Convert(new IrExpr.Read(buffer), Kind.OUTPUT)));
			IrExpr given = new IrExpr.Convert(new IrExpr.Read(values), Kind.MAP);
			for (Markup.Attr attr : element.attrs()) {
				if (attr instanceof Markup.Attribute named
						&& inner.resolution().symbol(named.id()) instanceof Symbol.Variable variable) {
					String name = named.name().substring(4);
					inner.bind(variable, ViewSide.givenProp(given, name, inner.lineOf(named)),
							Type.Basic.ANY, named);
				}
			}
			new MarkupLowering(inner, this.markup.file, new IrExpr.Read(out)).all(nodes);
		});
	}

}
