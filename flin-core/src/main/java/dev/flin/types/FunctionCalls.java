package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.CallChecker.Site;
import dev.flin.types.Signatures.Param;
import dev.flin.types.Type.Basic;

/** Calls of declared functions, methods and enum variants, and functions as values. */
final class FunctionCalls {

	private final Body body;

	FunctionCalls(Body body) {
		this.body = body;
	}

	// Arguments

	/** How arguments have to fit. */
	enum Manner {

		PLAIN,

		/** Functions may have fewer parameters, or an index as one more, and truthy results. */
		BUILT_IN,

		/** The rest takes values of different types, as a list literal does. */
		OPEN_REST

	}

	/**
	 * Checks arguments against parameters: plain ones first, then lambdas, which take their parameter types from them.
	 */
	boolean fitArguments(ArgumentMatcher.Match match, List<Param> params, Site site, Manner manner) {
		return fitArguments(match, params, site, manner, parameter -> manner == Manner.BUILT_IN);
	}

	/** {@code lenient}: parameters that take what may be none, with a warning. */
	boolean fitArguments(ArgumentMatcher.Match match, List<Param> params, Site site, Manner manner,
			IntPredicate lenient) {
		boolean fits = true;
		int mark = this.body.unifier.mark();
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			if (!isLambda(pair, site)) {
				fits &= fit(pair, params.get(pair.parameter()), site, manner, lenient);
				if (manner == Manner.BUILT_IN && given(pair, site) == Basic.ANY) {
					this.body.unifier.openToAny(BuiltinCalls.parameter(params.get(pair.parameter()), pair.intoRest()));
				}
			}
		}
		this.body.unifier.openNone(mark);
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			if (isLambda(pair, site)) {
				fits &= fit(pair, params.get(pair.parameter()), site, manner, lenient);
			}
		}
		this.body.unifier.harden(mark);
		return fits;
	}

	/** Whether an argument is any where only another use said what the lambda's parameter is. */
	boolean isAnyForUse(ArgumentMatcher.Match match, List<Param> params, List<Part.Param> written, Site site) {
		return match.pairs()
			.stream()
			.anyMatch(pair -> pair.parameter() < written.size() && written.get(pair.parameter()).type() == null
					&& given(pair, site) == Basic.ANY
					&& !OperatorRules.isWild(Zonk.prune(BuiltinCalls.parameter(params.get(pair.parameter()), false))));
	}

	private @Nullable Type given(ArgumentMatcher.Pair pair, Site site) {
		Type type = (pair.argument() < 0) ? site.receiver()
				: this.body.tables.type(site.args().get(pair.argument()).value().id());
		return (type != null) ? Zonk.prune(type) : null;
	}

	private static boolean isLambda(ArgumentMatcher.Pair pair, Site site) {
		return pair.argument() >= 0 && site.args().get(pair.argument()).value() instanceof Expr.Lambda;
	}

	private boolean fit(ArgumentMatcher.Pair pair, Param param, Site site, Manner manner, IntPredicate lenient) {
		Type wanted = BuiltinCalls.parameter(param, pair.intoRest());
		if (pair.argument() < 0) {
			Type receiver = (site.receiver() != null) ? site.receiver() : Basic.ANY;
			if (!this.body.unifier.give(receiver, wanted)) {
				this.body.mismatch(site.nameSpan(), receiver, wanted);
				return false;
			}
			return true;
		}
		Part.Arg arg = site.args().get(pair.argument());
		if (pair.spread()) {
			Type element = this.body.operators.elementOf(this.body.exprs.infer(arg.value()), arg.span());
			return this.body.unifier.assign(element, wanted)
					|| pair.intoRest() && manner == Manner.OPEN_REST && this.body.unifier.widen(wanted, element)
					|| complain(arg, element, wanted);
		}
		return (pair.intoRest() && manner == Manner.OPEN_REST) ? fitRest(arg, wanted, site)
				: fitValue(arg, wanted, site, manner == Manner.BUILT_IN, lenient.test(pair.parameter()));
	}

	private boolean fitValue(Part.Arg arg, Type wanted, Site site, boolean callback, boolean lenient) {
		Type target = Unifier.withoutNone(wanted);
		if (callback && target instanceof Type.Fn fn) {
			return fitCallback(arg, fn);
		}
		int errors = this.body.diagnostics.size();
		Type found = this.body.exprs.infer(arg.value(), wanted);
		if (lenient && Zonk.prune(found) instanceof Type.Optional optional && !acceptsNone(wanted)
				&& this.body.unifier.assign(optional.inner(), wanted)) {
			this.body.operators.definite(found, arg.value());
			return true;
		}
		if (callback && WiderElements.takeMore(this.body, site.receiver(), found, wanted)) {
			return true;
		}
		if (this.body.unifier.give(found, wanted)) {
			return !(Zonk.prune(found) == Basic.BROKEN && this.body.diagnostics.size() > errors);
		}
		return callback && WiderElements.take(this.body, site.receiver(), found, wanted)
				|| complain(arg, found, wanted);
	}

	private boolean fitRest(Part.Arg arg, Type wanted, Site site) {
		Type found = this.body.exprs.infer(arg.value(), wanted);
		return this.body.unifier.assign(found, wanted) || this.body.unifier.widen(wanted, found)
				|| WiderElements.take(this.body, site.receiver(), found, wanted) || complain(arg, found, wanted);
	}

	private static boolean acceptsNone(Type wanted) {
		Type pruned = Zonk.prune(wanted);
		return pruned == Basic.ANY || pruned instanceof TypeVar || pruned instanceof Type.Optional;
	}

	private boolean complain(Part.Arg arg, Type found, Type wanted) {
		this.body.mismatch(arg.value().span(), found, wanted);
		return false;
	}

	private boolean fitCallback(Part.Arg arg, Type.Fn wanted) {
		if (arg.value() instanceof Expr.Lambda lambda) {
			int errors = this.body.diagnostics.size();
			Type type = this.body.control.lambda(lambda, wanted, true);
			this.body.tables.type(lambda.id(), type);
			return !this.body.hasErrorsSince(errors);
		}
		Type found = this.body.resolve(this.body.exprs.infer(arg.value(), wanted));
		if (!(found instanceof Type.Fn written)) {
			return this.body.unifier.assign(found, wanted) || complain(arg, found, wanted);
		}
		List<Type> given = new ArrayList<>(wanted.params());
		given.add(Basic.INT);
		Type.Fn fn = forPlace(arg.value(), written, given);
		if (fn.params().size() > given.size()) {
			return complain(arg, found, wanted);
		}
		for (int i = 0; i < fn.params().size(); i++) {
			if (!this.body.unifier.assign(given.get(i), fn.params().get(i))) {
				return complain(arg, found, wanted);
			}
		}
		return isIgnored(wanted.result()) || this.body.unifier.assign(fn.result(), wanted.result())
				|| complain(arg, found, wanted);
	}

	/** The lambda that a variable holds for good; null for everything else. */
	private Expr.@Nullable Lambda lambdaOf(Symbol.Variable variable) {
		World.Slot slot = variable.isReassigned() ? null : this.body.slot(variable);
		return (slot != null) ? slot.lambda : null;
	}

	/** A lambda kept in a variable is generic: what it takes and gives is found for each place. */
	private Type.Fn forPlace(Expr value, Type.Fn found, List<Type> given) {
		if (!(value instanceof Expr.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable)) {
			return found;
		}
		Expr.Lambda lambda = lambdaOf(variable);
		if (lambda == null || lambda.params().size() > given.size()) {
			return found;
		}
		List<Type> params = given.subList(0, lambda.params().size());
		if (this.body.polymorphicOf(variable).contains(variable)) {
			return new Type.Fn(params,
					this.body.calls.several().resultFor(lambda, params, name.name(), value.span()));
		}
		for (int i = 0; i < params.size(); i++) {
			if (!this.body.unifier.assign(params.get(i), found.params().get(i))) {
				this.body.serveSeveral(variable);
			}
		}
		return found;
	}

	/** A callback's result that is only tested for truth, or not used. */
	static boolean isIgnored(Type result) {
		Type type = Zonk.prune(result);
		return type == Basic.BOOL || type == Basic.NONE || type == Basic.ANY;
	}

	/** Checks the bounds of a type parameter against what it stands for in this call. */
	void meetBounds(Type.TypeParam param, Type actual, Site site) {
		Type type = this.body.resolve(actual);
		if (type instanceof TypeVar open && !param.bounds().isEmpty()) {
			this.body.later(open, () -> {
				meetBounds(param, actual, site);
				return Basic.NONE;
			});
			return;
		}
		if (this.body.world.schema.hasUnknownBound(this.body.file.tree, param)) {
			return;
		}
		for (String bound : param.bounds()) {
			if (!this.body.world.schema.implementsTrait(type, bound)) {
				this.body.error(Code.E0206, site.span(), Zonk.zonk(type) + " does not implement " + bound,
						(type instanceof Type.Optional)
								? "it may be none: give a default with '??', or take none out of a list by compact"
								: "'" + site.name() + "' needs it for " + param.name());
				return;
			}
		}
	}

	// Functions

	Type call(Symbol.Function function, Site site, @Nullable Type hint) {
		Callee callee = this.body.world.instances.callee(function, this.body);
		ArgumentMatcher.Match match = ArgumentMatcher.match(callee.params(), site.receiver() != null, site.args());
		if (match.problem() != null) {
			this.body.calls.inferArgs(site.args());
			this.body.calls.countError(site, match);
			return Basic.BROKEN;
		}
		boolean openRest = !callee.params().isEmpty() && !callee.isWritten(callee.params().size() - 1);
		// The body is compiled anew for what is given: what only its use says of a parameter is no promise.
		IntPredicate anew = parameter -> callee.isInferred() && !function.isNested() && !callee.isWritten(parameter);
		if (!fitArguments(match, callee.params(), site, openRest ? Manner.OPEN_REST : Manner.PLAIN, anew)) {
			return (callee.isKnown()) ? Zonk.prune(callee.result()) : Basic.BROKEN;
		}
		int errors = this.body.diagnostics.size();
		callee.typeParams().forEach((param, actual) -> meetBounds(param, actual, site));
		if (this.body.diagnostics.size() > errors) {
			return Zonk.prune(callee.result());
		}
		List<Type> types = new ArrayList<>();
		boolean dynamic = parameterTypes(callee, match, site, anew, types) && callee.isInferred();
		types.replaceAll(type -> Zonk.isLargerThan(type, Instances.TYPE_SIZE_MAX) ? Basic.ANY : type);
		boolean open = callee.isOpen() || dynamic;
		Type result = open ? openResult(function, types, site) : Zonk.prune(callee.result());
		record(function, types, result, match, site);
		return result;
	}

	private void record(Symbol.Function function, List<Type> types, Type result, ArgumentMatcher.Match match,
			Site site) {
		Access access;
		if (function.isNested()) {
			access = new Access.NestedCall(function, match.plan());
		}
		else if (function.owner() != null) {
			access = new Access.MethodCall(function, types, result, match.plan());
		}
		else {
			access = new Access.FunctionCall(function, types, result, match.plan());
		}
		this.body.tables.access(site.id(), access);
	}

	/**
	 * What the callee is compiled for: written types; elsewhere the arguments' own, any when an argument is any.
	 * @return whether an argument is any, or may be none, where the body expects something else
	 */
	private boolean parameterTypes(Callee callee, ArgumentMatcher.Match match, Site site, IntPredicate anew,
			List<Type> types) {
		boolean dynamic = false;
		callee.params().forEach(param -> types.add((param.type() != null) ? param.type() : Basic.ANY));
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			if (pair.intoRest() || callee.isWritten(pair.parameter())) {
				continue;
			}
			Type given = (pair.argument() < 0) ? site.receiver()
					: this.body.tables.type(site.args().get(pair.argument()).value().id());
			if (given != null && Zonk.prune(given) == Basic.ANY && hasTable(pair, site)) {
				dynamic |= Zonk.prune(types.get(pair.parameter())) != Basic.ANY;
				types.set(pair.parameter(), Basic.ANY);
			}
			else if (given != null && anew.test(pair.parameter()) && hasTable(pair, site)
					&& Zonk.prune(given) instanceof Type.Optional && !acceptsNone(types.get(pair.parameter()))) {
				dynamic = true;
				types.set(pair.parameter(), Zonk.prune(given));
			}
			else if (given != null && hasTable(pair, site) && Holding.isUnsure(given, types.get(pair.parameter()))) {
				dynamic = true;
				types.set(pair.parameter(), given);
			}
		}
		return dynamic;
	}

	/** Parameters become wider where the body assigns more to them than what the call gives. */
	private void widen(Symbol.Function function, List<Type> types, int call) {
		Instances.Instance narrow = this.body.world.instances.instance(function, List.copyOf(types));
		if (!narrow.isTooNarrow()) {
			return;
		}
		for (List<Type> wider : WiderParameters.of(types, function.declaration().params(), function.frame(),
				narrow.isOutgrown())) {
			if (!this.body.world.instances.instance(function, wider).isTooNarrow()) {
				types.clear();
				types.addAll(wider);
				recordWider(call, wider);
				return;
			}
		}
	}

	/** A call that was recorded before the types of its arguments were known. */
	private void recordWider(int call, List<Type> types) {
		switch (this.body.tables.access(call)) {
			case Access.FunctionCall a ->
				this.body.tables.access(call, new Access.FunctionCall(a.function(), types, a.result(), a.plan()));
			case Access.MethodCall a ->
				this.body.tables.access(call, new Access.MethodCall(a.function(), types, a.result(), a.plan()));
			case Access.FunctionRef a -> this.body.tables.access(call, new Access.FunctionRef(a.function(), types));
			case null, default -> {
			}
		}
	}

	private boolean hasTable(ArgumentMatcher.Pair pair, Site site) {
		return pair.argument() < 0 || this.body.tables.hasType(site.args().get(pair.argument()).value().id());
	}

	/** The result of a function whose operations depend on its arguments. */
	private Type openResult(Symbol.Function function, List<Type> types, Site site) {
		for (Type type : types) {
			for (TypeVar open : Zonk.openVariables(List.of(type))) {
				return this.body.later(open, () -> openResult(function, types, site));
			}
		}
		if (this.body.world.instances.isDeep()) {
			return Basic.ANY;
		}
		List<Type> ground = new ArrayList<>(types.size());
		for (Type type : types) {
			if (Zonk.isLargerThan(type, Instances.TYPE_SIZE_MAX)) {
				return Basic.ANY;
			}
			ground.add(Zonk.zonk(type));
		}
		widen(function, ground, site.id());
		types.clear();
		types.addAll(ground);
		Instances.Instance instance = this.body.world.instances.instance(function, ground);
		Diagnostic problem = instance.problem();
		if (problem != null) {
			int line = problem.file().lineOf(problem.span().start());
			this.body.error(Code.E0201, site.span(),
					"'" + site.name() + "' cannot take " + printAll(ground) + ": " + problem.message(),
					"see " + problem.file().path() + ":" + line);
			return Basic.BROKEN;
		}
		return Zonk.prune(instance.result());
	}

	private static String printAll(List<Type> types) {
		List<String> words = types.stream().map(TypePrinter::print).toList();
		return String.join(", ", words);
	}

	Type callTrait(Symbol.TraitType trait, Symbol.Function method, Site site, @Nullable Type hint) {
		Callee callee = this.body.world.instances.traitMethod(method,
				(site.receiver() != null) ? site.receiver() : Basic.ANY);
		ArgumentMatcher.Match match = ArgumentMatcher.match(callee.params(), true, site.args());
		if (match.problem() != null) {
			this.body.calls.inferArgs(site.args());
			this.body.calls.countError(site, match);
			return Basic.BROKEN;
		}
		fitArguments(match, callee.params(), site, Manner.PLAIN);
		this.body.tables.access(site.id(), new Access.TraitCall(trait, method.name(), match.plan()));
		return Zonk.prune(callee.result());
	}

	/** A declared function as a value. */
	Type value(Expr.Name e, Symbol.Function function, @Nullable Type hint) {
		Callee callee = this.body.world.instances.callee(function, this.body);
		List<Type> params = new ArrayList<>();
		boolean takesRest = callee.params().stream().anyMatch(Param::rest);
		for (int i = 0; i < callee.params().size(); i++) {
			Param param = callee.params().get(i);
			boolean open = param.type() == null || takesRest && !callee.isWritten(i);
			params.add(!open ? param.type() : param.rest() ? new Type.ListOf(Basic.ANY) : Basic.ANY);
		}
		if (takesRest) {
			// No type of functions says that it takes the rest.
			if (!function.isNested()) {
				this.body.tables.access(e.id(), new Access.FunctionRef(function, params));
			}
			return Basic.ANY;
		}
		if (hint != null && Unifier.withoutNone(hint) instanceof Type.Fn wanted) {
			for (int i = 0; i < Math.min(params.size(), wanted.params().size()); i++) {
				this.body.unifier.assign(wanted.params().get(i), params.get(i));
			}
		}
		if (!function.isNested()) {
			this.body.tables.access(e.id(), new Access.FunctionRef(function, params));
		}
		Type result = callee.isOpen() ? openResult(function, params,
				new Site(e.id(), e.span(), e.span(), e.name(), null, List.of())) : callee.result();
		return new Type.Fn(params, result);
	}

	// Variants

	Type make(Symbol.Variant variant, Site site, @Nullable Type hint) {
		Type.EnumOf type = enumOf(variant.owner(), null);
		List<Param> params = new ArrayList<>();
		List<String> names = variant.declaration().names();
		for (Type payload : this.body.world.schema.payload(variant, type.args())) {
			params.add(new Param(names.get(params.size()), payload, false, false));
		}
		ArgumentMatcher.Match match = ArgumentMatcher.match(params, site.receiver() != null, site.args());
		if (match.problem() != null) {
			this.body.calls.inferArgs(site.args());
			if (match.unknownName() != null) {
				unknownValue(variant, match.unknownName(), site);
			}
			else {
				this.body.error(Code.E0203, site.span(), "'" + variant + "' " + match.problem());
			}
			return type;
		}
		if (hint != null && Unifier.withoutNone(hint) instanceof Type.EnumOf wanted && wanted.symbol() == type.symbol()
				&& wanted.args().stream().noneMatch(arg -> Zonk.prune(arg) instanceof TypeVar)) {
			this.body.unifier.unify(type, wanted);
		}
		fitArguments(match, params, site, Manner.PLAIN);
		this.body.tables.access(site.id(), new Access.VariantMake(variant, match.plan()));
		return type;
	}

	private void unknownValue(Symbol.Variant variant, String name, Site site) {
		List<String> names = variant.declaration().names();
		if (names.stream().allMatch(String::isEmpty)) {
			this.body.error(Code.E0106, site.span(), "the values of '" + variant + "' have no names",
					"write them in the order of the declaration: " + variant.name() + "(1, 2)");
		}
		else {
			this.body.error(Code.E0106, site.span(), "no value of '" + variant + "' has the name '" + name + "'",
					"its names are: " + String.join(", ", names));
		}
	}

	Type.EnumOf enumOf(Symbol.EnumType symbol, @Nullable Type hint) {
		if (hint != null && Unifier.withoutNone(hint) instanceof Type.EnumOf wanted && wanted.symbol() == symbol) {
			return wanted;
		}
		List<Type> args = new ArrayList<>();
		symbol.declaration().typeParams().forEach(param -> args.add(this.body.fresh()));
		return new Type.EnumOf(symbol, args);
	}


}
