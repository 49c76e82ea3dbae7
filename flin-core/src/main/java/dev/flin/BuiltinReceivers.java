package dev.flin;

import java.util.List;

import dev.flin.runtime.BuiltinEntry;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.Syntax;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.Type;

/** Which built-ins are methods of which types: those whose first parameter takes them. */
final class BuiltinReceivers {

	private BuiltinReceivers() {
	}

	static boolean accepts(BuiltinEntry entry, Type type) {
		String signature = entry.signature().replaceFirst("^([A-Za-z]+)\\.", "$1_");
		return !entry.browserOnly() && Syntax.parseSignature(signature) instanceof Stmt.Fn fn && !fn.params().isEmpty()
				&& fn.params().getFirst().type() != null && accepts(fn.params().getFirst().type(), type, fn);
	}

	private static boolean accepts(TypeExpr wanted, Type type, Stmt.Fn fn) {
		return switch (wanted) {
			case TypeExpr.Named named -> named.name().equals(type.toString()) || isParameter(fn, named.name())
					|| (type == Type.Basic.INT && (named.name().equals("number") || named.name().equals("decimal")));
			case TypeExpr.ListOf list -> elements(type).stream().anyMatch((each) -> accepts(list.element(), each, fn));
			case TypeExpr.MapOf map -> type instanceof Type.MapOf || type instanceof Type.RecordOf;
			case TypeExpr.Optional optional -> accepts(optional.inner(), type, fn);
			case TypeExpr.Union union -> union.members().stream().anyMatch((each) -> accepts(each, type, fn));
			case TypeExpr.Tuple tuple -> type instanceof Type.TupleOf;
			case TypeExpr.Fn function -> type instanceof Type.Fn;
			case TypeExpr.Record record -> type instanceof Type.RecordOf;
			case TypeExpr.Broken broken -> false;
		};
	}

	private static boolean isParameter(Stmt.Fn fn, String name) {
		return fn.typeParams().stream().anyMatch((each) -> each.name().equals(name));
	}

	private static List<Type> elements(Type type) {
		return switch (type) {
			case Type.ListOf list -> List.of(list.element());
			case Type.Basic basic when basic == Type.Basic.RANGE -> List.of(Type.Basic.INT);
			case Type other -> List.of();
		};
	}

}
