package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrFunction;
import dev.flin.ir.Kind;
import dev.flin.ir.Local;
import dev.flin.resolve.Children;
import dev.flin.resolve.Frame;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Expr.BinaryOp;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.types.Access;
import dev.flin.types.Type;

/**
 * Lowers operations of queries. Of a condition, what compares a field with a value becomes a comparison that the store
 * can use an index for; the rest becomes a function of the record.
 */
final class QueryLowering {

	private static final String ENTITIES = EntityLowering.ENTITIES;

	private static final String CONDITION = ")" + RunSide.OBJ;

	private static final Map<BinaryOp, String> COMPARISONS = Map.of(BinaryOp.EQ, "==", BinaryOp.NE, "!=", BinaryOp.LT,
			"<", BinaryOp.LE, "<=", BinaryOp.GT, ">", BinaryOp.GE, ">=");

	/** Operations that may be given a condition of their own. */
	private static final Set<String> COUNTING = Set.of("count", "exists");

	private static final Set<String> CONTAINS = Set.of("contains", "includes");

	private final BodyLowering body;

	QueryLowering(BodyLowering body) {
		this.body = body;
	}

	/** The query that an operation is asked of: the entity's name, or a query. */
	IrExpr receiver(Symbol.Entity entity, Expr receiver) {
		Type type = this.body.type(receiver);
		boolean name = type instanceof Type.EntityType
				|| this.body.body.resolution().symbol(receiver.id()) instanceof Symbol.Entity;
		return name ? all(entity, this.body.lineOf(receiver)) : Coercion.represent(this.body.value(receiver), Kind.ANY);
	}

	private static IrExpr all(Symbol.Entity entity, int line) {
		return RunSide.call(ENTITIES, "query",
				"(" + EntityLowering.CONTEXT + RunSide.STR + ")Ldev/flin/runtime/entity/EntityQuery;", line,
				new IrExpr.Context(), new IrExpr.Const(entity.name(), Kind.TEXT));
	}

	/**
	 * An operation.
	 * @param node the call, or the member without parentheses
	 */
	IrExpr operation(Node node, Access.QueryOperation operation, @Nullable Expr receiver, List<Part.Arg> args) {
		int line = this.body.lineOf(node);
		if (operation.operation().equals("create")) {
			return Coercion.represent(create(operation, args, line), Kinds.of(this.body.type(node)));
		}
		IrExpr query = (operation.onEntity() || receiver == null) ? all(operation.entity(), line)
				: Coercion.represent(this.body.value(receiver), Kind.ANY);
		IrExpr kept = keep(query);
		if (operation.operation().equals("where")) {
			return where(operation.entity(), kept, args, line);
		}
		if (COUNTING.contains(operation.operation()) && !args.isEmpty()) {
			return operation(node, operation, keep(where(operation.entity(), kept, args, line)), List.of());
		}
		return operation(node, operation, kept, args);
	}

	private IrExpr operation(Node node, Access.QueryOperation operation, IrExpr query, List<Part.Arg> args) {
		int line = this.body.lineOf(node);
		List<IrExpr> values = new ArrayList<>();
		List<IrExpr> named = new ArrayList<>();
		for (int i = 0; i < args.size(); i++) {
			Part.Arg arg = args.get(i);
			boolean ofFields = i < operation.conditions().size() && operation.conditions().get(i)
					&& !isFree(arg.value());
			IrExpr value = keep(ofFields ? fieldOrCode(operation.entity(), arg.value()) : boxed(arg.value()));
			if (arg.name() != null) {
				named.add(new IrExpr.Const(arg.name(), Kind.TEXT));
				named.add(value);
			}
			else {
				values.add(value);
			}
		}
		Type type = this.body.type(node);
		IrExpr result = (named.isEmpty() && values.size() == 1)
				? RunSide.call(ENTITIES, "operationWith", "(" + RunSide.OBJ + RunSide.STR + RunSide.OBJ + ")"
						+ RunSide.OBJ,
						line, query, new IrExpr.Const(operation.operation(), Kind.TEXT), values.getFirst())
				: operation(operation.operation(), query, values, named, line);
		return Coercion.represent(operation.operation().equals("sum") ? Coercion.total(result, type) : result,
				Kinds.of(type));
	}

	private static IrExpr operation(String name, IrExpr query, List<IrExpr> values, List<IrExpr> named, int line) {
		IrExpr map = named.isEmpty() ? new IrExpr.Const(null, Kind.MAP)
				: RunSide.call(RunSide.MAP, "of", "([" + RunSide.OBJ + ")L" + RunSide.MAP + ";", line,
						new IrExpr.Pack(named));
		return RunSide.call(ENTITIES, "operation",
				"(" + RunSide.OBJ + RunSide.STR + "L" + RunSide.MAP + ";[" + RunSide.OBJ + ")" + RunSide.OBJ, line,
				query, new IrExpr.Const(name, Kind.TEXT), map, new IrExpr.Pack(values));
	}

	private IrExpr create(Access.QueryOperation operation, List<Part.Arg> args, int line) {
		List<IrExpr> entries = new ArrayList<>();
		for (Part.Arg arg : args) {
			IrExpr value = keep(boxed(arg.value()));
			entries.add((arg.name() != null) ? new IrExpr.Const(arg.name(), Kind.TEXT) : Coercion.NONE);
			entries.add(value);
		}
		return EntityLowering.create(operation.entity().name(), entries, line);
	}

	private IrExpr where(Symbol.Entity entity, IrExpr query, List<Part.Arg> args, int line) {
		IrExpr narrowed = query;
		for (Part.Arg arg : args) {
			IrExpr condition = condition(entity, query, arg.value());
			narrowed = RunSide.call(ENTITIES, "where",
					"(" + RunSide.OBJ + RunSide.OBJ + ")Ldev/flin/runtime/entity/EntityQuery;", line, narrowed,
					condition);
		}
		return narrowed;
	}

	private IrExpr boxed(Expr expr) {
		return Coercion.represent(this.body.value(expr), Kind.ANY);
	}

	private IrExpr keep(IrExpr value) {
		return this.body.keep(value);
	}

	/** A field by its name, anything else as a function of the record. */
	private IrExpr fieldOrCode(Symbol.Entity entity, Expr expr) {
		String field = field(expr);
		return (field != null) ? new IrExpr.Const(field, Kind.TEXT) : Coercion.represent(function(entity, expr),
				Kind.ANY);
	}

	// Conditions

	private IrExpr condition(Symbol.Entity entity, IrExpr query, Expr e) {
		int line = this.body.lineOf(e);
		if (isFree(e)) {
			return RunSide.call(ENTITIES, "constant", "(Z" + CONDITION, line, this.body.condition(e));
		}
		IrExpr special = switch (e) {
			case Expr.Binary b -> binary(entity, query, b, line);
			case Expr.Unary u when u.op() == Expr.UnaryOp.NOT ->
				not(condition(entity, query, u.operand()), line);
			case Expr.Call c -> call(query, c, line);
			case Expr.Name n when this.body.type(n) == Type.Basic.BOOL ->
				compare(query, field(n), "==", new IrExpr.Const(true, Kind.BOOL), line);
			default -> null;
		};
		return (special != null) ? special : code(entity, query, e, line);
	}

	private @Nullable IrExpr binary(Symbol.Entity entity, IrExpr query, Expr.Binary b, int line) {
		if (b.op() == BinaryOp.AND || b.op() == BinaryOp.OR) {
			IrExpr left = keep(condition(entity, query, b.left()));
			IrExpr right = keep(condition(entity, query, b.right()));
			return RunSide.call(ENTITIES, (b.op() == BinaryOp.AND) ? "and" : "or",
					"(" + RunSide.OBJ + RunSide.OBJ + CONDITION, line, left, right);
		}
		String left = field(b.left());
		String right = field(b.right());
		String operator = COMPARISONS.get(b.op());
		if (operator != null) {
			if (left != null && isFree(b.right())) {
				return compare(query, left, operator, boxed(b.right()), line);
			}
			return (right != null && isFree(b.left()))
					? compare(query, right, mirrored(operator), boxed(b.left()), line) : null;
		}
		if (b.op() == BinaryOp.IN || b.op() == BinaryOp.NOT_IN) {
			IrExpr test = null;
			if (left != null && isFree(b.right())) {
				test = onField("in", query, left, boxed(b.right()), line);
			}
			else if (right != null && isFree(b.left())) {
				test = onField("contains", query, right, boxed(b.left()), line);
			}
			return (test == null || b.op() == BinaryOp.IN) ? test : not(test, line);
		}
		return null;
	}

	/** The operator that says the same with its sides exchanged. */
	private static String mirrored(String operator) {
		return switch (operator) {
			case "<" -> ">";
			case "<=" -> ">=";
			case ">" -> "<";
			case ">=" -> "<=";
			default -> operator;
		};
	}

	private @Nullable IrExpr call(IrExpr query, Expr.Call c, int line) {
		if (!(c.callee() instanceof Expr.Member member) || member.optional() || c.args().size() != 1
				|| !isFree(c.args().getFirst().value())) {
			return null;
		}
		String field = field(member.target());
		if (field == null) {
			return null;
		}
		if (CONTAINS.contains(member.name())) {
			return onField("contains", query, field, boxed(c.args().getFirst().value()), line);
		}
		return member.name().equals("starts_with")
				? onField("startsWith", query, field, boxed(c.args().getFirst().value()), line) : null;
	}

	private static IrExpr compare(IrExpr query, @Nullable String field, String operator, IrExpr value, int line) {
		return RunSide.call(ENTITIES, "compare",
				"(" + RunSide.OBJ + RunSide.STR + RunSide.STR + RunSide.OBJ + CONDITION, line, query,
				new IrExpr.Const(field, Kind.TEXT), new IrExpr.Const(operator, Kind.TEXT),
				Coercion.represent(value, Kind.ANY));
	}

	private static IrExpr onField(String method, IrExpr query, String field, IrExpr value, int line) {
		return RunSide.call(ENTITIES, method, "(" + RunSide.OBJ + RunSide.STR + RunSide.OBJ + CONDITION, line, query,
				new IrExpr.Const(field, Kind.TEXT), value);
	}

	private static IrExpr not(IrExpr condition, int line) {
		return RunSide.call(ENTITIES, "not", "(" + RunSide.OBJ + CONDITION, line, condition);
	}

	private IrExpr code(Symbol.Entity entity, IrExpr query, Expr e, int line) {
		Set<String> fields = new TreeSet<>();
		collectFields(e, fields);
		List<IrExpr> names = new ArrayList<>();
		fields.forEach(field -> names.add(new IrExpr.Const(field, Kind.TEXT)));
		return RunSide.call(ENTITIES, "code",
				"(" + RunSide.OBJ + "Ldev/flin/value/FlinFunction;" + RunSide.STR + "[" + RunSide.OBJ + CONDITION, line,
				query, function(entity, e), new IrExpr.Const(this.body.source(e), Kind.TEXT), new IrExpr.Pack(names));
	}

	/** An expression over fields as a function of the record; variables keep the values they have here. */
	private IrExpr function(Symbol.Entity entity, Expr e) {
		Local self = new Local("self", Kind.ENTITY, this.body.records().className(entity));
		IrFunction function = new IrFunction(this.body.unit.className(), this.body.unit.uniqueName("condition"),
				List.of(self), Kind.ANY);
		function.displayName("");
		BodyLowering inner = new BodyLowering(this.body.unit, this.body.body, Frame.inside(this.body.frame()),
				this.body, function, Type.Basic.ANY);
		inner.isPart(e.span());
		inner.filtersQuery = true;
		inner.self(self, new Type.EntityOf(entity));
		inner.complete(() -> {
			inner.line(e);
			inner.emit(e, Dest.RETURN);
		});
		this.body.unit.add(function);
		this.body.unit.useAsValue(function);
		return new IrExpr.Closure(function, inner.captured());
	}

	// Fields

	/** The field that a bare name stands for. */
	private @Nullable String field(Expr e) {
		return (e instanceof Expr.Name name && this.body.body.access(name.id()) instanceof Access.QueryField field)
				? field.name() : null;
	}

	/** Whether an expression looks at no field. */
	private boolean isFree(Node node) {
		Set<String> fields = new TreeSet<>();
		collectFields(node, fields);
		return fields.isEmpty();
	}

	private void collectFields(Node node, Set<String> fields) {
		if (node instanceof Expr.Name name && this.body.body.access(name.id()) instanceof Access.QueryField field) {
			fields.add(field.name());
		}
		Children.of(node).forEach(child -> collectFields(child, fields));
	}

}
