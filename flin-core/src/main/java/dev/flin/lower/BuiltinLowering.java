package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import dev.flin.ir.IrExpr;
import dev.flin.ir.IrMessage;
import dev.flin.ir.JavaMethod;
import dev.flin.ir.Kind;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.TypeExpr;
import dev.flin.types.Access;
import dev.flin.types.BuiltinSignatures;
import dev.flin.types.Type;

/** Lowers calls of built-ins: static Java methods, in the overload on unboxed values where the types allow it. */
final class BuiltinLowering {

	private static final String CONTEXT = "Ldev/flin/runtime/FlinContext;";

	private static final Set<String> TOTALS = Set.of("sum", "sum_by");

	/** Bounds that only values with operators meet. */
	private static final Set<String> CALCULATED = Set.of("Number", "Numeric", "Summable");

	private final BodyLowering body;

	BuiltinLowering(BodyLowering body) {
		this.body = body;
	}

	IrExpr call(Access.BuiltinCall call, CallLowering.Site site, CallLowering.@Nullable Given given) {
		BuiltinSignatures.Row row = call.row();
		if (row.browserOnly()) {
			return this.body.unsupported(site.node(), "'" + row.name() + "' outside a browser");
		}
		if (row.name().equals("t")) {
			message(site);
		}
		List<Part.Param> params = row.signature().params();
		List<Type> types = new ArrayList<>();
		for (Part.Param param : params) {
			types.add(parameterType(param));
		}
		if (given == null && site.receiver() != null && takesNumbers(row)) {
			Operand receiver = new Operand(Coercion.NONE, this.body.type(site.receiver()), site.receiver());
			types.set(0, (receiver.mayLack() && receiver.isQuantity()) ? Kinds.present(receiver.type())
					: types.getFirst());
		}
		List<@Nullable IrExpr> args = this.body.calls.arrange(site, call.plan(), types, given);
		for (int i = 0; i < args.size(); i++) {
			if (args.get(i) == null) {
				args.set(i, defaultOf(params.get(i)));
			}
		}
		int last = params.size() - 1;
		if (last > 0 && params.get(last).rest() && params.get(last).target() instanceof Pattern.Name rest
				&& rest.name().equals("named")) {
			args.set(last - 1, new IrExpr.Const(names(site), Kind.TEXT));
		}
		List<IrExpr> complete = new ArrayList<>();
		for (IrExpr arg : args) {
			complete.add((arg != null) ? arg : Coercion.NONE);
		}
		return invoke(row, complete, this.body.type(site.node()), this.body.lineOf(site.node()));
	}

	/** Whether the receiver is any number: none fails by the name of the receiver then. */
	private static boolean takesNumbers(BuiltinSignatures.Row row) {
		List<Part.Param> params = row.signature().params();
		return !params.isEmpty() && params.getFirst().type() instanceof TypeExpr.Named named
				&& row.signature().typeParams().stream().anyMatch(param -> param.name().equals(named.name())
						&& param.bounds().stream().anyMatch(bound -> bound instanceof TypeExpr.Named some
								&& CALCULATED.contains(some.name())));
	}

	/** Remembers which message is asked for, where that is constant. */
	private void message(CallLowering.Site site) {
		for (Part.Arg arg : site.args()) {
			String key = (arg.name() == null || arg.name().equals("key")) ? ExprLowering.constantText(arg.value())
					: null;
			if (key != null) {
				this.body.unit.unit().messages().add(new IrMessage(key, arg.value().span()));
				return;
			}
			if (arg.name() == null) {
				return;
			}
		}
	}

	/** The names of the arguments that are collected, in written order; empty for one without a name. */
	private static String names(CallLowering.Site site) {
		StringJoiner names = new StringJoiner(",");
		for (Part.Arg arg : site.args()) {
			if (arg.name() != null && !arg.name().equals("key") && !arg.name().equals("values")) {
				names.add(arg.name());
			}
		}
		return names.toString();
	}

	/** A built-in value such as {@code now}, or a built-in function as a value. */
	IrExpr reference(BuiltinSignatures.Row row, Type type, int line) {
		if (row.value()) {
			return invoke(row, List.of(), type, line);
		}
		return RunSide.call(RunSide.VALUES, "builtin",
				"(Ldev/flin/runtime/FlinContext;" + RunSide.STR + ")Ldev/flin/value/FlinFunction;", line,
				new IrExpr.Context(), new IrExpr.Const(row.name(), Kind.TEXT));
	}

	private IrExpr invoke(BuiltinSignatures.Row row, List<IrExpr> args, Type type, int line) {
		BuiltinTargets.Target target = this.body.unit.program().target(row);
		if (target.owner().isEmpty()) {
			return typed(ofHost(target.method(), args, line), type);
		}
		IrExpr lazy = RangePipelines.call(row.name(), args, line);
		if (lazy != null) {
			return typed(lazy, type);
		}
		List<JavaMethod> methods = this.body.unit.program().methods(row);
		JavaMethod method = methods.getFirst();
		List<IrExpr> given = args;
		List<IrExpr> bare = (methods.size() > 1) ? unboxed(args) : args;
		if (type == Type.Basic.NUMBER && row.signature().name().equals("pow")) {
			bare = asNumbers(bare);
		}
		for (int i = 1; i < methods.size(); i++) {
			if (fits(methods.get(i), bare)) {
				method = methods.get(i);
				given = bare;
				break;
			}
		}
		List<IrExpr> all = new ArrayList<>();
		int shift = method.params().size() - given.size();
		if (shift > 0) {
			all.add(new IrExpr.Context());
		}
		for (int i = 0; i < given.size(); i++) {
			all.add(Coercion.represent(given.get(i), method.params().get(i + shift)));
		}
		IrExpr called = new IrExpr.Invoke(method, all, line);
		return typed(TOTALS.contains(row.name()) ? Coercion.total(called, type) : called, type);
	}

	/** A function of the host is called by its signature. */
	private static IrExpr ofHost(String signature, List<IrExpr> args, int line) {
		List<IrExpr> boxed = args.stream().map((arg) -> Coercion.represent(arg, Kind.ANY)).toList();
		return RunSide.call("dev/flin/runtime/HostCalls", "call",
				"(" + CONTEXT + RunSide.STR + "[" + RunSide.OBJ + ")" + RunSide.OBJ, line, new IrExpr.Context(),
				new IrExpr.Const(signature, Kind.TEXT), new IrExpr.Pack(boxed));
	}

	/** Java gives a representation of the static type, boxed where it is generic. */
	private IrExpr typed(IrExpr result, Type type) {
		return (type == Type.Basic.NONE || type == Type.Basic.NEVER) ? result
				: Coercion.represent(result, Kinds.of(type));
	}

	private static List<IrExpr> unboxed(List<IrExpr> args) {
		List<IrExpr> bare = new ArrayList<>(args.size());
		for (IrExpr arg : args) {
			bare.add(unboxed(arg));
		}
		return bare;
	}

	/** A power that is a number is computed with numbers, though its operands may be ints. */
	private static List<IrExpr> asNumbers(List<IrExpr> args) {
		return args.stream()
			.map(arg -> (arg.kind() == Kind.LONG) ? Coercion.represent(arg, Kind.DOUBLE) : arg)
			.toList();
	}

	/** What stands in a box that was only made because the parameter takes anything. */
	private static IrExpr unboxed(IrExpr arg) {
		return (arg instanceof IrExpr.Convert box && box.kind() == Kind.ANY && box.value().kind().isPrimitive())
				? box.value() : arg;
	}

	/** The context, which is no argument, may come first. */
	private static boolean fits(JavaMethod method, List<IrExpr> args) {
		int shift = method.params().size() - args.size();
		if (shift > 0 && !method.descriptor().startsWith(CONTEXT, 1) || shift > 1 || shift < 0) {
			return false;
		}
		for (int i = 0; i < args.size(); i++) {
			if (method.params().get(i + shift) != args.get(i).kind()) {
				return false;
			}
		}
		return true;
	}

	private IrExpr defaultOf(Part.Param param) {
		Expr value = param.defaultValue();
		return switch (value) {
			case Expr.Int e -> Coercion.convert(new IrExpr.Const(e.value(), Kind.LONG), Type.Basic.INT,
					parameterType(param), "", 0);
			case Expr.Number e -> new IrExpr.Const(e.value(), Kind.DOUBLE);
			case Expr.Bool e -> new IrExpr.Const(e.value(), Kind.BOOL);
			case Expr.Text e -> new IrExpr.Const(ExprLowering.constantText(e), Kind.TEXT);
			case Expr.Unary e when e.operand() instanceof Expr.Int number ->
				new IrExpr.Const(-number.value(), Kind.LONG);
			case null, default -> Coercion.NONE;
		};
	}

	/** As much of a parameter's type as decides how arguments are converted. */
	private static Type parameterType(Part.Param param) {
		Type type = (param.type() != null) ? typeOf(param.type()) : Type.Basic.ANY;
		return param.rest() && !(type instanceof Type.ListOf) ? new Type.ListOf(type) : type;
	}

	private static Type typeOf(TypeExpr written) {
		return switch (written) {
			case TypeExpr.Named named -> basic(named.name());
			case TypeExpr.ListOf list -> new Type.ListOf(Type.Basic.ANY);
			case TypeExpr.Optional optional -> Type.optional(typeOf(optional.inner()));
			case TypeExpr.Fn fn -> {
				List<Type> params = new ArrayList<>(fn.params().size());
				for (TypeExpr param : fn.params()) {
					params.add(typeOf(param));
				}
				yield new Type.Fn(params, Type.Basic.ANY);
			}
			case TypeExpr.Tuple tuple -> Type.Basic.ANY;
			case TypeExpr.MapOf map -> new Type.MapOf(Type.Basic.ANY, Type.Basic.ANY);
			case TypeExpr.Record record -> Type.Basic.ANY;
			case TypeExpr.Union union -> Type.Basic.ANY;
			case TypeExpr.Broken broken -> Type.Basic.ANY;
		};
	}

	private static Type basic(String name) {
		return switch (name) {
			case "int" -> Type.Basic.INT;
			case "number" -> Type.Basic.NUMBER;
			case "decimal" -> Type.Basic.DECIMAL;
			case "bool" -> Type.Basic.BOOL;
			case "text" -> Type.Basic.TEXT;
			case "time" -> Type.Basic.TIME;
			case "duration" -> Type.Basic.DURATION;
			case "money" -> Type.Basic.MONEY;
			case "file" -> Type.Basic.FILE;
			case "html" -> Type.Basic.HTML;
			default -> Type.Basic.ANY;
		};
	}

}
