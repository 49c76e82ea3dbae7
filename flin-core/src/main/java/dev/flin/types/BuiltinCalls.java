package dev.flin.types;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.CallChecker.Site;
import dev.flin.types.Signatures.Param;
import dev.flin.types.Type.Basic;

/** Calls of built-ins: chooses the overload, then checks the arguments against it. */
final class BuiltinCalls {

	/**
	 * How often a call waits for the types that decide it. An argument that is looked at again may be open again, each
	 * time by another variable.
	 */
	static final int WAITS_MAX = 8;

	/** The methods of lists whose function may take the list as well. */
	private static final Set<String> WITH_LIST = Set.of("map", "filter", "count", "reduce", "flat_map", "each", "find",
			"find_index", "find_last", "find_last_index", "any", "all");

	private final Body body;

	BuiltinCalls(Body body) {
		this.body = body;
	}

	/** An overload with fresh type variables for its parameters. */
	private record Candidate(BuiltinSignatures.Row row, List<Param> params, Type result,
			Map<Type.TypeParam, TypeVar> typeParams) {
	}

	private List<BuiltinSignatures.Row> rows(String name) {
		return this.body.world.signatures.rows(name);
	}

	private Candidate candidate(BuiltinSignatures.Row row) {
		Signatures.Signature signature = this.body.world.signatures.of(row);
		Type written = signature.result();
		if (signature.typeParams().isEmpty() && written != null && signature.isAnnotated()) {
			return new Candidate(row, signature.params(), written, Map.of());
		}
		Map<Type.TypeParam, TypeVar> fresh = fresh(signature);
		List<Param> params = new ArrayList<>();
		for (Param param : signature.params()) {
			Type type = (param.type() != null) ? instantiate(param.type(), fresh) : Basic.ANY;
			params.add((type == param.type()) ? param
					: new Param(param.name(), type, param.hasDefault(), param.rest()));
		}
		Type result = (signature.result() != null) ? instantiate(signature.result(), fresh) : Basic.NONE;
		return new Candidate(row, params, result, fresh);
	}

	private Map<Type.TypeParam, TypeVar> fresh(Signatures.Signature signature) {
		if (signature.typeParams().isEmpty()) {
			return Map.of();
		}
		Map<Type.TypeParam, TypeVar> fresh = new HashMap<>();
		for (Type.TypeParam param : signature.typeParams()) {
			fresh.put(param, this.body.fresh());
		}
		return fresh;
	}

	static Type instantiate(Type type, Map<Type.TypeParam, TypeVar> fresh) {
		if (fresh.isEmpty()) {
			return type;
		}
		return Zonk.map(type, leaf -> {
			TypeVar variable = (leaf instanceof Type.TypeParam param) ? fresh.get(param) : null;
			return (variable != null) ? variable : leaf;
		});
	}

	// Calls

	/** {@code name(args)} or a pipe into it. */
	Type call(String name, Site site, @Nullable Type hint) {
		List<BuiltinSignatures.Row> rows = rows(name);
		if (rows.isEmpty()) {
			this.body.calls.inferArgs(site.args());
			this.body.tables.access(site.id(), new Access.DynamicCall());
			return Basic.ANY;
		}
		Type result = choose(rows, site, hint, true);
		return (result != null) ? result : Basic.BROKEN;
	}

	/**
	 * The result of a call whose overload only the values can tell: an argument is of type any and several overloads
	 * would take it. Null when the types tell.
	 */
	@Nullable Type open(String name, Site site) {
		if (rows(name).size() < 2) {
			return null;
		}
		for (Part.Arg arg : site.args()) {
			if (arg.name() != null || arg.value() instanceof Expr.Lambda) {
				return null;
			}
		}
		List<Type> types = new ArrayList<>(site.args().size());
		for (Part.Arg arg : site.args()) {
			types.add(givenType(arg));
		}
		Type given = (site.receiver() != null) ? Zonk.prune(site.receiver()) : Basic.NONE;
		Type first = (site.receiver() != null || types.isEmpty()) ? given : types.get(0);
		if (!types.contains(Basic.ANY) && first != Basic.ANY && !isOpen(rows(name), first)) {
			return null;
		}
		Type result = null;
		int count = 0;
		for (BuiltinSignatures.Row row : rows(name)) {
			Candidate candidate = candidate(row);
			if (takes(candidate, site, types)) {
				Type each = Zonk.prune(candidate.result());
				result = (count++ == 0 || each.equals(result)) ? each : Basic.ANY;
			}
		}
		return (count > 1) ? result : null;
	}

	/** The type of an argument, or of what it is spread into. */
	private Type givenType(Part.Arg arg) {
		Type type = Zonk.prune(typeAside(arg.value()));
		return (arg.spread() && type instanceof Type.ListOf list) ? Zonk.prune(list.element()) : type;
	}

	private boolean takes(Candidate candidate, Site site, List<Type> types) {
		ArgumentMatcher.Match match = match(candidate, site);
		return match.problem() == null && !candidate.row().browserOnly()
				&& takesArguments(candidate, match, site, types);
	}

	/** {@code receiver.name(args)}; null when no overload takes such a receiver. */
	@Nullable Type method(Type receiver, Site site, @Nullable Type hint) {
		return method(receiver, site, hint, WAITS_MAX);
	}

	private @Nullable Type method(Type receiver, Site site, @Nullable Type hint, int waits) {
		List<BuiltinSignatures.Row> fitting = new ArrayList<>();
		for (BuiltinSignatures.Row row : rows(site.name())) {
			if (!row.value() && takesReceiver(row, receiver)) {
				fitting.add(row);
			}
		}
		if (fitting.size() > 1 && isOpen(fitting, receiver)) {
			this.body.calls.inferArgs(site.args());
			this.body.tables.access(site.id(), new Access.DynamicMethod(site.name()));
			return Basic.ANY;
		}
		Type deciding = deciding(fitting, site);
		if (deciding instanceof TypeVar open && waits > 0) {
			this.body.calls.inferArgs(site.args());
			return this.body.later(open, () -> methodAgain(receiver, site, hint, waits - 1));
		}
		if (deciding != null) {
			this.body.calls.inferArgs(site.args());
			this.body.tables.access(site.id(), new Access.DynamicMethod(site.name()));
			return Basic.ANY;
		}
		return fitting.isEmpty() ? null : choose(fitting, site, hint, false);
	}

	private Type methodAgain(Type receiver, Site site, @Nullable Type hint, int waits) {
		Type result = method(receiver, site, hint, waits);
		return (result != null) ? result : Basic.BROKEN;
	}

	/** The variable that has to be known before it is clear which overload a call means; null when it is clear. */
	@Nullable TypeVar undecided(String name, Site site) {
		return (deciding(rows(name), site) instanceof TypeVar open) ? open : null;
	}

	/**
	 * The type of the first argument that is open or any while the overloads that take all the others want different
	 * things of it. Null when there is none.
	 */
	private @Nullable Type deciding(List<BuiltinSignatures.Row> rows, Site site) {
		if (rows.size() < 2) {
			return null;
		}
		for (Part.Arg arg : site.args()) {
			if (arg.spread() || arg.name() != null) {
				return null;
			}
		}
		List<Type> types = plainTypes(site);
		List<Type> all = new ArrayList<>(types);
		all.add(0, this.body.resolve((site.receiver() != null) ? site.receiver() : Basic.BROKEN));
		if (!hasUnknown(all)) {
			return null;
		}
		List<List<Type>> wanted = new ArrayList<>();
		for (BuiltinSignatures.Row row : rows) {
			Candidate candidate = candidate(row);
			ArgumentMatcher.Match match = match(candidate, site);
			if (!row.browserOnly() && match.problem() == null && takesArguments(candidate, match, site, types)) {
				wanted.add(parameters(candidate, match, all.size()));
			}
		}
		for (int i = 0; i < all.size(); i++) {
			if (isUnknown(all.get(i)) && isDebated(wanted, i)) {
				return all.get(i);
			}
		}
		return null;
	}

	/** Whether overloads want different things of an argument. */
	private static boolean isDebated(List<List<Type>> wanted, int argument) {
		Object first = null;
		for (List<Type> each : wanted) {
			Object kind = kind(each.get(argument));
			if (first != null && !first.equals(kind)) {
				return true;
			}
			first = kind;
		}
		return false;
	}

	private static boolean hasUnknown(List<Type> types) {
		for (Type type : types) {
			if (isUnknown(type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isUnknown(Type type) {
		return type instanceof TypeVar || type == Basic.ANY;
	}

	/** The types of the arguments as far as they are known; functions are looked at later. */
	private List<Type> plainTypes(Site site) {
		List<Type> types = new ArrayList<>();
		for (Part.Arg arg : site.args()) {
			types.add((arg.value() instanceof Expr.Lambda) ? Basic.BROKEN : this.body.resolve(typeAside(arg.value())));
		}
		return types;
	}

	/** What a candidate wants of the receiver and of each argument. */
	private static List<Type> parameters(Candidate candidate, ArgumentMatcher.Match match, int count) {
		List<Type> types = new ArrayList<>(Collections.nCopies(count, Basic.BROKEN));
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			types.set(pair.argument() + 1, parameter(candidate.params().get(pair.parameter()), pair.intoRest()));
		}
		return types;
	}

	/** Types of one kind need not be told apart before they are known. */
	private static Object kind(Type type) {
		Type pruned = Unifier.withoutNone(Zonk.prune(type));
		return (pruned instanceof Basic) ? pruned : pruned.getClass();
	}

	private static ArgumentMatcher.Match match(Candidate candidate, Site site) {
		return ArgumentMatcher.match(candidate.params(), site.receiver() != null, site.args());
	}

	/** Whether the elements of a list of anything decide which overload is meant, when the call runs. */
	private boolean isOpen(List<BuiltinSignatures.Row> rows, Type receiver) {
		if (!(Zonk.prune(receiver) instanceof Type.ListOf list) || Zonk.prune(list.element()) != Basic.ANY) {
			return false;
		}
		for (BuiltinSignatures.Row row : rows) {
			List<Param> params = candidate(row).params();
			if (!params.isEmpty() && params.get(0).type() instanceof Type.ListOf wanted
					&& wanted.element() instanceof Basic && wanted.element() != Basic.ANY) {
				return true;
			}
		}
		return false;
	}

	private boolean takesReceiver(BuiltinSignatures.Row row, Type receiver) {
		Signatures.Signature signature = this.body.world.signatures.of(row);
		if (signature.params().isEmpty()) {
			return false;
		}
		Param first = signature.params().get(0);
		int mark = this.body.unifier.mark();
		Type wanted = (first.rest() || first.type() == null) ? Basic.ANY
				: instantiate(first.type(), fresh(signature));
		boolean fits = !(receiver == Basic.NONE && wanted != Basic.ANY) && this.body.unifier.assign(receiver, wanted);
		this.body.unifier.undo(mark);
		return fits;
	}

	private @Nullable Type choose(List<BuiltinSignatures.Row> rows, Site site, @Nullable Type hint, boolean function) {
		List<Candidate> fitting = new ArrayList<>();
		ArgumentMatcher.Match firstProblem = null;
		for (BuiltinSignatures.Row row : rows) {
			Candidate candidate = candidate(row);
			ArgumentMatcher.Match match = match(candidate, site);
			if (match.problem() == null) {
				fitting.add(candidate);
			}
			else if (firstProblem == null) {
				firstProblem = match;
			}
		}
		if (fitting.isEmpty()) {
			this.body.calls.inferArgs(site.args());
			if (firstProblem != null) {
				this.body.calls.countError(site, firstProblem);
			}
			return Basic.BROKEN;
		}
		if (fitting.size() > 1 && site.args().stream().anyMatch(Part.Arg::spread)) {
			// How many values there are is known at run time only: an overload that takes any number is safe.
			fitting.sort(Comparator.comparing(candidate -> !candidate.params().getLast().rest()));
		}
		Candidate chosen = (fitting.size() == 1) ? fitting.get(0) : bestOf(fitting, site);
		return check(chosen, site, hint);
	}

	/** The first overload that takes the types of the plain arguments; without one, the first. */
	private Candidate bestOf(List<Candidate> candidates, Site site) {
		List<Type> types = new ArrayList<>();
		for (Part.Arg arg : site.args()) {
			types.add((arg.value() instanceof Expr.Lambda) ? Basic.BROKEN : typeAside(arg.value()));
		}
		Candidate guessed = null;
		for (Candidate candidate : candidates) {
			ArgumentMatcher.Match match = match(candidate, site);
			if (!takesArguments(candidate, match, site, types)) {
				continue;
			}
			if (!isGuess(candidate, match, site, types)) {
				return candidate;
			}
			guessed = (guessed != null) ? guessed : candidate;
		}
		return (guessed != null) ? guessed : candidates.get(0);
	}

	/** An empty list says nothing about its elements: an overload for elements of one type would be a guess. */
	private static boolean isGuess(Candidate candidate, ArgumentMatcher.Match match, Site site, List<Type> types) {
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			Type given = Zonk.prune((pair.argument() < 0) ? receiver(site) : types.get(pair.argument()));
			Type wanted = Zonk.prune(parameter(candidate.params().get(pair.parameter()), pair.intoRest()));
			if (given instanceof Type.ListOf open && Zonk.prune(open.element()) instanceof TypeVar
					&& wanted instanceof Type.ListOf list && Zonk.prune(list.element()) instanceof Basic element
					&& element != Basic.ANY) {
				return true;
			}
		}
		return false;
	}

	private boolean takesArguments(Candidate candidate, ArgumentMatcher.Match match, Site site, List<Type> types) {
		int mark = this.body.unifier.mark();
		boolean fits = true;
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			Type wanted = parameter(candidate.params().get(pair.parameter()), pair.intoRest());
			if (pair.argument() < 0) {
				fits &= fitsValue(receiver(site), wanted);
			}
			else if (site.args().get(pair.argument()).value() instanceof Expr.Lambda lambda) {
				fits &= takesLambda(wholeList(wanted, lambda, candidate.row(), site), lambda);
			}
			else {
				fits &= pair.spread() || fitsValue(types.get(pair.argument()), wanted);
			}
		}
		this.body.unifier.undo(mark);
		return fits;
	}

	private boolean fitsValue(Type found, Type wanted) {
		Type type = Zonk.prune(found);
		return (type instanceof Type.Fn fn && Zonk.prune(wanted) instanceof Type.Fn target)
				? fn.params().size() <= target.params().size() + 1 : this.body.unifier.assign(Unifier.withoutNone(type),
						wanted);
	}

	private static boolean takesLambda(Type wanted, Expr.Lambda lambda) {
		Type type = Unifier.withoutNone(wanted);
		return type instanceof TypeVar || type == Basic.ANY
				|| type instanceof Type.Fn fn && lambda.params().size() <= fn.params().size() + 1;
	}

	private static Type receiver(Site site) {
		return (site.receiver() != null) ? site.receiver() : Basic.ANY;
	}

	static Type parameter(Param param, boolean intoRest) {
		Type type = (param.type() != null) ? param.type() : Basic.ANY;
		return (intoRest && Zonk.prune(type) instanceof Type.ListOf list) ? list.element() : type;
	}

	/** The type of an argument, found without leaving a trace: overloads decide what is expected of it. */
	private Type typeAside(Expr value) {
		Type[] found = new Type[1];
		this.body.aside(() -> found[0] = this.body.exprs.infer(value));
		return found[0];
	}

	private Type check(Candidate candidate, Site site, @Nullable Type hint) {
		ArgumentMatcher.Match match = ArgumentMatcher.match(candidate.params(), site.receiver() != null, site.args());
		if (isFraction(candidate.row(), site)) {
			candidate.typeParams().values().forEach(type -> this.body.unifier.unify(type, Basic.NUMBER));
		}
		boolean fits = this.body.calls.functions().fitArguments(match, params(candidate, match, site), site,
				FunctionCalls.Manner.BUILT_IN);
		this.body.tables.access(site.id(), new Access.BuiltinCall(candidate.row(), match.plan()));
		demandService(candidate.row(), site.nameSpan());
		if (!fits) {
			return Basic.BROKEN;
		}
		for (Map.Entry<Type.TypeParam, TypeVar> each : candidate.typeParams().entrySet()) {
			this.body.calls.functions().meetBounds(each.getKey(), each.getValue(), site);
		}
		return Zonk.prune(candidate.result());
	}

	/** What a candidate takes in this call. */
	private static List<Param> params(Candidate candidate, ArgumentMatcher.Match match, Site site) {
		List<Param> params = new ArrayList<>(candidate.params());
		for (ArgumentMatcher.Pair pair : match.pairs()) {
			Param param = params.get(pair.parameter());
			if (pair.argument() >= 0 && param.type() != null
					&& site.args().get(pair.argument()).value() instanceof Expr.Lambda lambda) {
				Type wanted = wholeList(param.type(), lambda, candidate.row(), site);
				params.set(pair.parameter(), new Param(param.name(), wanted, param.hasDefault(), param.rest()));
			}
		}
		return params;
	}

	/** As in JavaScript, what a list gives to a function is the element, its index, and then the list. */
	private static Type wholeList(Type wanted, Expr.Lambda lambda, BuiltinSignatures.Row row, Site site) {
		Type list = (site.receiver() != null) ? Zonk.prune(site.receiver()) : Basic.ANY;
		if (!(wanted instanceof Type.Fn fn) || lambda.params().size() != fn.params().size() + 2
				|| !(list instanceof Type.ListOf) || !WITH_LIST.contains(row.signature().name())) {
			return wanted;
		}
		List<Type> params = new ArrayList<>(fn.params());
		params.add(Basic.INT);
		params.add(list);
		return new Type.Fn(params, fn.result());
	}

	/** Whether it is a power of an int with a negative exponent: a number, as that of the operator is. */
	private boolean isFraction(BuiltinSignatures.Row row, Site site) {
		return row.signature().name().equals("pow") && !site.args().isEmpty()
				&& OperatorChecker.isNegative(site.args().getLast().value())
				&& this.body.resolve((site.receiver() != null) ? site.receiver()
						: typeAside(site.args().getFirst().value())) == Basic.INT;
	}

	/** Reports that the host lacks what a built-in is over. */
	private void demandService(BuiltinSignatures.Row row, Span place) {
		BuiltinSignatures.Missing missing = row.missing();
		if (missing != null) {
			this.body.error(Code.E0601, place,
					"'" + row.name() + "' needs a library for " + missing.what() + ", which is not there",
					"add " + String.join(" and ", missing.dependencies()) + " to the dependencies of the application");
		}
	}

	// Values and questions

	Type value(Expr.Name e, List<BuiltinSignatures.Row> rows, @Nullable Type hint) {
		Type wanted = (hint != null) ? Unifier.withoutNone(hint) : Basic.ANY;
		BuiltinSignatures.Row best = rows.get(0);
		if (wanted instanceof Type.Fn fn) {
			for (BuiltinSignatures.Row row : rows) {
				Candidate candidate = candidate(row);
				if (candidate.params().size() >= fn.params().size() && !fn.params().isEmpty()
						&& takesReceiver(row, Zonk.prune(fn.params().get(0)))) {
					best = row;
					break;
				}
			}
		}
		this.body.tables.access(e.id(), new Access.BuiltinRef(best));
		demandService(best, e.span());
		Candidate candidate = candidate(best);
		List<Type> params = new ArrayList<>();
		int count = (wanted instanceof Type.Fn fn) ? fn.params().size() : Integer.MAX_VALUE;
		for (Param param : candidate.params()) {
			if (params.size() < count && (count != Integer.MAX_VALUE || !param.hasDefault() && !param.rest())) {
				params.add(parameter(param, param.rest()));
			}
		}
		return new Type.Fn(params, candidate.result());
	}

	@Nullable Type onlyReceiver(String name, boolean called) {
		if (this.body.world.schema.isKey(name) || rows(name).isEmpty()) {
			return null;
		}
		Type only = null;
		for (BuiltinSignatures.Row row : rows(name)) {
			Candidate candidate = candidate(row);
			if (candidate.params().isEmpty() || row.value()) {
				return null;
			}
			Type receiver = Zonk.prune(parameter(candidate.params().get(0), false));
			boolean certain = receiver == Basic.TEXT || receiver instanceof Type.ListOf || called
					&& receiver instanceof Type.MapOf;
			if (!certain || only != null && only.getClass() != receiver.getClass()) {
				return null;
			}
			only = receiver;
		}
		return this.body.world.schema.isMethod(name) ? null : only;
	}

	boolean hasMethod(String name, Type receiver) {
		for (BuiltinSignatures.Row row : rows(name)) {
			if (!row.value() && takesReceiver(row, receiver)) {
				return true;
			}
		}
		return false;
	}

	Collection<String> namesFor(Type receiver) {
		return this.body.world.signatures.builtins()
			.names()
			.stream()
			.filter(name -> !name.contains(".") && hasMethod(name, receiver))
			.toList();
	}

}
