package dev.flin.types;

import java.util.List;
import java.util.Map;

import dev.flin.types.Signatures.Param;

/**
 * How a call sees a function: parameters and result with fresh variables.
 * @param isOpen whether the result depends on operations of the arguments
 * @param isInferred whether the result is not written, and settled
 */
record Callee(List<Param> params, Type result, Map<Type.TypeParam, Type> typeParams, boolean isOpen,
		boolean isInferred, List<Boolean> written) {

	boolean isWritten(int parameter) {
		return this.written.get(parameter);
	}

	/** Whether the result does not depend on the arguments. */
	boolean isKnown() {
		return !this.isOpen && Zonk.isGround(this.result);
	}

}
