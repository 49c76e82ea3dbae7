package dev.flin.types;

import java.util.function.UnaryOperator;

import dev.flin.resolve.Symbol;
import dev.flin.syntax.Expr;
import dev.flin.syntax.Expr.BinaryOp;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/** What conditions make known of the values that they ask about. */
final class Conditions {

	private final Body body;

	Conditions(Body body) {
		this.body = body;
	}

	/** What is known when a condition, already checked, holds or does not. */
	Facts assume(Expr condition, boolean holds) {
		return refine(this.body.facts, condition, holds);
	}

	/** What is known in an arm whose pattern a value matches. */
	Facts assumeMatch(Facts facts, Expr subject, Pattern pattern) {
		TypeofQuestion question = TypeofQuestion.of(subject, pattern);
		return (question != null) ? answered(facts, question, true) : facts;
	}

	/** What is known after an arm whose pattern a value does not match. */
	Facts assumeNoMatch(Facts facts, Expr subject, Pattern pattern) {
		if (pattern instanceof Pattern.Or or) {
			Facts after = facts;
			for (Pattern each : or.alternatives()) {
				after = assumeNoMatch(after, subject, each);
			}
			return after;
		}
		TypeofQuestion question = TypeofQuestion.of(subject, pattern);
		return (question != null) ? answered(facts, question, false) : facts;
	}

	Facts refine(Facts facts, Expr condition, boolean holds) {
		return switch (condition) {
			case Expr.Unary e when e.op() == Expr.UnaryOp.NOT -> refine(facts, e.operand(), !holds);
			case Expr.Binary e when e.op() == BinaryOp.AND && holds -> refine(refine(facts, e.left(), true), e.right(),
					true);
			case Expr.Binary e when e.op() == BinaryOp.OR && !holds ->
				refine(refine(facts, e.left(), false), e.right(), false);
			case Expr.Binary e when e.op() == BinaryOp.EQ || e.op() == BinaryOp.NE -> equality(facts, e, holds);
			case Expr.Is e -> {
				Type type = this.body.tables.access(e.id()) instanceof Access.TypeTest test ? test.type()
						: this.body.world.reader.read(e.type(), this.body.where().quietly());
				yield narrow(facts, e.value(), type, holds != e.negated());
			}
			case Expr.Name e -> holds ? withoutNone(facts, e) : facts;
			case Expr.Member e -> holds ? succeeded(withoutNone(facts, e), e) : facts;
			case Expr.Index e -> holds ? withoutNone(facts, e) : facts;
			default -> facts;
		};
	}

	/** {@code r.ok} of a tried value says that {@code r.value} is there. */
	private Facts succeeded(Facts facts, Expr.Member e) {
		Facts.Path path = e.name().equals("ok") ? this.body.path(e.target()) : null;
		Type value = (path != null) ? facts.get(path.then("value").then(Facts.WHEN_OK)) : null;
		return (path != null && value != null) ? facts.with(path.then("value"), value) : facts;
	}

	private Facts equality(Facts facts, Expr.Binary e, boolean holds) {
		Expr other = (e.right() instanceof Expr.None) ? e.left() : (e.left() instanceof Expr.None) ? e.right() : null;
		boolean equal = (e.op() == BinaryOp.EQ) == holds;
		TypeofQuestion question = TypeofQuestion.of(e);
		if (question != null) {
			return answered(facts, question, equal);
		}
		if (other != null) {
			return narrow(facts, other, Basic.NONE, equal);
		}
		if (equal) {
			return (e.right() instanceof Expr.Name || e.right() instanceof Expr.Member) ? facts : withoutNone(facts,
					e.left());
		}
		return facts;
	}

	private Facts withoutNone(Facts facts, Expr expr) {
		return narrow(facts, expr, Basic.NONE, false);
	}

	/** What a call with such a value cannot reach is no mistake of the body. */
	private Facts answered(Facts facts, TypeofQuestion question, boolean yes) {
		return narrow(facts, question.value(), current -> {
			Type left = yes ? question.yes(current) : question.no(current);
			return (left == Basic.NEVER && this.body.mode == Body.Mode.INSTANCE) ? Basic.ANY : left;
		});
	}

	private Facts narrow(Facts before, Expr expr, Type type, boolean is) {
		return narrow(before, expr, current -> {
			if (current == Basic.ANY && !is) {
				return current;
			}
			return is ? this.body.patterns.only(current, type)
					: this.body.mode == Body.Mode.INSTANCE && this.body.patterns.isAlways(current, type) ? Basic.ANY
							: this.body.patterns.except(current, type);
		});
	}

	private Facts narrow(Facts before, Expr expr, UnaryOperator<Type> rule) {
		Facts.Path path = this.body.path(expr);
		Facts facts = before.beforeAsking(path);
		if (path == null || path.root() instanceof Symbol.Variable variable && variable.isCaptured()
				&& variable.isReassigned() && !variable.isFileLevel()) {
			return facts;
		}
		Type known = facts.get(path);
		Type current = this.body.resolve((known != null) ? known : this.body.tables.type(expr.id()));
		if (current instanceof TypeVar) {
			return facts;
		}
		Type narrowed = rule.apply(current);
		return narrowed.equals(current) ? facts : facts.with(path, narrowed);
	}

}
