package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;

/**
 * Prints texts as they are written, but for backticks where quotes do. Texts in triple quotes move with the code around
 * them.
 */
final class TextPrinter {

	private static final String TRIPLE = "\"\"\"";

	private final Printer p;

	TextPrinter(Printer printer) {
		this.p = printer;
	}

	Doc literal(Expr.Text text) {
		String written = this.p.slice(text.span());
		Doc raw = this.p.raw(text.span());
		if (written.indexOf('\n') < 0) {
			return isBacktick(written) && canBeQuoted(text) ? quoted(text) : raw;
		}
		Doc moved = written.startsWith(TRIPLE) ? moved(written, text) : null;
		return (moved != null) ? new Doc.Own(moved) : raw;
	}

	private static boolean isBacktick(String written) {
		return written.startsWith("`");
	}

	/** Whether what stands between backticks means the same between double quotes, as it is written. */
	private boolean canBeQuoted(Expr.Text text) {
		return text.parts()
			.stream()
			.allMatch((part) -> part instanceof Part.Hole
					|| this.p.slice(part.span()).chars().noneMatch((c) -> "\"{}".indexOf(c) >= 0));
	}

	private Doc quoted(Expr.Text text) {
		List<Doc> docs = new ArrayList<>(List.of(Doc.text("\"")));
		for (Part.TextPart part : text.parts()) {
			Span at = part.span();
			docs.add((part instanceof Part.Hole) ? this.p.raw(new Span(at.start() + 1, at.end())) : this.p.raw(at));
		}
		docs.add(Doc.text("\""));
		return Doc.concat(docs);
	}

	/** The lines at the new indentation; null where that would change the text. */
	private @Nullable Doc moved(String written, Expr.Text text) {
		String[] lines = written.split("\n", -1);
		String last = lines[lines.length - 1];
		String indent = last.substring(0, last.length() - last.stripLeading().length());
		if (!lines[0].strip().equals(TRIPLE) || !last.strip().equals(TRIPLE) || holesOverLines(text)) {
			return null;
		}
		List<Doc> docs = new ArrayList<>(List.of(Doc.text(TRIPLE)));
		for (int i = 1; i < lines.length; i++) {
			String line = lines[i];
			if (!line.isEmpty() && (!line.startsWith(indent) || !line.equals(line.stripTrailing()))) {
				return null;
			}
			docs.add(Doc.HARD);
			docs.add(Doc.text(line.isEmpty() ? line : line.substring(indent.length())));
		}
		return Doc.nest(Doc.concat(docs));
	}

	private boolean holesOverLines(Expr.Text text) {
		return text.parts().stream().anyMatch((part) -> part instanceof Part.Hole
				&& !this.p.isOneLine(part.span()));
	}

}
