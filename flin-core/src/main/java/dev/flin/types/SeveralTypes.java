package dev.flin.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.types.CallChecker.Site;
import dev.flin.types.Type.Basic;

/** Calls of lambdas that serve several types: the body is checked anew for the types of each call. */
final class SeveralTypes {

	/** Calls inside of calls beyond this give any. */
	private static final int DEPTH_MAX = 12;

	private record Key(int lambda, List<Type> types) {
	}

	/** What a body gave; a call of itself meets the answer any. */
	private record Answer(Type result, @Nullable Diagnostic problem) {
	}

	private final Body body;

	private final Map<Key, Answer> answers = new HashMap<>();

	private int depth;

	SeveralTypes(Body body) {
		this.body = body;
	}

	Type call(Expr.Lambda lambda, Site site) {
		List<Type> given = new ArrayList<>();
		if (site.receiver() != null) {
			given.add(Zonk.zonk(site.receiver()));
		}
		boolean spread = false;
		for (Part.Arg arg : site.args()) {
			given.add(Zonk.zonk(this.body.exprs.infer(arg.value())));
			spread |= arg.spread();
		}
		this.body.tables.access(site.id(), new Access.DynamicCall());
		if (spread) {
			return Basic.ANY;
		}
		List<Type> types = parameters(lambda, given);
		if (types == null) {
			this.body.error(Code.E0203, site.span(),
					"'" + site.name() + "' takes " + lambda.params().size() + " arguments, not " + site.args().size());
			return Basic.BROKEN;
		}
		return resultFor(lambda, types, site.name(), site.span());
	}

	/** What a lambda of a variable gives for these types; reports what it cannot do with them. */
	Type resultFor(Expr.Lambda lambda, List<Type> types, String name, Span at) {
		Answer answer = answer(lambda, types);
		if (answer.problem() != null) {
			answer = wider(lambda, types, answer);
		}
		if (answer.problem() != null) {
			this.body.error(Code.E0201, at, "'" + name + "' cannot take these: " + answer.problem().message());
			return Basic.BROKEN;
		}
		return answer.result();
	}

	private Answer wider(Expr.Lambda lambda, List<Type> types, Answer narrow) {
		for (List<Type> each : WiderParameters.of(types, lambda.params(), this.body.resolution.frame(lambda.id()),
				false)) {
			Answer answer = answer(lambda, each);
			if (answer.problem() == null) {
				return answer;
			}
		}
		return narrow;
	}

	/** The types of all parameters, those of defaults included; null when the count does not fit. */
	private @Nullable List<Type> parameters(Expr.Lambda lambda, List<Type> given) {
		List<Type> types = new ArrayList<>();
		for (int i = 0; i < lambda.params().size(); i++) {
			Part.Param param = lambda.params().get(i);
			if (param.rest()) {
				types.add(new Type.ListOf((i < given.size())
						? this.body.unifier.meetAll(given.subList(i, given.size())) : Basic.ANY));
				return types;
			}
			if (i >= given.size() && param.defaultValue() == null) {
				return null;
			}
			types.add((i < given.size()) ? given.get(i) : Basic.ANY);
		}
		return (given.size() > types.size()) ? null : types;
	}

	private Answer answer(Expr.Lambda lambda, List<Type> types) {
		Key key = new Key(lambda.id(), types);
		Answer known = this.answers.get(key);
		if (known != null) {
			return known;
		}
		Answer unknown = new Answer(Basic.ANY, null);
		if (this.depth >= DEPTH_MAX) {
			return unknown;
		}
		boolean ground = types.stream().allMatch(Zonk::isGround);
		if (ground) {
			this.answers.put(key, unknown);
		}
		this.depth++;
		Answer answer = check(lambda, types);
		this.depth--;
		if (ground) {
			this.answers.put(key, answer);
		}
		return answer;
	}

	private Answer check(Expr.Lambda lambda, List<Type> types) {
		Type[] result = { Basic.ANY };
		Type.Fn wanted = new Type.Fn(types, this.body.fresh());
		Map<Symbol.Variable, World.Slot> before = new HashMap<>(this.body.slots);
		int loosened = this.body.loosened;
		List<Diagnostic> problems = this.body.apart(() -> {
			if (this.body.control.lambda(lambda, wanted, true) instanceof Type.Fn fn) {
				result[0] = fn.result();
			}
		});
		this.body.slots.clear();
		this.body.slots.putAll(before);
		if (problems == null) {
			return new Answer(Basic.ANY, null);
		}
		for (Diagnostic problem : problems) {
			if (problem.isError()) {
				return new Answer(Basic.BROKEN, problem);
			}
		}
		return new Answer((this.body.loosened > loosened) ? Basic.ANY : Zonk.zonk(result[0]), null);
	}

}
