package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrStmt;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.types.Access;
import dev.flin.types.Type;

/** Lowers literals of entities, statements of the store, time travel and transactions. */
final class EntityLowering {

	static final String ENTITIES = "dev/flin/runtime/entity/Entities";

	static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	/** From a value to another. */
	private static final String ONE = "(" + CONTEXT + RunSide.OBJ + ")" + RunSide.OBJ;

	private static final String ENTITY = "Ldev/flin/value/EntityInstance;";

	private final BodyLowering body;

	EntityLowering(BodyLowering body) {
		this.body = body;
	}

	/** {@code Product { name: "x", ...body }}. */
	IrExpr literal(Expr.EntityOf e) {
		Symbol.Entity entity = EntityLiterals.entity(this.body, e);
		if (entity != null) {
			return new EntityLiterals(this.body, entity).make(e);
		}
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		for (Part.Entry entry : e.entries()) {
			Expr key = entry.key();
			String name = (key != null) ? ExprLowering.constantText(key) : null;
			parts.add(() -> (name != null) ? new IrExpr.Const(name, Kind.TEXT) : Coercion.NONE);
			parts.add(() -> boxed(entry.value()));
		}
		return create(e.name(), this.body.operands(parts), this.body.lineOf(e));
	}

	static IrExpr create(String entity, List<IrExpr> entries, int line) {
		return RunSide.call(ENTITIES, "create", "(" + CONTEXT + RunSide.STR + "[" + RunSide.OBJ + ")" + ENTITY, line,
				new IrExpr.Context(), new IrExpr.Const(entity, Kind.TEXT), new IrExpr.Pack(entries));
	}

	private IrExpr boxed(Expr expr) {
		return Coercion.represent(this.body.value(expr), Kind.ANY);
	}

	private IrExpr boxedOrNone(@Nullable Expr expr) {
		return (expr != null) ? boxed(expr) : Coercion.NONE;
	}

	/** {@code save e valid from t1 to t2}, {@code delete e}, {@code hold e "why"}. */
	IrExpr operation(Expr.StoreOp e) {
		int line = this.body.lineOf(e);
		IrExpr done = switch (e.verb()) {
			case SAVE -> save(e, line);
			case DELETE -> delete(e.value(), line);
			case RESTORE -> RunSide.call(ENTITIES, "restore", ONE, line, new IrExpr.Context(), boxed(e.value()));
			case DESTROY -> RunSide.call(ENTITIES, "destroy", ONE, line, new IrExpr.Context(), boxed(e.value()));
			case RELEASE -> RunSide.call(ENTITIES, "release", ONE, line, new IrExpr.Context(), boxed(e.value()));
			case HOLD -> {
				List<IrExpr> values = this.body
					.operands(List.of(() -> boxed(e.value()), () -> boxedOrNone(e.reason())));
				yield RunSide.call(ENTITIES, "hold", "(" + CONTEXT + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ,
						line, new IrExpr.Context(), values.get(0), values.get(1));
			}
		};
		return Coercion.represent(done, this.body.kind(e));
	}

	IrExpr delete(Expr value, int line) {
		return RunSide.call(ENTITIES, "delete", ONE, line, new IrExpr.Context(), boxed(value));
	}

	private IrExpr save(Expr.StoreOp e, int line) {
		if (e.validFrom() == null) {
			return RunSide.call(ENTITIES, "save", "(" + CONTEXT + RunSide.OBJ + ")" + RunSide.OBJ, line,
					new IrExpr.Context(), boxed(e.value()));
		}
		List<IrExpr> values = this.body.operands(
				List.of(() -> boxed(e.value()), () -> boxedOrNone(e.validFrom()), () -> boxedOrNone(e.validTo())));
		return RunSide.call(ENTITIES, "saveValid",
				"(" + CONTEXT + RunSide.OBJ + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, line, new IrExpr.Context(),
				values.get(0), values.get(1), values.get(2));
	}

	/** {@code e @ t}, {@code E @ t}, {@code e @ t as_of s}. */
	IrExpr at(Expr.AtTime e) {
		Access access = this.body.body.access(e.id());
		Supplier<IrExpr> target = () -> (access instanceof Access.QueryAsOf asOf) ? this.body.queries
			.receiver(asOf.entity(), e.target()) : boxed(e.target());
		List<IrExpr> values = this.body
			.operands(List.of(target, () -> boxed(e.time()), () -> boxedOrNone(e.asOf())));
		IrExpr found = RunSide.call(ENTITIES, "at",
				"(" + CONTEXT + RunSide.OBJ + RunSide.OBJ + RunSide.OBJ + ")" + RunSide.OBJ, this.body.lineOf(e),
				new IrExpr.Context(), values.get(0), values.get(1), values.get(2));
		return Coercion.represent(found, this.body.kind(e));
	}

	/**
	 * {@code transaction { }}: a loop, because a transaction that lost against another runs once more. Leaving the
	 * block in any way commits; only an error takes it back.
	 */
	void transaction(Expr.Transaction e, Dest dest) {
		int line = this.body.lineOf(e);
		Local scope = this.body.temporary(Kind.ANY);
		this.body.emit(new IrStmt.Set(scope, RunSide.call(ENTITIES, "transaction", "(" + CONTEXT + ")" + RunSide.OBJ,
				line, new IrExpr.Context())));
		LateReturn end = new LateReturn(this.body, dest);
		IrStmt.Label again = new IrStmt.Label("transaction");
		this.body.enterTry();
		List<IrStmt> work = this.body.collectScope(null, () -> {
			this.body.block(e.body(), end.inside());
			this.body.emit(onScope("commit", scope, line));
		});
		this.body.leaveTry();
		Local error = this.body.temporary(Kind.ERROR);
		IrExpr repeat = RunSide.call(ENTITIES, "failed", "(" + RunSide.OBJ + "Ldev/flin/value/FlinError;)Z", line,
				new IrExpr.Read(scope), new IrExpr.Read(error));
		List<IrStmt> handler = List.of(new IrStmt.If(repeat, List.of(new IrStmt.Continue(again)),
				List.of(new IrStmt.Throw(new IrExpr.Read(error)))));
		List<IrStmt> once = new ArrayList<>();
		once.add(onScope("start", scope, line));
		once.add(new IrStmt.Try(work, error, handler, List.of(onScope("end", scope, line))));
		once.add(new IrStmt.Break(again));
		this.body.emit(new IrStmt.Loop(again, null, once, List.of(), false));
		end.emitReturn();
	}

	private static IrStmt onScope(String method, Local scope, int line) {
		return new IrStmt.Eval(
				RunSide.call(ENTITIES, method, "(" + RunSide.OBJ + ")V", line, new IrExpr.Read(scope)));
	}

	/** {@code name = value} in a hook or method: a field of the instance. */
	void assign(Symbol.SelfField field, Expr value, Node node) {
		Part.Field declared = ownField(field.name());
		if (declared != null && this.body.selfType() instanceof Type.EntityOf self
				&& this.body.type(value).equals(typeOf(self.symbol(), declared))) {
			this.body.emit(new IrStmt.Eval(this.body.records().write(this.body.selfValue(), self.symbol(), declared,
					this.body.value(value), "self", this.body.lineOf(node))));
			return;
		}
		IrExpr stored = boxed(value);
		this.body.emit(new IrStmt.Eval(RunSide.call(RunSide.MEMBERS, "setMember",
				"(" + RunSide.OBJ + RunSide.STR + RunSide.OBJ + RunSide.STR + ")V", this.body.lineOf(node),
				Coercion.represent(this.body.selfValue(), Kind.ANY), new IrExpr.Const(field.name(), Kind.TEXT), stored,
				new IrExpr.Const("self", Kind.TEXT))));
	}

	/** A declared field of the surrounding instance that always has a value of its type; null for other names. */
	Part.@Nullable Field ownField(String name) {
		Part.Field field = (this.body.selfType() instanceof Type.EntityOf self) ? self.symbol().field(name) : null;
		return (field == null || isForgotten(field)) ? null : field;
	}

	Type typeOf(Symbol.Entity entity, Part.Field field) {
		return this.body.unit.program().checked().fieldType(entity, field.name());
	}

	/** Whether old versions may have forgotten the field, whatever its type says. */
	static boolean isForgotten(Part.Field field) {
		for (Part.Decorator decorator : field.decorators()) {
			if (decorator.name().equals("retention")) {
				return true;
			}
		}
		return false;
	}

	/** A field of the record that a condition looks at. */
	IrExpr conditionField(Access.QueryField field, Expr.Name e) {
		Type type = this.body.type(e);
		IrExpr value = RunSide.call(RunSide.MEMBERS, "getKey",
				"(" + RunSide.OBJ + RunSide.STR + RunSide.STR + ")" + RunSide.OBJ, this.body.lineOf(e),
				Coercion.represent(this.body.selfValue(), Kind.ANY), new IrExpr.Const(field.name(), Kind.TEXT),
				new IrExpr.Const(field.entity().name(), Kind.TEXT));
		return Coercion.represent(value, Kinds.of(type));
	}

}
