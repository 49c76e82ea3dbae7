package dev.flin.types;

import java.util.List;
import java.util.stream.Collectors;

/** Prints types as the program spells them. */
final class TypePrinter {

	private TypePrinter() {
	}

	static String print(Type type) {
		return switch (Zonk.prune(type)) {
			case Type.Basic t -> t.word();
			case Type.ListOf t -> "[" + print(t.element()) + "]";
			case Type.MapOf t -> "[" + print(t.key()) + ": " + print(t.value()) + "]";
			case Type.RecordOf t -> t.fields()
				.entrySet()
				.stream()
				.map(field -> field.getKey() + ": " + print(field.getValue()))
				.collect(Collectors.joining(", ", "{ ", " }"));
			case Type.Optional t -> {
				Type inner = Zonk.prune(t.inner());
				yield (inner instanceof Type.Fn || inner instanceof Type.Union) ? "(" + print(inner) + ")?"
						: print(inner) + "?";
			}
			case Type.Union t -> t.members().stream().map(TypePrinter::print).collect(Collectors.joining(" | "));
			case Type.TupleOf t -> "(" + all(t.elements()) + ")";
			case Type.Fn t -> "(" + all(t.params()) + ") -> " + print(t.result());
			case Type.EnumOf t -> t.symbol().name() + (t.args().isEmpty() ? "" : "<" + all(t.args()) + ">");
			case Type.EnumText t -> t.symbol().name();
			case Type.EntityOf t -> t.symbol().name();
			case Type.EntityType t -> "entity " + t.symbol().name();
			case Type.QueryOf t -> "query of " + t.symbol().name();
			case Type.TypeParam t -> t.name();
			case TypeVar t -> "_";
		};
	}

	private static String all(List<Type> types) {
		return types.stream().map(TypePrinter::print).collect(Collectors.joining(", "));
	}

}
