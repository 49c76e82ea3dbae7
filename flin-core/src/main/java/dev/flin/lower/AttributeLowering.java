package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Names;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;

/** Lowers the attributes of elements: as constant markup where they are constant, as writes where they are not. */
final class AttributeLowering {

	private static final String CLASS = "class:";

	private static final String STYLE = "style:";

	private static final String BIND = "bind:";

	private static final Set<String> ADDRESSES = Set.of("href", "src", "action", "formaction", "poster", "cite", "data",
			"xlink:href", "background");

	private static final Set<String> FIELDS = Set.of("input", "select", "textarea");

	private final MarkupLowering markup;

	/** Name and type of the field that is written, where they are no constants. */
	private Map<String, IrExpr> told = new HashMap<>();

	/** The value that the options of the select around choose from; null outside of one. */
	private @Nullable IrExpr selectValue;

	AttributeLowering(MarkupLowering markup) {
		this.markup = markup;
	}

	/**
	 * What {@code bind} means for the inside of an element.
	 *
	 * @param content what a text area shows; null for none
	 * @param select what the options of a select are compared with; null for none
	 */
	record Bound(@Nullable IrExpr content, @Nullable IrExpr select) {
	}

	/** Whether an attribute is a handler, by its name without modifiers and its value. */
	static boolean isHandler(Markup.Attribute attribute, boolean component) {
		return attribute.value() instanceof Markup.BlockValue
				|| attribute.value() instanceof Markup.ExprValue && Names.isEvent(attribute, component);
	}

	/** Writes the attributes of an element. */
	Bound write(Markup.Element element) {
		Map<String, IrExpr> outer = this.told;
		this.told = new HashMap<>();
		Bound bound = attributes(element);
		this.told = outer;
		return bound;
	}

	private Bound attributes(Markup.Element element) {
		List<Markup.Attr> attrs = new ArrayList<>();
		Expr bind = null;
		for (Markup.Attr written : element.attrs()) {
			Markup.Attr attr = inHtml(written);
			if (attr instanceof Markup.Attribute named && isHandler(named, false)) {
				notYet(named);
			}
			else if (attr instanceof Markup.Attribute named && isBind(named)
					&& named.value() instanceof Markup.ExprValue bound) {
				bind = bound.value();
			}
			else if (attr instanceof Markup.Attribute named && named.name().startsWith(BIND)
					&& named.value() instanceof Markup.ExprValue bound) {
				attrs.addAll(shown(element, named, bound.value()));
			}
			else if (attr instanceof Markup.Attribute named && named.name().equals("key")
					&& named.value() instanceof Markup.ExprValue key) {
				// It tells siblings apart and is no attribute of HTML; its value may still fail.
				this.markup.body.keep(MarkupLowering.boxed(this.markup.value(key.value())));
			}
			else if (attr instanceof Markup.Attribute named && isContent(element, named)
					&& named.value() instanceof Markup.ExprValue content) {
				bind = content.value();
			}
			else {
				attrs.add(attr);
			}
		}
		if (arePlain(attrs)) {
			plain(element, withoutEarlier(attrs));
		}
		else {
			gathered(element, attrs);
		}
		option(element);
		return (bind != null) ? bind(element, bind) : sent(element);
	}

	/** The names that JavaScript has to spell otherwise mean the attribute. */
	private static Markup.Attr inHtml(Markup.Attr attr) {
		String name = (attr instanceof Markup.Attribute given) ? SpelledNames.inHtml(given.name()) : null;
		return (name != null && attr instanceof Markup.Attribute named)
				? new Markup.Attribute(named.id(), named.span(), named.nameSpan(), name, named.value()) : attr;
	}

	/** {@code bind={x}}, also {@code bind:value={x}} and {@code bind:group={x}}. */
	private static boolean isBind(Markup.Attribute attribute) {
		return attribute.name().equals("bind") || attribute.name().equals(BIND + "value")
				|| attribute.name().equals(BIND + "group");
	}

	/** What shows a value that is bound to one property; what only the browser knows of, like a size, shows nothing. */
	private static List<Markup.Attr> shown(Markup.Element element, Markup.Attribute attribute, Expr value) {
		String property = attribute.name().substring(BIND.length());
		if (!property.equals("checked") && !(property.equals("open") && element.name().equals("details"))) {
			return List.of();
		}
		return List.of(new Markup.Attribute(attribute.id(), attribute.span(), attribute.nameSpan(), property,
				new Markup.ExprValue(value)));
	}

	/** In HTML a text area shows what stands in it, and a select its chosen option: neither has a value of its own. */
	private static boolean isContent(Markup.Element element, Markup.Attribute attribute) {
		return attribute.name().equals("value") && (element.name().equals("select")
				|| element.name().equals("textarea") && element.children().isEmpty());
	}

	private static boolean arePlain(List<Markup.Attr> attrs) {
		for (Markup.Attr attr : attrs) {
			if (!isPlain(attr)) {
				return false;
			}
		}
		return true;
	}

	/** A field without a value of its own shows what was sent when its form was refused. */
	private Bound sent(Markup.Element element) {
		IrExpr name = told(element, "name");
		if (name == null || has(element, "value") || !FIELDS.contains(element.name())) {
			return new Bound(null, null);
		}
		int line = line(element);
		return switch (element.name()) {
			case "textarea" -> new Bound(element.children().isEmpty() ? ViewSide.sent(name, line) : null, null);
			case "select" -> {
				this.markup.flush();
				yield new Bound(null, this.markup.body.keep(ViewSide.sent(name, line)));
			}
			default -> {
				IrExpr type = told(element, "type");
				show(element, "value", (type != null) ? ViewSide.sentText(name, type, line)
						: ViewSide.sent(name, line));
				if (type != null && !has(element, "checked")) {
					show(element, "checked", ViewSide.wasSent(name, type, line));
				}
				yield new Bound(null, null);
			}
		};
	}

	private void show(Markup.Element element, String attribute, IrExpr value) {
		this.markup.emit(ViewSide.attribute(this.markup.out, element.name(), attribute, value, line(element)));
	}

	/** The name or type of a field: a constant, or what its attribute was evaluated to; null when it has none. */
	private @Nullable IrExpr told(Markup.Element element, String attribute) {
		String constant = constantOf(element, attribute);
		return constant.isEmpty() ? this.told.get(attribute) : ViewSide.text(constant);
	}

	/** What an attribute is evaluated to, once: a field needs its name and type again when its form was refused. */
	private IrExpr tell(String attribute, IrExpr value) {
		if (!attribute.equals("name") && !attribute.equals("type")) {
			return value;
		}
		IrExpr kept = this.markup.body.keep(value);
		this.told.put(attribute, kept);
		return kept;
	}

	/** Lowers what stands inside an element. */
	void inside(Bound bound, Runnable children) {
		IrExpr outer = this.selectValue;
		if (bound.select() != null) {
			this.selectValue = bound.select();
		}
		children.run();
		this.selectValue = outer;
	}

	void notYet(Markup.Attribute attribute) {
		this.markup.body.unit.report(Diagnostic
			.of(Code.W0199, this.markup.body.resolution().tree().file(), attribute.nameSpan(),
					"the handler '" + attribute.name() + "' does not run: handlers are not supported yet")
			.withHelp("use a form with method=\"post\" and a route"));
	}

	private static boolean isPlain(Markup.Attr attr) {
		return attr instanceof Markup.Attribute named && !named.name().startsWith(CLASS) && !named.name()
				.startsWith(STYLE);
	}

	/** Of two attributes with one name the later wins. */
	private static List<Markup.Attribute> withoutEarlier(List<Markup.Attr> attrs) {
		Map<String, Markup.Attribute> last = new HashMap<>();
		List<Markup.Attribute> all = new ArrayList<>();
		for (Markup.Attr attr : attrs) {
			if (attr instanceof Markup.Attribute named) {
				last.put(named.name(), named);
				all.add(named);
			}
		}
		all.removeIf((named) -> last.get(named.name()) != named);
		return all;
	}

	// Known names

	private void plain(Markup.Element element, List<Markup.Attribute> attributes) {
		for (Markup.Attribute attribute : attributes) {
			switch (attribute.value()) {
				case Markup.NoValue none -> this.markup.text(" " + attribute.name());
				case Markup.TextValue text -> text(element, attribute, text.parts());
				case Markup.ExprValue expr -> value(element, attribute, expr.value());
				case Markup.BlockValue block -> notYet(attribute);
			}
		}
	}

	private void text(Markup.Element element, Markup.Attribute attribute, List<Part.TextPart> parts) {
		if (MarkupLowering.isConstant(parts)) {
			this.markup.text(" " + attribute.name() + "=\"" + constant(parts).replace("\"", "&quot;") + "\"");
		}
		else if (parts.size() == 1 && parts.get(0) instanceof Part.Hole hole) {
			value(element, attribute, hole.value());
		}
		else if (isAddress(attribute.name()) && parts.get(0) instanceof Part.Hole
				|| attribute.name().equals("name") && FIELDS.contains(element.name())) {
			IrExpr whole = tell(attribute.name(), MarkupLowering.boxed(joined(attribute.name(), parts)));
			this.markup.emit(ViewSide.attribute(this.markup.out, element.name(), attribute.name(), whole,
					line(attribute)));
		}
		else {
			this.markup.text(" " + attribute.name() + "=\"");
			for (int i = 0; i < parts.size(); i++) {
				part(attribute.name(), parts, i);
			}
			this.markup.text("\"");
		}
	}

	private void part(String attribute, List<Part.TextPart> parts, int index) {
		switch (parts.get(index)) {
			case Part.Chunk chunk -> this.markup.text(chunk.text().replace("\"", "&quot;"));
			case Part.Hole hole -> {
				this.markup.body.line(hole);
				IrExpr value = MarkupLowering.boxed(this.markup.shown(hole.value()));
				String method = writeOfPart(attribute, parts, index);
				this.markup.emit(ViewSide.write(method, this.markup.out, value, line(hole)));
			}
		}
	}

	private static String writeOfPart(String attribute, List<Part.TextPart> parts, int index) {
		if (isAddress(attribute)) {
			return "addressPart";
		}
		return attribute.equals("style") ? StyleParts.writeOf(parts, index) : "quotedPart";
	}

	private void value(Markup.Element element, Markup.Attribute attribute, Expr expr) {
		this.markup.body.line(attribute);
		IrExpr value = MarkupLowering.boxed(this.markup.value(expr));
		value = FIELDS.contains(element.name()) ? tell(attribute.name(), value) : value;
		this.markup
			.emit(ViewSide.attribute(this.markup.out, element.name(), attribute.name(), value, line(attribute)));
	}

	// Names that are found at run time

	private void gathered(Markup.Element element, List<Markup.Attr> attrs) {
		this.markup.flush();
		Local local = this.markup.body.temporary(Kind.ANY);
		this.markup.body.emit(new IrStmt.Set(local, ViewSide.newAttributes()));
		IrExpr gathered = new IrExpr.Read(local);
		gather(gathered, attrs);
		this.markup.emit(ViewSide.writeAttributes(gathered, this.markup.out, element.name()));
	}

	private void gather(IrExpr gathered, List<? extends Markup.Attr> attrs) {
		for (Markup.Attr attr : attrs) {
			switch (attr) {
				case Markup.Attribute attribute -> gather(gathered, attribute);
				case Markup.SpreadAttrs spread -> this.markup.emit(ViewSide.spread(gathered,
						MarkupLowering.boxed(this.markup.value(spread.value())), line(spread)));
				case Markup.IfAttrs choice -> gatherBranches(gathered, choice.branches(), 0);
				case Markup.ForAttrs loop ->
					this.markup.loop(loop.loop(), (body) -> gather(gathered, Markup.attributes(body)));
				case Markup.MatchAttrs match ->
					this.markup.match(match.match(), (body) -> gather(gathered, Markup.attributes(body)));
			}
		}
	}

	/** The value of an attribute as a prop or where its name decides at run time what it means. */
	IrExpr propValue(Markup.Attribute attribute) {
		return switch (attribute.value()) {
			case Markup.NoValue none -> new IrExpr.Convert(new IrExpr.Const(true, Kind.BOOL), Kind.ANY);
			case Markup.TextValue text when text.parts().size() == 1 && text.parts().get(0) instanceof Part.Hole hole ->
				MarkupLowering.boxed(this.markup.value(hole.value()));
			case Markup.TextValue text -> MarkupLowering.boxed(joined(attribute.name(), text.parts()));
			case Markup.ExprValue expr -> MarkupLowering.boxed(this.markup.value(expr.value()));
			case Markup.BlockValue block -> Coercion.NONE;
		};
	}

	private void gather(IrExpr gathered, Markup.Attribute attribute) {
		IrExpr value = tell(attribute.name(), propValue(attribute));
		if (attribute.name().startsWith(CLASS)) {
			String name = attribute.name().substring(CLASS.length());
			this.markup.emit(ViewSide.classIf(gathered, name, value, line(attribute)));
		}
		else if (attribute.name().startsWith(STYLE)) {
			String name = attribute.name().substring(STYLE.length());
			this.markup.emit(ViewSide.styleOf(gathered, name, value, line(attribute)));
		}
		else {
			this.markup.emit(ViewSide.setAttribute(gathered, attribute.name(), value, line(attribute)));
		}
	}

	private void gatherBranches(IrExpr gathered, List<Markup.AttrBranch> branches, int from) {
		if (from == branches.size()) {
			return;
		}
		Markup.AttrBranch branch = branches.get(from);
		Expr tested = branch.condition();
		if (tested == null) {
			gather(gathered, branch.body());
			return;
		}
		IrExpr condition = this.markup.body.condition(tested);
		List<IrStmt> then = this.markup.body.collect(() -> gather(gathered, branch.body()));
		List<IrStmt> otherwise = this.markup.body.collect(() -> gatherBranches(gathered, branches, from + 1));
		this.markup.body.emit(new IrStmt.If(condition, then, otherwise));
	}

	/** The text of a value with holes, later parts of addresses already encoded. */
	private IrExpr joined(String attribute, List<Part.TextPart> parts) {
		List<IrExpr> joined = new ArrayList<>();
		for (int i = 0; i < parts.size(); i++) {
			Part.TextPart part = parts.get(i);
			if (part instanceof Part.Chunk chunk) {
				joined.add(new IrExpr.Const(unescaped(chunk.text()), Kind.TEXT));
			}
			else if (part instanceof Part.Hole hole) {
				IrExpr value = MarkupLowering.boxed(this.markup.shown(hole.value()));
				joined.add(this.markup.body.keep((isAddress(attribute) && i > 0)
						? ViewSide.encodedPart(value, line(hole)) : ViewSide.plain(value, line(hole))));
			}
		}
		return new IrExpr.Concat(joined);
	}

	// Bindings

	private Bound bind(Markup.Element element, Expr bound) {
		IrExpr value = this.markup.body.keep(MarkupLowering.boxed(this.markup.value(bound)));
		switch (element.name().toLowerCase(Locale.ROOT)) {
			case "textarea" -> {
				return new Bound(value, null);
			}
			case "select" -> {
				return new Bound(null, value);
			}
			default -> bindInput(element, value, line(bound));
		}
		return new Bound(null, null);
	}

	private void bindInput(Markup.Element element, IrExpr bound, int line) {
		String type = constantOf(element, "type");
		if (type.equals("radio") || (type.equals("checkbox") && has(element, "value"))) {
			chosen(" checked", bound, ownValue(element), line);
		}
		else if (type.equals("checkbox")) {
			this.markup.emit(ViewSide.attribute(this.markup.out, "input", "checked", truth(bound), line));
		}
		else if (!type.equals("file")) {
			this.markup.emit(ViewSide.attribute(this.markup.out, "input", "value", bound, line));
		}
	}

	private static IrExpr truth(IrExpr bound) {
		return new IrExpr.Convert(RunSide.call(RunSide.TRUTHINESS, "isTrue", "(" + RunSide.OBJ + ")Z", 0, bound),
				Kind.ANY);
	}

	private void option(Markup.Element element) {
		IrExpr select = this.selectValue;
		if (select == null || !element.name().equals("option") || has(element, "selected")) {
			return;
		}
		IrExpr own = has(element, "value") ? ownValue(element) : contentOf(element);
		chosen(" selected", select, own, line(element));
	}

	private void chosen(String attribute, IrExpr bound, IrExpr own, int line) {
		this.markup.flush();
		List<IrStmt> then = this.markup.body.collect(() -> {
			this.markup.text(attribute);
			this.markup.flush();
		});
		this.markup.body.emit(new IrStmt.If(ViewSide.chosen(bound, own, line), then, List.of()));
	}

	private IrExpr ownValue(Markup.Element element) {
		for (Markup.Attr attr : element.attrs()) {
			if (attr instanceof Markup.Attribute named && named.name().equals("value")) {
				return switch (named.value()) {
					case Markup.NoValue none -> MarkupLowering.boxed(new IrExpr.Const("", Kind.TEXT));
					case Markup.TextValue text -> MarkupLowering.boxed(joined("value", text.parts()));
					case Markup.ExprValue expr -> MarkupLowering.boxed(this.markup.value(expr.value()));
					case Markup.BlockValue block -> Coercion.NONE;
				};
			}
		}
		return Coercion.NONE;
	}

	/** An option without a value stands for its text. */
	private IrExpr contentOf(Markup.Element element) {
		List<IrExpr> parts = new ArrayList<>();
		for (Markup child : element.children()) {
			if (child instanceof Markup.Text text) {
				parts.add(new IrExpr.Const(unescaped(text.text()), Kind.TEXT));
			}
			else if (child instanceof Markup.Hole hole) {
				parts.add(this.markup.body
					.keep(ViewSide.plain(MarkupLowering.boxed(this.markup.value(hole.value())), line(hole))));
			}
		}
		return MarkupLowering.boxed(new IrExpr.Concat(parts));
	}

	// Constants

	/** The text of an attribute, written {@code type="radio"} or {@code type={"radio"}}; empty when it is not known. */
	static String constantOf(Markup.Element element, String name) {
		for (Markup.Attr attr : element.attrs()) {
			if (!(attr instanceof Markup.Attribute named) || !named.name().equals(name)) {
				continue;
			}
			if (named.value() instanceof Markup.TextValue text && MarkupLowering.isConstant(text.parts())) {
				return constant(text.parts());
			}
			if (named.value() instanceof Markup.ExprValue braces) {
				return Objects.requireNonNullElse(ExprLowering.constantText(braces.value()), "");
			}
		}
		return "";
	}

	static boolean has(Markup.Element element, String name) {
		return element.attrs()
			.stream()
			.anyMatch((attr) -> attr instanceof Markup.Attribute named && named.name().equals(name));
	}

	static String constant(List<Part.TextPart> parts) {
		StringBuilder text = new StringBuilder();
		for (Part.TextPart part : parts) {
			if (part instanceof Part.Chunk chunk) {
				text.append(chunk.text());
			}
		}
		return text.toString();
	}

	/** Literal attribute text is markup; as a value it loses the commonest entities. */
	private static String unescaped(String markup) {
		return markup.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
	}

	private static boolean isAddress(String name) {
		return ADDRESSES.contains(name);
	}

	private int line(Node node) {
		return this.markup.body.lineOf(node);
	}

}
