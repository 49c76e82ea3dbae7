package dev.flin.types;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Expr;
import dev.flin.syntax.Pattern;
import dev.flin.types.Type.Basic;

/**
 * What {@code typeof x == "string"} asks, and what its answer says of the type of {@code x}.
 *
 * @param value whose word is asked for
 * @param word the word in JavaScript's spelling
 */
record TypeofQuestion(Expr value, String word) {

	private static final String UNDEFINED = "undefined";

	/** The question that a comparison asks, null when it asks something else. */
	static @Nullable TypeofQuestion of(Expr.Binary comparison) {
		if (comparison.left() instanceof Expr.TypeOf left) {
			String word = Body.constantText(comparison.right());
			return (word != null) ? new TypeofQuestion(left.value(), word) : null;
		}
		if (comparison.right() instanceof Expr.TypeOf right) {
			String word = Body.constantText(comparison.left());
			return (word != null) ? new TypeofQuestion(right.value(), word) : null;
		}
		return null;
	}

	/** The question that a pattern asks of the value of a {@code match}, null when it asks something else. */
	static @Nullable TypeofQuestion of(Expr subject, Pattern pattern) {
		if (!(subject instanceof Expr.TypeOf asked) || !(pattern instanceof Pattern.Literal literal)) {
			return null;
		}
		String word = Body.constantText(literal.value());
		return (word != null) ? new TypeofQuestion(asked.value(), word) : null;
	}

	/** What is left of a type when the answer is yes. Of what may be anything only a word of one type says more. */
	Type yes(Type current) {
		if (this.word.equals(UNDEFINED)) {
			return Basic.NONE;
		}
		if (current == Basic.ANY) {
			return switch (this.word) {
				case "string" -> Basic.TEXT;
				case "boolean" -> Basic.BOOL;
				default -> current;
			};
		}
		List<Type> kept = new ArrayList<>();
		for (Type member : OperatorRules.members(Unifier.withoutNone(current))) {
			String known = wordOf(member);
			if (known == null || known.equals(this.word)) {
				kept.add(member);
			}
		}
		return kept.isEmpty() ? Basic.ANY : Type.union(kept);
	}

	/** What is left of a type when the answer is no; no type at all when there is nothing left. */
	Type no(Type current) {
		if (this.word.equals(UNDEFINED) || current == Basic.ANY) {
			return Unifier.withoutNone(current);
		}
		List<Type> kept = new ArrayList<>();
		for (Type member : OperatorRules.members(Unifier.withoutNone(current))) {
			if (!this.word.equals(wordOf(member))) {
				kept.add(member);
			}
		}
		boolean maybe = current instanceof Type.Optional;
		if (kept.isEmpty()) {
			return maybe ? Basic.NONE : Basic.NEVER;
		}
		return maybe ? Type.optional(Type.union(kept)) : Type.union(kept);
	}


	/** The word of all values of a type, null when they have several or it is not known. */
	private static @Nullable String wordOf(Type type) {
		return switch (type) {
			case Basic basic -> switch (basic) {
				case TEXT -> "string";
				case INT, NUMBER, DECIMAL -> "number";
				case BOOL -> "boolean";
				case NONE -> UNDEFINED;
				case TIME, DURATION, MONEY, FILE, HTML, RANGE, REGEX, FAILURE -> "object";
				case ANY, NEVER, BROKEN -> null;
			};
			case Type.Fn fn -> "function";
			case Type.EnumText text -> "string";
			case Type.ListOf list -> "object";
			case Type.MapOf map -> "object";
			case Type.RecordOf map -> "object";
			case Type.TupleOf tuple -> "object";
			case Type.EnumOf value -> "object";
			case Type.EntityOf record -> "object";
			case Type.EntityType entity -> "object";
			case Type.QueryOf query -> "object";
			case Type.Optional optional -> null;
			case Type.Union union -> null;
			case Type.TypeParam parameter -> null;
			case TypeVar open -> null;
		};
	}

}
