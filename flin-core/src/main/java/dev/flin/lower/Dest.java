package dev.flin.lower;

import dev.flin.ir.Local;
import dev.flin.types.Type;

/** Where the value of an expression goes. */
sealed interface Dest {

	Dest DROP = new Drop();

	Dest RETURN = new Result();

	/** Nowhere. */
	record Drop() implements Dest {
	}

	/** It is what the function gives: calls here are tail calls. */
	record Result() implements Dest {
	}

	/** Into a local, as a value of this type. */
	record Into(Local local, Type type) implements Dest {
	}

}
