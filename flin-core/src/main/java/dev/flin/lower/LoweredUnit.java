package dev.flin.lower;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.types.CheckedFile;

/**
 * What is kept of a lowered file. When the file is the same again, is asked for the same functions in the same order,
 * and the functions that it calls are called the same way, then its code is the same too.
 */
public final class LoweredUnit {

	private final CheckedFile file;

	private final String className;

	/** What was asked for, the entry of the unit among it. */
	private final List<Declared> order;

	/** What each of these asked for in its turn. */
	private final Map<Declared, List<Demand>> demands;

	/** Names of the functions that were asked for as values. */
	private final Set<String> values;

	private final List<FunctionFacts> functions;

	/** Names of all function values of the unit. */
	private final List<String> closures;

	/** The classes of other units whose functions those of this one end with calls of. */
	private final Set<String> callsOut;

	/** The classes of all units that were joined with this one, itself among them; empty when none was. */
	private final Set<String> joined;

	LoweredUnit(CheckedFile file, UnitTrace trace, String className, List<FunctionFacts> functions,
			List<String> closures, Set<String> callsOut, Set<String> joined) {
		this.file = file;
		this.className = className;
		this.order = List.copyOf(trace.order());
		this.demands = trace.demands();
		this.values = Set.copyOf(trace.values());
		this.functions = List.copyOf(functions);
		this.closures = closures;
		this.callsOut = Set.copyOf(callsOut);
		this.joined = Set.copyOf(joined);
	}

	boolean isOf(CheckedFile file, String className) {
		return this.file == file && this.className.equals(className);
	}

	String className() {
		return this.className;
	}

	List<Declared> order() {
		return this.order;
	}

	List<Demand> demands(Declared of) {
		return this.demands.getOrDefault(of, List.of());
	}

	Set<String> values() {
		return this.values;
	}

	List<FunctionFacts> functions() {
		return this.functions;
	}

	Set<String> callsOut() {
		return this.callsOut;
	}

	Set<String> joined() {
		return this.joined;
	}

	String path() {
		return this.file.tree().file().path();
	}

	List<String> closures() {
		return this.closures;
	}

}
