package dev.flin.types;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import dev.flin.resolve.Symbol;
import dev.flin.syntax.SyntaxTree;

/** Which functions the check of each function looked at. */
final class CallTrace {

	private final Map<Symbol.Function, Set<Symbol.Function>> uses = new HashMap<>();

	private final Deque<Symbol.Function> checked = new ArrayDeque<>();

	void clear() {
		this.uses.clear();
		this.checked.clear();
	}

	void enter(Symbol.Function function) {
		this.checked.push(function);
	}

	void leave() {
		this.checked.pop();
	}

	/** The function that is being checked uses another. */
	void use(Symbol.Function function) {
		Symbol.Function user = this.checked.peek();
		if (user != null) {
			this.uses.computeIfAbsent(user, key -> new HashSet<>()).add(function);
		}
	}

	void forget(SyntaxTree tree) {
		this.uses.keySet().removeIf(function -> function.tree() == tree);
	}

	/** Whether a function of these files uses one of another file that leads back into them. */
	boolean leadsBack(Collection<SyntaxTree> files) {
		Set<SyntaxTree> own = Collections.newSetFromMap(new IdentityHashMap<>());
		own.addAll(files);
		Set<Symbol.Function> seen = new HashSet<>();
		Deque<Symbol.Function> open = new ArrayDeque<>();
		this.uses.forEach((function, used) -> {
			if (own.contains(function.tree())) {
				used.stream().filter(each -> !own.contains(each.tree()) && seen.add(each)).forEach(open::add);
			}
		});
		while (!open.isEmpty()) {
			for (Symbol.Function used : this.uses.getOrDefault(open.remove(), Set.of())) {
				if (own.contains(used.tree())) {
					return true;
				}
				if (seen.add(used)) {
					open.add(used);
				}
			}
		}
		return false;
	}

}
