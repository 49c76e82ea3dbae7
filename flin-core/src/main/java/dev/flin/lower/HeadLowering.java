package dev.flin.lower;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Resolution;
import dev.flin.syntax.Markup;

/** Lowers what belongs to the document and not to its place: the head's elements and styles. */
final class HeadLowering {

	private final MarkupLowering markup;

	/** Whether the markup around is that of a whole document, whose head is written where it stands. */
	private boolean inDocument;

	HeadLowering(MarkupLowering markup) {
		this.markup = markup;
	}

	/** {@code <html>}: a document of its own; where its head is missing the merged one still has a place. */
	void html(Markup.Element element) {
		boolean outer = this.inDocument;
		this.inDocument = true;
		boolean hasHead = element.children()
			.stream()
			.anyMatch((child) -> child instanceof Markup.Element inner && isHead(inner));
		if (hasHead) {
			this.markup.plain(element, "html");
		}
		else {
			this.markup.text("<html");
			this.markup.attributes().write(element);
			this.markup.text("><head>");
			this.markup.emit(ViewSide.headEnd(this.markup.out));
			this.markup.text("</head>");
			this.markup.nodes(element.children());
			this.markup.text("</html>");
		}
		this.inDocument = outer;
	}

	private static boolean isHead(Markup.Element element) {
		return element.name().toLowerCase(Locale.ROOT).equals("head");
	}

	/** {@code <head>}: its elements join the head of the document. */
	void head(Markup.Element element) {
		if (this.inDocument) {
			this.markup.text("<head>");
		}
		entries(element.children());
		if (this.inDocument) {
			this.markup.emit(ViewSide.headEnd(this.markup.out));
			this.markup.text("</head>");
		}
	}

	private void entries(List<Markup> nodes) {
		for (Markup node : nodes) {
			switch (node) {
				case Markup.Element element when ViewFile.isStyle(element) -> style(element);
				case Markup.Element element when !ComponentLowering.isComponent(element.name()) -> entry(element);
				case Markup.Text text when text.text().isBlank() -> {
				}
				default -> entry(node, "");
			}
		}
	}

	private void entry(Markup.Element element) {
		entry(element, key(element));
	}

	/** Writes a node to a buffer of its own, which is added to the head. */
	private void entry(Markup node, String key) {
		this.markup.flush();
		BodyLowering body = this.markup.body;
		Local buffer = body.temporary(Kind.OUTPUT);
		body.emit(new IrStmt.Set(buffer, ViewSide.begin(body.lineOf(node))));
		IrExpr entry = new IrExpr.Read(buffer);
		new MarkupLowering(body, this.markup.file.withoutScope(), entry).all(List.of(node));
		body.emit(new IrStmt.Eval(ViewSide.head(this.markup.file.origin(), key, entry)));
	}

	/** What there may be only one of in a head; empty where there may be many. */
	private static String key(Markup.Element element) {
		String name = element.name().toLowerCase(Locale.ROOT);
		return switch (name) {
			case "title", "base" -> name;
			case "meta" -> metaKey(element);
			case "link" -> AttributeLowering.constantOf(element, "rel").equals("canonical") ? "link rel=canonical" : "";
			default -> "";
		};
	}

	private static String metaKey(Markup.Element element) {
		if (AttributeLowering.has(element, "charset")) {
			return "meta charset";
		}
		for (String attribute : List.of("name", "property", "http-equiv", "itemprop")) {
			String value = AttributeLowering.constantOf(element, attribute);
			if (!value.isEmpty()) {
				return "meta " + attribute + "=" + value;
			}
		}
		return "";
	}

	/** {@code <style>}: sent once for each component, limited to its elements unless it is global. */
	void style(Markup.Element element) {
		StringBuilder css = new StringBuilder();
		for (Markup child : element.children()) {
			if (child instanceof Markup.Text text) {
				css.append(text.text());
			}
			else if (child instanceof Markup.Hole hole) {
				css.append(constant(hole));
			}
		}
		String scope = this.markup.file.scopeAttribute();
		String sheet = (scope != null && ViewFile.isScopedStyle(element)) ? CssScoper.scope(css.toString(), scope)
				: css.toString();
		this.markup.emit(ViewSide.style(this.markup.file.path() + "@" + element.span().start(),
				sheet.strip().concat("\n").getBytes(StandardCharsets.UTF_8)));
	}

	/** The text of a value in a style, which cannot end the element. */
	private String constant(Markup.Hole hole) {
		Resolution resolution = this.markup.body.resolution();
		String value = new StyleConstants(resolution).of(hole.value());
		if (value != null) {
			return value.replace("<", "\\3c ");
		}
		String name = resolution.tree().file().text(hole.value().span());
		this.markup.body.unit.report(Diagnostic
			.of(Code.E0509, resolution.tree().file(), hole.span(),
					"'" + name + "' is no constant of this file, and a style is sent once for all of its elements")
			.withHelp("give the element style=\"--" + name + ": {" + name + "}\", and write var(--" + name + ") here"));
		return "";
	}

}
