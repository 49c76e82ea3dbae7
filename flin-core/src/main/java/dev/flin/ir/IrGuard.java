package dev.flin.ir;

import java.util.List;

/** A rule of a guard line. */
public sealed interface IrGuard {

	/** A rule of the language; the code gives the list of its arguments. */
	record Rule(String name, int arguments) implements IrGuard {
	}

	/** A rule of the program; the code gives false or a response to refuse. */
	record Own(String name, int code) implements IrGuard {
	}

	/** {@code any(…)}. */
	record Any(List<IrGuard> rules) implements IrGuard {

		public Any {
			rules = List.copyOf(rules);
		}

	}

	/** {@code not(…)}. */
	record Not(IrGuard rule) implements IrGuard {
	}

}
