package dev.flin.lower;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrFunction;
import dev.flin.ir.IrProgram;
import dev.flin.ir.IrUnit;

/** The functions of a program that capture nothing, as the nodes of a graph of calls. */
final class NumberedFunctions {

	private final List<IrFunction> functions = new ArrayList<>();

	private final Map<IrFunction, Integer> numbers = new IdentityHashMap<>();

	private final Map<IrFunction, IrUnit> units = new IdentityHashMap<>();

	NumberedFunctions(IrProgram program) {
		for (IrUnit unit : program.units()) {
			for (IrFunction function : unit.functions()) {
				if (function.captures().isEmpty()) {
					this.numbers.put(function, this.functions.size());
					this.functions.add(function);
					this.units.put(function, unit);
				}
			}
		}
	}

	/** The functions in the order of their numbers. */
	List<IrFunction> all() {
		return this.functions;
	}

	/** The number of a function; null when it is none of these. */
	@Nullable Integer numberOf(IrFunction function) {
		return this.numbers.get(function);
	}

	/**
	 * The functions in groups: those that lead to each other and back.
	 * @param edges for each function the numbers of those that it leads to
	 */
	Collection<List<IrFunction>> circles(List<List<Integer>> edges) {
		int[] component = new Components(edges).find();
		Map<Integer, List<IrFunction>> groups = new LinkedHashMap<>();
		for (int i = 0; i < component.length; i++) {
			groups.computeIfAbsent(component[i], key -> new ArrayList<>()).add(this.functions.get(i));
		}
		return groups.values();
	}

	IrUnit unitOf(IrFunction function) {
		return Objects.requireNonNull(this.units.get(function));
	}

}
