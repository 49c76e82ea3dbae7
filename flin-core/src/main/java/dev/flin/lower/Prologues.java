package dev.flin.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrStmt;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;

/**
 * The scopes around the current place whose variables are new each time they run: the function and the bodies of loops.
 * A variable belongs to the scope in which it is declared, which need not be the one where lowering meets it first: a
 * loop may assign what the code after it declares.
 */
final class Prologues {

	/**
	 * One scope.
	 * @param iteration the body of the loop; null for a function, and for what runs again but declares nothing
	 * @param statements the boxes to make at its start
	 */
	private record Scope(@Nullable Span iteration, List<IrStmt> statements) {

		boolean declares(Symbol.Variable variable) {
			return this.iteration != null && this.iteration.contains(variable.declared().start());
		}

	}

	private final Deque<Scope> scopes = new ArrayDeque<>();

	void enter(@Nullable Span iteration) {
		this.scopes.push(new Scope(iteration, new ArrayList<>()));
	}

	/** Gives what stands at the start of the innermost scope, and leaves it. */
	List<IrStmt> leave() {
		return this.scopes.pop().statements();
	}

	/** Whether each turn of a loop around has a variable of its own. */
	boolean isOfIteration(Symbol.Variable variable) {
		return this.scopes.stream().anyMatch(scope -> scope.declares(variable));
	}

	/** Notes a statement for the start of the scope that declares a variable. */
	void add(Symbol.Variable variable, IrStmt statement) {
		Scope outermost = null;
		for (Scope scope : this.scopes) {
			outermost = scope;
			if (scope.declares(variable)) {
				break;
			}
		}
		if (outermost != null) {
			outermost.statements().add(statement);
		}
	}

}
