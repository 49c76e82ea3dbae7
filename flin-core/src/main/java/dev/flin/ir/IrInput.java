package dev.flin.ir;

import java.util.List;

/**
 * A key of a {@code validate} block.
 *
 * @param shape what its value must be
 * @param rules the decorators in written order
 * @param defaultCode the code of the default, or -1
 * @param constantDefault whether that code gives the same for every request
 */
public record IrInput(String name, IrShape shape, List<Rule> rules, int defaultCode, boolean constantDefault) {

	public IrInput {
		rules = List.copyOf(rules);
	}

	/** A decorator; the code gives the list of its arguments. */
	public record Rule(String name, int arguments) {
	}

}
