package dev.flin.lower;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;

/**
 * Code that may be the end of a function and has to be left before the function is: what it gives waits in a local
 * until then.
 */
final class LateReturn {

	private final BodyLowering body;

	private final Dest wanted;

	private final Dest inside;

	private final @Nullable Local result;

	LateReturn(BodyLowering body, Dest wanted) {
		this.body = body;
		this.wanted = wanted;
		boolean gives = wanted instanceof Dest.Result && body.function.result() != Kind.VOID;
		this.result = gives ? body.temporary(body.function.result()) : null;
		if (this.result != null) {
			this.inside = new Dest.Into(this.result, body.resultType);
		}
		else {
			this.inside = (wanted instanceof Dest.Result) ? Dest.DROP : wanted;
		}
	}

	/** Where values go inside of the code. */
	Dest inside() {
		return this.inside;
	}

	/** Behind the code: returns what it gave, if it was the end of the function. */
	void emitReturn() {
		if (this.wanted instanceof Dest.Result) {
			this.body.emit(new IrStmt.Return((this.result != null) ? new IrExpr.Read(this.result) : null));
		}
	}

}
