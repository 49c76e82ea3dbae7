package dev.flin.lower;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Part;
import dev.flin.types.Type;

/**
 * Lowers markup to writes into one buffer. Everything that is known at compile time is gathered into the longest
 * possible chunks, which are flushed before anything that is decided at run time.
 */
final class MarkupLowering {

	private static final Set<String> VOID = Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link",
			"meta", "param", "source", "track", "wbr");

	final BodyLowering body;

	final ViewFile file;

	/** The buffer that this markup goes to. */
	final IrExpr out;

	private final StringBuilder pending = new StringBuilder();

	private final AttributeLowering attributes;

	private final ComponentLowering components;

	private final HeadLowering head;

	MarkupLowering(BodyLowering body, ViewFile file, IrExpr out) {
		this.body = body;
		this.file = file;
		this.out = out;
		this.attributes = new AttributeLowering(this);
		this.components = new ComponentLowering(this);
		this.head = new HeadLowering(this);
	}

	/** Markup where a value is expected: it is written to a buffer of its own. */
	static IrExpr value(BodyLowering body, ViewFile file, Expr.MarkupOf markup) {
		int line = body.lineOf(markup);
		Local buffer = body.temporary(Kind.OUTPUT);
		body.emit(new IrStmt.Set(buffer, ViewSide.begin(line)));
		IrExpr out = new IrExpr.Read(buffer);
		new MarkupLowering(body, file, out).all(markup.nodes());
		return ViewSide.end(out, line);
	}

	/** Leaves the view: what it returns is shown, or answers the request. */
	void returns(Expr value) {
		IrExpr returned = boxed(this.body.value(value, this.body.type(value)));
		emit(ViewSide.returned(this.out, returned, this.body.lineOf(value)));
		this.body.emit(new IrStmt.Return(null));
	}

	/** Lowers nodes and flushes what is known of them. */
	void all(List<? extends Markup> nodes) {
		nodes.forEach(this::node);
		flush();
	}

	AttributeLowering attributes() {
		return this.attributes;
	}

	/** Appends markup that is known at compile time. */
	void text(String markup) {
		this.pending.append(markup);
	}

	/** Emits what was gathered: before everything that is decided at run time. */
	void flush() {
		if (!this.pending.isEmpty()) {
			byte[] bytes = this.pending.toString().getBytes(StandardCharsets.UTF_8);
			this.pending.setLength(0);
			this.body.emit(new IrStmt.Eval(ViewSide.chunk(this.out, bytes)));
		}
	}

	void emit(IrExpr write) {
		flush();
		this.body.emit(new IrStmt.Eval(write));
	}

	/** The value of an expression; what was gathered before it is written first, in case it prints or fails. */
	IrExpr value(Expr expr) {
		flush();
		return this.body.value(expr);
	}

	void nodes(List<? extends Markup> nodes) {
		nodes.forEach(this::node);
	}

	private void node(Markup node) {
		switch (node) {
			case Markup.Text text -> text(text.text());
			case Markup.Hole hole -> hole(hole);
			case Markup.Raw raw -> sanitised(raw.value());
			case Markup.Element element -> element(element);
			case Markup.If choice -> branches(choice.branches(), 0);
			case Markup.For loop -> loop(loop, this::all);
			case Markup.Match match -> match(match, this::all);
			case Markup.Code code -> {
				flush();
				this.body.line(code);
				this.body.statements.statement(code.statement());
			}
			case Markup.BlockTag tag -> this.body.unsupported(tag, "{" + tag.name() + "}");
			case Markup.Doctype doctype -> text("<!doctype html>\n");
			case Markup.Branch branch -> nodes(branch.body());
			case Markup.Case each -> nodes(each.body());
			case Markup.Attr attr -> {
			}
			case Markup.AttrBranch branch -> {
			}
			case Markup.Broken broken -> {
			}
		}
	}

	private void hole(Markup.Hole hole) {
		if (hole.value() instanceof Expr.MarkupOf markup) {
			nodes(markup.nodes());
		}
		else if (ComponentLowering.isChildren(this.body, hole.value())) {
			this.components.showChildren(hole);
		}
		else if (isChoice(hole.value())) {
			choice((Expr.If) hole.value());
		}
		else if (hole.value() instanceof Expr.Binary guarded && guarded.op() == Expr.BinaryOp.AND
				&& guarded.right() instanceof Expr.MarkupOf markup) {
			// A condition before markup is not shown itself.
			when(guarded, guarded.left(), markup, null);
		}
		else {
			this.body.line(hole);
			emit(ViewSide.value(this.out, printable(shown(hole.value())), this.body.lineOf(hole)));
		}
	}

	/** The value of a hole. Of a condition before another value, as in {@code c && "on"}, false is not shown. */
	IrExpr shown(Expr expr) {
		IrExpr value = value(expr);
		boolean guarded = expr instanceof Expr.Binary both && both.op() == Expr.BinaryOp.AND
				&& value.kind() != Kind.BOOL;
		return guarded ? ViewSide.shown(boxed(value), this.body.lineOf(expr)) : value;
	}

	/** A conditional in a hole is markup with branches, so that none of them needs a buffer of its own. */
	private static boolean isChoice(Expr value) {
		return value instanceof Expr.If choice && isMarkup(choice.then())
				&& (choice.otherwise() == null || isMarkup(choice.otherwise()));
	}

	private static boolean isMarkup(Expr value) {
		return value instanceof Expr.MarkupOf || value instanceof Expr.None;
	}

	private void choice(Expr.If choice) {
		when(choice, choice.condition(), choice.then(), choice.otherwise());
	}

	private void when(Expr whole, Expr test, Expr shown, @Nullable Expr other) {
		flush();
		this.body.line(whole);
		IrExpr condition = this.body.condition(test);
		List<IrStmt> then = this.body.collect(() -> branch(shown));
		List<IrStmt> otherwise = (other != null) ? this.body.collect(() -> branch(other)) : List.of();
		this.body.emit(new IrStmt.If(condition, then, otherwise));
	}

	private void branch(Expr value) {
		if (value instanceof Expr.MarkupOf markup) {
			all(markup.nodes());
		}
	}

	/** Values whose kind has a write of its own stay as they are, all others are objects. */
	static IrExpr printable(IrExpr value) {
		return switch (value.kind()) {
			case LONG, DOUBLE, BOOL, TEXT -> value;
			default -> boxed(value);
		};
	}

	static IrExpr boxed(IrExpr value) {
		return (value.kind() == Kind.ANY) ? value : new IrExpr.Convert(value, Kind.ANY);
	}

	private void sanitised(Expr value) {
		this.body.line(value);
		emit(ViewSide.write("sanitised", this.out, boxed(value(value)), this.body.lineOf(value)));
	}

	// Elements

	private void element(Markup.Element element) {
		String name = element.name();
		String folded = name.toLowerCase(Locale.ROOT);
		if (ComponentLowering.isComponent(name)) {
			this.components.use(element);
			return;
		}
		switch (folded) {
			case "slot" -> this.components.slot(element);
			case "raw" -> raw(element);
			case "style" -> this.head.style(element);
			case "script" -> script(element);
			case "head" -> this.head.head(element);
			case "html" -> this.head.html(element);
			default -> plain(element, name);
		}
	}

	/** An element as it is. */
	void plain(Markup.Element element, String name) {
		text("<" + name);
		AttributeLowering.Bound bound = this.attributes.write(element);
		if (this.file.scopeAttribute() != null) {
			text(" " + this.file.scopeAttribute());
		}
		text(">");
		if (VOID.contains(name.toLowerCase(Locale.ROOT))) {
			return;
		}
		if (name.equals("form") && AttributeLowering.constantOf(element, "method").equalsIgnoreCase("post")
				&& !isForeign(element)) {
			emit(ViewSide.csrfField(this.out, this.body.lineOf(element)));
		}
		if (bound.content() != null) {
			emit(ViewSide.value(this.out, printable(bound.content()), this.body.lineOf(element)));
		}
		this.attributes.inside(bound, () -> nodes(element.children()));
		text("</" + name + ">");
	}

	private void raw(Markup.Element element) {
		for (Markup child : element.children()) {
			if (child instanceof Markup.Hole hole) {
				sanitised(hole.value());
			}
			else {
				node(child);
			}
		}
	}

	/** Whether a script is all in the file: an address, or attributes from a value, may lead anywhere. */
	private static boolean isOwnScript(Markup.Element element) {
		return element.attrs()
			.stream()
			.allMatch((attr) -> attr instanceof Markup.Attribute named && !named.name().equalsIgnoreCase("src"));
	}

	/** A form for another server gets no token. */
	private static boolean isForeign(Markup.Element form) {
		String action = AttributeLowering.constantOf(form, "action").strip().replace('\\', '/');
		return action.startsWith("//") || action.contains("://");
	}

	/** Scripts are passed through; those that hold JSON may hold one value. */
	private void script(Markup.Element element) {
		text("<" + element.name());
		if (isOwnScript(element)) {
			emit(ViewSide.nonce(this.out, this.body.lineOf(element)));
		}
		this.attributes.write(element);
		text(">");
		for (Markup child : element.children()) {
			Expr held = (child instanceof Markup.Hole hole) ? hole.value()
					: (child instanceof Markup.Raw raw) ? raw.value() : null;
			if (held != null) {
				this.body.line(child);
				emit(ViewSide.scriptJson(this.out, boxed(value(stringified(held))), this.body.lineOf(child)));
			}
			else if (child instanceof Markup.Text text) {
				text(text.text());
			}
		}
		text("</" + element.name() + ">");
	}

	/** {@code JSON.stringify(x)} in a JSON script means {@code x}: all that stands there is written as JSON. */
	private Expr stringified(Expr value) {
		boolean json = value instanceof Expr.Call call && call.args().size() == 1 && !call.args().get(0).spread()
				&& switch (call.callee()) {
					case Expr.Name name -> name.name().equals("to_json") && isBuiltin(name);
					case Expr.Member member -> member.name().equals("stringify")
							&& member.target() instanceof Expr.Name name && name.name().equals("JSON")
							&& isBuiltin(name);
					default -> false;
				};
		return json ? ((Expr.Call) value).args().get(0).value() : value;
	}

	private boolean isBuiltin(Expr.Name name) {
		return this.body.resolution().symbol(name.id()) instanceof Symbol.Builtin;
	}

	// Control

	private void branches(List<Markup.Branch> branches, int from) {
		if (from == branches.size()) {
			return;
		}
		Markup.Branch branch = branches.get(from);
		Expr tested = branch.condition();
		if (tested == null) {
			all(branch.body());
			return;
		}
		flush();
		this.body.line(branch);
		IrExpr condition = this.body.condition(tested);
		List<IrStmt> then = this.body.collect(() -> all(branch.body()));
		List<IrStmt> otherwise = this.body.collect(() -> {
			branches(branches, from + 1);
			flush();
		});
		this.body.emit(new IrStmt.If(condition, then, otherwise));
	}

	/** @param bodies lowers what stands in a body */
	void loop(Markup.For loop, Consumer<List<Markup>> bodies) {
		flush();
		this.body.line(loop);
		Local any = this.body.temporary(Kind.BOOL);
		boolean hasElse = !loop.otherwise().isEmpty();
		if (hasElse) {
			this.body.emit(new IrStmt.Set(any, new IrExpr.Const(false, Kind.BOOL)));
		}
		this.body.loopForms.each(loop, () -> {
			if (hasElse) {
				this.body.emit(new IrStmt.Set(any, new IrExpr.Const(true, Kind.BOOL)));
			}
			bodies.accept(loop.body());
		});
		if (hasElse) {
			List<IrStmt> otherwise = this.body.collect(() -> bodies.accept(loop.otherwise()));
			this.body.emit(new IrStmt.If(new IrExpr.Not(new IrExpr.Read(any)), otherwise, List.of()));
		}
	}

	/** @param bodies lowers what stands in a body */
	void match(Markup.Match match, Consumer<List<Markup>> bodies) {
		flush();
		this.body.line(match);
		Type type = this.body.type(match.subject());
		IrStmt.Label end = new IrStmt.Label("match");
		List<IrStmt> whole = this.body.collect(() -> {
			IrExpr subject = this.body.keep(this.body.value(match.subject()));
			for (Markup.Case each : match.cases()) {
				IrStmt.Label next = new IrStmt.Label("case");
				this.body.emit(new IrStmt.Block(next, this.body.collect(() -> {
					this.body.line(each);
					this.body.patterns.test(each.pattern(), subject, type, next);
					Expr guard = each.guard();
					if (guard != null) {
						this.body.control.testAll(guard, next);
					}
					bodies.accept(each.body());
					this.body.emit(new IrStmt.Break(end));
				})));
			}
		});
		this.body.emit(new IrStmt.Block(end, whole));
	}

	/** The parts of a text with holes, where all holes are texts already. */
	static boolean isConstant(List<Part.TextPart> parts) {
		for (Part.TextPart part : parts) {
			if (!(part instanceof Part.Chunk)) {
				return false;
			}
		}
		return true;
	}

}
