package dev.flin.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

/** Lowers calls of all kinds: arguments are evaluated as written and then put where the callee wants them. */
final class CallLowering {

	private final BodyLowering body;

	private final BuiltinLowering builtins;

	CallLowering(BodyLowering body) {
		this.body = body;
		this.builtins = new BuiltinLowering(body);
	}

	/**
	 * A call as it is written.
	 * @param receiver what stands before the dot or the pipe; null without
	 */
	record Site(Node node, @Nullable Expr receiver, List<Part.Arg> args, boolean optional) {
	}

	IrExpr call(Expr.Call e) {
		IrExpr byHost = HostSide.call(this.body, e);
		if (byHost != null) {
			return byHost;
		}
		if (e.callee() instanceof Expr.Member member && member.name().isEmpty()) {
			return callIfPresent(e, member.target());
		}
		Expr receiver = (e.callee() instanceof Expr.Member member) ? member.target() : null;
		Access found = this.body.body.access(e.id());
		Access access = (found instanceof Access.IfPresent(Access inner)) ? inner : found;
		boolean optional = access != found || e.callee() instanceof Expr.Member member && member.optional();
		Site site = new Site(e, takesReceiver(access) ? receiver : null, e.args(), optional);
		if (optional && receiver != null && this.body.kind(receiver) == Kind.ANY) {
			return optional(site, receiver, access, e.callee());
		}
		return dispatch(access, site, e.callee(), null);
	}

	/** What stands before the dot is no value where it is a namespace: {@code Math.max(1, 2)}. */
	private static boolean takesReceiver(@Nullable Access access) {
		Access.Plan plan = switch (access) {
			case Access.BuiltinCall call -> call.plan();
			case Access.FunctionCall call -> call.plan();
			case null, default -> null;
		};
		if (plan == null) {
			return true;
		}
		for (Access.Source source : plan.sources()) {
			if (source instanceof Access.Receiver
					|| source instanceof Access.Rest rest && rest.arguments().contains(-1)) {
				return true;
			}
		}
		return false;
	}

	IrExpr pipe(Expr.Pipe e) {
		Site site = new Site(e, e.value(), e.args(), false);
		return dispatch(this.body.body.access(e.id()), site, e.callee(), null);
	}

	/** A member without parentheses that calls. */
	IrExpr member(Expr.Member e, Access access) {
		Site site = new Site(e, takesReceiver(access) ? e.target() : null, List.of(), e.optional());
		if (e.optional() && this.body.kind(e.target()) == Kind.ANY) {
			return optional(site, e.target(), access, e);
		}
		return dispatch(access, site, e, null);
	}

	/** A member that calls, of what may be none: then it is none. */
	IrExpr ifPresent(Expr.Member e, Access access) {
		Site site = new Site(e, takesReceiver(access) ? e.target() : null, List.of(), true);
		return (this.body.kind(e.target()) == Kind.ANY) ? optional(site, e.target(), access, e)
				: dispatch(access, site, e, null);
	}

	/** {@code f?.(x)}: none when there is no function, and then no argument is evaluated. */
	private IrExpr callIfPresent(Expr.Call e, Expr callee) {
		IrExpr value = this.body.keep(Coercion.represent(this.body.value(callee), Kind.ANY));
		Type type = this.body.type(e);
		Local result = this.body.temporary(Kinds.of(type));
		Site site = new Site(e, null, e.args(), false);
		List<IrStmt> present = this.body.collect(() -> {
			IrExpr function = this.body.keep(asFunction(value, callee));
			Access access = this.body.body.access(e.id());
			IrExpr called = (access instanceof Access.ValueCall call)
					? typedResult(new IrExpr.CallValue(function,
							boxed(arrange(site, call.plan(), call.type().params(), null)), this.body.lineOf(e)),
							call.type().result(), e)
					: dynamic(site, function);
			this.body.emit(new IrStmt.Set(result, Coercion.represent(called, result.kind())));
		});
		List<IrStmt> absent = List.of(new IrStmt.Set(result, Coercion.represent(Coercion.NONE, result.kind())));
		this.body.emit(new IrStmt.If(new IrExpr.IsNone(value), absent, present));
		return new IrExpr.Read(result);
	}

	/** {@code a?.m(…)}: none when the receiver is none, and then no argument is evaluated. */
	private IrExpr optional(Site site, Expr receiver, @Nullable Access access, Expr callee) {
		IrExpr value = this.body.keep(this.body.value(receiver));
		Type type = this.body.type(site.node());
		Local result = this.body.temporary(Kinds.of(type));
		List<IrStmt> present = this.body.collect(() -> {
			Type inner = Kinds.present(this.body.type(receiver));
			IrExpr narrowed = Coercion.represent(value, Kinds.of(inner));
			IrExpr called = dispatch(access, site, callee, new Given(narrowed, inner));
			this.body.emit(new IrStmt.Set(result, Coercion.represent(called, result.kind())));
		});
		List<IrStmt> absent = List.of(new IrStmt.Set(result, Coercion.represent(Coercion.NONE, result.kind())));
		this.body.emit(new IrStmt.If(new IrExpr.IsNone(value), absent, present));
		return new IrExpr.Read(result);
	}

	/** A receiver that is already evaluated. */
	record Given(IrExpr value, Type type) {
	}

	private IrExpr dispatch(@Nullable Access access, Site site, Expr callee, @Nullable Given given) {
		return switch (access) {
			case Access.BuiltinCall call when TestSide.isAssert(this.body, call.row(), site) ->
				TestSide.assertion(this.body, site);
			case Access.BuiltinCall call -> this.builtins.call(call, site, given);
			case Access.FunctionCall call ->
				function(call.function(), call.parameterTypes(), call.result(), call.plan(), site, given);
			case Access.MethodCall call ->
				function(call.function(), call.parameterTypes(), call.result(), call.plan(), site, given);
			case Access.NestedCall call -> nested(call, site);
			case Access.TraitCall call -> dynamicMethod(call.method(), site, given);
			case Access.VariantMake make -> variant(make, site);
			case Access.ValueCall call -> value(call, site, callee);
			case Access.MemberValueCall call -> memberValue(call, site, callee);
			case Access.DynamicCall call -> dynamic(site, callee);
			case Access.DynamicMethod call -> dynamicMethod(call.name(), site, given);
			case Access.QueryOperation query ->
				this.body.queries.operation(site.node(), query, site.receiver(), site.args());
			case null, default -> this.body.unsupported(site.node(), "this call");
		};
	}

	// Arguments

	/** Receiver and arguments, evaluated in written order; index 0 is the receiver, also when there is none. */
	private List<@Nullable IrExpr> evaluate(Site site, @Nullable Given given, Type receiverType,
			List<Type> argumentTypes) {
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		Expr receiver = site.receiver();
		boolean hasReceiver = receiver != null || given != null;
		if (given != null) {
			parts.add(() -> this.body.convert(given.value(), given.type(), receiverType, site.node()));
		}
		else if (receiver != null) {
			parts.add(() -> needed(receiver, receiverType));
		}
		for (int i = 0; i < site.args().size(); i++) {
			Part.Arg arg = site.args().get(i);
			Type type = argumentTypes.get(i);
			parts.add(arg.spread() ? () -> this.body.expressions.asList(arg.value(), type)
					: () -> needed(arg.value(), type));
		}
		List<@Nullable IrExpr> values = new ArrayList<>(this.body.operands(parts));
		if (!hasReceiver) {
			values.add(0, null);
		}
		return values;
	}

	private IrExpr needed(Expr expr, Type wanted) {
		IrExpr value = this.body.value(expr, wanted);
		return this.body.filtersQuery ? value
				: RecordFields.needed(value, wanted, this.body.shortSource(expr), this.body.lineOf(expr));
	}

	/** What each written argument has to be converted to, by the parameters that the plan gives it to. */
	private List<Type> argumentTypes(Site site, Access.Plan plan, List<Type> parameters, Type[] receiver) {
		Type[] types = new Type[site.args().size()];
		java.util.Arrays.fill(types, Type.Basic.ANY);
		for (int i = 0; i < plan.sources().size(); i++) {
			Type parameter = (i < parameters.size()) ? parameters.get(i) : Type.Basic.ANY;
			switch (plan.sources().get(i)) {
				case Access.Receiver from -> receiver[0] = parameter;
				case Access.Argument from -> types[from.index()] = parameter;
				case Access.Rest rest -> {
					Type element = (parameter instanceof Type.ListOf list) ? list.element() : Type.Basic.ANY;
					for (int index : rest.arguments()) {
						if (index < 0) {
							receiver[0] = element;
						}
						else {
							types[index] = element;
						}
					}
				}
				case Access.Default from -> {
				}
				case Access.Spliced from -> {
				}
				case Access.SplicedRest from -> {
				}
			}
		}
		return List.of(types);
	}

	/** Arguments in the order of the parameters, null where the default is wanted or may be. */
	private record Arrangement(List<@Nullable IrExpr> args, @Nullable SpreadTail tail) {
	}

	/** The arguments in the order of the parameters; null where the default is wanted. */
	List<@Nullable IrExpr> arrange(Site site, Access.Plan plan, List<Type> parameters, @Nullable Given given) {
		Arrangement arrangement = arrangement(site, plan, parameters, given);
		List<@Nullable IrExpr> args = arrangement.args();
		for (int i = 0; i < args.size(); i++) {
			if (plan.sources().get(i) instanceof Access.Spliced from && from.optional()) {
				Type parameter = (i < parameters.size()) ? parameters.get(i) : Type.Basic.ANY;
				args.set(i, Objects.requireNonNull(arrangement.tail()).at(from.place(), parameter));
			}
		}
		return args;
	}

	private Arrangement arrangement(Site site, Access.Plan plan, List<Type> parameters, @Nullable Given given) {
		Expr written = site.receiver();
		Type[] receiver = { (given != null) ? given.type() : (written != null) ? this.body.type(written)
				: Type.Basic.ANY };
		List<Type> types = argumentTypes(site, plan, parameters, receiver);
		List<@Nullable IrExpr> values = evaluate(site, given, receiver[0], types);
		if (!inOrder(plan) || spreads(site)) {
			values.replaceAll(value -> (value != null) ? this.body.keep(value) : null);
		}
		SpreadTail tail = SpreadTail.of(this.body, site, plan, values);
		List<@Nullable IrExpr> arranged = new ArrayList<>();
		for (int i = 0; i < plan.sources().size(); i++) {
			Type parameter = (i < parameters.size()) ? parameters.get(i) : Type.Basic.ANY;
			arranged.add(switch (plan.sources().get(i)) {
				case Access.Receiver from -> values.get(0);
				case Access.Argument from -> values.get(from.index() + 1);
				case Access.Default from -> null;
				case Access.Rest rest -> rest(rest, values, site, parameter);
				case Access.Spliced from ->
					from.optional() ? null : Objects.requireNonNull(tail).at(from.place(), parameter);
				case Access.SplicedRest from -> Objects.requireNonNull(tail).from(from.place(), parameter);
			});
		}
		return new Arrangement(arranged, tail);
	}

	/** Whether the values of lists are arguments: they are collected before the call, and what is before them too. */
	private static boolean spreads(Site site) {
		for (Part.Arg arg : site.args()) {
			if (arg.spread()) {
				return true;
			}
		}
		return false;
	}

	/** Whether parameters take the arguments in the order in which they were evaluated. */
	private static boolean inOrder(Access.Plan plan) {
		int last = -2;
		for (Access.Source source : plan.sources()) {
			int index = switch (source) {
				case Access.Receiver from -> -1;
				case Access.Argument from -> from.index();
				case Access.Rest rest -> rest.arguments().isEmpty() ? last + 1 : rest.arguments().get(0);
				case Access.Default from -> last + 1;
				case Access.Spliced from -> -3;
				case Access.SplicedRest from -> -3;
			};
			if (index <= last && !(source instanceof Access.Default)) {
				return false;
			}
			last = (source instanceof Access.Default) ? last : index;
		}
		return true;
	}

	private IrExpr rest(Access.Rest rest, List<@Nullable IrExpr> values, Site site, Type parameter) {
		Type element = (parameter instanceof Type.ListOf list) ? list.element() : Type.Basic.ANY;
		boolean spread = false;
		for (int index : rest.arguments()) {
			spread = spread || index >= 0 && site.args().get(index).spread();
		}
		List<IrExpr> items = new ArrayList<>();
		for (int index : rest.arguments()) {
			IrExpr item = values.get(index + 1);
			if (item != null) {
				items.add(item);
			}
		}
		if (!spread) {
			return new IrExpr.NewList(items, ExprLowering.elementKind(element));
		}
		Local list = this.body.temporary(Kind.LIST);
		items.replaceAll(this.body::keep);
		this.body.emit(new IrStmt.Set(list, new IrExpr.NewList(List.of(), Kind.ANY)));
		for (int i = 0; i < items.size(); i++) {
			int index = rest.arguments().get(i);
			if (index >= 0 && site.args().get(index).spread()) {
				this.body.emit(new IrStmt.Eval(RunSide.addList(new IrExpr.Read(list), items.get(i))));
			}
			else {
				this.body.expressions.append(list, items.get(i));
			}
		}
		return new IrExpr.Read(list);
	}

	// Callees

	private IrExpr function(Symbol.Function function, List<Type> parameters, Type result, Access.Plan plan, Site site,
			@Nullable Given given) {
		List<Integer> uncertain = uncertain(plan);
		Arrangement arrangement = methodArguments(function, parameters, plan, site, given);
		IrExpr called;
		if (uncertain.isEmpty()) {
			called = callInstance(function, parameters, arrangement.args(), site.node());
		}
		else {
			List<@Nullable IrExpr> certain = new ArrayList<>(arrangement.args());
			certain.replaceAll(arg -> (arg != null) ? this.body.keep(arg) : null);
			Local chosen = this.body.temporary(Kind.ANY);
			callWithDefaults(chosen, function, parameters, certain, plan, uncertain,
					Objects.requireNonNull(arrangement.tail()), site.node());
			called = Coercion.represent(new IrExpr.Read(chosen), Kinds.of(result));
		}
		// Arguments of type any may have made the body give something else than its own types say.
		boolean open = called.kind() == Kind.ANY && Kinds.of(result) != Kind.ANY && result != Type.Basic.NONE;
		return this.body.convert(called, open ? Type.Basic.ANY : result, this.body.type(site.node()), site.node());
	}

	/** The parameters that take their default when a spread argument turns out to be too short. */
	private static List<Integer> uncertain(Access.Plan plan) {
		List<Integer> found = new ArrayList<>();
		for (int i = 0; i < plan.sources().size(); i++) {
			if (plan.sources().get(i) instanceof Access.Spliced spliced && spliced.optional()) {
				found.add(i);
			}
		}
		return found;
	}

	/** Calls with as many of the uncertain arguments as the spread ones turn out to give. */
	private void callWithDefaults(Local result, Symbol.Function function, List<Type> parameters,
			List<@Nullable IrExpr> args, Access.Plan plan, List<Integer> uncertain, SpreadTail tail, Node node) {
		if (uncertain.isEmpty()) {
			IrExpr called = callInstance(function, parameters, args, node);
			this.body.emit(new IrStmt.Set(result, Coercion.represent(called, Kind.ANY)));
			return;
		}
		int index = uncertain.get(0);
		int place = ((Access.Spliced) plan.sources().get(index)).place();
		List<IrStmt> longer = this.body.collect(() -> {
			List<@Nullable IrExpr> more = new ArrayList<>(args);
			more.set(index, this.body.keep(tail.at(place, parameters.get(index))));
			callWithDefaults(result, function, parameters, more, plan, uncertain.subList(1, uncertain.size()), tail,
					node);
		});
		List<IrStmt> ended = this.body
			.collect(() -> callWithDefaults(result, function, parameters, args, plan, List.of(), tail, node));
		this.body.emit(new IrStmt.If(tail.reaches(place), longer, ended));
	}

	/** A method that is called by its bare name gets the surrounding instance as receiver. */
	private Arrangement methodArguments(Symbol.Function function, List<Type> parameters, Access.Plan plan,
			Site site, @Nullable Given given) {
		boolean ownInstance = function.owner() != null && site.receiver() == null && given == null
				&& !plan.sources().isEmpty() && plan.sources().get(0) instanceof Access.Receiver;
		Given receiver = ownInstance ? new Given(this.body.selfValue(), this.body.selfType()) : given;
		return arrangement(site, plan, parameters, receiver);
	}

	private IrExpr callInstance(Symbol.Function function, List<Type> parameters, List<@Nullable IrExpr> args,
			Node node) {
		this.body.unit.codeMayRun();
		IrFunction target = this.body.unit.program().function(function, parameters, missing(args));
		List<IrExpr> given = new ArrayList<>();
		for (IrExpr arg : args) {
			if (arg != null) {
				given.add(arg);
			}
		}
		return new IrExpr.Call(target, given, this.body.lineOf(node));
	}

	private static long missing(List<@Nullable IrExpr> args) {
		long mask = 0;
		for (int i = 0; i < args.size(); i++) {
			mask |= (args.get(i) == null) ? 1L << i : 0;
		}
		return mask;
	}

	private IrExpr nested(Access.NestedCall call, Site site) {
		List<@Nullable IrExpr> args = arrange(site, call.plan(), nestedTypes(call.function()), null);
		IrExpr function = new IrExpr.Read(this.body.nestedFunction(call.function()));
		Kind kind = Kinds.of(this.body.type(site.node()));
		boolean rest = call.function().declaration().params().stream().anyMatch(Part.Param::rest);
		return Coercion.represent(rest ? collecting(function, args, this.body.lineOf(site.node()))
				: new IrExpr.CallValue(function, boxed(args), this.body.lineOf(site.node())), kind);
	}

	/** A value that takes the rest collects it itself: it is given what would be in the list. */
	private IrExpr collecting(IrExpr function, List<@Nullable IrExpr> args, int line) {
		List<IrExpr> boxed = new ArrayList<>(boxed(args));
		IrExpr collected = args.getLast();
		boxed.removeLast();
		if (collected instanceof IrExpr.NewList plain) {
			plain.elements().forEach(element -> boxed.add(Coercion.represent(element, Kind.ANY)));
			return new IrExpr.CallValue(function, boxed, line);
		}
		Local all = this.body.temporary(Kind.LIST);
		IrExpr more = this.body.keep(Objects.requireNonNull(collected));
		this.body.emit(new IrStmt.Set(all, new IrExpr.NewList(boxed, Kind.ANY)));
		this.body.emit(new IrStmt.Eval(RunSide.addList(new IrExpr.Read(all), more)));
		return LastCalls.withList(function, new IrExpr.Read(all), line);
	}

	private List<Type> nestedTypes(Symbol.Function function) {
		return function.declaration()
			.params()
			.stream()
			.map(param -> param.defaultValue() != null ? Type.Basic.ANY : this.body.expressions.parameterType(param))
			.toList();
	}

	private static List<IrExpr> boxed(List<@Nullable IrExpr> args) {
		List<IrExpr> boxed = new ArrayList<>();
		for (IrExpr arg : args) {
			boxed.add((arg == null) ? Coercion.NONE : Coercion.represent(arg, Kind.ANY));
		}
		return boxed;
	}

	private IrExpr variant(Access.VariantMake make, Site site) {
		List<Type> payload = payloadTypes(make.variant(), this.body.type(site.node()));
		Site plain = new Site(site.node(), null, site.args(), false);
		List<IrExpr> values = boxed(arrange(plain, make.plan(), payload, null));
		return this.body.members.makeVariant(make.variant(), values);
	}

	private List<Type> payloadTypes(Symbol.Variant variant, Type made) {
		return this.body.unit.program().checked().payload(variant);
	}

	private IrExpr value(Access.ValueCall call, Site site, Expr callee) {
		boolean pipe = site.node() instanceof Expr.Pipe;
		Site plain = pipe ? site : new Site(site.node(), null, site.args(), false);
		Type calleeType = this.body.type(callee);
		IrExpr function = this.body.keep(this.body.convert(this.body.value(callee), calleeType,
				Kinds.present(calleeType), callee));
		List<IrExpr> args = boxed(arrange(plain, call.plan(), call.type().params(), null));
		IrExpr result = new IrExpr.CallValue(function, args, this.body.lineOf(site.node()));
		return typedResult(result, call.type().result(), site.node());
	}

	private IrExpr typedResult(IrExpr result, Type given, Node node) {
		if (given == Type.Basic.NONE) {
			return result;
		}
		IrExpr typed = Coercion.represent(result, Kinds.of(given));
		return this.body.convert(typed, given, this.body.type(node), node);
	}

	private IrExpr memberValue(Access.MemberValueCall call, Site site, Expr callee) {
		IrExpr member = this.body.keep(this.body.value(callee));
		Type type = Kinds.present(this.body.type(callee));
		List<Type> params = (type instanceof Type.Fn fn) ? fn.params() : List.of();
		Site plain = new Site(site.node(), null, site.args(), false);
		List<IrExpr> args = boxed(arrange(plain, call.plan(), params, null));
		IrExpr result = new IrExpr.CallValue(asFunction(member, callee), args, this.body.lineOf(site.node()));
		return typedResult(result, (type instanceof Type.Fn fn) ? fn.result() : Type.Basic.ANY, site.node());
	}

	private IrExpr asFunction(IrExpr value, Expr callee) {
		return (value.kind() == Kind.FUNCTION) ? value
				: RunSide.call(RunSide.MEMBERS, "function",
						"(" + RunSide.OBJ + RunSide.STR + ")Ldev/flin/value/FlinFunction;", this.body.lineOf(callee),
						Coercion.represent(value, Kind.ANY), new IrExpr.Const(this.body.shortSource(callee),
								Kind.TEXT));
	}

	private IrExpr dynamic(Site site, Expr callee) {
		return dynamic(site, this.body.keep(asFunction(this.body.value(callee), callee)));
	}

	private IrExpr dynamic(Site site, IrExpr function) {
		boolean pipe = site.node() instanceof Expr.Pipe;
		IrExpr args = dynamicArguments(site, pipe);
		IrExpr result = (args instanceof IrExpr.Pack pack)
				? new IrExpr.CallValue(function, pack.elements(), this.body.lineOf(site.node()))
				: LastCalls.withList(function, args, this.body.lineOf(site.node()));
		return this.body.convert(result, Type.Basic.ANY, this.body.type(site.node()), site.node());
	}

	/** Boxed arguments as an array, or as a list when some are spread. */
	private IrExpr dynamicArguments(Site site, boolean withReceiver) {
		List<Supplier<IrExpr>> parts = new ArrayList<>();
		Expr receiver = site.receiver();
		if (withReceiver && receiver != null) {
			parts.add(() -> Coercion.represent(this.body.value(receiver), Kind.ANY));
		}
		boolean spread = false;
		for (Part.Arg arg : site.args()) {
			spread = spread || arg.spread();
		}
		if (!spread) {
			site.args().forEach(arg -> parts.add(() -> Coercion.represent(this.body.value(arg.value()), Kind.ANY)));
			return new IrExpr.Pack(this.body.operands(parts));
		}
		Local list = this.body.temporary(Kind.LIST);
		this.body.emit(new IrStmt.Set(list, new IrExpr.NewList(this.body.operands(parts), Kind.ANY)));
		for (Part.Arg arg : site.args()) {
			if (arg.spread()) {
				this.body.emit(new IrStmt.Eval(RunSide.addList(new IrExpr.Read(list),
						this.body.expressions.asList(arg.value(), Type.Basic.ANY))));
			}
			else {
				this.body.expressions.append(list, Coercion.represent(this.body.value(arg.value()), Kind.ANY));
			}
		}
		return new IrExpr.Read(list);
	}

	private IrExpr dynamicMethod(String name, Site site, @Nullable Given given) {
		Expr written = site.receiver();
		IrExpr receiver = (given != null) ? given.value()
				: (written != null) ? this.body.keep(this.body.value(written)) : this.body.selfValue();
		IrExpr args = dynamicArguments(site, false);
		int line = this.body.lineOf(site.node());
		String what = (written != null) ? this.body.shortSource(written) : "self";
		IrExpr packed = (args instanceof IrExpr.Pack) ? args
				: RunSide.on(RunSide.LIST, "toArray", "()[" + RunSide.OBJ, 0, args);
		IrExpr result = (packed instanceof IrExpr.Pack pack)
				? methodCall(name, what, receiver, pack, line)
				: RunSide.call(RunSide.MEMBERS, "callMethod",
						"(Ldev/flin/runtime/FlinContext;" + RunSide.OBJ + RunSide.STR + "[" + RunSide.OBJ + RunSide.STR
								+ ")" + RunSide.OBJ,
						line, new IrExpr.Context(), Coercion.represent(receiver, Kind.ANY),
						new IrExpr.Const(name, Kind.TEXT), packed, new IrExpr.Const(what, Kind.TEXT));
		return this.body.convert(result, Type.Basic.ANY, this.body.type(site.node()), site.node());
	}

	private static IrExpr methodCall(String name, String what, IrExpr receiver, IrExpr.Pack args, int line) {
		List<IrExpr> all = new ArrayList<>(List.of(receiver));
		all.addAll(args.elements());
		return new IrExpr.Dynamic("callMethod", name, what, all, Kind.ANY, line);
	}

	/** A method of the surrounding instance by its bare name, without parentheses. */
	IrExpr bareMethod(Expr.Name e, Access call) {
		return dispatch(call, new Site(e, null, List.of(), false), e, null);
	}

	BuiltinLowering builtins() {
		return this.builtins;
	}

}
