package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers assignments. The parts of a target are evaluated once, before the value. */
final class AssignLowering {

	private final BodyLowering body;

	AssignLowering(BodyLowering body) {
		this.body = body;
	}

	/** {@code x = e} and its forms with patterns, types and keywords. */
	void variable(Stmt.Var statement) {
		Expr value = statement.value();
		if (value == null) {
			if (statement.target() instanceof Pattern.Name name
					&& this.body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable
					&& variable.isNoneAtFirst()) {
				assignVariable(variable, Coercion.NONE, Type.Basic.NONE, statement);
			}
			return;
		}
		if (statement.target() instanceof Pattern.Name name
				&& this.body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable) {
			intoVariable(variable, value, statement);
			return;
		}
		if (statement.target() instanceof Pattern.Typed name
				&& this.body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable) {
			intoVariable(variable, value, statement);
			return;
		}
		if (statement.target() instanceof Pattern.Name name
				&& this.body.body.resolution().symbol(name.id()) instanceof Symbol.SelfField field) {
			this.body.entities.assign(field, value, statement);
			return;
		}
		if (apart(statement.target(), value)) {
			return;
		}
		Type type = this.body.type(value);
		this.body.patterns.assign(statement.target(), this.body.value(value), type);
	}

	private void intoVariable(Symbol.Variable variable, Expr value, Node node) {
		Type stored = this.body.variableType(variable);
		boolean control = value instanceof Expr.If || value instanceof Expr.Match || value instanceof Expr.BlockOf
				|| value instanceof Expr.Try || value instanceof Expr.TryCatch;
		if (control) {
			Local result = this.body.temporary(Kinds.of(stored));
			this.body.emit(value, new Dest.Into(result, stored));
			assignVariable(variable, new IrExpr.Read(result), stored, node);
		}
		else {
			if (value instanceof Expr.Lambda lambda && !variable.isReassigned()) {
				this.body.unit.keptIn(lambda, variable);
			}
			IrExpr given = this.body.value(value);
			assignVariable(variable, given, this.body.type(value), value);
		}
	}

	void assignVariable(Symbol.Variable variable, IrExpr value, Type from, Node node) {
		Type stored = this.body.variableType(variable);
		IrExpr converted = this.body.convert(value, from, stored, node);
		this.body.write(variable, converted);
	}

	/** {@code [a, b] = [b, a]} and tuples alike: all values first, no list is made. */
	private boolean apart(Pattern target, Expr value) {
		List<Pattern> targets = List.of();
		List<Expr> values = List.of();
		if (target instanceof Pattern.Tuple tuple && value instanceof Expr.Tuple given) {
			targets = tuple.elements();
			values = given.elements();
		}
		else if (target instanceof Pattern.ListOf list && list.rest() == null && value instanceof Expr.ListOf given
				&& given.elements().stream().noneMatch(Part.Element::spread)) {
			targets = list.elements();
			values = given.elements().stream().map(Part.Element::value).toList();
		}
		if (targets.isEmpty() || targets.size() != values.size()
				|| !targets.stream().allMatch(each -> each instanceof Pattern.Name)) {
			return false;
		}
		List<IrExpr> kept = new ArrayList<>();
		for (Expr each : values) {
			Local local = this.body.temporary(this.body.kind(each));
			this.body.emit(new IrStmt.Set(local, this.body.value(each)));
			kept.add(new IrExpr.Read(local));
		}
		for (int i = 0; i < targets.size(); i++) {
			this.body.patterns.assign(targets.get(i), kept.get(i), this.body.type(values.get(i)));
		}
		return true;
	}

	/** {@code target op= value} as an expression: its value is what was assigned. */
	void assign(Expr.Assign e, Dest dest) {
		Place place = place(e.target());
		Type type = this.body.type(e.target());
		Expr.BinaryOp op = e.op();
		if (op == null) {
			Type stored = place.type();
			IrExpr value = this.body.value(e.value(), stored);
			if (dest instanceof Dest.Drop) {
				place.write(value);
				return;
			}
			IrExpr kept = this.body.keep(value);
			place.write(kept);
			this.body.finish(kept, stored, dest, e);
			return;
		}
		if (op == Expr.BinaryOp.OR || op == Expr.BinaryOp.AND || op == Expr.BinaryOp.COALESCE) {
			assignLogical(e, op, place, dest);
			return;
		}
		IrExpr[] operand = new IrExpr[1];
		Local old = this.body.temporary(place.kind());
		List<IrStmt> before = this.body.collect(() -> operand[0] = this.body.value(e.value()));
		IrExpr left = place.read();
		if (!before.isEmpty()) {
			this.body.emit(new IrStmt.Set(old, left));
			left = new IrExpr.Read(old);
			before.forEach(this.body::emit);
		}
		Type stored = place.type();
		Type given = this.body.type(e.value());
		IrExpr value = this.body.operators.apply(op, new Operand(left, stored, e.target()),
				new Operand(operand[0], given, e.value()),
				resultOf(op, Kinds.present(stored), Kinds.present(given)), this.body.lineOf(e));
		IrExpr converted = this.body.convert(value, typeOf(value, stored), stored, e);
		if (dest instanceof Dest.Drop) {
			place.write(converted);
			return;
		}
		IrExpr kept = this.body.keep(converted);
		place.write(kept);
		this.body.finish(kept, stored, dest, e);
	}

	/** The representation that the operator itself gives; it is converted to the variable's type afterwards. */
	private static Type resultOf(Expr.BinaryOp op, Type left, Type right) {
		if (left == Type.Basic.INT && right == Type.Basic.INT) {
			return (op == Expr.BinaryOp.DIV) ? Type.Basic.NUMBER : Type.Basic.INT;
		}
		boolean numbers = (left == Type.Basic.INT || left == Type.Basic.NUMBER)
				&& (right == Type.Basic.INT || right == Type.Basic.NUMBER);
		return numbers ? Type.Basic.NUMBER : Kinds.of(left) == Kind.ANY ? Type.Basic.ANY : left;
	}

	private static Type typeOf(IrExpr value, Type stored) {
		return switch (value.kind()) {
			case LONG -> Type.Basic.INT;
			case DOUBLE -> Type.Basic.NUMBER;
			case ANY -> Kinds.of(stored) == Kind.ANY ? stored : Type.Basic.ANY;
			default -> stored;
		};
	}

	private void assignLogical(Expr.Assign e, Expr.BinaryOp op, Place place, Dest dest) {
		IrExpr old = this.body.keep(place.read());
		Type stored = place.type();
		IrExpr takesOld = switch (op) {
			case AND -> OperatorLowering.not(this.body.operators.truth(old, stored));
			case OR -> this.body.operators.truth(old, stored);
			default -> (old.kind() == Kind.ANY) ? OperatorLowering.not(new IrExpr.IsNone(old))
					: new IrExpr.Const(true, Kind.BOOL);
		};
		Local result = this.body.temporary(place.kind());
		List<IrStmt> assigned = this.body.collect(() -> {
			IrExpr value = this.body.keep(this.body.value(e.value(), stored));
			place.write(value);
			this.body.emit(new IrStmt.Set(result, value));
		});
		this.body.emit(new IrStmt.If(takesOld, List.of(new IrStmt.Set(result, old)), assigned));
		this.body.finish(new IrExpr.Read(result), stored, dest, e);
	}

	/** {@code x++} gives the old value, {@code ++x} the new one. */
	void step(Expr.Step e, Dest dest) {
		Place place = place(e.target());
		Type stored = place.type();
		boolean wanted = !(dest instanceof Dest.Drop);
		IrExpr old = wanted ? this.body.keep(place.read()) : place.read();
		IrExpr one = new IrExpr.Const((long) Math.abs(e.delta()), Kind.LONG);
		Expr.BinaryOp op = (e.delta() > 0) ? Expr.BinaryOp.ADD : Expr.BinaryOp.SUB;
		IrExpr value = this.body.operators.apply(op, new Operand(old, stored, e.target()),
				new Operand(one, Type.Basic.INT, e), resultOf(op, Kinds.present(stored), Type.Basic.INT),
				this.body.lineOf(e));
		IrExpr converted = this.body.convert(value, typeOf(value, stored), stored, e);
		if (wanted && e.prefix()) {
			converted = this.body.keep(converted);
		}
		place.write(converted);
		if (wanted) {
			this.body.finish(e.prefix() ? converted : old, stored, dest, e);
		}
	}

	/** An assignable place whose parts are evaluated. */
	private interface Place {

		Type type();

		default Kind kind() {
			return Kinds.of(type());
		}

		IrExpr read();

		void write(IrExpr value);

	}

	private Place place(Expr target) {
		return switch (target) {
			case Expr.Name name -> placeOfName(name);
			case Expr.Member member -> placeOfMember(member);
			case Expr.Index index -> placeOfIndex(index);
			default -> {
				IrExpr value = this.body.unsupported(target, "an assignment to this");
				yield new FixedPlace(value);
			}
		};
	}

	private record FixedPlace(IrExpr read) implements Place {

		@Override
		public Type type() {
			return Type.Basic.ANY;
		}

		@Override
		public void write(IrExpr value) {
		}

	}

	private Place placeOfName(Expr.Name name) {
		Symbol symbol = this.body.body.resolution().symbol(name.id());
		if (symbol instanceof Symbol.Variable variable) {
			return new Place() {

				@Override
				public Type type() {
					return AssignLowering.this.body.variableType(variable);
				}

				@Override
				public IrExpr read() {
					return AssignLowering.this.body.read(variable, name);
				}

				@Override
				public void write(IrExpr value) {
					AssignLowering.this.body.write(variable, value);
				}

			};
		}
		if (symbol instanceof Symbol.SelfField field) {
			Part.Field own = this.body.entities.ownField(field.name());
			if (own != null && this.body.selfType() instanceof Type.EntityOf self) {
				return fieldPlace(this.body.selfValue(), self.symbol(), own, name, "self");
			}
			return memberPlace(this.body.selfValue(), field.name(), this.body.type(name), name);
		}
		return new FixedPlace(this.body.unsupported(name, "an assignment to '" + name.name() + "'"));
	}

	private Place placeOfMember(Expr.Member member) {
		IrExpr target = this.body.keep(this.body.value(member.target()));
		Access access = this.body.body.access(member.id());
		if (access instanceof Access.EntityField field && !EntityLowering.isForgotten(field.field())) {
			return fieldPlace(target, field.entity(), field.field(), member, this.body.shortSource(member.target()));
		}
		String name = switch (access) {
			case Access.Key key -> key.name();
			case Access.DynamicMember dynamic -> dynamic.name();
			case Access.ValueMember value -> value.name();
			case Access.EntityField field -> field.field().name();
			case null, default -> member.name();
		};
		Type type = storedMember(member, access);
		return memberPlace(target, name, type, member);
	}

	private Type storedMember(Expr.Member member, @Nullable Access access) {
		Type targetType = Kinds.present(this.body.type(member.target()));
		if (access instanceof Access.EntityField field) {
			return this.body.unit.program().checked().fieldType(field.entity(), field.field().name());
		}
		if (targetType instanceof Type.RecordOf record && record.fields().containsKey(member.name())) {
			return record.fields().get(member.name());
		}
		if (targetType instanceof Type.MapOf map) {
			return Type.optional(map.value());
		}
		return this.body.type(member);
	}

	/** A declared field of a record. */
	private Place fieldPlace(IrExpr target, Symbol.Entity entity, Part.Field field, Node node, String what) {
		int line = this.body.lineOf(node);
		Type type = this.body.entities.typeOf(entity, field);
		return new Place() {

			@Override
			public Type type() {
				return type;
			}

			@Override
			public IrExpr read() {
				return Coercion.represent(AssignLowering.this.body.records().read(target, entity, field, what, line),
						kind());
			}

			@Override
			public void write(IrExpr value) {
				AssignLowering.this.body.emit(new IrStmt.Eval(
						AssignLowering.this.body.records().write(target, entity, field, value, what, line)));
			}

		};
	}

	private Place memberPlace(IrExpr target, String name, Type type, Node node) {
		int line = this.body.lineOf(node);
		String what = (node instanceof Expr.Member member) ? this.body.shortSource(member.target()) : "self";
		return new Place() {

			@Override
			public Type type() {
				return type;
			}

			@Override
			public IrExpr read() {
				IrExpr value = new IrExpr.Dynamic("getKey", name, what,
						List.of(Coercion.represent(target, Kind.ANY)), Kind.ANY, line);
				return Coercion.represent(value, Kinds.of(type));
			}

			@Override
			public void write(IrExpr value) {
				AssignLowering.this.body.emit(new IrStmt.Eval(new IrExpr.Dynamic("setMember", name, what,
						List.of(Coercion.represent(target, Kind.ANY), Coercion.represent(value, Kind.ANY)), Kind.ANY,
						line)));
			}

		};
	}

	private Place placeOfIndex(Expr.Index e) {
		List<IrExpr> values = this.body
			.operands(List.of(() -> this.body.value(e.target()), () -> this.body.value(e.index())));
		IrExpr target = this.body.keep(values.get(0));
		IrExpr index = this.body.keep(values.get(1));
		Type targetType = Kinds.present(this.body.type(e.target()));
		Type stored = switch (targetType) {
			case Type.ListOf list -> list.element();
			case Type.MapOf map -> Type.optional(map.value());
			default -> this.body.type(e);
		};
		int line = this.body.lineOf(e);
		String what = this.body.shortSource(e.target());
		return new Place() {

			@Override
			public Type type() {
				return stored;
			}

			@Override
			public IrExpr read() {
				return AssignLowering.this.body.members.element(target, targetType, index, stored, line, what);
			}

			@Override
			public void write(IrExpr value) {
				AssignLowering.this.body.emit(new IrStmt.Eval(put(target, targetType, index, value, line, what)));
			}

		};
	}

	private static IrExpr put(IrExpr target, Type targetType, IrExpr index, IrExpr value, int line, String what) {
		if (target.kind() == Kind.LIST && index.kind() == Kind.LONG) {
			return switch (value.kind()) {
				case LONG -> RunSide.on(RunSide.LIST, "setLong", "(JJ)V", line, target, index, value);
				case DOUBLE -> RunSide.on(RunSide.LIST, "setDouble", "(JD)V", line, target, index, value);
				case BOOL -> RunSide.on(RunSide.LIST, "setBoolean", "(JZ)V", line, target, index, value);
				default -> RunSide.on(RunSide.LIST, "put", "(J" + RunSide.OBJ + ")V", line, target, index, value);
			};
		}
		if (target.kind() == Kind.MAP) {
			return RunSide.call(RunSide.GROWTH, "put",
					"(" + RunSide.CONTEXT + "L" + RunSide.MAP + ";" + RunSide.OBJ + RunSide.OBJ + ")V", line,
					new IrExpr.Context(), target, Coercion.represent(index, Kind.ANY),
					Coercion.represent(value, Kind.ANY));
		}
		return RunSide.call(RunSide.GROWTH, "setIndex",
				"(" + RunSide.CONTEXT + RunSide.OBJ + RunSide.OBJ + RunSide.OBJ + RunSide.STR + ")V", line,
				new IrExpr.Context(), Coercion.represent(target, Kind.ANY), Coercion.represent(index, Kind.ANY),
				Coercion.represent(value, Kind.ANY), new IrExpr.Const(what, Kind.TEXT));
	}

	/** Stores a value in a place of a destructuring assignment. */
	void store(Expr target, IrExpr value, Type type) {
		IrExpr kept = this.body.keep(value);
		Place place = place(target);
		place.write(this.body.convert(kept, type, place.type(), target));
	}

	/**
	 * {@code delete m[k]}, {@code delete m.k}: whether the key was there. What is no part of a map is a record, or are
	 * several, and is deleted from the store.
	 */
	IrExpr deleteKey(Expr.DeleteKey e) {
		Expr container = switch (e.target()) {
			case Expr.Index index -> index.target();
			case Expr.Member member -> member.target();
			default -> e.target();
		};
		Type type = Kinds.present(this.body.type(container));
		if (type instanceof Type.EntityOf || type instanceof Type.EntityType || type instanceof Type.QueryOf
				|| type instanceof Type.ListOf) {
			return Coercion.represent(this.body.entities.delete(e.target(), this.body.lineOf(e)), this.body.kind(e));
		}
		List<IrExpr> values = switch (e.target()) {
			case Expr.Index index ->
				this.body.operands(List.of(() -> this.body.value(index.target()), () ->
						this.body.value(index.index())));
			case Expr.Member member ->
				List.of(this.body.value(member.target()), new IrExpr.Const(member.name(), Kind.TEXT));
			default -> List.of(this.body.unsupported(e, "'delete' of this"), Coercion.NONE);
		};
		if (Kinds.isDynamic(type)) {
			return Coercion.represent(RunSide.call(EntityLowering.ENTITIES, "deletePart",
					"(" + EntityLowering.CONTEXT + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, this.body.lineOf(e),
					new IrExpr.Context(), Coercion.represent(values.get(0), Kind.ANY),
					Coercion.represent(values.get(1), Kind.ANY)), this.body.kind(e));
		}
		return Coercion.represent(RunSide.call(RunSide.VALUES, "deleteKey", "(" + RunSide.OBJ + RunSide.OBJ + ")Z",
				this.body.lineOf(e), Coercion.represent(values.get(0), Kind.ANY),
				Coercion.represent(values.get(1), Kind.ANY)), this.body.kind(e));
	}

	/** Before its step a loop in three parts gives the next turn variables of its own, with the values of this one. */
	void renewLoopVariable(Expr.ForC e) {
		for (Pattern.Name name : e.variables()) {
			if (this.body.body.resolution().symbol(name.id()) instanceof Symbol.Variable variable
					&& this.body.storage(variable) instanceof Storage.InLocal inLocal && inLocal.local().isCell()) {
				this.body.emit(new IrStmt.Declare(inLocal.local(), new IrExpr.Read(inLocal.local())));
			}
		}
	}

}
