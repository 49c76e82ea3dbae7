package dev.flin.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.runtime.BuiltinEntry;
import dev.flin.syntax.Part;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.TypeExpr;

/** Writes calls of built-ins, as functions and as methods, with arguments of the types that they take. */
final class Library {

	/** What waits, and what is slow by design. */
	private static final Set<String> EXCLUDED = Set.of("sleep", "timeout", "hash_password", "verify_password", "retry",
			"parallel");

	private static final List<BuiltinEntry> ENTRIES = FuzzTarget.BUILTINS.entries()
		.stream()
		.filter((entry) -> !EXCLUDED.contains(entry.name()) && !entry.browserOnly()
				&& entry.service() == null)
		.toList();

	private final Chance chance;

	private final Expressions expressions;

	Library(Chance chance, Expressions expressions) {
		this.chance = chance;
		this.expressions = expressions;
	}

	/** A call whose result may be of a kind. */
	String call(Kind kind, int depth) {
		for (int i = 0; i < 6; i++) {
			BuiltinEntry entry = this.chance.of(ENTRIES);
			if (entry.signature().endsWith("-> " + kind.written()) || this.chance.once(30)) {
				return call(entry, depth);
			}
		}
		return this.expressions.of(kind, depth - 1);
	}

	/** A call of any built-in. */
	String any(int depth) {
		return call(this.chance.of(ENTRIES), depth);
	}

	private String call(BuiltinEntry entry, int depth) {
		if (!entry.signature().contains("(")) {
			return entry.name();
		}
		if (!(Syntax.parseSignature(entry.signature().replace(entry.name() + "(", "f(").replace(entry.name() + "<",
				"f<")) instanceof Stmt.Fn signature)) {
			return entry.name();
		}
		Map<String, Kind> bound = new HashMap<>();
		signature.typeParams().forEach((param) -> bound.put(param.name(), this.expressions.anyKind()));
		List<String> args = new ArrayList<>();
		for (Part.Param param : signature.params()) {
			boolean left = param.defaultValue() != null && this.chance.once(2);
			if (left || (param.rest() && this.chance.once(3))) {
				break;
			}
			TypeExpr type = param.type();
			args.add((type == null) ? this.expressions.of(this.expressions.anyKind(), depth - 1)
					: value(type, bound, depth - 1));
		}
		String name = entry.aliases().isEmpty() || this.chance.once(2) ? entry.name() : this.chance.of(entry.aliases());
		if (!args.isEmpty() && this.chance.once(2)) {
			return "(" + args.getFirst() + ")." + name + "(" + String.join(", ", args.subList(1, args.size())) + ")";
		}
		return name + "(" + String.join(", ", args) + ")";
	}

	private String value(TypeExpr type, Map<String, Kind> bound, int depth) {
		return switch (type) {
			case TypeExpr.Named named -> named(named, bound, depth);
			case TypeExpr.ListOf list -> this.chance.once(4) ? "[]"
					: "[" + value(list.element(), bound, depth) + ", " + value(list.element(), bound, depth) + "]";
			case TypeExpr.MapOf map ->
				"[" + value(map.key(), bound, depth) + ": " + value(map.value(), bound, depth) + "]";
			case TypeExpr.Optional optional -> this.chance.once(3) ? "none" : value(optional.inner(), bound, depth);
			case TypeExpr.Union union -> value(this.chance.of(union.members()), bound, depth);
			case TypeExpr.Tuple tuple -> "(" + String.join(", ",
					tuple.elements().stream().map((each) -> value(each, bound, depth)).toList()) + ")";
			case TypeExpr.Fn function -> lambda(function, bound, depth);
			case TypeExpr.Record record -> "{ a: 1 }";
			case TypeExpr.Broken broken -> "none";
		};
	}

	private String lambda(TypeExpr.Fn function, Map<String, Kind> bound, int depth) {
		List<String> names = new ArrayList<>();
		int scope = this.expressions.scope();
		for (TypeExpr param : function.params()) {
			String name = this.expressions.freshName();
			names.add(name);
			if (param instanceof TypeExpr.Named named) {
				Kind kind = bound.containsKey(named.name()) ? bound.get(named.name()) : kind(named.name());
				this.expressions.declare(name, kind);
			}
		}
		String body = value(function.result(), bound, depth);
		this.expressions.leave(scope);
		return "((" + String.join(", ", names) + ") => " + body + ")";
	}

	private String named(TypeExpr.Named named, Map<String, Kind> bound, int depth) {
		Kind kind = bound.get(named.name());
		return this.expressions.of((kind != null) ? kind : kind(named.name()), depth);
	}

	private Kind kind(String name) {
		for (Kind kind : Kind.values()) {
			if (kind.written().equals(name)) {
				return kind;
			}
		}
		return name.equals("Comparable") ? Kind.INT : this.expressions.anyKind();
	}

}
