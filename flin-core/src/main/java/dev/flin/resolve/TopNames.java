package dev.flin.resolve;

import java.util.List;
import java.util.Set;

import dev.flin.syntax.Stmt;
import dev.flin.syntax.TypeExpr;

/** The names that a statement gives to its file. */
public final class TopNames {

	private TopNames() {
	}

	/** Variables that it assigns in the scope of the file, or the one name that it declares. */
	public static Set<String> of(Stmt statement) {
		return switch (statement) {
			case Stmt.Fn s -> Set.of(s.name());
			case Stmt.Enum s -> Set.of(s.name());
			case Stmt.Entity s -> Set.of(s.name());
			case Stmt.TypeAlias s -> Set.of(s.name());
			case Stmt.Trait s -> Set.of(s.name());
			case Stmt.GuardDefinition s -> Set.of(s.name());
			case Stmt.Impl s -> Set.of(implementation(s));
			case Stmt s -> AssignedNames.of(List.of(s)).keySet();
		};
	}

	/** No name that can be written, but the same for the same implementation. */
	private static String implementation(Stmt.Impl impl) {
		return "impl " + ((impl.trait() != null) ? written(impl.trait()) + " for " : "") + written(impl.type());
	}

	private static String written(TypeExpr type) {
		return (type instanceof TypeExpr.Named named) ? named.name() : "type " + type.span();
	}

}
