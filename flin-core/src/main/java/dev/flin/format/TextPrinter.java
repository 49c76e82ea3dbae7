package dev.flin.format;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;

/** Prints texts as they are written. Texts in triple quotes move with the code around them. */
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
			return raw;
		}
		Doc moved = written.startsWith(TRIPLE) ? moved(written, text) : null;
		return (moved != null) ? new Doc.Own(moved) : raw;
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
