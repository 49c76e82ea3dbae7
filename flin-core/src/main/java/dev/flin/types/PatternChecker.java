package dev.flin.types;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.diag.Code;
import dev.flin.diag.Diagnostic;
import dev.flin.resolve.Resolution;
import dev.flin.resolve.Symbol;
import dev.flin.source.Span;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/** Types of patterns that are matched: what they bind, whether they can fit, and what they leave. */
final class PatternChecker {

	private final Body body;

	PatternChecker(Body body) {
		this.body = body;
	}

	/** The subject's type: patterns of several kinds say that one which is still open may be anything. */
	Type subject(Type type, List<Pattern> patterns) {
		Type subject = this.body.resolve(type);
		if (subject instanceof TypeVar open) {
			Set<Object> kinds = new HashSet<>();
			patterns.forEach(pattern -> kind(pattern, kinds));
			if (kinds.size() > 1) {
				this.body.unifier.bindTo(open, Basic.ANY);
				return Basic.ANY;
			}
			Symbol.EnumType choice = onlyEnum(patterns);
			if (choice != null) {
				Type value = this.body.calls.functions().enumOf(choice, null);
				Type made = patterns.stream().anyMatch(PatternChecker::takesNone) ? Type.optional(value) : value;
				this.body.unifier.unify(open, made);
				return made;
			}
		}
		return subject;
	}

	private static boolean takesNone(Pattern pattern) {
		return pattern instanceof Pattern.Or or ? or.alternatives().stream().anyMatch(PatternChecker::takesNone)
				: pattern instanceof Pattern.Literal literal && literal.value() instanceof Expr.None;
	}

	/** The enum that has all variants of patterns, null where there are none, several or no such enum. */
	private Symbol.@Nullable EnumType onlyEnum(List<Pattern> patterns) {
		Set<Symbol.EnumType> common = null;
		Deque<Pattern> left = new ArrayDeque<>(patterns);
		while (!left.isEmpty()) {
			Pattern pattern = left.poll();
			if (pattern instanceof Pattern.Or or) {
				left.addAll(or.alternatives());
			}
			else if (this.body.resolution.symbol(pattern.id()) instanceof Symbol.Variants variants) {
				Set<Symbol.EnumType> owners = variants.candidates().stream().map(Symbol.Variant::owner)
					.collect(Collectors.toSet());
				common = (common != null) ? common : owners;
				common.retainAll(owners);
			}
		}
		return (common != null && common.size() == 1) ? common.iterator().next() : null;
	}

	private void kind(Pattern pattern, Set<Object> kinds) {
		switch (pattern) {
			case Pattern.Or p -> p.alternatives().forEach(each -> kind(each, kinds));
			case Pattern.Typed p -> kinds.add(this.body.world.reader.read(p.type(), this.body.where()));
			case Pattern.Name p when this.body.resolution.use(p.id()) == Resolution.PatternUse.TYPE ->
				kinds.add(this.body.world.reader.read(
						new dev.flin.syntax.TypeExpr.Named(p.id(), p.span(), p.name(), List.of()), this.body.where()));
			case Pattern.Literal p -> {
				switch (p.value()) {
					case Expr.Text text -> kinds.add(Basic.TEXT);
					case Expr.Bool bool -> kinds.add(Basic.BOOL);
					case Expr.None none -> {
					}
					default -> kinds.add(Basic.INT);
				}
			}
			case Pattern.Range p -> kinds.add(Basic.INT);
			case Pattern.ListOf p -> kinds.add(Pattern.ListOf.class);
			case Pattern.MapOf p -> kinds.add(Pattern.MapOf.class);
			case Pattern.Tuple p -> kinds.add(Pattern.Tuple.class);
			case Pattern.Variant p when isValue(p) -> {
			}
			case Pattern.Variant p -> kinds.add(Pattern.Variant.class);
			case Pattern.Wildcard p -> {
			}
			case Pattern.Name p -> {
			}
			case Pattern.Default p -> kind(p.pattern(), kinds);
			case Pattern.Key p -> {
			}
			case Pattern.Place p -> {
			}
			case Pattern.Broken p -> {
			}
		}
	}

	/**
	 * Checks the pattern of an arm against what the arms above it leave. One that fits the subject but nothing of the
	 * rest is no mistake in itself: the arm is unreachable.
	 */
	Type arm(Pattern pattern, Type rest, Type subject) {
		int errors = this.body.diagnostics.size();
		Type matched = match(pattern, rest);
		List<Diagnostic> found = this.body.diagnostics.subList(errors, this.body.diagnostics.size());
		if (rest.equals(subject) || !Diagnostic.anyError(found)) {
			return matched;
		}
		found.clear();
		return match(pattern, subject);
	}

	/** Checks a pattern against a subject; gives the subject's type when the pattern fits. */
	Type match(Pattern pattern, Type subject) {
		Type type = this.body.resolve(subject);
		this.body.tables.type(pattern.id(), type);
		return switch (pattern) {
			case Pattern.Wildcard p -> type;
			case Pattern.Broken p -> Basic.BROKEN;
			case Pattern.Name p -> matchName(p, type);
			case Pattern.Typed p -> typed(p.id(), this.body.world.reader.read(p.type(), this.body.where()), type,
					p.span());
			case Pattern.Literal p -> literal(p, type);
			case Pattern.Range p -> {
				Type from = this.body.exprs.infer(p.from());
				this.body.exprs.infer(p.to());
				yield fits(type, from, p.span());
			}
			case Pattern.Variant p when isValue(p) -> fits(type,
					this.body.exprs.infer(Objects.requireNonNull(p.value())), p.span());
			case Pattern.Variant p -> variant(p, type);
			case Pattern.Tuple p -> tuple(p, type);
			case Pattern.ListOf p -> list(p, type);
			case Pattern.MapOf p -> map(p, type);
			case Pattern.Key p -> match(p.pattern(), this.body.destructuring.key(type, p));
			case Pattern.Default p -> match(p.pattern(), type);
			case Pattern.Or p -> {
				List<Type> types = new ArrayList<>();
				p.alternatives().forEach(each -> types.add(match(each, type)));
				yield this.body.unifier.meetAll(types);
			}
			case Pattern.Place p -> type;
		};
	}

	private Type matchName(Pattern.Name p, Type type) {
		Symbol symbol = this.body.resolution.symbol(p.id());
		Resolution.PatternUse use = this.body.resolution.use(p.id());
		if (use == Resolution.PatternUse.TYPE) {
			Type named = this.body.world.reader.read(
					new dev.flin.syntax.TypeExpr.Named(p.id(), p.span(), p.name(), List.of()), this.body.where());
			return typed(p.id(), named, type, p.span());
		}
		if (use == Resolution.PatternUse.COMPARES && symbol instanceof Symbol.Variable variable) {
			this.body.tables.access(p.id(), new Access.CompareWith(variable));
			this.body.operators.compareEqual(type, this.body.variable(variable), p.span());
			return type;
		}
		if (use == Resolution.PatternUse.VARIANT && symbol instanceof Symbol.Variants variants) {
			return variantOf(p.id(), choose(variants, type), List.of(), type, p.span());
		}
		if (symbol instanceof Symbol.Variable variable) {
			bindMatched(variable, type, p.span());
		}
		return type;
	}

	/** A name that an earlier alternative of an or-pattern has bound too holds what either gives it. */
	private void bindMatched(Symbol.Variable variable, Type type, Span at) {
		World.Slot before = (variable.declared().start() != at.start()) ? this.body.slot(variable) : null;
		this.body.declare(variable, (before != null) ? this.body.unifier.meet(before.type, type) : type,
				true);
	}

	private Type typed(int id, Type wanted, Type subject, Span at) {
		this.body.tables.access(id, new Access.TypeTest(wanted));
		Type narrowed = only(subject, wanted);
		if (!this.body.operators.areRelated(subject, wanted)) {
			this.body.error(Code.E0302, at, Zonk.zonk(subject) + " is never " + wanted,
					"leave this arm out, or write a type that it can be");
		}
		if (this.body.resolution.symbol(id) instanceof Symbol.Variable variable) {
			bindMatched(variable, narrowed, at);
		}
		return narrowed;
	}

	private Type literal(Pattern.Literal p, Type type) {
		Type value = this.body.exprs.infer(p.value());
		return fits(type, value, p.span());
	}

	private Type fits(Type type, Type value, Span at) {
		if (!(type instanceof TypeVar) && !this.body.operators.areRelated(type, value)) {
			this.body.error(Code.E0302, at, "this never fits a value of type " + Zonk.zonk(type),
					"leave this out, or write a pattern for " + Zonk.zonk(type));
			return type;
		}
		return (type instanceof Type.Union || type instanceof Type.Optional) ? only(type, value) : type;
	}

	/** The variant that a bare name means where a value of some type is expected. */
	Symbol.Variant choose(Symbol.Variants variants, @Nullable Type expected) {
		if (expected != null) {
			for (Type member : OperatorRules.members(Unifier.withoutNone(expected))) {
				for (Symbol.Variant candidate : variants.candidates()) {
					if (member instanceof Type.EnumOf type && type.symbol() == candidate.owner()
							|| member instanceof Type.EnumText text && text.symbol() == candidate.owner()) {
						return candidate;
					}
				}
			}
		}
		return theProgramsOwn(variants.candidates()).get(0);
	}

	/** The variant that a bare name means; an error where nothing decides between several enums of the program. */
	Symbol.Variant choose(Symbol.Variants variants, @Nullable Type expected, Span at) {
		Symbol.Variant chosen = choose(variants, expected);
		List<Symbol.Variant> candidates = theProgramsOwn(variants.candidates());
		boolean decided = expected != null && OperatorRules.members(Unifier.withoutNone(expected))
			.stream()
			.anyMatch((member) -> member instanceof Type.EnumOf type && type.symbol() == chosen.owner()
					|| member instanceof Type.EnumText text && text.symbol() == chosen.owner());
		if (!decided && candidates.size() > 1) {
			String all = candidates.stream().map(Symbol.Variant::toString).collect(Collectors.joining(" or "));
			this.body.error(Code.E0107, at, "several enums have a variant '" + variants.name() + "'", "write " + all);
		}
		return chosen;
	}

	/** A program's enum hides {@code Option} and {@code Result}. */
	private static List<Symbol.Variant> theProgramsOwn(List<Symbol.Variant> candidates) {
		List<Symbol.Variant> own = candidates.stream().filter((each) -> !each.owner().isBuiltIn()).toList();
		return own.isEmpty() ? candidates : own;
	}

	/** Whether a pattern is compared with what a variable holds. */
	private boolean isValue(Pattern.Variant pattern) {
		return this.body.resolution.use(pattern.id()) == Resolution.PatternUse.COMPARES;
	}

	private Type variant(Pattern.Variant p, Type type) {
		Symbol.Variant variant = null;
		if (p.qualifier() != null) {
			if (this.body.world.declarations.lookup(this.body.file.tree,
					p.qualifier()) instanceof Symbol.EnumType owner) {
				variant = owner.variant(p.name());
			}
		}
		else if (this.body.resolution.symbol(p.id()) instanceof Symbol.Variants variants
				&& !variants.candidates().isEmpty()) {
			variant = choose(variants, type);
		}
		if (variant == null) {
			unknownVariant(p, type);
			p.args().forEach(arg -> match(arg, Basic.BROKEN));
			return Basic.BROKEN;
		}
		return variantOf(p.id(), variant, p.args(), type, p.span());
	}

	private void unknownVariant(Pattern.Variant p, Type type) {
		List<String> known = new ArrayList<>();
		if (Unifier.withoutNone(type) instanceof Type.EnumOf owner) {
			owner.symbol().variants().forEach(each -> known.add(each.name()));
		}
		String name = (p.qualifier() != null) ? p.qualifier() + "." + p.name() : p.name();
		this.body.error(Code.E0107, p.span(), "unknown variant '" + name + "'",
				ExprChecker.didYouMean(p.name(), known));
	}

	private Type variantOf(int id, Symbol.Variant variant, List<Pattern> args, Type subject, Span at) {
		this.body.tables.access(id, new Access.VariantTest(variant));
		Type plain = Unifier.withoutNone(subject);
		List<Type> possible = members(plain,
				member -> member instanceof Type.EnumOf own && own.symbol() == variant.owner());
		Type.EnumOf type = (!possible.isEmpty() && possible.getLast() instanceof Type.EnumOf last) ? last
				: this.body.calls.functions().enumOf(variant.owner(), plain);
		boolean text = plain instanceof Type.EnumText own && own.symbol() == variant.owner();
		if (!text && !this.body.operators.areRelated(plain, type)) {
			this.body.error(Code.E0302, at, "a value of type " + Zonk.zonk(subject) + " is never " + variant,
					"leave this arm out, or write a variant of " + Zonk.zonk(subject));
		}
		else if (plain instanceof TypeVar open) {
			this.body.unifier.unify(open, type);
		}
		List<Type> payload = this.body.world.schema.payload(variant, type.args());
		if (payload.size() != args.size()) {
			this.body.error(Code.E0302, at,
					"'" + variant.name() + "' holds " + ((payload.size() == 1) ? "1 value" : payload.size() + " values")
							+ ", not " + args.size(),
					"write " + variant.name() + (payload.isEmpty() ? ""
							: "(" + String.join(", ", Collections.nCopies(payload.size(), "_")) + ")"));
			args.forEach(arg -> match(arg, Basic.BROKEN));
			return type;
		}
		for (int i = 0; i < args.size(); i++) {
			match(args.get(i), (possible.size() < 2) ? payload.get(i) : payload(variant, possible, i));
		}
		return text ? plain : (possible.size() < 2) ? type : Type.union(possible);
	}

	/** What a value of one of several types of an enum holds: `Some(1)` and `Some("a")` in one list. */
	private Type payload(Symbol.Variant variant, List<Type> enums, int index) {
		List<Type> held = new ArrayList<>();
		for (Type each : enums) {
			if (each instanceof Type.EnumOf type) {
				held.add(this.body.world.schema.payload(variant, type.args()).get(index));
			}
		}
		return this.body.unifier.meetAll(held);
	}

	private Type tuple(Pattern.Tuple p, Type type) {
		Type plain = Unifier.withoutNone(type);
		Type source = plain;
		for (Type member : OperatorRules.members(plain)) {
			if (member instanceof Type.TupleOf tuple && tuple.elements().size() == p.elements().size()) {
				source = member;
			}
		}
		List<Type> possible = members(plain, member -> member instanceof Type.TupleOf tuple
				&& tuple.elements().size() == p.elements().size());
		for (int i = 0; i < p.elements().size(); i++) {
			int place = i;
			match(p.elements().get(i), (possible.size() < 2) ? item(source, i, p.elements().size(), p.span())
					: meet(possible, each -> item(each, place, p.elements().size(), p.span())));
		}
		return (possible.size() < 2) ? source : Type.union(possible);
	}

	private static List<Type> members(Type type, Predicate<Type> kind) {
		return OperatorRules.members(type).stream().filter(kind).toList();
	}

	/** A part of a value that has one of several types. */
	private Type meet(List<Type> possible, UnaryOperator<Type> part) {
		return this.body.unifier.meetAll(possible.stream().map(part).toList());
	}

	private Type item(Type type, int index, int count, Span at) {
		return this.body.destructuring.item(type, index, count, at);
	}

	private Type list(Pattern.ListOf p, Type type) {
		Type source = Unifier.withoutNone(type);
		for (Type member : OperatorRules.members(source)) {
			if (member instanceof Type.ListOf) {
				source = member;
			}
		}
		List<Type> possible = members(Unifier.withoutNone(type), member -> member instanceof Type.ListOf);
		Type element = p.elements().isEmpty() && p.rest() == null ? Basic.ANY
				: (possible.size() < 2) ? item(source, 0, -1, p.span())
				: meet(possible, each -> item(each, 0, -1, p.span()));
		for (int i = 0; i < p.elements().size(); i++) {
			match(p.elements().get(i), (source instanceof Type.TupleOf) ? this.body.destructuring.listItem(source, p,
					i) : element);
		}
		if (p.rest() != null) {
			this.body.destructuring.bind(p.rest(), new Type.ListOf((possible.size() < 2) ? element : Basic.ANY));
		}
		return (possible.size() < 2) ? source : Type.union(possible);
	}

	private Type map(Pattern.MapOf p, Type type) {
		Type source = Unifier.withoutNone(type);
		for (Type member : OperatorRules.members(source)) {
			if (member instanceof Type.RecordOf || member instanceof Type.MapOf || member instanceof Type.EntityOf) {
				source = member;
			}
		}
		boolean several = members(Unifier.withoutNone(type), member -> member instanceof Type.RecordOf
				|| member instanceof Type.MapOf || member instanceof Type.EntityOf).size() > 1;
		for (Pattern.Key key : p.keys()) {
			Type value = (several
					|| source instanceof Type.RecordOf record && !record.fields().containsKey(key.name())) ? Basic.ANY
							: Unifier.withoutNone(this.body.resolve(this.body.destructuring.key(source, key)));
			this.body.tables.type(key.id(), value);
			match(key.pattern(), value);
		}
		if (p.rest() != null) {
			this.body.destructuring.bind(p.rest(), Destructuring.restOfMap(source));
		}
		return source;
	}

	// What is left

	/** The part of a type that is also of another. */
	Type only(Type current, Type wanted) {
		if (current == Basic.ANY || current instanceof TypeVar) {
			return wanted;
		}
		if (wanted == Basic.NONE) {
			return (current instanceof Type.Optional || current == Basic.NONE) ? Basic.NONE : current;
		}
		List<Type> kept = new ArrayList<>();
		for (Type member : OperatorRules.members(Unifier.withoutNone(current))) {
			int mark = this.body.unifier.mark();
			boolean fits = this.body.unifier.assign(member, wanted) && !(member == Basic.INT && wanted == Basic.NUMBER);
			this.body.unifier.undo(mark);
			if (fits) {
				kept.add(member);
			}
		}
		return kept.isEmpty() ? wanted : Type.union(kept);
	}

	/** Whether a value is of a type for sure: what a call with such a value cannot reach is no mistake of the body. */
	boolean isAlways(Type current, Type type) {
		if (current instanceof Type.Optional || current instanceof Type.Union
				|| current == Basic.INT && type != current) {
			return false;
		}
		int mark = this.body.unifier.mark();
		boolean fits = this.body.unifier.assign(current, type);
		this.body.unifier.undo(mark);
		return fits;
	}

	/** The part of a type that is not of another. */
	Type except(Type current, Type excluded) {
		if (excluded == Basic.NONE) {
			return Unifier.withoutNone(current);
		}
		if (!(current instanceof Type.Optional) && !(current instanceof Type.Union)) {
			return current;
		}
		List<Type> kept = new ArrayList<>();
		for (Type member : OperatorRules.members(Unifier.withoutNone(current))) {
			int mark = this.body.unifier.mark();
			if (!this.body.unifier.assign(member, excluded)) {
				kept.add(member);
			}
			this.body.unifier.undo(mark);
		}
		if (kept.isEmpty()) {
			return (current instanceof Type.Optional) ? Basic.NONE : Basic.NEVER;
		}
		Type rest = Type.union(kept);
		return (current instanceof Type.Optional) ? Type.optional(rest) : rest;
	}

	/** What reaches the arms after one whose pattern takes all values of a type. */
	Type without(Type current, Pattern pattern) {
		return switch (pattern) {
			case Pattern.Literal p when p.value() instanceof Expr.None -> except(current, Basic.NONE);
			case Pattern.Or p -> {
				Type rest = current;
				for (Pattern each : p.alternatives()) {
					rest = without(rest, each);
				}
				yield rest;
			}
			case Pattern.Typed p -> exceptTest(current, p.id());
			case Pattern.Name p -> exceptTest(current, p.id());
			default -> current;
		};
	}

	private Type exceptTest(Type current, int id) {
		if (!(this.body.tables.access(id) instanceof Access.TypeTest test)) {
			return current;
		}
		Type rest = except(current, test.type());
		return (rest == Basic.NEVER) ? current : rest;
	}

}
