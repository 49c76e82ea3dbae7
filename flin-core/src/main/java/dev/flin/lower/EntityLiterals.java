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
 * Lowers literals of entities whose values fit: each goes straight into its field. Where it turns out when it runs
 * whether they do, as that of any other literal does, the run side puts together those of which not all fit, and
 * reports all that does not at once.
 */
final class EntityLiterals {

	private final BodyLowering body;

	private final Symbol.Entity entity;

	EntityLiterals(BodyLowering body, Symbol.Entity entity) {
		this.body = body;
		this.entity = entity;
	}

	/** So many values may have to be looked at. */
	private static final int OPEN_MAX = 8;

	/** The entity of a literal whose values surely fit, or of which a look tells; null for other literals. */
	static Symbol.@Nullable Entity entity(BodyLowering body, Expr.EntityOf e) {
		if (!(Kinds.present(body.type(e)) instanceof Type.EntityOf made) || !body.records().areHeld(made.symbol())) {
			return null;
		}
		Set<String> given = new HashSet<>();
		int open = 0;
		for (Part.Entry entry : e.entries()) {
			String name = name(entry);
			Part.Field field = (name != null) ? made.symbol().field(name) : null;
			if (name == null || field == null || field.computed() != null || !given.add(name)) {
				return null;
			}
			Type wanted = body.entities.typeOf(made.symbol(), field);
			if (isOpen(body, entry.value(), wanted)) {
				open++;
			}
			else if (!fits(body.type(entry.value()), wanted)) {
				return null;
			}
		}
		return (open <= OPEN_MAX) ? made.symbol() : null;
	}

	/** Whether a value may be anything, and one look tells whether it fits. */
	private static boolean isOpen(BodyLowering body, Expr value, Type wanted) {
		return Kinds.isDynamic(body.type(value)) && switch (Kinds.present(wanted)) {
			case Type.Basic basic -> switch (basic) {
				case INT, NUMBER, BOOL, TEXT -> true;
				case DECIMAL, TIME, DURATION, MONEY, FILE, HTML, ANY, RANGE, REGEX, FAILURE, NONE, NEVER, BROKEN ->
					false;
			};
			case Type.EntityOf entity -> body.records().className(entity.symbol()) != null;
			default -> false;
		};
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
				boolean open = isOpen(this.body, entry.value(), type);
				parts.add(() -> open ? Coercion.represent(this.body.value(entry.value()), Kind.ANY)
						: this.body.value(entry.value(), type));
			}
		}
		List<IrExpr> values = this.body.operands(parts);
		List<IrExpr> kept = new ArrayList<>();
		IrExpr fitting = null;
		for (int i = 0; i < values.size(); i++) {
			IrExpr value = values.get(i);
			Type type = this.body.entities.typeOf(this.entity, given.get(i));
			IrExpr read = isSafe(value) ? value : this.body.keep(value);
			kept.add(read);
			if (isOpen(this.body, e.entries().get(i).value(), type)) {
				IrExpr fits = fitting(read, type);
				fitting = (fitting != null) ? new IrExpr.And(fitting, fits) : fits;
			}
		}
		Local made = this.body.temporary(Kind.ENTITY);
		int line = this.body.lineOf(e);
		if (fitting == null) {
			make(made, given, kept, line);
		}
		else {
			this.body.emit(new IrStmt.If(fitting, this.body.collect(() -> make(made, given, kept, line)),
					List.of(new IrStmt.Set(made, created(e.name(), given, kept, line)))));
		}
		return new IrExpr.Read(made);
	}

	private void make(Local made, List<Part.Field> given, List<IrExpr> values, int line) {
		String owner = this.body.records().requireClass(this.entity);
		JavaMethod maker = new JavaMethod(owner, IrRecord.MAKER, "(" + EntityLowering.CONTEXT + ")L" + owner + ";",
				List.of(Kind.ANY), Kind.ENTITY, false);
		this.body.emit(new IrStmt.Set(made, new IrExpr.Invoke(maker, List.of(new IrExpr.Context()), line)));
		for (int i = 0; i < values.size(); i++) {
			initialize(made, given.get(i), values.get(i));
		}
		for (Part.Field field : this.entity.declaration().fields()) {
			if (!given.contains(field) && field.computed() == null) {
				byDefault(made, field);
			}
		}
	}

	/** What the run side puts together. */
	private IrExpr created(String name, List<Part.Field> given, List<IrExpr> values, int line) {
		List<IrExpr> entries = new ArrayList<>();
		for (int i = 0; i < values.size(); i++) {
			entries.add(new IrExpr.Const(given.get(i).name(), Kind.TEXT));
			entries.add(Coercion.represent(values.get(i), Kind.ANY));
		}
		return EntityLowering.create(name, entries, line);
	}

	/** Whether a field can hold a value as it is. */
	private IrExpr fitting(IrExpr value, Type type) {
		if (type instanceof Type.Optional optional) {
			return new IrExpr.Or(new IrExpr.IsNone(value), fitting(value, optional.inner()));
		}
		String owner = this.body.records().className(type);
		if (owner == null) {
			return new IrExpr.IsKind(value, Kinds.of(type));
		}
		JavaMethod tester = new JavaMethod(owner, IrRecord.TESTER, "(" + EntityLowering.CONTEXT + RunSide.OBJ + ")Z",
				List.of(Kind.ANY, Kind.ANY), Kind.BOOL, false);
		return new IrExpr.Invoke(tester, List.of(new IrExpr.Context(), value), 0);
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
