package dev.flin.types;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.Stmt;
import dev.flin.syntax.SyntaxTree;
import dev.flin.types.Type.Basic;

/** Blocks, branches, loops, lambdas, and what conditions make known. */
final class ControlChecker {

	private static final class Loop {

		final @Nullable String label;

		Type value = Basic.NEVER;

		boolean broken;

		Loop(@Nullable String label) {
			this.label = label;
		}

	}

	private final Body body;

	private Deque<Loop> loops = new ArrayDeque<>();

	ControlChecker(Body body) {
		this.body = body;
	}

	// Blocks

	/** The value of a block is that of its last statement; with {@code strict} it has to fit what is expected. */
	Type block(Part.@Nullable Block block, @Nullable Type expected, boolean strict) {
		if (block == null) {
			return Basic.NONE;
		}
		Type type = statements(block.body(), expected, strict, block.span());
		this.body.tables.type(block.id(), type);
		return type;
	}

	/** The top level of a file. */
	void block(SyntaxTree tree) {
		statements(tree.body(), null, false, new Span(0, 0));
		if (!tree.body().isEmpty()) {
			new DroppedAnswers(this.body).in(tree.body().getLast());
		}
	}

	private Type statements(List<Stmt> all, @Nullable Type expected, boolean strict, Span at) {
		if (all.stream().anyMatch(Stmt.Broken.class::isInstance)) {
			// What could not be read may have returned anything.
			all.forEach(this.body.statements::statement);
			return Basic.BROKEN;
		}
		boolean dead = false;
		Type last = Basic.NONE;
		for (int i = 0; i < all.size(); i++) {
			Stmt statement = all.get(i);
			if (dead && !(statement instanceof Stmt.Fn)) {
				this.body.report(Diagnostic.of(Code.W0103, this.body.file.tree.file(), statement.span(),
						"this is never reached"));
				checkUnreached(all.subList(i, all.size()));
				return Basic.NEVER;
			}
			boolean isLast = i == all.size() - 1;
			last = (isLast && statement instanceof Stmt.Eval eval) ? value(eval, expected, strict)
					: this.body.statements.statement(statement);
			if (!isLast) {
				new DroppedAnswers(this.body).in(statement);
			}
			dead = Zonk.prune(last) == Basic.NEVER;
		}
		if (strict && expected != null && !dead && (all.isEmpty() || !(all.get(all.size() - 1) instanceof Stmt.Eval))
				&& !this.body.unifier.assign(Basic.NONE, expected)) {
			this.body.mismatch(all.isEmpty() ? at : all.get(all.size() - 1).span(), Basic.NONE, expected);
		}
		return (dead || !all.isEmpty() && all.get(all.size() - 1) instanceof Stmt.Eval) ? last : Basic.NONE;
	}

	private Type value(Stmt.Eval eval, @Nullable Type expected, boolean strict) {
		return (strict && expected != null) ? this.body.exprs.require(eval.value(), expected)
				: this.body.exprs.infer(eval.value(), expected);
	}

	private void checkUnreached(List<Stmt> rest) {
		this.body.aside(() -> rest.forEach(this.body.statements::statement));
	}

	/** The body of a function: gives its result, of the last expression and all returns. */
	Type functionBody(Part.Block block, @Nullable Type declared) {
		Body.Target outer = this.body.target;
		Deque<Loop> outerLoops = this.loops;
		Body.Target own = new Body.Target(declared);
		this.body.target = own;
		this.loops = new ArrayDeque<>();
		try {
			Type last = block(block, declared, declared != null && declared != Basic.NONE);
			return (declared != null) ? declared : this.body.meet(own.result, last);
		}
		finally {
			this.body.target = outer;
			this.loops = outerLoops;
		}
	}

	/** A block that the host runs: what it returns is free. */
	Type hostBlock(Part.Block block) {
		Facts before = this.body.facts;
		this.body.facts = before.stable();
		Type result = functionBody(block, null);
		this.body.facts = before;
		return result;
	}

	Type returns(Expr.Return e) {
		Type declared = this.body.target.declared;
		if (e.value() == null) {
			if (declared != null && !this.body.unifier.assign(Basic.NONE, declared)) {
				this.body.mismatch(e.span(), Basic.NONE, declared);
			}
			this.body.target.result = this.body.meet(this.body.target.result, Basic.NONE);
			return Basic.NEVER;
		}
		Type type = (declared != null) ? this.body.exprs.require(e.value(), declared)
				: this.body.exprs.infer(e.value());
		if (declared == null) {
			this.body.target.result = this.body.meet(this.body.target.result, type);
		}
		return Basic.NEVER;
	}

	// Lambdas

	/**
	 * A lambda. One that takes any number of arguments has a type only under its name: no type of functions says so.
	 * @param callback the place takes functions with fewer parameters or an index more, and truthy results
	 */
	Type lambda(Expr.Lambda e, @Nullable Type hint, boolean callback) {
		Type wanted = (hint != null) ? Unifier.withoutNone(hint) : Basic.ANY;
		boolean takesAnyNumber = e.params().stream().anyMatch(Part.Param::rest);
		Type.Fn target = (wanted instanceof Type.Fn fn && !takesAnyNumber) ? fn : null;
		if (target != null && callback && e.params().size() > target.params().size() + 1) {
			this.body.error(Code.E0201, e.span(), "this place gives " + target.params().size()
					+ " arguments, and the function takes " + e.params().size());
			target = null;
		}
		List<Type> params = new ArrayList<>();
		Facts before = this.body.facts;
		this.body.facts = before.stable();
		// No type of functions says that one takes the rest: its calls decide when they run.
		boolean dynamic = takesAnyNumber || this.body.earlier.dynamic().contains(e.id());
		for (int i = 0; i < e.params().size(); i++) {
			Part.Param param = e.params().get(i);
			boolean open = dynamic && !(takesAnyNumber && param.type() != null);
			params.add(parameter(param, open ? Basic.ANY : given(target, i, callback)));
		}
		boolean kept = this.body.assignee != null;
		Body.Loosening outer = loosening(e, params);
		Type declared = (e.result() != null) ? this.body.world.reader.read(e.result(), this.body.where()) : null;
		Type expected = (target != null && !FunctionCalls.isIgnored(target.result())) ? target.result() : null;
		boolean strict = expected != null && callback;
		Type result = lambdaBody(e, declared, expected, strict);
		this.body.loosening = outer;
		this.body.facts = before;
		if (expected != null && callback && Zonk.prune(expected) instanceof TypeVar) {
			this.body.unifier.assign(result, expected);
		}
		return (takesAnyNumber && !kept) ? Basic.ANY : new Type.Fn(params, result, unsaid(e.params(), target));
	}

	/** The parameters whose types neither they nor the place of the lambda say. */
	private static long unsaid(List<Part.Param> params, Type.@Nullable Fn target) {
		long unsaid = 0;
		for (int i = 0; i < Math.min(params.size(), Long.SIZE); i++) {
			boolean known = target != null && i < target.params().size() && target.isSaid(i);
			unsaid |= (known || params.get(i).type() != null) ? 0 : 1L << i;
		}
		return unsaid;
	}

	/** From here on this lambda is what uses of its open parameters concern; gives what it was before. */
	private Body.@Nullable Loosening loosening(Expr.Lambda e, List<Type> params) {
		Body.Loosening outer = this.body.loosening;
		Symbol.Variable variable = this.body.assignee;
		this.body.assignee = null;
		for (Type type : params) {
			if (Zonk.prune(type) instanceof TypeVar) {
				this.body.loosening = (variable != null) ? () -> this.body.serveSeveral(variable)
						: () -> this.body.serveAll(e.id());
				break;
			}
		}
		return outer;
	}

	private Type lambdaBody(Expr.Lambda e, @Nullable Type declared, @Nullable Type expected, boolean strict) {
		if (declared != null) {
			return functionBody(e.body(), declared);
		}
		if (strict && expected != null && !(Zonk.prune(expected) instanceof TypeVar)) {
			functionBody(e.body(), expected);
			return expected;
		}
		Body.Target outer = this.body.target;
		Deque<Loop> outerLoops = this.loops;
		Body.Target own = new Body.Target(null);
		this.body.target = own;
		this.loops = new ArrayDeque<>();
		Type last = block(e.body(), expected, false);
		this.body.target = outer;
		this.loops = outerLoops;
		return this.body.meet(own.result, last);
	}

	private static @Nullable Type given(Type.@Nullable Fn target, int index, boolean callback) {
		if (target == null) {
			return null;
		}
		if (index < target.params().size()) {
			return target.params().get(index);
		}
		return callback ? Basic.INT : null;
	}

	private Type parameter(Part.Param param, @Nullable Type given) {
		Type type;
		if (param.type() != null) {
			type = this.body.world.reader.read(param.type(), this.body.where());
			if (given != null && !this.body.unifier.assign(given, type)) {
				this.body.mismatch(param.span(), given, type);
			}
		}
		else {
			type = (given != null) ? given : param.takesOptions() ? Basic.ANY : this.body.fresh();
		}
		if (param.rest() && given == null) {
			type = new Type.ListOf(type);
		}
		if (param.defaultValue() != null) {
			Type value = this.body.exprs.infer(param.defaultValue(), type);
			this.body.unifier.assign(value, type);
		}
		this.body.destructuring.bind(param.target(), type);
		return type;
	}

	// Branches

	Type ifElse(Expr.If e, @Nullable Type expected, boolean strict) {
		condition(e.condition());
		Facts entry = this.body.facts;
		this.body.facts = this.body.conditions.assume(e.condition(), true);
		Type then = branch(e.then(), expected, strict && e.otherwise() != null);
		Facts afterThen = this.body.facts;
		this.body.facts = this.body.conditions.refine(entry, e.condition(), false);
		Type otherwise = Basic.NONE;
		if (e.otherwise() != null) {
			otherwise = branch(e.otherwise(), expected, strict);
		}
		Facts afterElse = this.body.facts;
		boolean thenLeaves = Zonk.prune(then) == Basic.NEVER;
		boolean elseLeaves = Zonk.prune(otherwise) == Basic.NEVER;
		this.body.facts = thenLeaves ? afterElse : elseLeaves ? afterThen : afterThen.and(afterElse);
		return (strict && expected != null && e.otherwise() != null && !(thenLeaves && elseLeaves)) ? expected
				: this.body.meet(then, otherwise);
	}

	private Type branch(Expr branch, @Nullable Type expected, boolean strict) {
		return (strict && expected != null) ? this.body.exprs.require(branch, expected)
				: this.body.exprs.infer(branch, expected);
	}

	void condition(Expr condition) {
		this.body.exprs.infer(condition);
	}

	Type let(Expr.Let e) {
		Type value = this.body.asked(e.value(), null);
		// A bare name asks whether there is a value.
		this.body.patterns.match(e.pattern(),
				(e.pattern() instanceof Pattern.Name) ? Unifier.withoutNone(this.body.resolve(value)) : value);
		return Basic.BOOL;
	}

	Type match(Expr.Match e, @Nullable Type expected, boolean strict) {
		List<Pattern> patterns = new ArrayList<>(e.arms().size());
		for (Part.Arm arm : e.arms()) {
			patterns.add(arm.pattern());
		}
		Facts.Path path = this.body.path(e.subject());
		this.body.facts = this.body.facts.beforeAsking(path);
		Type subject = this.body.patterns.subject(this.body.exprs.infer(e.subject()), patterns);
		Facts entry = this.body.facts;
		Facts after = null;
		List<Type> results = new ArrayList<>();
		Coverage coverage = new Coverage(this.body, subject);
		Type rest = subject;
		for (Part.Arm arm : e.arms()) {
			int errors = this.body.diagnostics.size();
			this.body.facts = this.body.conditions.assumeMatch(entry, e.subject(), arm.pattern());
			Type matched = this.body.patterns.arm(arm.pattern(), rest, subject);
			if (path != null && !matched.equals(subject) && !OperatorRules.isWild(matched)) {
				this.body.facts = this.body.facts.with(path, matched);
			}
			if (arm.guard() != null) {
				condition(arm.guard());
				this.body.facts = this.body.conditions.assume(arm.guard(), true);
			}
			boolean broken = this.body.hasErrorsSince(errors);
			coverage.add(arm, broken);
			results.add(branch(arm.body(), expected, strict));
			if (Zonk.prune(results.get(results.size() - 1)) != Basic.NEVER) {
				after = (after != null) ? after.and(this.body.facts) : this.body.facts;
			}
			if (arm.guard() == null) {
				rest = this.body.patterns.without(rest, arm.pattern());
				entry = this.body.conditions.assumeNoMatch(entry, e.subject(), arm.pattern());
			}
		}
		boolean complete = coverage.report(e);
		this.body.facts = (after == null) ? entry : complete ? after : after.and(entry);
		return result(e, results, complete, expected, strict);
	}

	private Type result(Expr.Match e, List<Type> results, boolean complete, @Nullable Type expected, boolean strict) {
		Type met = this.body.meetAll(results);
		if (complete) {
			return (strict && expected != null && Zonk.prune(met) != Basic.NEVER) ? expected : met;
		}
		Type result = Type.optional(Zonk.prune(met));
		if (strict && expected != null && result != Basic.BROKEN
				&& !this.body.unifier.assign(Basic.NONE, expected)) {
			this.body.mismatch(e.span(), result, expected);
			return Basic.BROKEN;
		}
		return result;
	}

	Type tryValue(Expr.Try e) {
		Type value = this.body.exprs.infer(e.value());
		Map<String, Type> fields = new LinkedHashMap<>();
		Type plain = Zonk.prune(value);
		fields.put("ok", Basic.BOOL);
		fields.put("value", (plain == Basic.NEVER) ? Basic.NONE : Type.optional(plain));
		fields.put("error", Basic.FAILURE);
		return new Type.RecordOf(fields);
	}

	Type tryCatch(Expr.TryCatch e, @Nullable Type hint) {
		Facts entry = this.body.facts.stable();
		Type type = block(e.body(), hint, false);
		this.body.facts = entry;
		if (e.handler() != null) {
			if (e.error() != null) {
				this.body.destructuring.bind(e.error(), Basic.FAILURE);
			}
			type = this.body.meet(type, block(e.handler(), hint, false));
		}
		this.body.facts = entry;
		if (e.cleanup() != null) {
			block(e.cleanup(), null, false);
		}
		return type;
	}

	// Loops

	Type forIn(Expr.For e) {
		Type source = this.body.resolve(this.body.exprs.infer(e.source()));
		return loop(e.label(), false, () -> {
			bindItems(e.item(), e.index(), source, e.source().span());
			block(e.body(), null, false);
		});
	}

	/** Binds the names of a loop over a list, map, query, range or text. */
	void bindItems(Pattern item, @Nullable Pattern index, Type source, Span at) {
		Type plain = Unifier.withoutNone(source);
		Type pair = pair(plain);
		boolean takesPair = item instanceof Pattern.ListOf || item instanceof Pattern.Tuple;
		if (plain instanceof Type.Basic basic && basic == Basic.NONE) {
			this.body.operators.elementOf(plain, at);
		}
		if (pair != null && takesPair) {
			this.body.destructuring.bind(item, pair);
		}
		else if (plain instanceof TypeVar open && takesPair) {
			Type element = this.body.fresh();
			this.body.later(open, () -> {
				Type known = pair(Unifier.withoutNone(this.body.resolve(open)));
				this.body.unifier.unify(element, (known != null) ? known : this.body.operators.elementOf(open, at));
				return element;
			});
			this.body.destructuring.bind(item, element);
		}
		else {
			bindElement(item, this.body.operators.elementOf(source, at));
		}
		if (index != null) {
			Type second = takesPair ? Basic.INT : (plain instanceof Type.MapOf map) ? map.value()
					: (plain instanceof Type.RecordOf) ? recordValue(plain) : Basic.INT;
			this.body.destructuring.bind(index, (plain == Basic.ANY) ? Basic.ANY : second);
		}
	}

	/** {@code for (a, b) in xs} takes tuples and lists apart; other elements come with their index. */
	private void bindElement(Pattern item, Type element) {
		Type plain = Unifier.withoutNone(this.body.resolve(element));
		boolean apart = plain instanceof Type.TupleOf || plain instanceof Type.ListOf || plain instanceof TypeVar
				|| plain instanceof Type.Union || OperatorRules.isWild(plain);
		if (!apart && item instanceof Pattern.Tuple tuple && tuple.elements().size() == 2) {
			this.body.tables.type(tuple.id(), element);
			this.body.tables.access(tuple.id(), new Access.ItemAndIndex());
			this.body.destructuring.bind(tuple.elements().get(0), element);
			this.body.destructuring.bind(tuple.elements().get(1), Basic.INT);
			return;
		}
		this.body.destructuring.bind(item, element);
	}

	private Type recordValue(Type record) {
		return (record instanceof Type.RecordOf t) ? this.body.unifier.anyField(t) : Basic.ANY;
	}

	private @Nullable Type pair(Type source) {
		return switch (source) {
			case Type.MapOf map -> new Type.TupleOf(List.of(map.key(), map.value()));
			case Type.RecordOf record -> new Type.TupleOf(List.of(Basic.TEXT, recordValue(record)));
			default -> null;
		};
	}

	Type forThree(Expr.ForC e) {
		if (e.init() != null) {
			this.body.statements.statement(e.init());
		}
		return loop(e.label(), false, () -> {
			if (e.condition() != null) {
				head(e.condition());
			}
			block(e.body(), null, false);
			if (e.step() != null) {
				this.body.exprs.infer(e.step());
			}
		});
	}

	Type whileLoop(Expr.While e) {
		boolean endless = e.condition() instanceof Expr.Bool bool && bool.value();
		Type type = loop(e.label(), endless, () -> {
			if (e.bodyFirst()) {
				block(e.body(), null, false);
				condition(e.condition());
				return;
			}
			head(e.condition());
			this.body.facts = this.body.conditions.assume(e.condition(), true);
			block(e.body(), null, false);
		});
		return type;
	}

	/** The condition of the innermost loop: a jump there means a loop around it. */
	private void head(Expr condition) {
		Loop loop = this.loops.pop();
		condition(condition);
		this.loops.push(loop);
	}

	private Type loop(@Nullable String label, boolean endless, Runnable action) {
		Facts entry = this.body.facts.stable();
		this.body.facts = entry;
		Loop loop = new Loop(label);
		this.loops.push(loop);
		action.run();
		this.loops.pop();
		this.body.facts = entry;
		if (endless) {
			return loop.broken ? (loop.value == Basic.NEVER) ? Basic.NONE : loop.value : Basic.NEVER;
		}
		return (loop.value == Basic.NEVER) ? Basic.NONE : Type.optional(Zonk.prune(loop.value));
	}

	/** A block; one that {@code break} may leave has no value. */
	Type blockOf(Expr.BlockOf e, @Nullable Type hint, boolean strict) {
		if (e.label() == null) {
			return block(e.block(), hint, strict);
		}
		Facts entry = this.body.facts.stable();
		this.loops.push(new Loop(e.label()));
		block(e.block(), null, false);
		this.loops.pop();
		this.body.facts = entry;
		if (strict && hint != null && !this.body.unifier.assign(Basic.NONE, hint)) {
			this.body.mismatch(e.span(), Basic.NONE, hint);
			return Basic.BROKEN;
		}
		return Basic.NONE;
	}

	Type breakLoop(Expr.Break e) {
		Type value = (e.value() != null) ? this.body.exprs.infer(e.value()) : null;
		for (Loop loop : this.loops) {
			if (Expr.BlockOf.isMeant(e.label(), loop.label)) {
				loop.broken = true;
				if (value != null) {
					loop.value = this.body.meet(loop.value, value);
				}
				break;
			}
		}
		return Basic.NEVER;
	}

}
