package dev.flin.differ;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.differ.Values.Code;
import dev.flin.differ.Values.Failed;
import dev.flin.differ.Values.Sequence;
import dev.flin.differ.Values.Table;
import dev.flin.differ.Values.Tuple;
import dev.flin.differ.Values.Useless;

/** Runs the tree of a program by the rules of the language, as simply as can be. */
final class Evaluation {

	private static final int STEPS_MAX = 20_000;

	private static final int LINES_MAX = 1_500;

	private static final int SIZE_MAX = 1_000;

	private final List<String> lines = new ArrayList<>();

	private int steps;

	private Evaluation() {
	}

	/** What a program prints; null when it runs too long. */
	static @Nullable List<String> of(List<St> program) {
		Evaluation evaluation = new Evaluation();
		try {
			evaluation.block(program, new Scope(null));
		}
		catch (Failed failed) {
			evaluation.lines.add("uncaught " + failed.kind());
		}
		catch (Useless | StackOverflowError useless) {
			return null;
		}
		return evaluation.lines;
	}

	/** Variables of a file, a call or a turn of a loop. */
	private record Scope(Map<String, @Nullable Object[]> variables, @Nullable Scope outer) {

		Scope(@Nullable Scope outer) {
			this(new HashMap<>(), outer);
		}

		void declare(String name, @Nullable Object value) {
			this.variables.put(name, new @Nullable Object[] { value });
		}

		@Nullable Object[] find(String name) {
			for (Scope scope = this; scope != null; scope = scope.outer) {
				@Nullable Object[] found = scope.variables.get(name);
				if (found != null) {
					return found;
				}
			}
			throw new IllegalStateException(name);
		}

	}

	/** How a block ends before its last statement. */
	private abstract static sealed class Leaving extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient @Nullable String label;

		private final transient @Nullable Object value;

		Leaving(@Nullable String label, @Nullable Object value) {
			super(null, null, false, false);
			this.label = label;
			this.value = value;
		}

		boolean isFor(String loop) {
			return this.label == null || this.label.equals(loop);
		}

	}

	private static final class Left extends Leaving {

		private static final long serialVersionUID = 1L;

		Left(@Nullable String label, @Nullable Object value) {
			super(label, value);
		}

	}

	private static final class Continued extends Leaving {

		private static final long serialVersionUID = 1L;

		Continued(@Nullable String label) {
			super(label, null);
		}

	}

	private static final class Returned extends Leaving {

		private static final long serialVersionUID = 1L;

		Returned(@Nullable Object value) {
			super(null, value);
		}

	}

	private void step() {
		if (++this.steps > STEPS_MAX || this.lines.size() > LINES_MAX) {
			throw new Useless();
		}
	}

	private @Nullable Object block(List<St> statements, Scope scope) {
		Object value = null;
		for (St statement : statements) {
			step();
			value = (statement instanceof St.Value last) ? value(last.value(), scope) : null;
			if (!(statement instanceof St.Value)) {
				run(statement, scope);
			}
		}
		return value;
	}

	private void run(St statement, Scope scope) {
		switch (statement) {
			case St.Declare s -> scope.declare(s.name(), value(s.value(), scope));
			case St.Assign s -> assign(s, scope);
			case St.AssignPart s -> assignPart(s, scope);
			case St.Apart s -> apart(s, scope);
			case St.If s -> block(Values.isTrue(value(s.condition(), scope)) ? s.then() : s.otherwise(), scope);
			case St.ForEach s -> loop(statement, scope);
			case St.ForPairs s -> loop(statement, scope);
			case St.ForEntries s -> loop(statement, scope);
			case St.ForRange s -> loop(statement, scope);
			case St.ForSteps s -> loop(statement, scope);
			case St.While s -> loop(statement, scope);
			case St.Match s -> match(value(s.subject(), scope), s.arms(), scope);
			case St.Try s -> attempt(s, scope);
			case St.Print s ->
				this.lines.add(String.join(" ", values(s.values(), scope).stream().map(Values::print).toList()));
			case St.Eval s -> value(s.value(), scope);
			case St.Value s -> value(s.value(), scope);
			case St.Return s -> throw new Returned((s.value() != null) ? value(s.value(), scope) : null);
			case St.Break s -> throw new Left(s.label(), (s.value() != null) ? value(s.value(), scope) : null);
			case St.Continue s -> throw new Continued(s.label());
			case St.Fail s -> throw new Failed(s.message());
			case St.Function s -> {
				scope.declare("fn " + s.name(), s);
				scope.declare(s.name(), declared(s, scope));
			}
		}
	}

	private void assign(St.Assign s, Scope scope) {
		Object old = scope.find(s.name())[0];
		Object given = value(s.value(), scope);
		Object result = (s.meaning() != null) ? s.meaning().of(new @Nullable Object[] { old, given }) : given;
		scope.find(s.name())[0] = checked(result);
	}

	private static @Nullable Object checked(@Nullable Object value) {
		if (value instanceof String text && text.length() > SIZE_MAX
				|| value instanceof Sequence list && list.elements().size() > SIZE_MAX) {
			throw new Useless();
		}
		return value;
	}

	private void assignPart(St.AssignPart s, Scope scope) {
		Object target = value(s.target(), scope);
		Object key = (s.key() != null) ? value(s.key(), scope) : s.field();
		if (target instanceof Sequence list) {
			Object old = (s.meaning() != null) ? list.elements().get(place(list, key)) : null;
			Object given = value(s.value(), scope);
			Object result = (s.meaning() != null) ? s.meaning().of(new @Nullable Object[] { old, given }) : given;
			list.elements().set(place(list, key), checked(result));
		}
		else if (target instanceof Table table && key != null) {
			Object old = table.entries().get(key);
			Object given = value(s.value(), scope);
			Object result = (s.meaning() != null) ? s.meaning().of(new @Nullable Object[] { old, given }) : given;
			table.entries().put(key, checked(result));
		}
	}

	/** The place of an index, which may count from the end. */
	static int place(Sequence list, @Nullable Object index) {
		long at = (Long) index;
		int size = list.elements().size();
		if (at < -size || at >= size) {
			throw new Failed("range");
		}
		return (int) ((at < 0) ? at + size : at);
	}

	private void apart(St.Apart s, Scope scope) {
		List<@Nullable Object> given = values(s.values(), scope);
		if (s.values().size() == 1) {
			given = parts(given.get(0));
		}
		if (given.size() < s.names().size()) {
			throw new Failed("apart");
		}
		for (int i = 0; i < s.names().size(); i++) {
			bind(s, s.names().get(i), given.get(i), scope);
		}
		if (s.rest() != null) {
			bind(s, s.rest(), Sequence.of(given.subList(s.names().size(), given.size())), scope);
		}
	}

	private static void bind(St.Apart s, String name, @Nullable Object value, Scope scope) {
		if (s.declares()) {
			scope.declare(name, value);
		}
		else {
			scope.find(name)[0] = value;
		}
	}

	private static List<@Nullable Object> parts(@Nullable Object value) {
		return (value instanceof Tuple tuple) ? new ArrayList<>(tuple.parts())
				: new ArrayList<>(((Sequence) value).elements());
	}

	private void attempt(St.Try s, Scope scope) {
		try {
			block(s.body(), scope);
		}
		catch (Failed failed) {
			if (s.error() == null) {
				throw failed;
			}
			this.lines.add("! " + failed.kind());
			block(s.handler(), scope);
		}
		finally {
			block(s.cleanup(), scope);
		}
	}

	/** Runs a loop; what it is left with. */
	private @Nullable Object loop(St loop, Scope scope) {
		try {
			switch (loop) {
				case St.ForEach s -> forEach(s, scope);
				case St.ForPairs s -> forPairs(s, scope);
				case St.ForEntries s -> forEntries(s, scope);
				case St.ForRange s -> {
					long from = (Long) value(s.from(), scope);
					long to = (Long) value(s.to(), scope);
					for (long at = from; s.inclusive() ? at <= to : at < to; at++) {
						turn(s.label(), s.body(), new Scope(scope), s.name(), at);
					}
				}
				case St.ForSteps s -> {
					for (long at = s.from(); at < s.below(); at += s.by()) {
						turn(s.label(), s.body(), new Scope(scope), s.name(), at);
					}
				}
				case St.While s -> {
					scope.declare(s.counter(), 0L);
					while ((Long) scope.find(s.counter())[0] < s.turns()
							&& (s.condition() == null || Values.isTrue(value(s.condition(), scope)))) {
						scope.find(s.counter())[0] = (Long) scope.find(s.counter())[0] + 1;
						turn(s.label(), s.body(), new Scope(scope));
					}
				}
				default -> throw new IllegalStateException();
			}
			return null;
		}
		catch (Left left) {
			if (left.isFor(label(loop))) {
				return ((Leaving) left).value;
			}
			throw left;
		}
	}

	static String label(St loop) {
		return switch (loop) {
			case St.ForEach s -> s.label();
			case St.ForPairs s -> s.label();
			case St.ForEntries s -> s.label();
			case St.ForRange s -> s.label();
			case St.ForSteps s -> s.label();
			case St.While s -> s.label();
			default -> throw new IllegalStateException();
		};
	}

	private void forEach(St.ForEach s, Scope scope) {
		Object source = value(s.source(), scope);
		List<? extends @Nullable Object> elements = (source instanceof String text) ? Values.characters(text)
				: ((Sequence) source).elements();
		for (int i = 0; i < elements.size(); i++) {
			Scope turn = new Scope(scope);
			if (s.index() != null) {
				turn.declare(s.index(), (long) i);
			}
			turn(s.label(), s.body(), turn, s.name(), elements.get(i));
		}
	}

	private void forPairs(St.ForPairs s, Scope scope) {
		Sequence list = (Sequence) value(s.source(), scope);
		for (int i = 0; i < list.elements().size(); i++) {
			Tuple pair = (Tuple) list.elements().get(i);
			Scope turn = new Scope(scope);
			turn.declare(s.first(), pair.parts().get(0));
			turn(s.label(), s.body(), turn, s.second(), pair.parts().get(1));
		}
	}

	private void forEntries(St.ForEntries s, Scope scope) {
		Table table = (Table) value(s.source(), scope);
		for (int i = 0; i < table.entries().size(); i++) {
			Object key = new ArrayList<>(table.entries().keySet()).get(i);
			Scope turn = new Scope(scope);
			turn.declare(s.key(), key);
			turn(s.label(), s.body(), turn, s.value(), table.entries().get(key));
		}
	}

	private void turn(String label, List<St> body, Scope scope, String name, @Nullable Object value) {
		scope.declare(name, value);
		turn(label, body, scope);
	}

	private void turn(String label, List<St> body, Scope scope) {
		step();
		try {
			block(body, scope);
		}
		catch (Continued continued) {
			if (!continued.isFor(label)) {
				throw continued;
			}
		}
	}

	private @Nullable Object match(@Nullable Object subject, List<Ex.Arm> arms, Scope scope) {
		for (Ex.Arm arm : arms) {
			List<@Nullable Object> parts = new ArrayList<>();
			if (!arm.pattern().fit().bind(subject, parts)) {
				continue;
			}
			for (int i = 0; i < arm.pattern().binders().size(); i++) {
				scope.declare(arm.pattern().binders().get(i).name(), parts.get(i));
			}
			if (arm.guard() == null || Values.isTrue(value(arm.guard(), scope))) {
				return block(arm.body(), scope);
			}
		}
		return null;
	}

	private Code declared(St.Function function, Scope scope) {
		return arguments -> call(function.parameters(), function.body(), scope, arguments);
	}

	/** Absent arguments are marked by the list itself. */
	private @Nullable Object call(List<Ex.Parameter> parameters, List<St> body, Scope outer,
			List<@Nullable Object> arguments) {
		step();
		Scope scope = new Scope(outer);
		for (int i = 0; i < parameters.size(); i++) {
			Ex.Parameter parameter = parameters.get(i);
			boolean given = i < arguments.size() && arguments.get(i) != ABSENT;
			scope.declare(parameter.name(), given ? arguments.get(i) : value(parameter.fallback(), scope));
		}
		try {
			return block(body, scope);
		}
		catch (Returned returned) {
			return ((Leaving) returned).value;
		}
	}

	private static final Object ABSENT = new Object();

	private List<@Nullable Object> values(List<Ex> all, Scope scope) {
		List<@Nullable Object> result = new ArrayList<>();
		for (Ex each : all) {
			result.add(value(each, scope));
		}
		return result;
	}

	private @Nullable Object value(Ex expression, Scope scope) {
		step();
		return switch (expression) {
			case Ex.Literal e -> e.value();
			case Ex.Variable e -> scope.find(e.name())[0];
			case Ex.Operation e -> checked(e.meaning().of(values(e.operands(), scope).toArray()));
			case Ex.Each e -> each(e, scope);
			case Ex.Lazy e -> lazy(e, scope);
			case Ex.Lambda e -> (Code) arguments -> call(e.parameters(), e.body(), scope, arguments);
			case Ex.Call e -> call(e, scope);
			case Ex.CallValue e -> {
				Code code = (Code) value(e.function(), scope);
				yield code.call(values(e.arguments(), scope));
			}
			case Ex.If e -> block(Values.isTrue(value(e.condition(), scope)) ? e.then() : e.otherwise(), scope);
			case Ex.Match e -> match(value(e.subject(), scope), e.arms(), scope);
			case Ex.Loop e -> loop(e.loop(), scope);
			case Ex.Step e -> {
				@Nullable Object[] place = scope.find(e.name());
				long old = (Long) place[0];
				long now = Meanings.exact(() -> Math.addExact(old, e.delta()));
				place[0] = now;
				yield e.prefix() ? now : old;
			}
			case Ex.Attempt e -> {
				Object result;
				try {
					result = value(e.tried(), scope);
				}
				catch (Failed failed) {
					result = value(e.otherwise(), scope);
				}
				yield result;
			}
		};
	}

	private @Nullable Object lazy(Ex.Lazy e, Scope scope) {
		Object first = value(e.operands().get(0), scope);
		return switch (e.choice()) {
			case AND -> Values.isTrue(first) ? value(e.operands().get(1), scope) : first;
			case OR -> Values.isTrue(first) ? first : value(e.operands().get(1), scope);
			case COALESCE -> (first != null) ? first : value(e.operands().get(1), scope);
			case CONDITIONAL, THEN -> value(e.operands().get(Values.isTrue(first) ? 1 : 2), scope);
		};
	}

	private @Nullable Object call(Ex.Call e, Scope scope) {
		St.Function function = (St.Function) scope.find("fn " + e.function())[0];
		@Nullable Object[] given = new @Nullable Object[function.parameters().size()];
		java.util.Arrays.fill(given, ABSENT);
		int at = 0;
		for (Ex.Argument argument : e.arguments()) {
			int place = at++;
			if (argument.name() != null) {
				place = function.parameters().stream().map(Ex.Parameter::name).toList().indexOf(argument.name());
			}
			given[place] = value(argument.value(), scope);
		}
		return ((Code) scope.find(e.function())[0]).call(java.util.Arrays.asList(given));
	}

	private @Nullable Object each(Ex.Each e, Scope scope) {
		Sequence list = (Sequence) value(e.list(), scope);
		Code code = (Code) value(e.callback(), scope);
		Object start = (e.start() != null) ? value(e.start(), scope) : null;
		return Meanings.each(e.function(), list, code, start);
	}

}
