package dev.flin.types;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/**
 * Lambdas that stand in one place of the elements of a list, as the functions of table columns do. What one of them
 * takes says nothing of another one: those whose parameters nothing else decides take anything.
 */
final class LambdasOfList {

	private final Body body;

	LambdasOfList(Body body) {
		this.body = body;
	}

	void in(Expr.ListOf list) {
		Map<String, List<Expr.Lambda>> places = new LinkedHashMap<>();
		for (Part.Element element : list.elements()) {
			if (element.value() instanceof Expr.Lambda lambda) {
				add(places, "", lambda);
			}
			else if (element.value() instanceof Expr.MapOf map) {
				for (Part.Entry entry : map.entries()) {
					String name = (entry.key() != null) ? Body.constantText(entry.key()) : null;
					if (name != null && entry.value() instanceof Expr.Lambda lambda) {
						add(places, "." + name, lambda);
					}
				}
			}
		}
		places.values().forEach(this::apart);
	}

	private static void add(Map<String, List<Expr.Lambda>> places, String name, Expr.Lambda lambda) {
		places.computeIfAbsent(name, key -> new ArrayList<>()).add(lambda);
	}

	private void apart(List<Expr.Lambda> lambdas) {
		boolean decided = false;
		for (Expr.Lambda lambda : lambdas) {
			decided |= isDecided(lambda);
		}
		if (decided) {
			for (Expr.Lambda lambda : lambdas) {
				if (isOpen(lambda)) {
					this.body.serveAll(lambda.id());
				}
			}
		}
	}

	private boolean isOpen(Expr.Lambda lambda) {
		return parameters(lambda).stream().anyMatch(type -> type instanceof TypeVar);
	}

	private boolean isDecided(Expr.Lambda lambda) {
		return parameters(lambda).stream().anyMatch(type -> !(type instanceof TypeVar) && type != Basic.ANY);
	}

	private List<Type> parameters(Expr.Lambda lambda) {
		return (this.body.tables.type(lambda.id()) instanceof Type.Fn fn)
				? fn.params().stream().map(this.body::resolve).toList() : List.of();
	}

}
