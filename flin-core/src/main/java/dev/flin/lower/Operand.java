package dev.flin.lower;

import dev.flin.ir.IrExpr;
import dev.flin.syntax.Expr;
import dev.flin.types.Type;

/** A value that an operator takes, with its type and what it is written as. */
record Operand(IrExpr value, Type type, Expr written) {

	boolean mayLack() {
		return this.type instanceof Type.Optional;
	}

	/** Whether it is none or of a type with which operators calculate. */
	boolean isQuantity() {
		return Kinds.present(this.type) instanceof Type.Basic basic && switch (basic) {
			case INT, NUMBER, DECIMAL, MONEY, DURATION, TIME -> true;
			default -> false;
		};
	}

}
