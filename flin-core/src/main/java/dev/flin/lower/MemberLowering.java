package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers members, elements and slices for reading, and names that are no variables. */
final class MemberLowering {

	private static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	/** How many values an enum value holds without an array. */
	private static final int ENUM_FIELDS = 2;

	private final BodyLowering body;

	MemberLowering(BodyLowering body) {
		this.body = body;
	}

	IrExpr member(Expr.Member e) {
		if (ComponentLowering.isChildren(this.body, e)) {
			return MarkupLowering.boxed(ComponentLowering.childrenValue(this.body, e));
		}
		Access access = this.body.body.access(e.id());
		return switch (access) {
			case Access.VariantRef ref -> variant(ref.variant(), e);
			case Access.BuiltinRef ref -> this.body.calls.builtins().reference(ref.row(), this.body.type(e),
					this.body.lineOf(e));
			case Access.BuiltinCall call -> this.body.calls.member(e, call);
			case Access.MethodCall call -> this.body.calls.member(e, call);
			case Access.FunctionCall call -> this.body.calls.member(e, call);
			case Access.TraitCall call -> this.body.calls.member(e, call);
			case Access.DynamicMethod call -> this.body.calls.member(e, call);
			case Access.FunctionRef ref -> functionValue(ref, e);
			case Access.DurationUnit unit -> durationUnit(e, unit.micros());
			case Access.QueryOperation query -> this.body.queries.operation(e, query, e.target(), List.of());
			case null -> unknown(e);
			case Access.IfPresent(Access.BuiltinCall call) -> this.body.calls.ifPresent(e, call);
			case Access.IfPresent found -> ofValue(e, found.access(), true);
			default -> ofValue(e, access, e.optional());
		};
	}

	/** Of {@code none} the checker knows no member; {@code ?.} then gives none. */
	private IrExpr unknown(Expr.Member e) {
		if (e.optional() && this.body.type(e.target()) == Type.Basic.NONE) {
			return this.body.value(e.target());
		}
		return this.body.unsupported(e, "'" + e.name() + "' here");
	}

	/** A member of an evaluated value; with {@code ?.} only when there is one. */
	private IrExpr ofValue(Expr.Member e, Access access, boolean optional) {
		Type targetType = this.body.type(e.target());
		IrExpr target = this.body.value(e.target());
		if (!optional || target.kind().isPrimitive()) {
			return read(e, access, target, targetType);
		}
		IrExpr kept = this.body.keep(target);
		IrExpr[] value = new IrExpr[1];
		Type inner = Kinds.present(targetType);
		List<IrStmt> before = this.body.collect(
				() -> value[0] = read(e, access, Coercion.represent(kept, Kinds.of(inner)), inner));
		IrExpr boxed = Coercion.represent(value[0], Kind.ANY);
		Kind wanted = this.body.kind(e);
		if (before.isEmpty()) {
			return Coercion.represent(new IrExpr.Choose(new IrExpr.IsNone(kept), Coercion.NONE, boxed, Kind.ANY),
					wanted);
		}
		Local result = this.body.temporary(Kind.ANY);
		before.add(new IrStmt.Set(result, boxed));
		this.body.emit(new IrStmt.If(new IrExpr.IsNone(kept), List.of(new IrStmt.Set(result, Coercion.NONE)), before));
		return Coercion.represent(new IrExpr.Read(result), wanted);
	}

	private IrExpr read(Expr.Member e, Access access, IrExpr target, Type targetType) {
		int line = this.body.lineOf(e);
		Type type = this.body.type(e);
		String what = this.body.shortSource(e.target());
		return switch (access) {
			case Access.Key key -> key(e, key.name(), target, targetType);
			case Access.TupleItem item -> Coercion.represent(
					RunSide.on(RunSide.TUPLE, "get", "(I)" + RunSide.OBJ, line,
							this.body.convert(target, targetType, Kinds.present(targetType), e.target()),
							new IrExpr.Const(item.index(), Kind.INDEX)),
					Kinds.of(type));
			case Access.ValueMember member -> trusted(getKey(target, member.name(), what, line), type);
			case Access.EntityField field when EntityLowering.isForgotten(field.field()) ->
				getKey(target, field.field().name(), what, line);
			case Access.EntityField field ->
				trusted(this.body.records().read(target, field.entity(), field.field(), what, line), type);
			case Access.EntityMeta meta -> {
				IrExpr known = this.body.records().metadata(target, meta.name(), what, line);
				yield trusted((known != null) ? known : getMember(target, meta.name(), what, line), type);
			}
			case Access.DynamicMember member ->
				this.body.convert(getMember(target, member.name(), what, line), Type.Basic.ANY, type, e);
			case Access.BoundMethod method -> RunSide.call(RunSide.VALUES, "bound",
					"(" + CONTEXT + RunSide.OBJ + RunSide.STR + ")Ldev/flin/value/FlinFunction;", line,
					new IrExpr.Context(), Coercion.represent(target, Kind.ANY),
					new IrExpr.Const(method.name(), Kind.TEXT));
			default -> this.body.unsupported(e, "'" + e.name() + "' here");
		};
	}

	private static IrExpr trusted(IrExpr value, Type type) {
		return Coercion.represent(value, Kinds.of(type));
	}

	private IrExpr key(Expr.Member e, String name, IrExpr target, Type targetType) {
		int line = this.body.lineOf(e);
		Type type = this.body.type(e);
		if (target.kind() == Kind.MAP) {
			int likely = position(targetType, name);
			IrExpr key = new IrExpr.Const(name, Kind.TEXT);
			return trusted((likely < 0)
					? RunSide.on(RunSide.MAP, "get", "(" + RunSide.STR + ")" + RunSide.OBJ, line, target, key)
					: RunSide.on(RunSide.MAP, "get", "(" + RunSide.STR + "I)" + RunSide.OBJ, line, target, key,
							new IrExpr.Const(likely, Kind.INDEX)),
					type);
		}
		if (Kinds.isDynamic(targetType)) {
			return this.body.convert(RunSide.call(RunSide.MEMBERS, "getKeyOf",
					"(" + CONTEXT + RunSide.OBJ + RunSide.STR + RunSide.STR + ")" + RunSide.OBJ, line,
					new IrExpr.Context(), Coercion.represent(target, Kind.ANY), new IrExpr.Const(name, Kind.TEXT),
					new IrExpr.Const(this.body.shortSource(e.target()), Kind.TEXT)), Type.Basic.ANY, type, e);
		}
		return trusted(getKey(target, name, this.body.shortSource(e.target()), line), type);
	}

	/** Where the literals of a record type have a key, -1 where that is not known. */
	private static int position(Type type, String name) {
		return (Kinds.present(type) instanceof Type.RecordOf record)
				? new ArrayList<>(record.fields().keySet()).indexOf(name) : -1;
	}

	private static IrExpr getKey(IrExpr target, String name, String what, int line) {
		return RunSide.call(RunSide.MEMBERS, "getKey", "(" + RunSide.OBJ + RunSide.STR + RunSide.STR + ")"
				+ RunSide.OBJ,
				line, Coercion.represent(target, Kind.ANY), new IrExpr.Const(name, Kind.TEXT),
				new IrExpr.Const(what, Kind.TEXT));
	}

	static IrExpr getMember(IrExpr target, String name, String what, int line) {
		return new IrExpr.Dynamic("getMember", name, what, List.of(Coercion.represent(target, Kind.ANY)), Kind.ANY,
				line);
	}

	IrExpr selfField(Symbol.SelfField field, Node node) {
		return trusted(ownField(field.name(), this.body.lineOf(node)), this.body.type(node));
	}

	private IrExpr ownField(String name, int line) {
		Part.Field field = this.body.entities.ownField(name);
		if (field != null && this.body.selfType() instanceof Type.EntityOf self) {
			return this.body.records().read(this.body.selfValue(), self.symbol(), field, "self", line);
		}
		return getKey(this.body.selfValue(), name, "self", line);
	}

	private IrExpr durationUnit(Expr.Member e, long micros) {
		if (e.target() instanceof Expr.Int number && Math.abs(number.value()) <= Long.MAX_VALUE / micros) {
			return this.body.expressions.duration(number.value() * micros);
		}
		IrExpr amount = Coercion.represent(this.body.value(e.target()), Kind.DOUBLE);
		return RunSide.call(RunSide.OPERATIONS, "duration", "(DJ)Ljava/time/Duration;", this.body.lineOf(e), amount,
				new IrExpr.Const(micros, Kind.LONG));
	}

	// Names that are no variables

	IrExpr reference(Access access, Expr.Name e) {
		return switch (access) {
			case Access.FunctionRef ref -> functionValue(ref, e);
			case Access.BuiltinRef ref -> this.body.calls.builtins().reference(ref.row(), this.body.type(e),
					this.body.lineOf(e));
			case Access.VariantRef ref -> variant(ref.variant(), e);
			case Access.MethodCall call -> this.body.calls.bareMethod(e, call);
			case Access.TraitCall call -> this.body.calls.bareMethod(e, call);
			case Access.DynamicMethod call -> this.body.calls.bareMethod(e, call);
			case Access.EntityField field ->
				trusted(ownField(field.field().name(), this.body.lineOf(e)), this.body.type(e));
			case Access.EntityMeta meta ->
				trusted(getMember(this.body.selfValue(), meta.name(), "self", this.body.lineOf(e)), this.body.type(e));
			case Access.QueryField field -> this.body.entities.conditionField(field, e);
			case Access.DynamicMember member -> this.body.convert(
					getMember(this.body.selfValue(), member.name(), "self", this.body.lineOf(e)), Type.Basic.ANY,
					this.body.type(e), e);
			default -> this.body.unsupported(e, "'" + e.name() + "' here");
		};
	}

	private IrExpr functionValue(Access.FunctionRef ref, Node node) {
		this.body.unit.codeMayRun();
		IrFunction function = this.body.unit.program().functionValue(ref.function(), ref.parameterTypes());
		return new IrExpr.Closure(function, List.of());
	}

	private IrExpr variant(Symbol.Variant variant, Node node) {
		int payload = variant.declaration().payload().size();
		if (payload == 0) {
			return makeVariant(variant, List.of());
		}
		List<Local> params = new ArrayList<>();
		for (int i = 0; i < payload; i++) {
			params.add(new Local("$" + i, Kind.ANY));
		}
		IrFunction maker = new IrFunction(this.body.unit.className(), this.body.unit.uniqueName(variant.name()), params,
				Kind.ENUM);
		List<IrExpr> values = new ArrayList<>();
		params.forEach(param -> values.add(new IrExpr.Read(param)));
		maker.complete(List.of(new IrStmt.Return(makeVariant(variant, values))));
		this.body.unit.add(maker);
		this.body.unit.useAsValue(maker);
		return new IrExpr.Closure(maker, List.of());
	}

	/** A value that a variant carries. */
	static IrExpr payload(IrExpr choice, Symbol.Variant variant, int index) {
		if (variant.declaration().payload().size() <= ENUM_FIELDS) {
			return RunSide.on(RunSide.ENUM, (index == 0) ? "first" : "second", "()" + RunSide.OBJ, 0, choice);
		}
		return RunSide.on(RunSide.ENUM, "get", "(I)" + RunSide.OBJ, 0, choice, new IrExpr.Const(index, Kind.INDEX));
	}

	/** An enum: a constant of the unit that declares it. */
	IrExpr enumType(Symbol.EnumType symbol) {
		return new IrExpr.Call(this.body.unit.program().enumType(symbol, this.body.unit), List.of(), 0);
	}

	/** A value of an enum. */
	IrExpr makeVariant(Symbol.Variant variant, List<IrExpr> payload) {
		IrExpr type = enumType(variant.owner());
		IrExpr index = new IrExpr.Const(variant.index(), Kind.INDEX);
		if (payload.isEmpty()) {
			return RunSide.on(RunSide.ENUM_TYPE, "value", "(I)L" + RunSide.ENUM + ";", 0, type, index);
		}
		if (payload.size() <= ENUM_FIELDS) {
			List<IrExpr> args = new ArrayList<>();
			args.add(RunSide.on(RunSide.ENUM_TYPE, "maker", "(I)L" + RunSide.ENUM + ";", 0, type, index));
			args.addAll(payload);
			return RunSide.on(RunSide.ENUM, "with",
					"(" + RunSide.OBJ.repeat(payload.size()) + ")L" + RunSide.ENUM + ";", 0,
					args.toArray(IrExpr[]::new));
		}
		return RunSide.on(RunSide.ENUM_TYPE, "value", "(I[" + RunSide.OBJ + ")L" + RunSide.ENUM + ";", 0, type, index,
				new IrExpr.Pack(payload));
	}

	// Elements

	IrExpr index(Expr.Index e) {
		IrExpr header = HostSide.header(this.body, e);
		if (header != null) {
			return header;
		}
		Type targetType = this.body.type(e.target());
		if (e.optional() && this.body.kind(e.target()) == Kind.ANY) {
			IrExpr kept = this.body.keep(this.body.value(e.target()));
			Local result = this.body.temporary(Kind.ANY);
			List<IrStmt> present = this.body.collect(() -> {
				Type inner = Kinds.present(targetType);
				IrExpr element = elementOf(Coercion.represent(kept, Kinds.of(inner)), inner,
						this.body.value(e.index()), e);
				this.body.emit(new IrStmt.Set(result, Coercion.represent(element, Kind.ANY)));
			});
			this.body.emit(
					new IrStmt.If(new IrExpr.IsNone(kept), List.of(new IrStmt.Set(result, Coercion.NONE)), present));
			return Coercion.represent(new IrExpr.Read(result), this.body.kind(e));
		}
		List<IrExpr> values = this.body
			.operands(List.of(() -> this.body.value(e.target()), () -> this.body.value(e.index())));
		return elementOf(values.get(0), targetType, values.get(1), e);
	}

	private IrExpr elementOf(IrExpr target, Type targetType, IrExpr index, Expr.Index e) {
		return element(target, targetType, index, this.body.type(e), this.body.lineOf(e),
				this.body.shortSource(e.target()));
	}

	/** Reads {@code target[index]}. */
	IrExpr element(IrExpr target, Type targetType, IrExpr index, Type type, int line, String what) {
		Kind wanted = Kinds.of(type);
		if (target.kind() == Kind.LIST && index.kind() == Kind.LONG) {
			Type element = (targetType instanceof Type.ListOf list) ? list.element() : Type.Basic.ANY;
			IrExpr value = switch (Kinds.of(element)) {
				case LONG -> RunSide.on(RunSide.LIST, "getLong", "(J)J", line, target, index);
				case DOUBLE -> RunSide.on(RunSide.LIST, "getDouble", "(J)D", line, target, index);
				case BOOL -> RunSide.on(RunSide.LIST, "getBoolean", "(J)Z", line, target, index);
				default -> RunSide.on(RunSide.LIST, "at", "(J)" + RunSide.OBJ, line, target, index);
			};
			return Coercion.represent(value, wanted);
		}
		if (target.kind() == Kind.MAP) {
			return Coercion.represent(RunSide.on(RunSide.MAP, "get", "(" + RunSide.OBJ + ")" + RunSide.OBJ, line,
					target,
					Coercion.represent(index, Kind.ANY)), wanted);
		}
		if (target.kind() == Kind.TEXT && index.kind() == Kind.LONG) {
			return Coercion.represent(Characters.at(target, index, line), wanted);
		}
		if (target.kind() == Kind.RANGE && index.kind() == Kind.LONG) {
			return Coercion.represent(RunSide.on(RunSide.RANGE, "at", "(J)J", line, target, index), wanted);
		}
		return Coercion.represent(
				RunSide.call(RunSide.INDEXING, "index",
						"(" + CONTEXT + RunSide.OBJ + RunSide.OBJ + RunSide.STR + ")" + RunSide.OBJ, line,
						new IrExpr.Context(), Coercion.represent(target, Kind.ANY),
						Coercion.represent(index, Kind.ANY),
						new IrExpr.Const(what, Kind.TEXT)),
				wanted);
	}

	IrExpr slice(Expr.Slice e) {
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		parts.add(() -> this.body.value(e.target()));
		parts.add(() -> bound(e.from()));
		parts.add(() -> bound(e.to()));
		parts.add(() -> bound(e.step()));
		List<IrExpr> values = this.body.operands(parts);
		IrExpr plain = plainSlice(e, values);
		if (plain != null) {
			return plain;
		}
		IrExpr result = RunSide.call(RunSide.INDEXING, "slice",
				"(" + RunSide.OBJ + RunSide.OBJ + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, this.body.lineOf(e),
				Coercion.represent(values.get(0), Kind.ANY), Coercion.represent(values.get(1), Kind.ANY),
				Coercion.represent(values.get(2), Kind.ANY), Coercion.represent(values.get(3), Kind.ANY));
		return Coercion.represent(result, this.body.kind(e));
	}

	/** Of a list or text, with unboxed ends and without a step; null for others. */
	private @Nullable IrExpr plainSlice(Expr.Slice e, List<IrExpr> values) {
		IrExpr target = values.get(0);
		IrExpr from = end(e.from(), values.get(1), 0);
		IrExpr to = end(e.to(), values.get(2), Long.MAX_VALUE);
		if (e.step() != null || from == null || to == null) {
			return null;
		}
		int line = this.body.lineOf(e);
		return switch (target.kind()) {
			case TEXT -> RunSide.call(RunSide.TEXTS, "slice", "(" + CONTEXT + RunSide.STR + "JJ)" + RunSide.STR, line,
					new IrExpr.Context(), target, from, to);
			case LIST -> RunSide.call(RunSide.SLICES, "slice",
					"(L" + RunSide.LIST + ";JJ)L" + RunSide.LIST + ";", line, target, from, to);
			default -> null;
		};
	}

	private static @Nullable IrExpr end(@Nullable Expr written, IrExpr value, long open) {
		return (written == null) ? new IrExpr.Const(open, Kind.LONG) : (value.kind() == Kind.LONG) ? value : null;
	}

	private IrExpr bound(@Nullable Expr written) {
		return (written == null) ? Coercion.NONE : this.body.value(written);
	}

}
