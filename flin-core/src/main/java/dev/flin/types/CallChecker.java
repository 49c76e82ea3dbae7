package dev.flin.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Names;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.Type.Basic;

/** Calls of everything that can be called, as function, method or pipe. */
final class CallChecker {

	/** A call as written. {@code receiver} is the value before the dot or the pipe. */
	record Site(int id, Span span, Span nameSpan, String name, @Nullable Type receiver, List<Part.Arg> args) {
	}

	private final Body body;

	private final BuiltinCalls builtins;

	private final FunctionCalls functions;

	private final SeveralTypes several;

	private final UnionCalls unions;

	CallChecker(Body body) {
		this.body = body;
		this.builtins = new BuiltinCalls(body);
		this.functions = new FunctionCalls(body);
		this.several = new SeveralTypes(body);
		this.unions = new UnionCalls(body, this.builtins);
	}

	Type call(Expr.Call e, @Nullable Type hint) {
		return switch (e.callee()) {
			case Expr.Name name -> callName(name, new Site(e.id(), e.span(), name.span(), name.name(), null, e.args()),
					hint);
			case Expr.Member member when member.name().isEmpty() -> callIfPresent(member, e);
			case Expr.Member member -> callMember(member, e, hint);
			default -> callValue(this.body.exprs.infer(e.callee()), null,
					new Site(e.id(), e.span(), e.callee().span(), "this", null, e.args()));
		};
	}

	Type pipe(Expr.Pipe e, @Nullable Type hint) {
		Type value = this.body.exprs.infer(e.value());
		return switch (e.callee()) {
			case Expr.Name name -> callName(name,
					new Site(e.id(), e.span(), name.span(), name.name(), value, e.args()), hint);
			case Expr.Member member when member.target() instanceof Expr.Name name
					&& this.body.resolution.symbol(name.id()) instanceof Symbol.Builtin builtin
					&& Namespaces.isNamespace(builtin.name(), this.body.world.signatures) ->
				this.builtins.call(Namespaces.builtin(builtin.name(), member.name(), this.body.world.signatures),
						new Site(e.id(), e.span(), member.nameSpan(), member.name(), value, e.args()), hint);
			default -> callValue(this.body.exprs.infer(e.callee()), null,
					new Site(e.id(), e.span(), e.callee().span(), "this", value, e.args()));
		};
	}

	// By name

	/** A call of a built-in by its name; {@code callee} is the node that names it. */
	private Type callBuiltin(int callee, String target, Site site, @Nullable Type hint) {
		return callBuiltin(callee, target, site, hint, BuiltinCalls.WAITS_MAX);
	}

	private Type callBuiltin(int callee, String target, Site site, @Nullable Type hint, int waits) {
		TypeVar undecided = (waits > 0) ? this.builtins.undecided(target, site) : null;
		if (undecided != null) {
			inferArgs(site.args());
			return this.body.later(undecided, () -> callBuiltin(callee, target, site, hint, waits - 1));
		}
		Type open = this.builtins.open(target, site);
		if (open == null) {
			int errors = this.body.diagnostics.size();
			Type result = this.builtins.call(target, site, hint);
			Type ofEach = (result == Basic.BROKEN) ? this.unions.call(target, site, errors) : null;
			if (ofEach != null) {
				decideByValues(callee, target, site);
			}
			return (ofEach != null) ? ofEach : result;
		}
		inferArgs(site.args());
		decideByValues(callee, target, site);
		return open;
	}

	private void decideByValues(int callee, String target, Site site) {
		this.body.tables.type(callee, Basic.ANY);
		this.body.tables.access(callee, new Access.BuiltinRef(this.body.world.signatures.rows(target).get(0)));
		this.body.tables.access(site.id(), new Access.DynamicCall());
	}

	private Type callName(Expr.Name name, Site site, @Nullable Type hint) {
		Symbol symbol = this.body.resolution.symbol(name.id());
		return switch (symbol) {
			case null -> {
				Diagnostic open = this.body.resolution.open(name.id());
				if (open != null) {
					this.body.report(open);
				}
				inferArgs(site.args());
				yield Basic.BROKEN;
			}
			case Symbol.Function function -> this.functions.call(function, site, hint);
			case Symbol.Builtin builtin when isBrowserOnly(builtin.name()) -> {
				dynamicArgs(site.args());
				this.body.tables.type(name.id(), Basic.ANY);
				this.body.tables.access(site.id(), new Access.DynamicCall());
				yield Basic.ANY;
			}
			case Symbol.Builtin builtin -> {
				String target = Names.NAMESPACES.contains(builtin.name())
						? Namespaces.called(builtin.name(), this.body.world.signatures) : builtin.name();
				yield callBuiltin(name.id(), target, site, hint);
			}
			case Symbol.Variants variants -> make(this.body.patterns.choose(variants, hint, name.span()), site, hint);
			case Symbol.Variant variant -> make(variant, site, hint);
			case Symbol.SelfMethod method -> callSelf(method, site, hint);
			case Symbol.Variable variable -> {
				this.body.tables.type(name.id(), this.body.exprs.infer(name));
				yield callVariable(variable, name, site);
			}
			case Symbol.Ambient ambient when MemberChecker.hasKeys(ambient.name()) -> {
				inferArgs(site.args());
				this.body.error(Code.E0208, name.span(), "'" + ambient.name()
						+ "' is no function: it holds values by their names, such as " + ambient.name() + ".name");
				yield Basic.BROKEN;
			}
			case Symbol.Ambient ambient -> {
				dynamicArgs(site.args());
				this.body.tables.access(site.id(), new Access.DynamicCall());
				yield Basic.ANY;
			}
			default -> callValue(this.body.exprs.infer(name), null, site);
		};
	}

	private Type callSelf(Symbol.SelfMethod method, Site site, @Nullable Type hint) {
		Type self = (this.body.self != null) ? this.body.self : Basic.ANY;
		Site on = new Site(site.id(), site.span(), site.nameSpan(), site.name(), self, site.args());
		Type result = method(self, on, hint);
		if (result == null) {
			dynamicArgs(site.args());
			this.body.tables.access(site.id(), new Access.DynamicMethod(site.name()));
			return Basic.ANY;
		}
		return result;
	}

	/** A method of the instance by its bare name, without arguments. */
	Type selfMethod(Expr.Name e, Symbol.SelfMethod method) {
		return callSelf(method, new Site(e.id(), e.span(), e.span(), e.name(), null, List.of()), null);
	}

	/** A call of a variable's value; a lambda kept in it may serve several types. */
	private Type callVariable(Symbol.Variable variable, Expr.Name name, Site site) {
		World.Slot slot = this.body.slot(variable);
		if (slot != null && slot.lambda != null && this.body.polymorphicOf(variable).contains(variable)) {
			return this.several.call(slot.lambda, site);
		}
		Type type = this.body.resolve(this.body.exprs.infer(name));
		if (type instanceof TypeVar open && variable.isAsked() && this.body.isUpToCallers(open)) {
			inferArgs(site.args());
			return this.body.later(open, () -> callVariable(variable, name, site));
		}
		boolean canBePolymorphic = slot != null && slot.lambda != null && !variable.isReassigned();
		return callValue(type, canBePolymorphic ? variable : null, site);
	}

	/** What only browsers have takes anything: its real types are known there. */
	private boolean isBrowserOnly(String name) {
		List<BuiltinSignatures.Row> rows = this.body.world.signatures.rows(name);
		for (BuiltinSignatures.Row row : rows) {
			if (!row.browserOnly()) {
				return false;
			}
		}
		return !rows.isEmpty() || Names.BROWSER.contains(name);
	}

	/** Arguments of a call that is decided at run time: what a function gets there may be anything. */
	private void dynamicArgs(List<Part.Arg> args) {
		for (Part.Arg arg : args) {
			if (arg.value() instanceof Expr.Lambda lambda) {
				List<Type> params = Collections.nCopies(lambda.params().size(), Basic.ANY);
				Type type = this.body.control.lambda(lambda, new Type.Fn(params, Basic.ANY), true);
				this.body.tables.type(lambda.id(), type);
			}
			else {
				this.body.exprs.infer(arg.value());
			}
		}
	}

	void inferArgs(List<Part.Arg> args) {
		args.forEach(arg -> this.body.exprs.infer(arg.value()));
	}

	// Values

	private Type callValue(Type callee, Symbol.@Nullable Variable lambda, Site site) {
		Type type = this.body.resolve(callee);
		if (type instanceof Type.Optional optional) {
			this.body.report(Diagnostic.of(Code.W0109, this.body.file.tree.file(), site.nameSpan(),
					"this may be none (" + type + ")"));
			type = this.body.resolve(optional.inner());
		}
		return switch (type) {
			case Type.Fn fn -> callFn(fn, lambda, site);
			case TypeVar open -> callOpen(open, site);
			case Basic b when b == Basic.ANY || b == Basic.BROKEN || b == Basic.NEVER -> {
				dynamicArgs(site.args());
				this.body.tables.access(site.id(), new Access.DynamicCall());
				yield b;
			}
			case Type.Union union when areFunctions(union, site.args().size()) -> callAny(union, site);
			default -> {
				inferArgs(site.args());
				if (!hasErrorIn(site.nameSpan())) {
					String how = isCallable(type) ? " with " + site.args().size() + " arguments" : "";
					this.body.error(Code.E0208, site.nameSpan(), "a value of type " + Zonk.zonk(type)
							+ " cannot be called" + how);
				}
				yield Basic.BROKEN;
			}
		};
	}

	/** Whether an error stands inside of a place already: what follows from it is not worth a second one. */
	private boolean hasErrorIn(Span place) {
		return this.body.diagnostics.stream()
			.anyMatch(each -> each.isError() && each.span().start() >= place.start()
					&& each.span().end() <= place.end());
	}

	private static boolean areFunctions(Type.Union union, int arguments) {
		return OperatorRules.members(union)
			.stream()
			.allMatch(member -> member instanceof Type.Fn fn && fn.params().size() == arguments);
	}

	/** A call of one of several functions: the arguments must fit all of them. */
	private Type callAny(Type.Union union, Site site) {
		List<Type> results = new ArrayList<>();
		List<Type> given = site.args().stream().map(arg -> this.body.exprs.infer(arg.value())).toList();
		for (Type member : OperatorRules.members(union)) {
			if (member instanceof Type.Fn fn) {
				for (int i = 0; i < given.size(); i++) {
					if (!this.body.unifier.assign(given.get(i), fn.params().get(i))) {
						this.body.mismatch(site.args().get(i).span(), given.get(i), fn.params().get(i));
						return Basic.BROKEN;
					}
				}
				results.add(fn.result());
			}
		}
		this.body.tables.access(site.id(), new Access.DynamicCall());
		return this.body.unifier.meetAll(results);
	}

	/** {@code f?.(x)}: none when there is no function. */
	private Type callIfPresent(Expr.Member member, Expr.Call e) {
		Type callee = this.body.resolve(this.body.exprs.infer(member.target()));
		Site site = new Site(e.id(), e.span(), member.target().span(), "this", null, e.args());
		if (callee == Basic.NONE) {
			inferArgs(e.args());
			this.body.tables.access(e.id(), new Access.DynamicCall());
			return Basic.NONE;
		}
		Type.Optional optional = (callee instanceof Type.Optional known) ? known : null;
		Type result = callValue((optional != null) ? optional.inner() : callee, null, site);
		return (optional != null) ? Type.optional(Zonk.prune(result)) : result;
	}

	private Type callFn(Type.Fn fn, Symbol.@Nullable Variable lambda, Site site) {
		boolean spread = site.args().stream().anyMatch(Part.Arg::spread);
		List<Signatures.Param> params = new ArrayList<>();
		List<Part.Param> written = writtenParams(lambda);
		if (lambda != null && written.stream().anyMatch(Part.Param::rest) && this.body.serveSeveral(lambda)) {
			inferArgs(site.args());
			return Basic.ANY;
		}
		for (int i = 0; i < fn.params().size(); i++) {
			boolean byDefault = i < written.size() && written.get(i).defaultValue() != null;
			params.add(new Signatures.Param("", fn.params().get(i), byDefault, false));
		}
		ArgumentMatcher.Match match = ArgumentMatcher.match(params, site.receiver() != null, site.args());
		if (match.problem() != null && !spread) {
			inferArgs(site.args());
			countError(site, match);
			return Basic.BROKEN;
		}
		int errors = this.body.diagnostics.size();
		// What only its use says of a parameter is no promise: the call may give none, with a warning.
		boolean fits = this.functions.fitArguments(match, params, site, FunctionCalls.Manner.PLAIN,
				parameter -> !fn.isSaid(parameter));
		if (lambda != null && (!fits || this.functions.isAnyForUse(match, params, written, site))) {
			this.body.serveSeveral(lambda);
		}
		this.body.tables.access(site.id(), new Access.ValueCall(fn, match.plan()));
		return (this.body.diagnostics.size() > errors && !fits) ? Basic.BROKEN : fn.result();
	}

	/** The parameters of the one lambda that a variable ever holds: they may have defaults. */
	private List<Part.Param> writtenParams(Symbol.@Nullable Variable variable) {
		World.Slot slot = (variable != null) ? this.body.slot(variable) : null;
		return (slot != null && slot.lambda != null) ? slot.lambda.params() : List.of();
	}

	private Type callOpen(TypeVar open, Site site) {
		if (site.args().stream().anyMatch(Part.Arg::spread)) {
			// How many arguments it takes is known only when it runs.
			this.body.unifier.unify(open, Basic.ANY);
			return callValue(Basic.ANY, null, site);
		}
		List<Type> params = new ArrayList<>();
		if (site.receiver() != null) {
			params.add(site.receiver());
		}
		for (Part.Arg arg : site.args()) {
			params.add(this.body.exprs.infer(arg.value()));
		}
		Type.Fn fn = new Type.Fn(params, this.body.fresh());
		if (!this.body.unifier.unify(open, fn)) {
			this.body.error(Code.E0205, site.span(), "the type of '" + site.name() + "' would contain itself");
			return Basic.BROKEN;
		}
		ArgumentMatcher.Match match = ArgumentMatcher.match(
				params.stream().map(type -> new Signatures.Param("", type, false, false)).toList(),
				site.receiver() != null, site.args());
		this.body.tables.access(site.id(), new Access.ValueCall(fn, match.plan()));
		return fn.result();
	}

	void countError(Site site, ArgumentMatcher.Match match) {
		Code code = (match.unknownName() != null) ? Code.E0106 : Code.E0203;
		Span at = site.span();
		for (Part.Arg arg : site.args()) {
			if (match.unknownName() != null && match.unknownName().equals(arg.name())) {
				at = arg.span();
			}
		}
		this.body.error(code, at, "'" + site.name() + "' " + ((code == Code.E0106) ? "takes no argument '"
				+ match.unknownName() + "'" : match.problem()));
	}

	// Members

	private Type callMember(Expr.Member member, Expr.Call e, @Nullable Type hint) {
		if (member.target() instanceof Expr.Name name) {
			switch (this.body.resolution.symbol(name.id())) {
				case Symbol.EnumType type -> {
					this.body.tables.type(name.id(), Basic.ANY);
					Symbol.Variant variant = this.body.members.variant(type, member);
					if (variant == null) {
						inferArgs(e.args());
						return Basic.BROKEN;
					}
					return make(variant, site(member, e, null), hint);
				}
				case Symbol.Builtin builtin when Namespaces.isNamespace(builtin.name(), this.body.world.signatures) -> {
					this.body.tables.type(name.id(), Basic.ANY);
					return callNamespace(builtin.name(), member, e, hint);
				}
				case Symbol.Ambient ambient when ambient.name().equals("response") && !this.body.world.signatures
					.rows(Namespaces.builtin("response", member.name(), this.body.world.signatures))
					.isEmpty() -> {
					return callNamespace("response", member, e, hint);
				}
				case null, default -> {
				}
			}
		}
		Type target = this.body.exprs.infer(member.target());
		return callMemberOf(target, member, e, hint);
	}

	private static Site site(Expr.Member member, Expr.Call e, @Nullable Type receiver) {
		return new Site(e.id(), e.span(), member.nameSpan(), member.name(), receiver, e.args());
	}

	private Type callNamespace(String namespace, Expr.Member member, Expr.Call e, @Nullable Type hint) {
		String name = Namespaces.builtin(namespace, member.name(), this.body.world.signatures);
		if (this.body.world.signatures.rows(name).isEmpty()) {
			dynamicArgs(e.args());
			if (Names.BROWSER.contains(namespace) || namespace.equals("Date") || namespace.equals("Promise")) {
				this.body.tables.access(e.id(), new Access.DynamicMethod(member.name()));
				return Basic.ANY;
			}
			this.body.error(Code.E0104, member.nameSpan(), "'" + namespace + "' has no '" + member.name() + "'",
					Namespaces.remedy(namespace, member.name(), this.body.world.signatures));
			return Basic.BROKEN;
		}
		return callBuiltin(member.id(), name, site(member, e, null), hint);
	}

	private Type callMemberOf(Type target, Expr.Member member, Expr.Call e, @Nullable Type hint) {
		Type type = this.body.resolve(target);
		Site site = site(member, e, type);
		return switch (type) {
			case TypeVar open -> callOnOpen(open, member, e, hint);
			case Type.Optional optional -> {
				if (!member.optional() && this.body.queryEntity != null
						&& this.body.members.isOfField(member.target())) {
					yield this.body.members.ifPresent(e.id(), callMemberOf(optional.inner(), member, e, hint));
				}
				if (!member.optional()) {
					this.body.operators.definite(type, member.target());
				}
				Type inner = callMemberOf(optional.inner(), member, e, hint);
				yield member.optional() ? Type.optional(Zonk.prune(inner)) : inner;
			}
			case Basic b when b == Basic.BROKEN || b == Basic.NEVER -> {
				int errors = this.body.diagnostics.size();
				inferArgs(e.args());
				if (Names.FIELD_OPERATIONS.contains(member.name())) {
					// Bare names in there would be fields of what has an error already.
					this.body.diagnostics.subList(errors, this.body.diagnostics.size()).clear();
				}
				yield b;
			}
			case Basic b when b == Basic.ANY || b == Basic.NONE && member.optional() -> {
				dynamicArgs(e.args());
				this.body.tables.access(e.id(), new Access.DynamicMethod(member.name()));
				yield b;
			}
			case Type.Union union -> this.unions.callMethod(union, member.name(), e,
						each -> callMemberOf(each, member, e, hint));
			case Type.EntityType t -> this.body.queries.operation(t.symbol(), true, member, site);
			case Type.QueryOf t -> this.body.queries.operation(t.symbol(), false, member, site);
			default -> callOn(type, member, site, hint);
		};
	}

	private Type callOn(Type type, Expr.Member member, Site site, @Nullable Type hint) {
		if (type instanceof Type.RecordOf record && record.fields().get(member.name()) instanceof Type field
				&& isCallable(field)) {
			this.body.tables.access(member.id(), new Access.Key(member.name()));
			this.body.tables.type(member.id(), field);
			Type result = callValue(field, null, new Site(site.id(), site.span(), site.nameSpan(), site.name(), null,
					site.args()));
			if (this.body.tables.access(site.id()) instanceof Access.ValueCall call) {
				this.body.tables.access(site.id(), new Access.MemberValueCall(call.plan()));
			}
			return result;
		}
		Type result = method(type, site, hint);
		if (result != null) {
			return result;
		}
		if (type instanceof Type.MapOf map && isCallable(map.value())) {
			this.body.tables.access(member.id(), new Access.Key(member.name()));
			inferArgs(site.args());
			this.body.tables.access(site.id(), new Access.DynamicCall());
			return Basic.ANY;
		}
		inferArgs(site.args());
		return this.body.members.unknown(type, member);
	}

	private static boolean isCallable(Type type) {
		Type pruned = Unifier.withoutNone(type);
		return pruned instanceof Type.Fn || pruned == Basic.ANY
				|| pruned instanceof Type.Union
						&& OperatorRules.members(pruned).stream().allMatch(CallChecker::isCallable);
	}

	private Type callOnOpen(TypeVar open, Expr.Member member, Expr.Call e, @Nullable Type hint) {
		Type receiver = onlyReceiver(member, true);
		if (receiver != null && this.body.unifier.unify(open, receiver)) {
			return callMemberOf(open, member, e, hint);
		}
		inferArgs(e.args());
		return this.body.later(open, () -> callMemberOf(open, member, e, hint));
	}

	/**
	 * A method of an implementation, of a bound, of the program hiding a built-in, or a built-in; null if there is
	 * none.
	 */
	private @Nullable Type method(Type type, Site site, @Nullable Type hint) {
		Symbol.Function declared = this.body.world.schema.method(type, site.name());
		if (declared != null) {
			return this.functions.call(declared, site, hint);
		}
		if (type instanceof Type.TypeParam param) {
			for (String bound : param.bounds()) {
				Symbol.TraitType trait = this.body.world.schema.trait(this.body.file.tree, bound);
				Symbol.Function found = (trait != null) ? Schema.method(trait, site.name()) : null;
				if (trait != null && found != null) {
					return this.functions.callTrait(trait, found, site, hint);
				}
			}
		}
		if (!this.body.world.signatures.rows(site.name()).isEmpty()
				&& this.body.world.declarations.lookup(this.body.file.tree,
						site.name()) instanceof Symbol.Function own) {
			return this.functions.call(own, site, hint);
		}
		return this.builtins.method(type, site, hint);
	}

	/** A method of a value; null if its type has none of this name. */
	@Nullable Type methodOf(Type type, Site site) {
		return method(type, site, null);
	}

	/** A method without parentheses; null if the type has none. */
	@Nullable Type methodWithoutArguments(Type type, Expr.Member e) {
		return method(type, new Site(e.id(), e.span(), e.nameSpan(), e.name(), type, List.of()), null);
	}

	// Variants

	private Type make(Symbol.Variant variant, Site site, @Nullable Type hint) {
		return this.functions.make(variant, site, hint);
	}

	/** A variant without arguments: its value, or its maker when it has a payload. */
	Type variantValue(int id, Span span, Symbol.Variant variant, @Nullable Type hint) {
		this.body.tables.access(id, new Access.VariantRef(variant));
		Type.EnumOf type = this.functions.enumOf(variant.owner(), hint);
		List<Type> payload = this.body.world.schema.payload(variant, type.args());
		return payload.isEmpty() ? type : new Type.Fn(payload, type);
	}

	// Built-ins and functions as values

	Type functionValue(Expr.Name e, Symbol.Function function, @Nullable Type hint) {
		return this.functions.value(e, function, hint);
	}

	Type builtinValue(Expr.Name e, List<BuiltinSignatures.Row> rows, @Nullable Type hint) {
		return this.builtins.value(e, rows, hint);
	}

	Type namespaceValue(String namespace, Expr.Member e, @Nullable Type hint) {
		String name = Namespaces.builtin(namespace, e.name(), this.body.world.signatures);
		List<BuiltinSignatures.Row> rows = this.body.world.signatures.rows(name);
		if (rows.isEmpty()) {
			this.body.tables.access(e.id(), new Access.DynamicMember(e.name()));
			return Basic.ANY;
		}
		Type constant = constant(e, rows);
		return (constant != null) ? constant : this.builtins.value(new Expr.Name(e.id(), e.span(), name), rows, hint);
	}

	/** The type of a built-in that is a value, such as {@code pi}; null when none of the rows is one. */
	@Nullable Type constant(Expr e, List<BuiltinSignatures.Row> rows) {
		for (BuiltinSignatures.Row row : rows) {
			if (row.value()) {
				this.body.tables.access(e.id(), new Access.BuiltinRef(row));
				Type result = this.body.world.signatures.of(row).result();
				return (result != null) ? result : Basic.ANY;
			}
		}
		return null;
	}

	/** The receiver type that all built-ins of this name share, when nothing else in the program may be meant. */
	@Nullable Type onlyReceiver(Expr.Member member, boolean called) {
		boolean asked = member.target() instanceof Expr.Name name
				&& this.body.resolution.symbol(name.id()) instanceof Symbol.Variable variable
				&& variable.kind() == Symbol.Variable.Kind.PARAMETER && variable.isAsked();
		return asked ? null : this.builtins.onlyReceiver(member.name(), called);
	}

	boolean hasBuiltin(String name, Type receiver) {
		return this.builtins.hasMethod(name, receiver);
	}

	Collection<String> builtinsFor(Type receiver) {
		return this.builtins.namesFor(receiver);
	}

	SeveralTypes several() {
		return this.several;
	}

	FunctionCalls functions() {
		return this.functions;
	}

}
