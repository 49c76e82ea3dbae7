package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.differ.Values.Sequence;
import dev.flin.differ.Values.Tuple;
import dev.flin.differ.Values.Variant;

/** Makes matches: some arms, and one that always fits. */
final class Patterns {

	private static final List<Ty> SUBJECTS = List.of(Ty.INT, Ty.INT, Ty.TEXT, Ty.TEXT, Ty.SHAPE, Ty.SHAPE, Ty.PAIR,
			Ty.list(Ty.INT), Ty.optional(Ty.INT), Ty.BOOL);

	private static final List<String> WORDS = List.of("a", "b", "ab", "é", "🐘", "hello", "Zz", "Aa", "BB", "");

	private final Program program;

	private final Expressions expressions;

	Patterns(Program program, Expressions expressions) {
		this.program = program;
		this.expressions = expressions;
	}

	Ex match(Ty type, Surroundings here, int depth) {
		Ty subject = this.expressions.of(SUBJECTS);
		return new Ex.Match(type, this.expressions.make(subject, here, depth), arms(subject, type, here));
	}

	/** @param type what the arms give; null when they are statements */
	List<Ex.Arm> arms(Ty subject, @Nullable Ty type, Surroundings here) {
		List<Ex.Arm> arms = new ArrayList<>();
		for (int i = this.expressions.below(5); i > 0; i--) {
			arms.add(arm(pattern(subject), type, here, true));
		}
		arms.add(arm(new Ex.Pattern("_", List.of(), (value, parts) -> true), type, here, false));
		return arms;
	}

	private Ex.Arm arm(Ex.Pattern pattern, @Nullable Ty type, Surroundings here, boolean guarded) {
		Surroundings inside = here.inner();
		pattern.binders().forEach(binder -> inside.know(binder.name(), binder.type(), false));
		boolean looks = guarded && !pattern.source().contains(" if ") && this.expressions.once(4);
		Ex guard = looks ? this.expressions.make(Ty.BOOL, inside, 1) : null;
		List<St> body = (type == null) ? this.program.statements.block(inside, 2)
				: this.expressions.once(2) ? List.of(new St.Value(this.expressions.make(type, inside, 1)))
						: this.program.statements.valued(type, inside, 2);
		return new Ex.Arm(pattern, guard, body);
	}

	private Ex.Parameter binder(Ty type) {
		return new Ex.Parameter(this.program.name("m"), type, null);
	}

	private Ex.Pattern pattern(Ty subject) {
		if (subject.equals(Ty.INT)) {
			return whole();
		}
		if (subject.equals(Ty.TEXT)) {
			List<String> words = new ArrayList<>(
					List.of(this.expressions.of(WORDS), this.expressions.of(WORDS), this.expressions.of(WORDS)));
			List<String> chosen = words.subList(0, 1 + this.expressions.below(2));
			return new Ex.Pattern(String.join(" | ", chosen.stream().map(each -> "\"" + each + "\"").toList()),
					List.of(), (value, parts) -> chosen.contains(value));
		}
		if (subject.equals(Ty.SHAPE)) {
			return shape();
		}
		if (subject.equals(Ty.PAIR)) {
			Ex.Parameter word = binder(Ty.TEXT);
			long first = this.expressions.below(4);
			return new Ex.Pattern("(" + first + ", " + word.name() + ")", List.of(word),
					(value, parts) -> ((Tuple) value).parts().get(0).equals(first)
							&& parts.add(((Tuple) value).parts().get(1)));
		}
		if (subject.isList()) {
			return list();
		}
		if (subject.equals(Ty.BOOL)) {
			boolean bool = this.expressions.once(2);
			return new Ex.Pattern(Boolean.toString(bool), List.of(), (value, parts) -> value.equals(bool));
		}
		return new Ex.Pattern("none", List.of(), (value, parts) -> value == null);
	}

	private Ex.Pattern whole() {
		long from = (this.expressions.once(20) ? 4294967296L : 0) + this.expressions.below(9) - 2;
		long to = from + this.expressions.below(4);
		return switch (this.expressions.below(4)) {
			case 0 -> new Ex.Pattern(from + ".." + to, List.of(),
					(value, parts) -> (Long) value >= from && (Long) value <= to);
			case 1 -> {
				Ex.Parameter name = binder(Ty.INT);
				yield new Ex.Pattern(name.name() + " if " + name.name() + " > " + from, List.of(name),
						(value, parts) -> (Long) value > from && parts.add(value));
			}
			case 2 -> new Ex.Pattern(from + " | " + to, List.of(),
					(value, parts) -> (Long) value == from || (Long) value == to);
			default -> new Ex.Pattern(Long.toString(from), List.of(), (value, parts) -> (Long) value == from);
		};
	}

	private Ex.Pattern shape() {
		Ex.Parameter number = binder(Ty.INT);
		Ex.Parameter word = binder(Ty.TEXT);
		return switch (this.expressions.below(4)) {
			case 0 -> new Ex.Pattern("Dot", List.of(), (value, parts) -> is(value, "Dot"));
			case 1 -> new Ex.Pattern("Box(" + number.name() + ")", List.of(number),
					(value, parts) -> is(value, "Box") && parts.addAll(((Variant) value).payload()));
			case 2 -> new Ex.Pattern("Shape.Word(" + word.name() + ")", List.of(word),
					(value, parts) -> is(value, "Word") && parts.addAll(((Variant) value).payload()));
			default -> new Ex.Pattern("Two(" + number.name() + ", " + word.name() + ")", List.of(number, word),
					(value, parts) -> is(value, "Two") && parts.addAll(((Variant) value).payload()));
		};
	}

	private static boolean is(@Nullable Object value, String variant) {
		return value instanceof Variant found && found.name().equals(variant);
	}

	private Ex.Pattern list() {
		Ex.Parameter first = binder(Ty.INT);
		Ex.Parameter rest = binder(Ty.list(Ty.INT));
		return switch (this.expressions.below(3)) {
			case 0 -> new Ex.Pattern("[]", List.of(), (value, parts) -> ((Sequence) value).elements().isEmpty());
			case 1 -> new Ex.Pattern("[" + first.name() + "]", List.of(first),
					(value, parts) -> ((Sequence) value).elements().size() == 1
							&& parts.add(((Sequence) value).elements().get(0)));
			default -> new Ex.Pattern("[" + first.name() + ", ..." + rest.name() + "]", List.of(first, rest),
					(value, parts) -> {
						List<@Nullable Object> all = ((Sequence) value).elements();
						return !all.isEmpty() && parts.add(all.get(0))
								&& parts.add(Sequence.of(all.subList(1, all.size())));
					});
		};
	}

}
