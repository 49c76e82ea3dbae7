package dev.flin.lower;

import dev.flin.ir.Kind;
import dev.flin.types.Type;

/** How values of static types are represented. */
final class Kinds {

	private Kinds() {
	}

	static Kind of(Type type) {
		return switch (type) {
			case Type.Basic basic -> of(basic);
			case Type.ListOf list -> Kind.LIST;
			case Type.MapOf map -> Kind.MAP;
			case Type.RecordOf record -> Kind.MAP;
			case Type.TupleOf tuple -> Kind.TUPLE;
			case Type.Fn function -> Kind.FUNCTION;
			case Type.EnumOf choice -> Kind.ENUM;
			case Type.EnumText text -> Kind.TEXT;
			case Type.EntityOf entity -> Kind.ENTITY;
			case Type.Optional optional -> Kind.ANY;
			case Type.Union union -> Kind.ANY;
			case Type.EntityType entity -> Kind.ANY;
			case Type.QueryOf query -> Kind.ANY;
			default -> Kind.ANY;
		};
	}

	/** What a function gives: nothing where its value is always none. */
	static Kind ofResult(Type type) {
		return (type == Type.Basic.NONE) ? Kind.VOID : of(type);
	}

	private static Kind of(Type.Basic basic) {
		return switch (basic) {
			case INT -> Kind.LONG;
			case NUMBER -> Kind.DOUBLE;
			case DECIMAL -> Kind.DECIMAL;
			case BOOL -> Kind.BOOL;
			case TEXT -> Kind.TEXT;
			case TIME -> Kind.TIME;
			case DURATION -> Kind.DURATION;
			case MONEY -> Kind.MONEY;
			case FILE -> Kind.FILE;
			case HTML -> Kind.HTML;
			case RANGE -> Kind.RANGE;
			case FAILURE -> Kind.ERROR;
			case REGEX, NONE, ANY, NEVER, BROKEN -> Kind.ANY;
		};
	}

	/** Whether nothing is known of the values: they are checked before they go where something is. */
	static boolean isDynamic(Type type) {
		return type == Type.Basic.ANY || type == Type.Basic.BROKEN;
	}

	/** The type without {@code none}. */
	static Type present(Type type) {
		return (type instanceof Type.Optional optional) ? optional.inner() : type;
	}

}
