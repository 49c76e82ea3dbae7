package dev.flin.lower;

import java.util.IdentityHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;

/**
 * Texts of one character, such as {@code s[i]}: they are compared as code points, and become texts only where one is
 * needed.
 */
final class Characters {

	private static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	private static final String OF = "of";

	private static final String AT = "at";

	private final BodyLowering body;

	/** Stands for the code point of a variable that holds other texts too. */
	private static final Local MIXED = new Local("$mixed", Kind.INDEX);

	/** The code points of variables that hold a character, under the local that holds the text. */
	private final Map<Local, Local> known = new IdentityHashMap<>();

	Characters(BodyLowering body) {
		this.body = body;
	}

	/** Reads {@code text[index]}. */
	static IrExpr at(IrExpr text, IrExpr index, int line) {
		return RunSide.call(RunSide.TEXTS, AT, "(" + CONTEXT + RunSide.STR + "J)" + RunSide.STR, line,
				new IrExpr.Context(), text, index);
	}

	/** The text of a code point. */
	static IrExpr of(IrExpr codePoint) {
		return RunSide.call(RunSide.TEXTS, OF, "(I)" + RunSide.STR, 0, codePoint);
	}

	/** The code point that a text is made from; null for other texts. */
	static @Nullable IrExpr madeFrom(IrExpr value) {
		return (value instanceof IrExpr.Invoke invoke && invoke.target().owner().equals(RunSide.TEXTS)
				&& invoke.target().name().equals(OF)) ? invoke.args().get(0) : null;
	}

	/** The code point of a text that is known to have at most one, -1 for none; null for other texts. */
	@Nullable IrExpr codePoint(IrExpr value) {
		if (value instanceof IrExpr.Invoke invoke && invoke.target().owner().equals(RunSide.TEXTS)) {
			return switch (invoke.target().name()) {
				case AT -> new IrExpr.Invoke(
						RunSide.method(RunSide.TEXTS, "codePointAt", "(" + CONTEXT + RunSide.STR + "J)I", false),
						invoke.args(), invoke.line());
				default -> madeFrom(value);
			};
		}
		if (value instanceof IrExpr.Read read) {
			Local local = this.known.get(read.local());
			return (local != null && local != MIXED) ? new IrExpr.Read(local) : null;
		}
		return constant(value);
	}

	/** As {@link #codePoint}, of a constant. */
	static IrExpr.@Nullable Const constant(IrExpr value) {
		if (value instanceof IrExpr.Const constant && constant.value() instanceof String text
				&& text.codePointCount(0, text.length()) <= 1) {
			return new IrExpr.Const(text.isEmpty() ? -1 : text.codePointAt(0), Kind.INDEX);
		}
		return null;
	}

	/** Whether a text is such a character and no constant. */
	boolean isCharacter(IrExpr value) {
		return !(value instanceof IrExpr.Const) && value.kind() == Kind.TEXT && codePoint(value) != null;
	}

	/** A comparison of two texts as one of code points; null where they may be longer. */
	@Nullable IrExpr compare(IrExpr.Test test, IrExpr left, IrExpr right) {
		IrExpr a = codePoint(left);
		IrExpr b = codePoint(right);
		return (a != null && b != null) ? new IrExpr.Compare(test, a, b) : null;
	}

	/**
	 * What a variable that is assigned at one place only gets instead of a value: where the value is a character, its
	 * code point stays known.
	 */
	IrExpr assigned(Symbol.Variable variable, Storage storage, IrExpr value) {
		if (!(storage instanceof Storage.InLocal inLocal) || inLocal.local().isCell() || inLocal.kind() != Kind.TEXT) {
			return value;
		}
		if (variable.isReassigned() || variable.isCaptured() || !isCharacter(value)) {
			// One pattern may bind a variable at several places.
			this.known.put(inLocal.local(), MIXED);
			return value;
		}
		return remembered(inLocal.local(), value);
	}

	/** A character in a form that may be used several times. */
	IrExpr keep(IrExpr character) {
		Local text = this.body.temporary(Kind.TEXT);
		this.body.emit(new IrStmt.Set(text, remembered(text, character)));
		return new IrExpr.Read(text);
	}

	private IrExpr remembered(Local text, IrExpr character) {
		IrExpr codePoint = codePoint(character);
		if (codePoint == null) {
			return character;
		}
		Local local = this.known.computeIfAbsent(text, key -> this.body.temporary(Kind.INDEX));
		if (local == MIXED) {
			return character;
		}
		this.body.emit(new IrStmt.Set(local, codePoint));
		return of(new IrExpr.Read(local));
	}

}
