package dev.flin.resolve;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Node;
import dev.flin.syntax.Part;
import dev.flin.syntax.Pattern;
import dev.flin.syntax.TypeExpr;

/** Resolves expressions and follows their control flow. */
final class ExprResolver {

	private final ResolveContext context;

	private final PatternResolver patterns;

	private final MarkupResolver markup;

	private final StatementResolver statements;

	private final Questions questions;

	ExprResolver(ResolveContext context) {
		this.context = context;
		this.questions = new Questions(context.resolution);
		this.patterns = new PatternResolver(context, this);
		this.markup = new MarkupResolver(context, this, this.patterns);
		this.statements = new StatementResolver(context, this, this.patterns);
	}

	StatementResolver statements() {
		return this.statements;
	}

	/** What a name is written for: its value, a call, or a member. */
	private enum Use {

		VALUE, CALLEE, OWNER

	}

	/** Resolves an expression in order of evaluation. */
	void expr(@Nullable Expr expr) {
		if (expr == null) {
			return;
		}
		switch (expr) {
			case Expr.Name e -> name(e, Use.VALUE);
			case Expr.Member e when e.target() instanceof Expr.Name owner -> name(owner, Use.OWNER);
			case Expr.Call e -> call(e.callee(), e.args());
			case Expr.Pipe e -> {
				expr(e.value());
				call(e.callee(), e.args());
			}
			case Expr.Lambda e -> lambda(e);
			case Expr.Binary e -> binary(e);
			case Expr.Assign e -> assign(e);
			case Expr.Step e -> step(e);
			case Expr.TypeOf e when e.value() instanceof Expr.Name asked -> {
				this.context.browser.asks(asked);
				this.context.browser.behind(e, () -> expr(asked));
			}
			case Expr.If e -> ifElse(e);
			case Expr.Let e -> {
				expr(e.value());
				this.patterns.match(e.pattern());
			}
			case Expr.Match e -> match(e);
			case Expr.BlockOf e -> blockOf(e);
			case Expr.For e -> forIn(e);
			case Expr.ForC e -> forThree(e);
			case Expr.While e -> whileLoop(e);
			case Expr.Break e -> jump(e, e.label(), e.value(), true);
			case Expr.Continue e -> jump(e, e.label(), null, false);
			case Expr.Return e -> {
				expr(e.value());
				this.context.flow.die();
			}
			case Expr.Throw e -> {
				expr(e.value());
				this.context.flow.die();
			}
			case Expr.Try e -> {
				Flow before = this.context.flow.copy();
				expr(e.value());
				this.context.flow = Flow.join(before, this.context.flow);
			}
			case Expr.TryCatch e -> tryCatch(e);
			case Expr.MarkupOf e -> this.markup.nodes(e.nodes());
			case Expr.BlockCall e -> {
				e.args().forEach(arg -> expr(arg.value()));
				this.context.inFrame(Frame.Kind.HOST_BLOCK, e, () -> frameBody(e.body()));
			}
			default -> children(expr);
		}
		this.questions.in(expr);
	}

	private void children(Node node) {
		Children.each(node, child -> {
			switch (child) {
				case Expr inner -> expr(inner);
				case Part.Block inner -> block(inner);
				case Pattern inner -> {
				}
				case TypeExpr inner -> {
				}
				default -> children(child);
			}
		});
	}

	private void name(Expr.Name e, Use use) {
		ResolveContext c = this.context;
		boolean callee = use == Use.CALLEE;
		Symbol symbol = find(e.name(), callee);
		if (symbol instanceof Symbol.EnumType type && use != Use.OWNER) {
			symbol = ownVariant(type);
		}
		if (symbol instanceof Symbol.Variable variable) {
			var early = c.read(variable, e.span());
			if (early != null && c.queryArguments > 0) {
				c.resolution.open(e.id(), () -> early);
			}
			else if (early != null) {
				c.report(early);
			}
		}
		if (symbol instanceof Symbol.Function function && function.isNested()) {
			Diagnostic early = c.use(function, e.span());
			if (early != null) {
				c.report(early);
			}
		}
		if (symbol != null) {
			c.browser.name(e, symbol, callee);
			c.resolution.symbol(e.id(), symbol);
			return;
		}
		String known = Names.withoutFunction(e.name());
		Supplier<Diagnostic> error = (known != null) ? () -> Diagnostic.of(Code.E0099, c.tree.file(), e.span(), known)
				: callee ? c.undefined(Code.E0103, "function", e.name(), e.span())
				: c.undefined(Code.E0102, "variable", e.name(), e.span());
		if (c.queryArguments > 0 || isInEntity()) {
			c.resolution.open(e.id(), error);
		}
		else {
			c.report(error.get());
		}
	}

	/** Whether names may be what other entities declare: the ways back from their references. */
	private boolean isInEntity() {
		return this.context.scope.lookup("created_at") instanceof Symbol.SelfField own && own.entity() != null;
	}

	/** An enum is no value itself, but it may have a variant of its own name. */
	private static Symbol ownVariant(Symbol.EnumType type) {
		for (Symbol.Variant variant : type.variants()) {
			if (variant.name().equals(type.declaration().name())) {
				return new Symbol.Variants(variant.name(), List.of(variant));
			}
		}
		return type;
	}

	private @Nullable Symbol find(String name, boolean callee) {
		ResolveContext c = this.context;
		Symbol symbol = c.scope.lookup(name);
		if (symbol == null) {
			symbol = c.declarations.lookup(c.tree, name);
		}
		if (symbol != null) {
			return symbol;
		}
		List<Symbol.Variant> variants = c.declarations.variants(c.tree, name);
		if (!variants.isEmpty()) {
			return new Symbol.Variants(name, variants);
		}
		boolean builtin = c.builtins.contains(name) || c.builtins.isBrowserOnly(name, callee);
		if (Names.AMBIENT.contains(name) && !(callee && builtin) || isErrorPageName(name)) {
			return new Symbol.Ambient(name);
		}
		if (builtin || Names.NAMESPACES.contains(name)) {
			return new Symbol.Builtin(name);
		}
		return null;
	}

	private boolean isErrorPageName(String name) {
		String path = this.context.tree.file().path();
		String file = path.substring(path.lastIndexOf('/') + 1);
		return Names.ERROR_PAGE.contains(name) && file.matches("_(error|[45]xx|\\d{3})\\.flin");
	}

	private void call(Expr callee, List<Part.Arg> args) {
		boolean query = callee instanceof Expr.Member member && Names.FIELD_OPERATIONS.contains(member.name());
		if (callee instanceof Expr.Name name) {
			name(name, Use.CALLEE);
		}
		else {
			expr(callee);
			this.context.browser.runsAtOnce(args);
		}
		this.context.queryArguments += query ? 1 : 0;
		Set<String> around = this.context.updated;
		this.context.updated = updated(callee, args);
		args.forEach(arg -> expr(arg.value()));
		this.context.updated = around;
		this.context.queryArguments -= query ? 1 : 0;
		if (callee instanceof Expr.Name name && neverReturns(name)) {
			this.context.flow.die();
		}
	}

	private Set<String> updated(Expr callee, List<Part.Arg> args) {
		if (!(callee instanceof Expr.Member member) || !member.name().equals("update")) {
			return this.context.updated;
		}
		return args.stream().flatMap(arg -> Stream.ofNullable(arg.name())).collect(Collectors.toSet());
	}

	private boolean neverReturns(Expr.Name callee) {
		Symbol symbol = this.context.resolution.symbol(callee.id());
		return switch (symbol) {
			case Symbol.Builtin builtin -> builtin.name().equals("fail");
			case Symbol.Function function ->
				function.declaration().result() instanceof TypeExpr.Named named && named.name().equals("never");
			case null, default -> false;
		};
	}

	private void binary(Expr.Binary e) {
		expr(e.left());
		switch (e.op()) {
			case AND, OR, COALESCE, ELVIS -> {
				Flow before = this.context.flow.copy();
				this.context.browser.behind(e.left(), () -> expr(e.right()));
				this.context.flow = before;
			}
			default -> expr(e.right());
		}
	}

	private void assign(Expr.Assign e) {
		if (!(e.target() instanceof Expr.Name target)) {
			expr(e.target());
			expr(e.value());
			return;
		}
		if (e.op() != null) {
			name(target, Use.VALUE);
			unread(target);
		}
		expr(e.value());
		Symbol symbol = this.context.scope.assignable(target.name());
		if (symbol instanceof Symbol.Variable variable) {
			this.context.assign(variable, target.span());
		}
		if (symbol != null) {
			this.context.resolution.symbol(target.id(), symbol);
		}
		else if (e.op() == null) {
			this.context.report(this.context.undefined(Code.E0102, "variable", target.name(), target.span()).get());
		}
	}

	/** {@code x += 1} alone does not use {@code x}. */
	private void unread(Expr.Name target) {
		if (this.context.resolution.symbol(target.id()) instanceof Symbol.Variable variable) {
			variable.reads--;
		}
	}

	private void step(Expr.Step e) {
		expr(e.target());
		if (e.target() instanceof Expr.Name name
				&& this.context.resolution.symbol(name.id()) instanceof Symbol.Variable variable) {
			this.context.assign(variable, name.span());
		}
	}

	private void lambda(Expr.Lambda e) {
		this.context.inFrame(Frame.Kind.LAMBDA, e, () -> {
			parameters(e.params());
			frameBody(e.body());
		});
	}

	void parameters(List<Part.Param> params) {
		for (Part.Param param : params) {
			expr(param.defaultValue());
			this.patterns.bind(param.target(), Symbol.Variable.Kind.PARAMETER);
			if (param.takesOptions()
					&& this.context.resolution.symbol(param.target().id()) instanceof Symbol.Variable variable) {
				variable.options = true;
			}
		}
	}

	/** The body of a new frame: its loops and labels are its own. */
	void frameBody(Part.Block body) {
		List<ResolveContext.Loop> outer = new ArrayList<>(this.context.loops);
		int query = this.context.queryArguments;
		this.context.loops.clear();
		this.context.queryArguments = 0;
		this.context.declareAssigned(body.body());
		block(body);
		this.context.queryArguments = query;
		this.context.loops.clear();
		for (ResolveContext.Loop loop : outer) {
			this.context.loops.addLast(loop);
		}
	}

	void block(Part.@Nullable Block block) {
		if (block != null) {
			this.statements.all(block.body());
		}
	}

	private void blockOf(Expr.BlockOf e) {
		if (e.label() == null) {
			block(e.block());
			return;
		}
		ResolveContext c = this.context;
		ResolveContext.Loop breakable = new ResolveContext.Loop(e.label(), c.frame);
		c.loops.push(breakable);
		block(e.block());
		c.loops.pop();
		c.flow = Flow.join(breakable.broken, c.flow);
	}

	// Branches

	private void ifElse(Expr.If e) {
		ResolveContext c = this.context;
		boolean binds = hasLet(e.condition());
		Runnable head = () -> {
			expr(e.condition());
			Flow otherwise = c.flow.copy();
			c.browser.behind(e.condition(), () -> expr(e.then()));
			Flow after = c.flow;
			c.flow = otherwise;
			c.browser.behind(e.condition(), () -> expr(e.otherwise()));
			c.flow = Flow.join(after, c.flow);
		};
		if (binds) {
			c.inScope(head);
		}
		else {
			head.run();
		}
	}

	private static boolean hasLet(Expr condition) {
		return condition instanceof Expr.Let
				|| condition instanceof Expr.Binary b && (hasLet(b.left()) || hasLet(b.right()));
	}

	private void match(Expr.Match e) {
		ResolveContext c = this.context;
		expr(e.subject());
		Flow before = c.flow;
		Flow after = null;
		for (Part.Arm arm : e.arms()) {
			c.flow = before.copy();
			c.inScope(() -> {
				this.patterns.match(arm.pattern());
				expr(arm.guard());
				expr(arm.body());
			});
			after = Flow.join(after, c.flow);
		}
		c.flow = isComplete(e.arms()) ? Flow.join(after, null) : Flow.join(after, before);
		if (after != null && after.isDead() && isComplete(e.arms())) {
			c.flow.die();
		}
	}

	/** Whether the arms are complete as far as names tell: a value of a union of types counts as covered. */
	private boolean isComplete(List<Part.Arm> arms) {
		Set<Object> seen = new HashSet<>();
		for (Part.Arm arm : arms) {
			if (arm.guard() == null) {
				if (this.patterns.isIrrefutable(arm.pattern())) {
					return true;
				}
				cover(arm.pattern(), seen);
			}
		}
		return seen.contains(true) && seen.contains(false) || coversEnum(seen);
	}

	private void cover(Pattern pattern, Set<Object> seen) {
		switch (pattern) {
			case Pattern.Or or -> or.alternatives().forEach(each -> cover(each, seen));
			case Pattern.Literal literal when literal.value() instanceof Expr.Bool bool -> seen.add(bool.value());
			case Pattern.Name name -> seen.add(name.name());
			case Pattern.Variant variant
					when this.context.resolution.use(variant.id()) != Resolution.PatternUse.COMPARES ->
				seen.add(variant.name());
			default -> {
			}
		}
	}

	private boolean coversEnum(Set<Object> seen) {
		for (Object name : seen) {
			for (Symbol.Variant variant : this.context.declarations.variants(this.context.tree, name.toString())) {
				if (variant.owner().variants().stream().allMatch(each -> seen.contains(each.name()))) {
					return true;
				}
			}
		}
		return false;
	}

	private void tryCatch(Expr.TryCatch e) {
		ResolveContext c = this.context;
		Flow before = c.flow.copy();
		block(e.body());
		Flow after = c.flow;
		c.flow = before.copy();
		if (e.handler() != null) {
			c.inScope(() -> {
				if (e.error() != null) {
					this.patterns.bind(e.error(), Symbol.Variable.Kind.PATTERN);
				}
				block(e.handler());
			});
			after = Flow.join(after, c.flow);
		}
		if (e.cleanup() != null) {
			c.flow = before.copy();
			block(e.cleanup());
			after = after.then(c.flow);
		}
		c.flow = after;
	}

	// Loops

	private void forIn(Expr.For e) {
		expr(e.source());
		loop(e.label(), false, () -> {
			this.patterns.bind(e.item(), Symbol.Variable.Kind.LOOP);
			if (e.index() != null) {
				this.patterns.bind(e.index(), Symbol.Variable.Kind.LOOP);
			}
			this.context.declareAssigned(e.body().body());
			block(e.body());
		});
	}

	private void forThree(Expr.ForC e) {
		this.context.inScope(() -> {
			for (Pattern.Name name : e.variables()) {
				this.context.bind(name.name(), Symbol.Variable.Kind.LOOP, name.span()).assignments = 0;
			}
			if (e.init() != null) {
				this.statements.statement(e.init());
			}
			expr(e.condition());
			loop(e.label(), false, () -> {
				this.context.declareAssigned(e.body().body());
				block(e.body());
				expr(e.step());
			});
		});
	}

	/** A loop of which the body runs at least once. */
	private void doLoop(Expr.While e) {
		ResolveContext c = this.context;
		ResolveContext.Loop loop = new ResolveContext.Loop(e.label(), c.frame);
		c.loops.push(loop);
		c.inScope(() -> {
			c.declareAssigned(e.body().body());
			block(e.body());
			c.flow = Flow.join(loop.continued, c.flow);
			expr(e.condition());
		});
		c.loops.pop();
		c.flow = Flow.join(loop.broken, c.flow);
	}

	private void whileLoop(Expr.While e) {
		if (e.bodyFirst()) {
			doLoop(e);
			return;
		}
		this.context.inScope(() -> {
			expr(e.condition());
			boolean endless = e.condition() instanceof Expr.Bool bool && bool.value();
			loop(e.label(), endless, () -> {
				this.context.declareAssigned(e.body().body());
				block(e.body());
			});
		});
	}

	/** Runs a loop's body, which may not run at all unless the loop is endless. */
	private void loop(@Nullable String label, boolean endless, Runnable body) {
		ResolveContext c = this.context;
		Flow before = c.flow.copy();
		ResolveContext.Loop loop = new ResolveContext.Loop(label, c.frame);
		c.loops.push(loop);
		c.inScope(body);
		c.loops.pop();
		if (!endless) {
			c.flow = before;
		}
		else if (loop.broken != null) {
			c.flow = loop.broken;
		}
		else {
			c.flow = before;
			c.flow.die();
		}
	}

	private void jump(Expr e, @Nullable String label, @Nullable Expr value, boolean leaves) {
		ResolveContext c = this.context;
		expr(value);
		ResolveContext.Loop target = null;
		for (ResolveContext.Loop loop : c.loops) {
			if (Expr.BlockOf.isMeant(label, loop.label)) {
				target = loop;
				break;
			}
		}
		if (target == null) {
			reportLost(e, label, leaves);
		}
		else if (leaves) {
			target.broken = Flow.join(target.broken, c.flow.copy());
		}
		else {
			target.continued = Flow.join(target.continued, c.flow.copy());
		}
		c.flow.die();
	}

	private void reportLost(Expr e, @Nullable String label, boolean leaves) {
		if (label != null && !this.context.loops.isEmpty()) {
			this.context.report(Code.E0112, e.span(), "no loop around this has the label '" + label);
		}
		else if (label != null) {
			this.context.report(Code.E0112, e.span(), "unknown label '" + label);
		}
		else {
			this.context.report(Code.E0016, e.span(), (leaves ? "'break'" : "'continue'") + " outside a loop");
		}
	}

}
