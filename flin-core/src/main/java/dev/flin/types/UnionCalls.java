package dev.flin.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Diagnostic;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.CallChecker.Site;
import dev.flin.types.Type.Basic;

/** Calls on values of several types: checked for each of them, and decided by the value when the call runs. */
final class UnionCalls {

	private final Body body;

	private final BuiltinCalls builtins;

	UnionCalls(Body body, BuiltinCalls builtins) {
		this.body = body;
		this.builtins = builtins;
	}

	/** A method of a union: every member needs to have it. */
	Type callMethod(Type.Union union, String name, Expr.Call e, UnaryOperator<Type> ofMember) {
		List<Type> results = new ArrayList<>();
		for (Type each : union.members()) {
			results.add(ofMember.apply(each));
		}
		this.body.tables.access(e.id(), new Access.DynamicMethod(name));
		if (results.contains(Basic.BROKEN)) {
			return Basic.BROKEN;
		}
		for (Part.Arg arg : e.args()) {
			serveAllMembers(arg.value(), results);
		}
		return this.body.unifier.meetAll(results);
	}

	/**
	 * A function of which no overload takes the union it is called with: it is checked as a method of each member.
	 * @param errors how many diagnostics there were before the call was tried
	 * @return null if that is not what is wrong, or a member lacks such a method
	 */
	@Nullable Type call(String target, Site site, int errors) {
		List<Diagnostic> problems = List
			.copyOf(this.body.diagnostics.subList(errors, this.body.diagnostics.size()));
		Type receiver = site.receiver();
		boolean piped = receiver != null;
		if (problems.isEmpty() || !piped && (site.args().isEmpty() || site.args().getFirst().spread()
				|| !problems.getFirst().span().equals(site.args().getFirst().value().span()))) {
			return null;
		}
		Type first = this.body.resolve((receiver != null) ? receiver
				: this.body.exprs.infer(site.args().getFirst().value()));
		this.body.diagnostics.subList(errors, this.body.diagnostics.size()).clear();
		List<Part.Arg> rest = piped ? site.args() : site.args().subList(1, site.args().size());
		List<Type> results = new ArrayList<>();
		for (Type each : (first instanceof Type.Union union) ? OperatorRules.members(union) : List.<Type>of()) {
			Type result = this.builtins.method(each,
					new Site(site.id(), site.span(), site.nameSpan(), target, each, rest), null);
			if (result == null) {
				results.clear();
				break;
			}
			results.add(result);
		}
		if (results.isEmpty()) {
			this.body.diagnostics.subList(errors, this.body.diagnostics.size()).clear();
			this.body.diagnostics.addAll(problems);
			return null;
		}
		rest.forEach(arg -> serveAllMembers(arg.value(), results));
		return this.body.unifier.meetAll(results);
	}

	/** A function given to a method of a union was checked for each member, and is called with the values of any. */
	private void serveAllMembers(Expr value, List<Type> results) {
		if (!(this.body.resolve(this.body.tables.type(value.id())) instanceof Type.Fn checked)) {
			return;
		}
		for (Type result : results) {
			if (Zonk.prune(result) instanceof TypeVar open) {
				this.body.later(open, () -> {
					serveAny(value, checked);
					return open;
				});
				return;
			}
		}
		serveAny(value, checked);
	}

	private void serveAny(Expr value, Type.Fn checked) {
		List<Diagnostic> before = List.copyOf(this.body.diagnostics);
		Type.Fn wanted = new Type.Fn(Collections.nCopies(checked.params().size(), Basic.ANY), this.body.fresh());
		this.body.tables.type(value.id(), (value instanceof Expr.Lambda lambda)
				? this.body.control.lambda(lambda, wanted, true) : this.body.exprs.infer(value, wanted));
		this.body.diagnostics.removeIf(each -> !each.isError() && !before.contains(each));
	}

}
