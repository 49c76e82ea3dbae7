package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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

	/** Its types are those that are written; what has none may be anything. */
	void takeWritten() {
		this.params = this.signature.params().stream().map(param -> orAny(param.type())).toList();
		this.result = orAny(this.signature.result());
	}

	static Type orAny(@Nullable Type type) {
		return (type != null) ? type : Basic.ANY;
	}

	boolean hasErrors() {
		return Diagnostic.anyError(this.diagnostics);
	}

}
