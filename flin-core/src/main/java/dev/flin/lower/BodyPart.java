package dev.flin.lower;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;

/**
 * A part of a body that becomes a body of its own, such as the condition of a query. What is declared in there belongs
 * to it alone, although names do not know of it.
 */
record BodyPart(Frame frame, Span place) {

	/** Whether a variable belongs to a body with this frame. */
	static boolean isOwn(Symbol.Variable variable, Frame frame, @Nullable BodyPart part) {
		return variable.frame() == frame || owns(part, variable);
	}

	static boolean owns(@Nullable BodyPart part, Symbol.Variable variable) {
		return part != null && variable.frame() == part.frame().parent()
				&& part.place().start() <= variable.declared().start()
				&& variable.declared().end() <= part.place().end();
	}

}
