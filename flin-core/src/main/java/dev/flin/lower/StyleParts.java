package dev.flin.lower;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;

/** Which rules a part of a quoted {@code style} is written by: that follows from where it stands. */
final class StyleParts {

	private StyleParts() {
	}

	/** The method of {@code Write} for the hole at an index. */
	static String writeOf(List<Part.TextPart> parts, int index) {
		if (parts.get(index) instanceof Part.Hole hole && isOwnText(hole.value())) {
			return "quotedPart";
		}
		String after = near(parts, index, 1).stripLeading();
		if (!isBetween(parts, index) || after.startsWith(":")) {
			return "stylePart";
		}
		boolean last = after.isEmpty() && index + 2 >= parts.size() && !isHole(parts, index + 1);
		return (last || after.startsWith(";")) ? "styleDeclarations" : "styleDeclarationsBefore";
	}

	/** Whether a hole stands where a declaration begins; such a hole before it gives whole ones. */
	private static boolean isBetween(List<Part.TextPart> parts, int index) {
		int at = index - 1;
		if (at >= 0 && parts.get(at) instanceof Part.Chunk chunk) {
			String before = chunk.text().stripTrailing();
			if (!before.isEmpty()) {
				return before.endsWith(";");
			}
			at--;
		}
		return at < 0 || isBetween(parts, at);
	}

	private static boolean isHole(List<Part.TextPart> parts, int index) {
		return index < parts.size() && parts.get(index) instanceof Part.Hole;
	}

	private static String near(List<Part.TextPart> parts, int index, int step) {
		int at = index + step;
		return (at >= 0 && at < parts.size() && parts.get(at) instanceof Part.Chunk chunk) ? chunk.text() : "";
	}

	/** Whether all that an expression may give is written out in it: texts without values, or nothing. */
	private static boolean isOwnText(@Nullable Expr expr) {
		return switch (expr) {
			case Expr.Text e -> e.parts().stream().allMatch((part) -> part instanceof Part.Chunk);
			case Expr.None e -> true;
			case Expr.If e -> isOwnText(e.then()) && (e.otherwise() == null || isOwnText(e.otherwise()));
			case Expr.BlockOf e -> e.block().body().size() == 1 && e.block().body().get(0) instanceof Stmt.Eval only
					&& isOwnText(only.value());
			case null, default -> false;
		};
	}

}
