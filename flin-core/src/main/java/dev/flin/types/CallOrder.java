package dev.flin.types;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;

/**
 * The functions of a program in an order in which callees come before callers, so that inference on demand never goes
 * deep; only functions that call each other are left to it.
 */
final class CallOrder {

	private record Visit(Symbol.Function function, Iterator<Symbol.Function> callees) {
	}

	private final World world;

	private final Set<Symbol.Function> seen = new HashSet<>();

	private final List<Symbol.Function> order = new ArrayList<>();

	private CallOrder(World world) {
		this.world = world;
	}

	static List<Symbol.Function> of(List<SyntaxTree> trees, World world) {
		CallOrder order = new CallOrder(world);
		for (SyntaxTree tree : trees) {
			Resolution resolution = world.file(tree).resolution;
			for (Stmt statement : tree.body()) {
				if (statement instanceof Stmt.Fn fn
						&& resolution.function(fn.id()) instanceof Symbol.Function function) {
					order.visit(function);
				}
			}
		}
		return order.order;
	}

	private void visit(Symbol.Function start) {
		Deque<Visit> stack = new ArrayDeque<>();
		push(start, stack);
		while (!stack.isEmpty()) {
			Visit top = stack.peek();
			if (top.callees().hasNext()) {
				push(top.callees().next(), stack);
			}
			else {
				stack.pop();
				this.order.add(top.function());
			}
		}
	}

	private void push(Symbol.Function function, Deque<Visit> stack) {
		if (!function.isNested() && this.seen.add(function)) {
			stack.push(new Visit(function, callees(function).iterator()));
		}
	}

	private List<Symbol.Function> callees(Symbol.Function function) {
		World.FileState file = this.world.file(function.tree());
		List<Symbol.Function> callees = new ArrayList<>();
		for (Expr.Name name : file.facts.function(function.declaration()).names()) {
			if (file.resolution.symbol(name.id()) instanceof Symbol.Function callee && callee.owner() == null) {
				callees.add(callee);
			}
		}
		return callees;
	}

}
