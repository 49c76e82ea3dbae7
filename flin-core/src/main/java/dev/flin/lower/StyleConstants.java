package dev.flin.lower;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;

/**
 * What {@code {name}} stands for in a style. A style is sent once for all instances, so only what is the same for each
 * of them can be in it: texts and numbers, and texts joined of such.
 */
final class StyleConstants {

	private final Resolution resolution;

	/** What is being read: a variable that is made of itself has no value. */
	private final Set<Symbol> open = new HashSet<>();

	StyleConstants(Resolution resolution) {
		this.resolution = resolution;
	}

	/** The text of a constant; null when it is none. */
	@Nullable String of(Expr expr) {
		return switch (expr) {
			case Expr.Int e -> Long.toString(e.value());
			case Expr.Number e -> new BigDecimal(Double.toString(e.value())).stripTrailingZeros().toPlainString();
			case Expr.Text e -> text(e.parts());
			case Expr.Unary e -> (e.op() == Expr.UnaryOp.NEGATE && isNumber(e.operand())) ? "-" + of(e.operand())
					: null;
			case Expr.Binary e -> joined(e);
			case Expr.Name e -> named(e);
			default -> null;
		};
	}

	private static boolean isNumber(Expr expr) {
		return expr instanceof Expr.Int || expr instanceof Expr.Number;
	}

	/** {@code +} joins only where one side is surely a text. */
	private @Nullable String joined(Expr.Binary e) {
		boolean joins = e.op() == Expr.BinaryOp.CONCAT
				|| (e.op() == Expr.BinaryOp.ADD && (e.left() instanceof Expr.Text || e.right() instanceof Expr.Text));
		String left = joins ? of(e.left()) : null;
		String right = (left != null) ? of(e.right()) : null;
		return (right != null) ? left + right : null;
	}

	private @Nullable String text(List<Part.TextPart> parts) {
		StringBuilder text = new StringBuilder();
		for (Part.TextPart part : parts) {
			String piece = switch (part) {
				case Part.Chunk chunk -> chunk.text();
				case Part.Hole hole -> of(hole.value());
			};
			if (piece == null) {
				return null;
			}
			text.append(piece);
		}
		return text.toString();
	}

	private @Nullable String named(Expr.Name name) {
		if (!(this.resolution.symbol(name.id()) instanceof Symbol.Variable variable) || !variable.isFileLevel()
				|| variable.isReassigned() || !this.open.add(variable)) {
			return null;
		}
		String found = null;
		for (Stmt statement : this.resolution.tree().body()) {
			if (statement instanceof Stmt.Var declaration && declaration.target() instanceof Pattern.Name target
					&& this.resolution.symbol(target.id()) == variable && declaration.value() != null) {
				found = of(declaration.value());
			}
		}
		this.open.remove(variable);
		return found;
	}

}
