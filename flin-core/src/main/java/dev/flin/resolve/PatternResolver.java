package dev.flin.resolve;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Pattern;

/** Decides what the names in patterns do. */
final class PatternResolver {

	private final ResolveContext context;

	private final ExprResolver exprs;

	/** Where the pattern of the arm that is being resolved begins. */
	private int armStart;

	PatternResolver(ResolveContext context, ExprResolver exprs) {
		this.context = context;
		this.exprs = exprs;
	}

	/** A pattern all of whose names are new: parameters, loop variables, {@code catch}. */
	void bind(Pattern pattern, Symbol.Variable.Kind kind) {
		switch (pattern) {
			case Pattern.Name p -> bindName(p.id(), p.name(), p.span(), kind);
			case Pattern.Typed p when p.name() != null -> bindName(p.id(), p.name(), p.span(), kind);
			case Pattern.Default p -> {
				this.exprs.expr(p.value());
				bind(p.pattern(), kind);
			}
			case Pattern.Place p -> this.exprs.expr(p.target());
			case Pattern.Literal p -> this.exprs.expr(p.value());
			default -> Children.each(pattern, child -> {
				if (child instanceof Pattern inner) {
					bind(inner, kind);
				}
			});
		}
	}

	private void bindName(int id, String name, Span span, Symbol.Variable.Kind kind) {
		Symbol before = this.context.scope.names().get(name);
		if (kind == Symbol.Variable.Kind.PARAMETER && before instanceof Symbol.Variable twice
				&& twice.kind() == kind && !name.equals("_")) {
			this.context.report(Code.E0108, span, "parameter '" + name + "' is declared twice");
		}
		this.context.resolution.symbol(id, this.context.bind(name, kind, span));
		this.context.resolution.use(id, Resolution.PatternUse.BINDS);
	}

	/** The target of an assignment: names are variables that the scope already knows. */
	void assign(Pattern pattern) {
		switch (pattern) {
			case Pattern.Name p -> assignName(p.id(), p.name(), p.span());
			case Pattern.Typed p when p.name() != null -> assignName(p.id(), p.name(), p.span());
			case Pattern.Default p -> {
				this.exprs.expr(p.value());
				assign(p.pattern());
			}
			case Pattern.Place p -> this.exprs.expr(p.target());
			case Pattern.Literal p -> this.exprs.expr(p.value());
			default -> Children.each(pattern, child -> {
				if (child instanceof Pattern inner) {
					assign(inner);
				}
			});
		}
	}

	private void assignName(int id, String name, Span span) {
		Symbol symbol = this.context.scope.assignable(name);
		if (symbol instanceof Symbol.Variable variable) {
			this.context.assign(variable, span);
		}
		if (symbol != null) {
			this.context.resolution.symbol(id, symbol);
			this.context.resolution.use(id, Resolution.PatternUse.BINDS);
		}
	}

	/** A pattern of {@code match}, {@code while let} or {@code if let}. */
	void match(Pattern pattern) {
		this.armStart = pattern.span().start();
		part(pattern);
		bindOnce(pattern, new HashSet<>());
	}

	/** Alternatives bind the same names; everywhere else a name is bound once. */
	private void bindOnce(Pattern pattern, Set<Symbol> bound) {
		if (pattern instanceof Pattern.Or or) {
			Set<Symbol> before = Set.copyOf(bound);
			for (Pattern alternative : or.alternatives()) {
				bound.retainAll(before);
				bindOnce(alternative, bound);
			}
			return;
		}
		Symbol symbol = this.context.resolution.symbol(pattern.id());
		if (symbol != null && this.context.resolution.use(pattern.id()) == Resolution.PatternUse.BINDS
				&& !bound.add(symbol)) {
			this.context.report(Code.E0108, pattern.span(), "'" + symbol.name() + "' is bound twice in this pattern");
		}
		Children.each(pattern, child -> {
			if (child instanceof Pattern inner) {
				bindOnce(inner, bound);
			}
		});
	}

	private void part(Pattern pattern) {
		switch (pattern) {
			case Pattern.Name p -> matchName(p);
			case Pattern.Typed p -> {
				if (p.name() != null) {
					bindMatched(p.id(), p.name(), p.span());
				}
			}
			case Pattern.Variant p when isVariable(p) -> {
				this.exprs.expr(Objects.requireNonNull(p.value()));
				this.context.resolution.use(p.id(), Resolution.PatternUse.COMPARES);
			}
			case Pattern.Variant p -> {
				if (p.qualifier() == null) {
					List<Symbol.Variant> candidates = this.context.declarations.variants(this.context.tree, p.name());
					this.context.resolution.symbol(p.id(), new Symbol.Variants(p.name(), candidates));
				}
				p.args().forEach(this::part);
			}
			case Pattern.Key p -> key(p);
			case Pattern.Or p -> or(p);
			case Pattern.Literal p -> this.exprs.expr(p.value());
			case Pattern.Range p -> {
				this.exprs.expr(p.from());
				this.exprs.expr(p.to());
			}
			case Pattern.Default p -> {
				this.exprs.expr(p.value());
				part(p.pattern());
			}
			case Pattern.Place p -> this.exprs.expr(p.target());
			case Pattern.ListOf p -> {
				p.elements().forEach(this::part);
				rest(p.rest());
			}
			case Pattern.MapOf p -> {
				p.keys().forEach(this::part);
				rest(p.rest());
			}
			case Pattern.Tuple p -> p.elements().forEach(this::part);
			case Pattern.Wildcard p -> {
			}
			case Pattern.Broken p -> {
			}
		}
	}

	/** Whether what looks like a variant reads a member of a variable: {@code KEYS.STOP}. */
	private boolean isVariable(Pattern.Variant pattern) {
		Expr root = pattern.value();
		while (root instanceof Expr.Member member) {
			root = member.target();
		}
		return root instanceof Expr.Name name && this.context.scope.lookup(name.name()) instanceof Symbol.Variable;
	}

	private void rest(@Nullable Pattern rest) {
		if (rest != null) {
			if (rest instanceof Pattern.Name name) {
				bindMatched(name.id(), name.name(), name.span());
			}
			else {
				bind(rest, Symbol.Variable.Kind.PATTERN);
			}
		}
	}

	/** {@code { name }} alone binds its own name, whatever is in scope. */
	private void key(Pattern.Key key) {
		if (key.pattern() instanceof Pattern.Name name && name.name().equals(key.name())
				&& name.span().start() == key.span().start()) {
			bindMatched(name.id(), name.name(), name.span());
		}
		else {
			part(key.pattern());
		}
	}

	private void matchName(Pattern.Name pattern) {
		String name = pattern.name();
		ResolveContext c = this.context;
		List<Symbol.Variant> variants = c.declarations.variants(c.tree, name);
		if (boundBefore(name) != null) {
			bindMatched(pattern.id(), name, pattern.span());
		}
		else if (!variants.isEmpty()) {
			c.resolution.symbol(pattern.id(), new Symbol.Variants(name, variants));
			c.resolution.use(pattern.id(), Resolution.PatternUse.VARIANT);
		}
		else if (c.scope.lookup(name) instanceof Symbol.Variable variable && isComparable(variable)) {
			c.read(variable, pattern.span());
			c.resolution.symbol(pattern.id(), variable);
			c.resolution.use(pattern.id(), Resolution.PatternUse.COMPARES);
			c.report(Diagnostic
				.of(Code.W0107, c.tree.file(), pattern.span(), "'" + name
						+ "' is compared with the variable of that name")
				.withHelp("choose another name to bind the value, or write '_'"));
		}
		else if (isType(name)) {
			c.resolution.use(pattern.id(), Resolution.PatternUse.TYPE);
		}
		else {
			bindMatched(pattern.id(), name, pattern.span());
		}
	}

	/** What this name has bound in the same pattern: in another alternative, if that is right. */
	private Symbol.@Nullable Variable boundBefore(String name) {
		Symbol own = this.context.scope.names().get(name);
		return (own instanceof Symbol.Variable again && again.kind() == Symbol.Variable.Kind.PATTERN
				&& again.declared().start() >= this.armStart) ? again : null;
	}

	private void bindMatched(int id, String name, Span span) {
		Symbol.Variable before = boundBefore(name);
		if (before == null) {
			bindName(id, name, span, Symbol.Variable.Kind.PATTERN);
			return;
		}
		this.context.resolution.symbol(id, before);
		this.context.resolution.use(id, Resolution.PatternUse.BINDS);
	}

	private boolean isComparable(Symbol.Variable variable) {
		return variable.frame() != this.context.frame || this.context.flow.isAssigned(variable.slot);
	}

	private boolean isType(String name) {
		if (Names.TYPES.contains(name)) {
			return true;
		}
		Symbol symbol = this.context.declarations.lookup(this.context.tree, name);
		return symbol instanceof Symbol.Entity || symbol instanceof Symbol.EnumType || symbol instanceof Symbol.Alias;
	}

	private void or(Pattern.Or or) {
		Set<String> first = null;
		for (Pattern alternative : or.alternatives()) {
			part(alternative);
			Set<String> names = new LinkedHashSet<>();
			names(alternative, names);
			if (first == null) {
				first = names;
			}
			else if (!first.equals(names)) {
				this.context.report(Diagnostic
					.of(Code.E0303, this.context.tree.file(), alternative.span(),
							"the alternatives bind different names")
					.withHelp("bind " + (first.isEmpty() ? "no names" : String.join(", ", first))
							+ " in each of them"));
				return;
			}
		}
	}

	private void names(Pattern pattern, Set<String> into) {
		if (this.context.resolution.use(pattern.id()) == Resolution.PatternUse.BINDS) {
			Symbol symbol = this.context.resolution.symbol(pattern.id());
			if (symbol != null) {
				into.add(symbol.name());
			}
		}
		Children.each(pattern, child -> {
			if (child instanceof Pattern inner) {
				names(inner, into);
			}
		});
	}

	/** Whether a pattern fits every value, as far as names alone tell. */
	boolean isIrrefutable(Pattern pattern) {
		return switch (pattern) {
			case Pattern.Wildcard p -> true;
			case Pattern.Name p -> this.context.resolution.use(p.id()) == Resolution.PatternUse.BINDS;
			case Pattern.Tuple p -> p.elements().stream().allMatch(this::isIrrefutable);
			case Pattern.Or p -> p.alternatives().stream().anyMatch(this::isIrrefutable);
			default -> false;
		};
	}

}
