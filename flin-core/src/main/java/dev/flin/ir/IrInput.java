package dev.flin.ir;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A key of a {@code validate} block.
 *
 * @param type its type: {@code any} where none is written, {@code [T]} and {@code [T?]} for lists, {@code {T}} for
 * maps,
 * the name of an enum or entity
 * @param choices the texts of the enum that the type names; empty for other types
 * @param entity whether the type names an entity
 * @param rules the decorators in written order
 * @param defaultCode the code of the default, or -1
 * @param nested the keys of a nested map; null when it is none
 * @param listOfNested whether it is a list of such maps
 */
public record IrInput(String name, String type, List<String> choices, boolean entity, List<Rule> rules,
		int defaultCode,
		@Nullable List<IrInput> nested, boolean listOfNested) {

	public IrInput {
		choices = List.copyOf(choices);
		rules = List.copyOf(rules);
	}

	/** A decorator; the code gives the list of its arguments. */
	public record Rule(String name, int arguments) {
	}

}
