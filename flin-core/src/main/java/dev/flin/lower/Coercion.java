package dev.flin.lower;

import java.util.List;
import java.util.stream.Collectors;

import dev.flin.ir.IrExpr;
import dev.flin.ir.Kind;
import dev.flin.types.Holding;
import dev.flin.types.Type;

/**
 * From one static type to another. What comes from {@code any} is checked deeply; what the checker has narrowed is
 * converted and fails with the name of the expression when it was none after all.
 */
final class Coercion {

	static final IrExpr NONE = new IrExpr.Const(null, Kind.ANY);

	private Coercion() {
	}

	/**
	 * @param what how the value is written, for the message
	 */
	static IrExpr convert(IrExpr value, Type from, Type to, String what, int line) {
		Kind wanted = Kinds.of(to);
		if (to == Type.Basic.NONE || Kinds.isDynamic(to) || to == Type.Basic.NEVER) {
			return represent(value, wanted);
		}
		if (from.equals(to)) {
			return represent(value, wanted);
		}
		if (from == Type.Basic.NONE || from == Type.Basic.NEVER) {
			return (value.kind() == wanted) ? value : represent(value, wanted);
		}
		if (Kinds.isDynamic(from)) {
			return fromAny(value, to, what, line);
		}
		if (Holding.isUnsure(from, to)) {
			boolean sure = to instanceof Type.Optional || !(from instanceof Type.Optional);
			return fromAny(sure ? value : present(value, what, line), to, what, line);
		}
		Type presentTo = Kinds.present(to);
		Type held = (presentTo instanceof Type.Union) ? Holding.of(presentTo, Kinds.present(from)) : presentTo;
		if (presentTo instanceof Type.Union && !held.equals(Kinds.present(from))) {
			Type member = (to instanceof Type.Optional) ? Type.optional(held) : held;
			return represent(convert(value, from, member, what, line), wanted);
		}
		if (presentTo instanceof Type.Union && Kinds.present(from) instanceof Type.Union mixed) {
			return eachHeld(represent(value, Kind.ANY), mixed, presentTo, line);
		}
		if ((Kinds.present(from) instanceof Type.QueryOf || from instanceof Type.EntityType)
				&& presentTo instanceof Type.ListOf) {
			return represent(RunSide.call(EntityLowering.ENTITIES, "list", "(" + RunSide.OBJ + ")" + RunSide.OBJ, line,
					value), wanted);
		}
		if (value.kind() == Kind.ANY && Kinds.present(from) == Type.Basic.RANGE && presentTo instanceof Type.ListOf) {
			IrExpr range = (wanted == Kind.ANY) ? value : present(value, what, line);
			return represent(RangePipelines.listOrNone(range), wanted);
		}
		if (presentTo instanceof Type.EnumText && Kinds.present(from) instanceof Type.EnumOf) {
			return represent(variantText(value), wanted);
		}
		if (wanted == Kind.ANY) {
			return widenInside(value, Kinds.present(from), presentTo, line);
		}
		Kind given = value.kind();
		if (given == Kind.ANY) {
			return unwrap(value, to, what, line);
		}
		if (given.isPrimitive() && wanted == Kind.DECIMAL) {
			return new IrExpr.Convert(value, wanted);
		}
		return represent(value, wanted);
	}

	/** A value of one of several types where others are held: an int may have become a number, a range a list. */
	private static IrExpr eachHeld(IrExpr boxed, Type.Union from, Type to, int line) {
		IrExpr result = boxed;
		for (Type member : from.members()) {
			Type held = Holding.of(to, member);
			if (member == Type.Basic.INT && held == Type.Basic.NUMBER) {
				result = widenInside(result, member, held, line);
			}
			else if (member == Type.Basic.RANGE && held instanceof Type.ListOf) {
				result = RangePipelines.listOrNone(result);
			}
		}
		return result;
	}

	/** The text that an entity's field has for a variant; none stays none. */
	static IrExpr variantText(IrExpr value) {
		return RunSide.call(RunSide.CONVERT, "variantText", "(" + RunSide.OBJ + ")" + RunSide.OBJ, 0,
				represent(value, Kind.ANY));
	}

	/** The variants that texts name, alone or in a list; none stays none. */
	static IrExpr variants(IrExpr type, IrExpr texts) {
		return RunSide.call(RunSide.CONVERT, "variants", "(" + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, 0,
				represent(type, Kind.ANY), represent(texts, Kind.ANY));
	}

	/** What was added up: of nothing, the run side gives an int 0, whatever the elements would have been. */
	static IrExpr total(IrExpr sum, Type type) {
		return (type == Type.Basic.MONEY)
				? RunSide.call(RunSide.VALUES, "totalMoney", "(" + RunSide.OBJ + ")Ldev/flin/value/Money;", 0, sum)
				: (type == Type.Basic.DURATION)
						? RunSide.call(RunSide.VALUES, "totalDuration", "(" + RunSide.OBJ + ")Ljava/time/Duration;", 0,
								sum)
						: sum;
	}

	/** Only the representation changes; the value is known to fit. */
	static IrExpr represent(IrExpr value, Kind kind) {
		if (value.kind() == kind) {
			return value;
		}
		if (value.kind() == Kind.RANGE && kind == Kind.LIST) {
			return RangePipelines.list(value);
		}
		if (value instanceof IrExpr.Const constant && kind == Kind.DOUBLE && constant.value() instanceof Long number) {
			return new IrExpr.Const(number.doubleValue(), Kind.DOUBLE);
		}
		return new IrExpr.Convert(value, kind);
	}

	/** A type in the syntax that descriptors are made from. */
	static String written(Type type) {
		return switch (type) {
			case Type.Basic basic -> (basic == Type.Basic.BROKEN) ? "any"
					: (basic == Type.Basic.RANGE) ? "[int]" : basic.word();
			case Type.ListOf list -> "[" + written(list.element()) + "]";
			case Type.MapOf map -> "[" + written(map.key()) + ": " + written(map.value()) + "]";
			case Type.RecordOf record -> record.fields()
				.entrySet()
				.stream()
				.map(field -> field.getKey() + ": " + written(field.getValue()))
				.collect(Collectors.joining(", ", "{", "}"));
			case Type.Optional optional -> ((optional.inner() instanceof Type.Union
					|| optional.inner() instanceof Type.Fn)
					? "(" + written(optional.inner()) + ")" : written(optional.inner())) + "?";
			case Type.Union union -> join(union.members(), " | ");
			case Type.TupleOf tuple -> "(" + join(tuple.elements(), ", ") + ")";
			case Type.Fn function -> "() -> any";
			case Type.EnumOf choice -> choice.symbol().name();
			case Type.EnumText text -> "text";
			case Type.EntityOf entity -> entity.symbol().name();
			default -> "any";
		};
	}

	/** Whether a value has this type, tested when it runs. */
	static IrExpr test(IrExpr value, Type type) {
		if (type == Type.Basic.NONE) {
			return (value.kind() == Kind.ANY) ? new IrExpr.IsNone(value) : new IrExpr.Const(false, Kind.BOOL);
		}
		if (Kinds.isDynamic(type)) {
			return new IrExpr.Const(true, Kind.BOOL);
		}
		Kind kind = Kinds.of(type);
		boolean simple = type instanceof Type.Basic && kind != Kind.ANY && kind != Kind.RANGE;
		if (simple && value.kind() == Kind.ANY) {
			return new IrExpr.IsKind(value, kind);
		}
		if (simple) {
			return new IrExpr.Const(value.kind() == kind, Kind.BOOL);
		}
		return RunSide.call(RunSide.VALUES, "matches", "(" + RunSide.OBJ + RunSide.OBJ + ")Z", 0,
				represent(value, Kind.ANY), descriptor(type));
	}

	static IrExpr descriptor(Type type) {
		return new IrExpr.Made(
				RunSide.method(RunSide.VALUES, "descriptor", "(" + RunSide.STR + ")" + RunSide.OBJ, false),
				List.of(written(type)), Kind.ANY);
	}

	private static String join(List<Type> types, String separator) {
		return types.stream().map(Coercion::written).collect(Collectors.joining(separator));
	}

	private static IrExpr fromAny(IrExpr value, Type to, String what, int line) {
		IrExpr boxed = represent(value, Kind.ANY);
		if (to instanceof Type.Basic || to instanceof Type.Fn) {
			IrExpr simple = unwrapSimple(boxed, to, what, line);
			if (simple != null) {
				return simple;
			}
		}
		if (Kinds.of(to) == Kind.ANY && written(to).equals("any")) {
			return boxed;
		}
		IrExpr checked = RunSide.call(RunSide.VALUES, "check",
				"(" + RunSide.OBJ + RunSide.OBJ + RunSide.STR + ")" + RunSide.OBJ, line, boxed, descriptor(to),
				text(what));
		return represent(checked, Kinds.of(to));
	}

	/** From a box whose content the checker knows: only none can be in the way. */
	private static IrExpr unwrap(IrExpr value, Type to, String what, int line) {
		IrExpr simple = unwrapSimple(value, to, what, line);
		if (simple != null) {
			return simple;
		}
		return represent(present(value, what, line), Kinds.of(to));
	}

	static IrExpr present(IrExpr value, String what, int line) {
		return RunSide.call(RunSide.CONVERT, "present", "(" + RunSide.OBJ + RunSide.STR + ")" + RunSide.OBJ, line,
				value, text(what));
	}

	private static IrExpr.@org.jspecify.annotations.Nullable Invoke unwrapSimple(IrExpr value, Type to, String what,
			int line) {
		String method = switch (Kinds.of(to)) {
			case LONG -> "toLong:J";
			case DOUBLE -> "toDouble:D";
			case BOOL -> "toBoolean:Z";
			case TEXT -> "toText:" + RunSide.STR;
			case DECIMAL -> "toDecimal:Ljava/math/BigDecimal;";
			case TIME -> "toTime:Ljava/time/Instant;";
			case DURATION -> "toDuration:Ljava/time/Duration;";
			case MONEY -> "toMoney:Ldev/flin/value/Money;";
			case FUNCTION -> "toFunction:Ldev/flin/value/FlinFunction;";
			default -> "";
		};
		if (method.isEmpty()) {
			return null;
		}
		int colon = method.indexOf(':');
		return RunSide.call(RunSide.CONVERT, method.substring(0, colon),
				"(" + RunSide.OBJ + RunSide.STR + ")" + method.substring(colon + 1), line, value, text(what));
	}

	/** Into a box: an int that goes where only numbers are expected becomes one. */
	private static IrExpr widenInside(IrExpr value, Type from, Type to, int line) {
		if (from == Type.Basic.INT && to == Type.Basic.NUMBER) {
			return (value.kind() == Kind.LONG) ? represent(represent(value, Kind.DOUBLE), Kind.ANY)
					: RunSide.call(RunSide.VALUES, "widen", "(" + RunSide.OBJ + ")" + RunSide.OBJ, line,
							represent(value, Kind.ANY));
		}
		if (from == Type.Basic.INT && to == Type.Basic.DECIMAL && value.kind() == Kind.LONG) {
			return represent(represent(value, Kind.DECIMAL), Kind.ANY);
		}
		if (value.kind() == Kind.RANGE && to instanceof Type.ListOf) {
			return represent(represent(value, Kind.LIST), Kind.ANY);
		}
		return represent(value, Kind.ANY);
	}

	private static IrExpr text(String what) {
		return what.isEmpty() ? new IrExpr.Const(null, Kind.TEXT) : new IrExpr.Const(what, Kind.TEXT);
	}

	/** Whether a value stays the same whatever runs before it is used. */
	static boolean isStable(IrExpr value) {
		return switch (value) {
			case IrExpr.Const constant -> true;
			case IrExpr.Made made -> true;
			case IrExpr.Context context -> true;
			case IrExpr.Read read -> read.local().name().startsWith("$") && !read.local().isCell();
			case IrExpr.Convert convert -> isStable(convert.value());
			default -> false;
		};
	}

}
