package dev.flin.format;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.source.SourceFile;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Markup;
import dev.flin.syntax.Node;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.SyntaxTree;

/**
 * Prints FLIN source in its one style. What it gives means the same as the source: both are read and compared, and a
 * statement for which they differ stays as it was written.
 */
public final class Formatter {

	/** How many places of a file may stay as they were written before the whole file does. */
	private static final int MAX_ATTEMPTS = 60;

	private static final int MAX_PASSES = 4;

	private Formatter() {
	}

	/**
	 * What became of a file.
	 *
	 * @param text the formatted text; the source itself where it has syntax errors
	 * @param diagnostics the syntax errors, empty when the file was formatted
	 */
	public record Result(String text, List<Diagnostic> diagnostics) {

		public Result {
			diagnostics = List.copyOf(diagnostics);
		}

	}

	/** Formats a file. */
	public static Result format(SourceFile file) {
		SyntaxTree tree = Syntax.parse(file);
		if (tree.hasErrors()) {
			return new Result(file.text(), tree.diagnostics().stream().filter(Diagnostic::isError).toList());
		}
		String text = file.text();
		if (text.indexOf('\r') >= 0) {
			SourceFile normal = new SourceFile(file.path(), text.replace("\r\n", "\n").replace('\r', '\n'));
			tree = Syntax.parse(normal);
		}
		return new Result(settled(tree), List.of());
	}

	/** Prints until printing changes nothing, which the first text nearly always does. */
	private static String settled(SyntaxTree tree) {
		String text = format(tree).text();
		for (int pass = 1; pass < MAX_PASSES; pass++) {
			String again = format(Syntax.parse(new SourceFile(tree.file().path(), text))).text();
			if (again.equals(text)) {
				break;
			}
			text = again;
		}
		return text;
	}

	/**
	 * The text of a tree without errors.
	 *
	 * @param asWritten the ids of the nodes that stayed as they were written; that of no node means the whole file
	 */
	record Outcome(String text, Set<Integer> asWritten) {

		static final int WHOLE_FILE = -1;

	}

	static Outcome format(SyntaxTree tree) {
		Set<Integer> asWritten = new HashSet<>();
		for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			String text = DocPrinter.print(new Printer(tree, asWritten).file(tree));
			SyntaxTree again = Syntax.parse(new SourceFile(tree.file().path(), text));
			List<Node> difference = SyntaxComparison.difference(tree, again);
			if (difference == null && !again.hasErrors()) {
				return new Outcome(text, asWritten);
			}
			Node kept = (difference != null) ? kept(difference, asWritten) : null;
			if (kept == null) {
				break;
			}
			asWritten.add(kept.id());
		}
		return new Outcome(tree.file().text(), Set.of(Outcome.WHOLE_FILE));
	}

	/** The innermost node around a difference that can stay as it is written and does not yet. */
	private static @Nullable Node kept(List<Node> around, Set<Integer> asWritten) {
		for (Node node : around) {
			boolean possible = switch (node) {
				case Stmt statement -> true;
				case Expr expression -> true;
				case Markup.Attr attribute -> true;
				case Markup.Branch branch -> false;
				case Markup.Case arm -> false;
				case Markup.AttrBranch branch -> false;
				case Markup.Text text -> false;
				case Markup markup -> true;
				default -> false;
			};
			if (possible && !asWritten.contains(node.id())) {
				return node;
			}
		}
		return null;
	}

}
