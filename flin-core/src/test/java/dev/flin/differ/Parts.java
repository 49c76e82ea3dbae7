package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The same program with a little less. */
final class Parts {

	private Parts() {
	}

	/** Each without one statement, or with a statement's inner ones in its place, or with a part of one left out. */
	static List<List<St>> smaller(List<St> block) {
		List<List<St>> result = new ArrayList<>();
		for (int size = Math.max(1, block.size() / 2); size >= 1; size /= 2) {
			for (int i = 0; i + size <= block.size(); i += size) {
				if (block.subList(i, i + size).stream().noneMatch(St.Value.class::isInstance)) {
					result.add(replaced(block, i, i + size, List.of()));
				}
			}
		}
		for (int i = 0; i < block.size(); i++) {
			int at = i;
			inside(block.get(i), changed -> result.add(replaced(block, at, at + 1, changed)));
		}
		return result;
	}

	private static List<St> replaced(List<St> block, int from, int to, List<St> by) {
		List<St> result = new ArrayList<>(block);
		result.subList(from, to).clear();
		result.addAll(from, by);
		return result;
	}

	private static void inside(St statement, Consumer<List<St>> found) {
		switch (statement) {
			case St.If s -> {
				found.accept(s.then());
				found.accept(s.otherwise());
				block(s.then(), each -> new St.If(s.condition(), each, s.otherwise()), found);
				block(s.otherwise(), each -> new St.If(s.condition(), s.then(), each), found);
				expression(s.condition(), each -> new St.If(each, s.then(), s.otherwise()), found);
			}
			case St.ForEach s -> {
				block(s.body(), each -> new St.ForEach(s.label(), s.name(), s.index(), s.source(), each), found);
				expression(s.source(), each -> new St.ForEach(s.label(), s.name(), s.index(), each, s.body()), found);
			}
			case St.ForPairs s -> {
				block(s.body(), each -> new St.ForPairs(s.label(), s.first(), s.second(), s.source(), each), found);
				expression(s.source(), each -> new St.ForPairs(s.label(), s.first(), s.second(), each, s.body()),
						found);
			}
			case St.ForEntries s -> {
				block(s.body(), each -> new St.ForEntries(s.label(), s.key(), s.value(), s.source(), each), found);
				expression(s.source(), each -> new St.ForEntries(s.label(), s.key(), s.value(), each, s.body()),
						found);
			}
			case St.ForRange s -> block(s.body(),
					each -> new St.ForRange(s.label(), s.name(), s.from(), s.to(), s.inclusive(), each), found);
			case St.ForSteps s ->
				block(s.body(), each -> new St.ForSteps(s.label(), s.name(), s.from(), s.below(), s.by(), each), found);
			case St.While s -> {
				block(s.body(), each -> new St.While(s.label(), s.counter(), s.turns(), s.condition(), each), found);
				if (s.condition() != null) {
					found.accept(List.of(new St.While(s.label(), s.counter(), s.turns(), null, s.body())));
				}
			}
			case St.Match s -> {
				for (int i = 0; i < s.arms().size(); i++) {
					found.accept(s.arms().get(i).body());
				}
				arms(s.arms(), each -> new St.Match(s.subject(), each), found);
				expression(s.subject(), each -> new St.Match(each, s.arms()), found);
			}
			case St.Try s -> {
				found.accept(s.body());
				block(s.body(), each -> new St.Try(each, s.error(), s.handler(), s.cleanup()), found);
				block(s.handler(), each -> new St.Try(s.body(), s.error(), each, s.cleanup()), found);
				block(s.cleanup(), each -> new St.Try(s.body(), s.error(), s.handler(), each), found);
			}
			case St.Function s ->
				block(s.body(), each -> new St.Function(s.name(), s.parameters(), s.result(), each), found);
			case St.Declare s -> expression(s.value(), each -> new St.Declare(s.name(), s.type(), each), found);
			case St.Assign s -> expression(s.value(),
					each -> new St.Assign(s.name(), s.type(), s.operator(), each, s.meaning()), found);
			case St.AssignPart s -> expression(s.value(),
					each -> new St.AssignPart(s.target(), s.key(), s.field(), s.operator(), each, s.meaning()), found);
			case St.Apart s -> {
				for (int i = 0; i < s.values().size(); i++) {
					int at = i;
					expression(s.values().get(i), each -> new St.Apart(s.names(), s.declares(), s.open(), s.close(),
							with(s.values(), at, each), s.rest()), found);
				}
			}
			case St.Print s -> {
				for (int i = 0; i < s.values().size(); i++) {
					int at = i;
					expression(s.values().get(i), each -> new St.Print(with(s.values(), at, each)), found);
				}
			}
			case St.Eval s -> expression(s.value(), St.Eval::new, found);
			case St.Value s -> expression(s.value(), St.Value::new, found);
			case St.Return s -> {
				if (s.value() != null) {
					expression(s.value(), St.Return::new, found);
				}
			}
			case St.Break s -> {
				if (s.value() != null) {
					expression(s.value(), each -> new St.Break(s.label(), each), found);
				}
			}
			case St.Continue s -> {
			}
			case St.Fail s -> {
			}
		}
	}

	private static <T> List<T> with(List<T> all, int at, T other) {
		List<T> result = new ArrayList<>(all);
		result.set(at, other);
		return result;
	}

	private static void block(List<St> block, Function<List<St>, St> whole, Consumer<List<St>> found) {
		smaller(block).forEach(each -> found.accept(List.of(whole.apply(each))));
	}

	private static void arms(List<Ex.Arm> arms, Function<List<Ex.Arm>, St> whole, Consumer<List<St>> found) {
		for (int i = 0; i < arms.size(); i++) {
			int at = i;
			Ex.Arm arm = arms.get(i);
			if (i + 1 < arms.size()) {
				List<Ex.Arm> fewer = new ArrayList<>(arms);
				fewer.remove(i);
				found.accept(List.of(whole.apply(fewer)));
			}
			smaller(arm.body()).forEach(each -> found
				.accept(List.of(whole.apply(with(arms, at, new Ex.Arm(arm.pattern(), arm.guard(), each))))));
			if (arm.guard() != null) {
				found.accept(
						List.of(whole.apply(with(arms, at, new Ex.Arm(arm.pattern(), null, arm.body())))));
			}
		}
	}

	private static void expression(Ex expression, Function<Ex, St> whole, Consumer<List<St>> found) {
		smaller(expression).forEach(each -> found.accept(List.of(whole.apply(each))));
	}

	/** Smaller expressions of the same type: parts, literals, the same with smaller parts. */
	static List<Ex> smaller(Ex expression) {
		List<Ex> result = new ArrayList<>();
		if (!(expression instanceof Ex.Literal)) {
			if (expression.type().equals(Ty.INT)) {
				result.add(Expressions.integer(1));
			}
			if (expression.type().equals(Ty.TEXT)) {
				result.add(Expressions.text("t"));
			}
			if (expression.type().equals(Ty.BOOL)) {
				result.add(new Ex.Literal(Ty.BOOL, true, "true"));
				result.add(new Ex.Literal(Ty.BOOL, false, "false"));
			}
		}
		List<Ex> parts = parts(expression);
		parts.stream().filter(part -> part.type().equals(expression.type())).forEach(result::add);
		for (int i = 0; i < parts.size(); i++) {
			for (Ex smaller : smaller(parts.get(i))) {
				result.add(with(expression, i, smaller));
			}
		}
		blocks(expression, result);
		return result;
	}

	private static List<Ex> parts(Ex expression) {
		return switch (expression) {
			case Ex.Operation e -> e.operands();
			case Ex.Lazy e -> e.operands();
			case Ex.Each e -> (e.start() != null) ? List.of(e.list(), e.callback(), e.start())
					: List.of(e.list(), e.callback());
			case Ex.Call e -> e.arguments().stream().map(Ex.Argument::value).toList();
			case Ex.CallValue e -> e.arguments();
			case Ex.If e -> List.of(e.condition());
			case Ex.Match e -> List.of(e.subject());
			case Ex.Attempt e -> List.of(e.tried(), e.otherwise());
			case Ex.Literal e -> List.of();
			case Ex.Variable e -> List.of();
			case Ex.Lambda e -> List.of();
			case Ex.Loop e -> List.of();
			case Ex.Step e -> List.of();
		};
	}

	private static Ex with(Ex expression, int at, Ex part) {
		List<Ex> parts = with(parts(expression), at, part);
		return switch (expression) {
			case Ex.Operation e -> new Ex.Operation(e.type(), e.template(), parts, e.meaning());
			case Ex.Lazy e -> new Ex.Lazy(e.type(), e.choice(), parts);
			case Ex.Each e -> new Ex.Each(e.type(), e.function(), parts.get(0), parts.get(1),
					(e.start() != null) ? parts.get(2) : null);
			case Ex.Call e -> {
				List<Ex.Argument> arguments = new ArrayList<>();
				for (int i = 0; i < parts.size(); i++) {
					arguments.add(new Ex.Argument(e.arguments().get(i).name(), parts.get(i)));
				}
				yield new Ex.Call(e.type(), e.function(), arguments);
			}
			case Ex.CallValue e -> new Ex.CallValue(e.type(), e.function(), parts);
			case Ex.If e -> new Ex.If(e.type(), part, e.then(), e.otherwise());
			case Ex.Match e -> new Ex.Match(e.type(), part, e.arms());
			case Ex.Attempt e -> new Ex.Attempt(e.type(), parts.get(0), parts.get(1), e.name());
			case Ex.Literal e -> e;
			case Ex.Variable e -> e;
			case Ex.Lambda e -> e;
			case Ex.Loop e -> e;
			case Ex.Step e -> e;
		};
	}

	private static void blocks(Ex expression, List<Ex> result) {
		switch (expression) {
			case Ex.If e -> {
				smaller(e.then()).forEach(each -> result.add(new Ex.If(e.type(), e.condition(), each, e.otherwise())));
				smaller(e.otherwise()).forEach(each -> result.add(new Ex.If(e.type(), e.condition(), e.then(), each)));
			}
			case Ex.Lambda e ->
				smaller(e.body()).forEach(each -> result.add(new Ex.Lambda(e.type(), e.parameters(), each)));
			case Ex.Match e -> arms(e.arms(), each -> new St.Value(new Ex.Match(e.type(), e.subject(), each)),
					each -> result.add(((St.Value) each.get(0)).value()));
			case Ex.CallValue e ->
				smaller(e.function()).forEach(each -> result.add(new Ex.CallValue(e.type(), each, e.arguments())));
			case Ex.Loop e -> inside(e.loop(), each -> {
				if (each.size() == 1) {
					result.add(new Ex.Loop(e.type(), each.get(0)));
				}
			});
			case Ex.Literal e -> {
			}
			case Ex.Variable e -> {
			}
			case Ex.Operation e -> {
			}
			case Ex.Each e -> {
			}
			case Ex.Lazy e -> {
			}
			case Ex.Call e -> {
			}
			case Ex.Step e -> {
			}
			case Ex.Attempt e -> {
			}
		}
	}

}
