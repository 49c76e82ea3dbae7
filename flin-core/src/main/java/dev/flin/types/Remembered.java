package dev.flin.types;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.resolve.Symbol;

/**
 * What callers saw of functions before their file was edited.
 *
 * @param signatures what was inferred
 * @param instances their results for the types they were called with
 */
record Remembered(Map<Symbol.Function, FunctionEntry> signatures,
		Map<Symbol.Function, Map<List<Type>, Instances.Instance>> instances) {

	/** Whether callers can tell no difference to what is found now. */
	boolean isSame(Instances now) {
		for (Map.Entry<Symbol.Function, FunctionEntry> each : this.signatures.entrySet()) {
			if (!isSame(each.getValue(), now.inferred(each.getKey()))) {
				return false;
			}
		}
		for (Map.Entry<Symbol.Function, Map<List<Type>, Instances.Instance>> each : this.instances.entrySet()) {
			for (Map.Entry<List<Type>, Instances.Instance> old : each.getValue().entrySet()) {
				if (!isSame(old.getValue(), now.instance(each.getKey(), old.getKey()))) {
					return false;
				}
			}
		}
		return true;
	}

	private static boolean isSame(Instances.Instance old, Instances.Instance now) {
		return old.problem() == null && now.problem() == null
				&& new Alike(Set.of(), Set.of()).isSame(old.result(), now.result());
	}

	private static boolean isSame(FunctionEntry old, FunctionEntry now) {
		if (old.state != FunctionEntry.State.DONE || now.state != FunctionEntry.State.DONE || old.open != now.open
				|| old.hasErrors() != now.hasErrors() || old.params.size() != now.params.size()) {
			return false;
		}
		Alike alike = new Alike(old.quantified, now.quantified);
		for (int i = 0; i < old.params.size(); i++) {
			if (!alike.isSame(old.params.get(i), now.params.get(i))) {
				return false;
			}
		}
		return alike.isSame(old.result, now.result);
	}

}
