package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.resolve.Symbol;
import dev.flin.types.Type;

/** What is asked of a unit while a program is lowered, compared with the time before where the unit is kept. */
final class UnitTrace {

	/** Null when the unit is lowered. */
	private final @Nullable LoweredUnit kept;

	private final List<Declared> order = new ArrayList<>();

	private final Map<Declared, List<Demand>> demands = new IdentityHashMap<>();

	private final Set<String> values = new HashSet<>();

	UnitTrace(@Nullable LoweredUnit kept) {
		this.kept = kept;
	}

	@Nullable LoweredUnit kept() {
		return this.kept;
	}

	/** What was asked for at this point the time before, if it is what is asked for now. */
	@Nullable Declared expected(Symbol symbol, List<Type> types, long missing) {
		Declared next = next();
		return (next != null && next.is(symbol, types, missing)) ? next : null;
	}

	/** Whether the entry came at this point the time before. */
	boolean expectsEntry() {
		return next() == Declared.ENTRY;
	}

	private @Nullable Declared next() {
		LoweredUnit before = this.kept;
		return (before != null && this.order.size() < before.order().size()) ? before.order().get(this.order.size())
				: null;
	}

	void declared(Declared function) {
		this.order.add(function);
	}

	void usedAsValue(String name) {
		this.values.add(name);
	}

	/** Makes the list for what a function of the unit asks for. */
	List<Demand> demandsOf(Declared function) {
		List<Demand> asked = new ArrayList<>();
		this.demands.put(function, asked);
		return asked;
	}

	/** Whether everything was asked for that was the time before. */
	boolean isComplete() {
		LoweredUnit before = this.kept;
		return before == null || (before.order().size() == this.order.size() && before.values().equals(this.values));
	}

	List<Declared> order() {
		return this.order;
	}

	Map<Declared, List<Demand>> demands() {
		return this.demands;
	}

	Set<String> values() {
		return this.values;
	}

}
