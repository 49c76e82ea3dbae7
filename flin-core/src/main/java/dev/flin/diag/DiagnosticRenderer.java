package dev.flin.diag;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.flin.source.SourceFile;

/**
 * Shows diagnostics with their source line and a caret under the place. Tabs and wide characters before the place are
 * repeated or widened in the caret line, so that the caret stands under it in any terminal.
 */
public final class DiagnosticRenderer {

	/** How many errors of one file are shown. */
	public static final int MAX_ERRORS_PER_FILE = 20;

	private DiagnosticRenderer() {
	}

	/** All warnings and the first {@value #MAX_ERRORS_PER_FILE} errors of each file, with a blank line between. */
	public static String render(List<Diagnostic> diagnostics) {
		Map<String, Integer> errors = new HashMap<>();
		StringBuilder out = new StringBuilder();
		for (Diagnostic diagnostic : diagnostics) {
			int count = diagnostic.isError() ? errors.merge(diagnostic.file().path(), 1, Integer::sum) : 0;
			if (count <= MAX_ERRORS_PER_FILE) {
				out.append(out.isEmpty() ? "" : "\n").append(render(diagnostic));
			}
		}
		errors.forEach((path, count) -> {
			int hidden = count - MAX_ERRORS_PER_FILE;
			if (hidden > 0) {
				out.append("\n").append(hidden).append(hidden == 1 ? " more error in " : " more errors in ");
				out.append(path).append('\n');
			}
		});
		return out.toString();
	}

	/** One diagnostic; every line ends with a line break. */
	public static String render(Diagnostic diagnostic) {
		SourceFile file = diagnostic.file();
		int line = diagnostic.line();
		String number = Integer.toString(line);
		String margin = " ".repeat(number.length() + 1);
		StringBuilder out = new StringBuilder();
		out.append(diagnostic.code().severity().name().toLowerCase(Locale.ROOT));
		out.append('[').append(diagnostic.code().name()).append("]: ").append(diagnostic.message()).append('\n');
		out.append(margin).append("--> ").append(file.path()).append(':').append(line).append(':');
		out.append(diagnostic.column()).append('\n');
		out.append(margin).append(" |\n");
		Excerpt excerpt = Excerpt.of(file, line, diagnostic.span());
		out.append(' ').append(number).append((" | " + excerpt.text()).stripTrailing()).append('\n');
		String carets = margin + " | " + underline(excerpt);
		out.append((carets + " " + diagnostic.label()).stripTrailing()).append('\n');
		if (!diagnostic.help().isEmpty()) {
			out.append(margin).append(" |\n");
			for (String help : diagnostic.help()) {
				out.append(margin).append(" = help: ").append(help).append('\n');
			}
		}
		return out.toString();
	}

	private static String underline(Excerpt excerpt) {
		StringBuilder out = new StringBuilder();
		excerpt.text()
			.substring(0, excerpt.from())
			.codePoints()
			.forEach((c) -> out.append((c == '\t') ? "\t" : " ".repeat(width(c))));
		int width = excerpt.text()
			.substring(excerpt.from(), excerpt.to())
			.codePoints()
			.map(DiagnosticRenderer::width)
			.sum();
		return out.append("^".repeat(Math.max(1, width))).toString();
	}

	/** How many cells of a terminal a character takes. */
	private static int width(int c) {
		int type = Character.getType(c);
		if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
			return 0;
		}
		return isWide(c) ? 2 : 1;
	}

	private static boolean isWide(int c) {
		return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0x303e) || (c >= 0x3041 && c <= 0x33ff)
				|| (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff) || (c >= 0xa000 && c <= 0xa4cf)
				|| (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f)
				|| (c >= 0xff00 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1f64f)
				|| (c >= 0x1f680 && c <= 0x1f6ff) || (c >= 0x1f900 && c <= 0x1f9ff) || (c >= 0x20000 && c <= 0x3fffd);
	}

}
