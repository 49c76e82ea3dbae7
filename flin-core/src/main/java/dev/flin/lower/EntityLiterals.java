package dev.flin.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrRecord;
import dev.flin.ir.IrStmt;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type;

/**
 * Lowers literals of entities whose values surely fit: each goes straight into its field. Any other literal is put
 * together when it runs, where all that does not fit is reported at once.
 */
final class EntityLiterals {

	private final BodyLowering body;

	private final Symbol.Entity entity;

	EntityLiterals(BodyLowering body, Symbol.Entity entity) {
		this.body = body;
		this.entity = entity;
	}

	/** The entity of a literal whose values surely fit; null for other literals. */
	static Symbol.@Nullable Entity entity(BodyLowering body, Expr.EntityOf e) {
		if (!(Kinds.present(body.type(e)) instanceof Type.EntityOf made) || !body.records().areHeld(made.symbol())) {
			return null;
		}
		Set<String> given = new HashSet<>();
		for (Part.Entry entry : e.entries()) {
			String name = name(entry);
			Part.Field field = (name != null) ? made.symbol().field(name) : null;
			if (name == null || field == null || field.computed() != null || !given.add(name)
					|| !fits(body.type(entry.value()), body.entities.typeOf(made.symbol(), field))) {
				return null;
			}
		}
		return made.symbol();
	}

	private static boolean fits(Type given, Type wanted) {
		if (!RecordFields.isUnchecked(wanted)) {
			return false;
		}
		return given.equals(wanted) || given.equals(Kinds.present(wanted))
				|| given == Type.Basic.NONE && wanted instanceof Type.Optional
				|| given == Type.Basic.INT && Kinds.present(wanted) == Type.Basic.NUMBER;
	}

	private static @Nullable String name(Part.Entry entry) {
		Expr key = entry.key();
		return (key != null) ? ExprLowering.constantText(key) : null;
	}

	IrExpr make(Expr.EntityOf e) {
		List<Part.Field> given = new ArrayList<>();
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		for (Part.Entry entry : e.entries()) {
			String name = name(entry);
			Part.Field field = (name != null) ? this.entity.field(name) : null;
			if (field != null) {
				given.add(field);
				Type type = this.body.entities.typeOf(this.entity, field);
				parts.add(() -> this.body.value(entry.value(), type));
			}
		}
		List<IrExpr> values = this.body.operands(parts);
		String owner = this.body.records().requireClass(this.entity);
		Local made = this.body.temporary(Kind.ENTITY);
		List<IrExpr> kept = new ArrayList<>();
		for (IrExpr value : values) {
			kept.add(isSafe(value) ? value : this.body.keep(value));
		}
		JavaMethod maker = new JavaMethod(owner, IrRecord.MAKER, "(" + EntityLowering.CONTEXT + ")L" + owner + ";",
				List.of(Kind.ANY), Kind.ENTITY, false);
		this.body.emit(new IrStmt.Set(made,
				new IrExpr.Invoke(maker, List.of(new IrExpr.Context()), this.body.lineOf(e))));
		for (int i = 0; i < kept.size(); i++) {
			initialize(made, given.get(i), kept.get(i));
		}
		for (Part.Field field : this.entity.declaration().fields()) {
			if (!given.contains(field) && field.computed() == null) {
				byDefault(made, field);
			}
		}
		return new IrExpr.Read(made);
	}

	/** Whether making the instance before the value changes nothing. */
	private static boolean isSafe(IrExpr value) {
		return switch (value) {
			case IrExpr.Const constant -> true;
			case IrExpr.Read read -> !read.local().isCell();
			case IrExpr.Convert convert -> convert.value().kind().isPrimitive() && isSafe(convert.value());
			default -> false;
		};
	}

	private void initialize(Local made, Part.Field field, IrExpr value) {
		this.body.emit(new IrStmt.Eval(
				this.body.records().initialize(new IrExpr.Read(made), this.entity, field, value)));
	}

	/** A constant goes straight into its field, and none is there already; the rest is left to the run side. */
	private void byDefault(Local made, Part.Field field) {
		Type type = this.body.entities.typeOf(this.entity, field);
		Expr written = field.defaultValue();
		boolean decorated = field.decorators().stream().anyMatch(decorator -> decorator.name().equals("default"));
		if (!decorated && written == null && type instanceof Type.Optional) {
			return;
		}
		IrExpr constant = (!decorated && written != null) ? constant(written, type) : null;
		if (constant != null) {
			initialize(made, field, constant);
			return;
		}
		int slot = RecordFields.slot(this.entity, field);
		this.body.emit(new IrStmt.Eval(RunSide.call(EntityLowering.ENTITIES, "initialize",
				"(Ldev/flin/value/EntityInstance;I)V", 0, new IrExpr.Read(made),
				new IrExpr.Const(slot, Kind.INDEX))));
	}

	private static @Nullable IrExpr constant(Expr written, Type type) {
		return switch (written) {
			case Expr.Int number when type == Type.Basic.INT -> new IrExpr.Const(number.value(), Kind.LONG);
			case Expr.Int number when type == Type.Basic.NUMBER ->
				new IrExpr.Const((double) number.value(), Kind.DOUBLE);
			case Expr.Number number when type == Type.Basic.NUMBER -> new IrExpr.Const(number.value(), Kind.DOUBLE);
			case Expr.Bool bool when type == Type.Basic.BOOL -> new IrExpr.Const(bool.value(), Kind.BOOL);
			default -> null;
		};
	}

}
