package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.types.Type.Basic;

/** What is known about a declared function: what is written of its signature, and what was inferred. */
final class FunctionEntry {

	/** How far the inference of a signature is. */
	enum State {

		NEW, RUNNING, GROUPED, DONE

	}

	final Symbol.Function function;

	final Signatures.Signature signature;

	final List<Diagnostic> diagnostics = new ArrayList<>();

	State state = State.NEW;

	List<Type> params = List.of();

	Type result = Basic.ANY;

	boolean open;

	boolean bodyChecked;

	int index;

	int low;

	Set<TypeVar> quantified = Set.of();

	FunctionEntry(Symbol.Function function, Signatures.Signature signature) {
		this.function = function;
		this.signature = signature;
	}

	boolean hasErrors() {
		return Diagnostic.anyError(this.diagnostics);
	}

}
