package dev.flin.differ;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;

import dev.flin.differ.Values.Sequence;
import dev.flin.differ.Values.Table;
import dev.flin.differ.Values.Tuple;
import dev.flin.differ.Values.Variant;
import dev.flin.value.Printer;

/** Makes expressions of a type. */
final class Expressions {

	private static final List<Ty> ELEMENTS = List.of(Ty.INT, Ty.TEXT, Ty.NUMBER, Ty.BOOL, Ty.list(Ty.INT));

	private static final List<String> TEXTS = List.of("", "a", "b", "ab", "é", "🐘", "x🐘y", "hello", "Zz", "a b", "aé",
			"Aa",
			"BB");

	private static final long[] LARGE = { Long.MAX_VALUE, Long.MIN_VALUE + 1, 4611686018427387904L, 3037000500L,
			2147483648L, -2147483649L, 2147483647L };

	final Random random;

	private final Program program;

	Expressions(Random random, Program program) {
		this.random = random;
		this.program = program;
	}

	int below(int bound) {
		return this.random.nextInt(bound);
	}

	boolean once(int in) {
		return below(in) == 0;
	}

	<T> T of(List<T> all) {
		return all.get(below(all.size()));
	}

	Ty element() {
		return once(3) ? of(ELEMENTS) : once(2) ? Ty.INT : Ty.TEXT;
	}

	/** A type for a variable. */
	Ty type() {
		return switch (below(20)) {
			case 0, 1, 2, 3, 4 -> Ty.INT;
			case 5, 6, 7, 8 -> Ty.TEXT;
			case 9 -> Ty.NUMBER;
			case 10 -> Ty.BOOL;
			case 11, 12 -> Ty.list(element());
			case 13 -> Ty.map(Ty.TEXT, once(2) ? Ty.INT : Ty.TEXT);
			case 14 -> Ty.map(Ty.INT, Ty.TEXT);
			case 15 -> Ty.RECORD;
			case 16 -> Ty.SHAPE;
			case 17 -> Ty.PAIR;
			case 18 -> Ty.optional(once(2) ? Ty.INT : Ty.TEXT);
			default -> callback();
		};
	}

	private Ty callback() {
		Ty result = once(2) ? Ty.INT : Ty.TEXT;
		return once(2) ? Ty.function(result) : Ty.function(result, result);
	}

	/** Any expression of a type. */
	Ex make(Ty type, Surroundings here, int depth) {
		List<Surroundings.Known> known = here.variables(type);
		if (depth <= 0 || here.depth > 9 || --this.program.left < 0) {
			return (!known.isEmpty() && !once(4)) ? variable(of(known)) : simplest(type, here);
		}
		if (!known.isEmpty() && once(3)) {
			return variable(of(known));
		}
		if (once(3)) {
			Ex general = general(type, here, depth - 1);
			if (general != null) {
				return general;
			}
		}
		return special(type, here, depth - 1);
	}

	private static Ex variable(Surroundings.Known known) {
		return new Ex.Variable(known.type(), known.name());
	}

	private static Ex operation(Ty type, String template, Ex.Meaning meaning, Ex... operands) {
		return new Ex.Operation(type, template, List.of(operands), meaning);
	}

	static Ex integer(long value) {
		return new Ex.Literal(Ty.INT, value, (value < 0) ? "(" + value + ")" : Long.toString(value));
	}

	static Ex text(String value) {
		return new Ex.Literal(Ty.TEXT, value, "\"" + value + "\"");
	}

	private Ex simplest(Ty type, Surroundings here) {
		if (type.equals(Ty.INT)) {
			return integer(once(60) ? LARGE[below(LARGE.length)] : below(12) - 2);
		}
		if (type.equals(Ty.NUMBER)) {
			double value = (below(80) - 20) / 4.0;
			String source = (value == Math.rint(value)) ? Printer.number(value) + ".0" : Printer.number(value);
			return new Ex.Literal(type, value, (source.charAt(0) == '-') ? "(" + source + ")" : source);
		}
		if (type.equals(Ty.BOOL)) {
			boolean value = once(2);
			return new Ex.Literal(type, value, Boolean.toString(value));
		}
		if (type.equals(Ty.TEXT)) {
			return text(of(TEXTS));
		}
		if (type.isOptional()) {
			return once(3) ? new Ex.Literal(type, null, "none") : make(type.arg(0), here, 0);
		}
		return built(type, here, 0);
	}

	/** A literal of a type with parts. */
	private Ex built(Ty type, Surroundings here, int depth) {
		if (type.isList()) {
			List<Ex> elements = new ArrayList<>();
			for (int i = 1 + below(3); i > 0; i--) {
				elements.add(make(type.arg(0), here, depth));
			}
			return new Ex.Operation(type, "[" + places(elements.size()) + "]", elements,
					o -> Sequence.of(java.util.Arrays.asList(o)));
		}
		if (type.isMap()) {
			return map(type, here, depth);
		}
		if (type.isFunction()) {
			return lambda(type, here, depth);
		}
		if (type.equals(Ty.RECORD)) {
			return operation(type, "({ a: $0, b: $1, xs: $2 })", o -> {
				LinkedHashMap<Object, @Nullable Object> entries = new LinkedHashMap<>();
				entries.put("a", o[0]);
				entries.put("b", o[1]);
				entries.put("xs", o[2]);
				return new Table(entries);
			}, make(Ty.INT, here, depth), make(Ty.TEXT, here, depth), make(Ty.list(Ty.INT), here, depth));
		}
		if (type.equals(Ty.PAIR)) {
			return operation(type, "($0, $1)", o -> new Tuple(List.of(o)), make(Ty.INT, here, depth),
					make(Ty.TEXT, here, depth));
		}
		return switch (below(4)) {
			case 0 -> new Ex.Literal(type, new Variant("Dot", List.of()), "Shape.Dot");
			case 1 -> operation(type, "Shape.Box($0)", o -> new Variant("Box", List.of(o)), make(Ty.INT, here, depth));
			case 2 ->
				operation(type, "Shape.Word($0)", o -> new Variant("Word", List.of(o)), make(Ty.TEXT, here, depth));
			default -> operation(type, "Shape.Two($0, $1)", o -> new Variant("Two", List.of(o)),
					make(Ty.INT, here, depth), make(Ty.TEXT, here, depth));
		};
	}

	private static String places(int count) {
		List<String> places = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			places.add("$" + i);
		}
		return String.join(", ", places);
	}

	private Ex map(Ty type, Surroundings here, int depth) {
		List<Ex> parts = new ArrayList<>();
		List<String> entries = new ArrayList<>();
		for (int i = 0; i <= below(3); i++) {
			parts.add(type.arg(0).equals(Ty.INT) ? integer(i) : text(List.of("a", "b", "é").get(i)));
			parts.add(make(type.arg(1), here, depth));
			entries.add("$" + 2 * i + ": $" + (2 * i + 1));
		}
		return new Ex.Operation(type, "[" + String.join(", ", entries) + "]", parts, o -> {
			LinkedHashMap<Object, @Nullable Object> made = new LinkedHashMap<>();
			for (int i = 0; i < o.length; i += 2) {
				made.put(o[i], o[i + 1]);
			}
			return new Table(made);
		});
	}

	Ex lambda(Ty type, Surroundings here, int depth) {
		Surroundings inside = here.inFunction(type.arg(0));
		List<Ex.Parameter> parameters = new ArrayList<>();
		for (int i = 1; i < type.args().size(); i++) {
			String name = this.program.name("p");
			parameters.add(new Ex.Parameter(name, type.arg(i), null));
			inside.know(name, type.arg(i), once(3));
		}
		List<St> body = (depth > 0 && once(2)) ? this.program.statements.valued(type.arg(0), inside, 2)
				: List.of(new St.Value(make(type.arg(0), inside, depth)));
		return new Ex.Lambda(type, parameters, body);
	}

	/** An expression that any type can have. */
	private @Nullable Ex general(Ty type, Surroundings here, int depth) {
		switch (below(14)) {
			case 0 -> {
				return new Ex.Lazy(type, once(2) ? Ex.Choice.CONDITIONAL : Ex.Choice.THEN,
						List.of(make(Ty.BOOL, here, depth), make(type, here, depth), make(type, here, depth)));
			}
			case 1 -> {
				return new Ex.If(type, make(Ty.BOOL, here, depth),
						this.program.statements.valued(type, here.inner(), 2),
						this.program.statements.valued(type, here.inner(), 2));
			}
			case 2 -> {
				return this.program.patterns.match(type, here, depth);
			}
			case 3, 4, 5 -> {
				List<St.Function> functions = here.functions(type);
				return functions.isEmpty() ? null : call(of(functions), here, depth);
			}
			case 6 -> {
				return type.isFunction() ? null
						: new Ex.CallValue(type, lambda(Ty.function(type), here, depth), List.of());
			}
			case 7 -> {
				return type.isFunction() || type.isOptional() ? null : loop(type, here, depth);
			}
			case 8 -> {
				return type.isFunction() || type.isOptional() ? null : new Ex.Attempt(type,
						make(type, here.closed(), depth), make(type, here, depth - 1), this.program.name("r"));
			}
			case 9 -> {
				List<Surroundings.Known> callable = here.variables(Ty.function(type));
				return callable.isEmpty() ? null : new Ex.CallValue(type, variable(of(callable)), List.of());
			}
			case 10 -> {
				List<Surroundings.Known> callable = here.callables(type);
				return callable.isEmpty() ? null : callValue(of(callable), here, depth);
			}
			case 11 -> {
				return type.isFunction() ? null : operation(type, "same($0)", o -> o[0], make(type, here, depth));
			}
			default -> {
				List<Surroundings.Known> lists = here.variables(Ty.list(type));
				return lists.isEmpty() ? null : element(type, variable(of(lists)), make(Ty.INT, here, depth - 1));
			}
		}
	}

	private static Ex element(Ty type, Ex list, Ex index) {
		return operation(type, "$0[$1]",
				o -> ((Sequence) o[0]).elements().get(Evaluation.place((Sequence) o[0], o[1])), list,
				operation(Ty.INT, "($0 % 2)", o -> (Long) o[0] % 2, index));
	}

	private Ex callValue(Surroundings.Known function, Surroundings here, int depth) {
		List<Ex> arguments = new ArrayList<>();
		for (Ty parameter : function.type().args().subList(1, function.type().args().size())) {
			arguments.add(make(parameter, here, depth));
		}
		return new Ex.CallValue(function.type().arg(0), variable(function), arguments);
	}

	Ex call(St.Function function, Surroundings here, int depth) {
		List<Ex.Argument> arguments = new ArrayList<>();
		boolean named = once(4);
		for (Ex.Parameter parameter : function.parameters()) {
			if (parameter.fallback() != null && once(2)) {
				named = true;
				continue;
			}
			arguments.add(new Ex.Argument(named ? parameter.name() : null, make(parameter.type(), here, depth)));
		}
		return new Ex.Call((function.result() != null) ? function.result() : Ty.INT, function.name(), arguments);
	}

	private Ex loop(Ty type, Surroundings here, int depth) {
		Surroundings closed = here.closed();
		St loop = this.program.statements.loop(closed, type);
		return new Ex.Lazy(type, Ex.Choice.COALESCE,
				List.of(new Ex.Loop(Ty.optional(type), loop), make(type, here, depth)));
	}

	private Ex special(Ty type, Surroundings here, int depth) {
		if (type.equals(Ty.INT)) {
			return integers(here, depth);
		}
		if (type.equals(Ty.NUMBER)) {
			return numbers(here, depth);
		}
		if (type.equals(Ty.BOOL)) {
			return bools(here, depth);
		}
		if (type.equals(Ty.TEXT)) {
			return texts(here, depth);
		}
		if (type.isList()) {
			return lists(type, here, depth);
		}
		if (type.isOptional()) {
			return optionals(type, here, depth);
		}
		return built(type, here, depth);
	}

	private Ex optionals(Ty type, Surroundings here, int depth) {
		Ty map = Ty.map(Ty.TEXT, type.arg(0));
		return switch (below(3)) {
			case 0 -> operation(type, "$0[$1]", o -> ((Table) o[0]).entries().get(o[1]), make(map, here, depth),
					text(once(2) ? "a" : "q"));
			case 1 -> new Ex.Each(type, "find", make(Ty.list(type.arg(0)), here, depth),
					lambda(Ty.function(Ty.BOOL, type.arg(0)), here, depth), null);
			default -> new Ex.Lazy(type, Ex.Choice.CONDITIONAL,
					List.of(make(Ty.BOOL, here, depth), make(type, here, depth), make(type.arg(0), here, depth)));
		};
	}

	private Ex integers(Surroundings here, int depth) {
		Ex a = make(Ty.INT, here, depth);
		return switch (below(22)) {
			case 0, 1, 2 -> operation(Ty.INT, "($0 + $1)", Meanings::add, a, make(Ty.INT, here, depth));
			case 3, 4 -> operation(Ty.INT, "($0 - $1)", Meanings::subtract, a, make(Ty.INT, here, depth));
			case 5 -> operation(Ty.INT, "($0 * $1)", Meanings::multiply, a, make(Ty.INT, here, depth));
			case 6 -> operation(Ty.INT, "($0 % $1)", Meanings::remainder, a, make(Ty.INT, here, depth));
			case 7 -> operation(Ty.INT, "div($0, $1)", Meanings::quotient, a, make(Ty.INT, here, depth));
			case 8 -> operation(Ty.INT, "(($0 * $1) % 1000)",
					o -> Meanings.remainder(new Object[] { Meanings.multiply(o), 1000L }), a,
					make(Ty.INT, here, depth));
			case 9 -> operation(Ty.INT, "$0.len", o -> (long) Values.characters((String) o[0]).size(),
					make(Ty.TEXT, here, depth));
			case 10 -> operation(Ty.INT, "$0.len", o -> (long) ((Sequence) o[0]).elements().size(),
					make(Ty.list(element()), here, depth));
			case 11 -> operation(Ty.INT, "$0.sum", o -> {
				Object sum = 0L;
				for (Object each : ((Sequence) o[0]).elements()) {
					sum = Meanings.add(new Object[] { sum, each });
				}
				return sum;
			}, make(Ty.list(Ty.INT), here, depth));
			case 12 -> new Ex.Lazy(Ty.INT, Ex.Choice.COALESCE,
					List.of(make(Ty.optional(Ty.INT), here, depth), make(Ty.INT, here, depth)));
			case 13 -> {
				List<Surroundings.Known> steps = here.assignable()
					.stream()
					.filter(each -> each.type().equals(Ty.INT))
					.toList();
				yield steps.isEmpty() ? operation(Ty.INT, "(-$0)", o -> Meanings.exact(() -> -(Long) o[0]), a)
						: new Ex.Step(Ty.INT, of(steps).name(), once(2) ? 1 : -1, once(2));
			}
			case 14 -> operation(Ty.INT, "$0.a", o -> ((Table) o[0]).entries().get("a"), place(Ty.RECORD, here, depth));
			case 15 -> operation(Ty.INT, "$0.0", o -> ((Tuple) o[0]).parts().get(0), place(Ty.PAIR, here, depth));
			case 16 -> new Ex.Each(Ty.INT, "reduce", make(Ty.list(Ty.INT), here, depth),
					lambda(Ty.function(Ty.INT, Ty.INT, Ty.INT), here, depth), a);
			case 17 -> operation(Ty.INT, "total($0, $1, $2)", o -> Meanings.total(java.util.Arrays.asList(o)), a,
					make(Ty.INT, here, depth), make(Ty.INT, here, depth));
			case 18 -> operation(Ty.INT, "total($0, ...$1)", o -> {
				List<@Nullable Object> all = new ArrayList<>(((Sequence) o[1]).elements());
				all.add(0, o[0]);
				return Meanings.total(all);
			}, a, make(Ty.list(Ty.INT), here, depth));
			case 19 -> operation(Ty.INT, "$0.size()", o -> Meanings.size((Variant) o[0]), place(Ty.SHAPE, here, depth));
			case 20 -> operation(Ty.INT, "abs($0)", o -> Meanings.exact(() -> Math.absExact((Long) o[0])), a);
			default -> operation(Ty.INT, "max($0, $1)", o -> Math.max((Long) o[0], (Long) o[1]), a,
					make(Ty.INT, here, depth));
		};
	}

	/** Something to take a part of. */
	private Ex place(Ty type, Surroundings here, int depth) {
		List<Surroundings.Known> known = here.variables(type);
		return known.isEmpty() ? operation(type, "($0)", o -> o[0], make(type, here, depth)) : variable(of(known));
	}

	private Ex numbers(Surroundings here, int depth) {
		Ex a = make(Ty.NUMBER, here, depth);
		Ex b = make(once(3) ? Ty.INT : Ty.NUMBER, here, depth);
		return switch (below(7)) {
			case 0 -> operation(Ty.NUMBER, "($0 + $1)", Meanings::add, a, b);
			case 1 -> operation(Ty.NUMBER, "($0 - $1)", Meanings::subtract, b, a);
			case 2 -> operation(Ty.NUMBER, "($0 * $1)", Meanings::multiply, a, b);
			case 3 -> operation(Ty.NUMBER, "($0 / $1)", Meanings::divide, a, b);
			case 4 -> operation(Ty.NUMBER, "($0 / $1)", Meanings::divide, make(Ty.INT, here, depth),
					make(Ty.INT, here, depth));
			case 5 -> operation(Ty.NUMBER, "(-$0)", o -> -(Double) o[0], a);
			default -> operation(Ty.NUMBER, "($0 % $1)", Meanings::remainder, a, b);
		};
	}

	private Ex bools(Surroundings here, int depth) {
		Ty compared = List.of(Ty.INT, Ty.INT, Ty.INT, Ty.TEXT, Ty.TEXT, Ty.NUMBER).get(below(6));
		Ex a = make(compared, here, depth);
		Ex b = make(compared, here, depth);
		return switch (below(13)) {
			case 0, 1 -> operation(Ty.BOOL, "($0 < $1)", o -> Meanings.less(o, false), a, b);
			case 2 -> operation(Ty.BOOL, "($0 <= $1)", o -> Meanings.less(o, true), a, b);
			case 3 -> operation(Ty.BOOL, "($0 > $1)", o -> Meanings.less(new Object[] { o[1], o[0] }, false), a, b);
			case 4 -> operation(Ty.BOOL, "($0 == $1)", o -> Values.same(o[0], o[1]), a, b);
			case 5 -> operation(Ty.BOOL, "($0 != $1)", o -> !Values.same(o[0], o[1]), a, b);
			case 6 -> {
				Ty any = type();
				any = any.isFunction() || any.isOptional() ? Ty.INT : any;
				yield operation(Ty.BOOL, "($0 == $1)", o -> Values.same(o[0], o[1]), make(any, here, depth),
						make(any, here, depth));
			}
			case 7 -> new Ex.Lazy(Ty.BOOL, once(2) ? Ex.Choice.AND : Ex.Choice.OR,
					List.of(make(Ty.BOOL, here, depth), make(Ty.BOOL, here, depth)));
			case 8 -> operation(Ty.BOOL, "(not $0)", o -> !Values.isTrue(o[0]), make(Ty.BOOL, here, depth));
			case 9 -> operation(Ty.BOOL, "($0 in $1)",
					o -> ((Sequence) o[1]).elements().stream().anyMatch(each -> Values.same(each, o[0])),
					make(Ty.INT, here, depth), make(Ty.list(Ty.INT), here, depth));
			case 10 -> new Ex.Each(Ty.BOOL, once(2) ? "any" : "all", make(Ty.list(Ty.INT), here, depth),
					lambda(Ty.function(Ty.BOOL, Ty.INT), here, depth), null);
			case 11 -> operation(Ty.BOOL, "($0 == none)", o -> o[0] == null,
					make(Ty.optional(once(2) ? Ty.INT : Ty.TEXT), here, depth));
			default -> operation(Ty.BOOL, "($0 in $1)", o -> ((String) o[1]).contains((String) o[0]),
					make(Ty.TEXT, here, depth), make(Ty.TEXT, here, depth));
		};
	}

	private Ex texts(Surroundings here, int depth) {
		Ex a = make(Ty.TEXT, here, depth);
		return switch (below(19)) {
			case 0, 1 -> operation(Ty.TEXT, "($0 + $1)", Meanings::add, a, make(Ty.TEXT, here, depth));
			case 2 -> operation(Ty.TEXT, "($0 ++ $1)", Meanings::add, a, make(Ty.TEXT, here, depth));
			case 3, 4 -> operation(Ty.TEXT, "\"<{$0}-{$1}>\"",
					o -> "<" + Values.interpolate(o[0]) + "-" + Values.interpolate(o[1]) + ">",
					make(once(2) ? Ty.INT : type2(), here, depth),
					make(Ty.TEXT, here, depth));
			case 5 -> operation(Ty.TEXT, "($0 + $1)", Meanings::add, a, make(Ty.INT, here, depth));
			case 6, 7 -> operation(Ty.TEXT, "$0[$1]", o -> {
				Sequence characters = Sequence.of(Values.characters((String) o[0]));
				return characters.elements().get(Evaluation.place(characters, o[1]));
			}, a, operation(Ty.INT, "($0 % 2)", o -> (Long) o[0] % 2, make(Ty.INT, here, depth)));
			case 8 -> operation(Ty.TEXT, "$0[$1:$2]",
					o -> String.join("", Meanings.slice(Values.characters((String) o[0]), (Long) o[1], (Long) o[2], 1)),
					a, make(Ty.INT, here, depth), make(Ty.INT, here, depth));
			case 9 -> operation(Ty.TEXT, "$0[::-1]",
					o -> String.join("", Meanings.slice(Values.characters((String) o[0]), null, null, -1)), a);
			case 10 -> operation(Ty.TEXT, "$0.upper", o -> ((String) o[0]).toUpperCase(java.util.Locale.ROOT), a);
			case 11 -> operation(Ty.TEXT, "$0.join(\"-\")",
					o -> String.join("-", ((Sequence) o[0]).elements().stream().map(Values::print).toList()),
					make(Ty.list(once(2) ? Ty.INT : Ty.TEXT), here, depth));
			case 12 -> new Ex.Lazy(Ty.TEXT, Ex.Choice.COALESCE,
					List.of(make(Ty.optional(Ty.TEXT), here, depth), make(Ty.TEXT, here, depth)));
			case 13 -> operation(Ty.TEXT, "$0.b", o -> ((Table) o[0]).entries().get("b"),
					place(Ty.RECORD, here, depth));
			case 14 -> operation(Ty.TEXT, "$0.1", o -> ((Tuple) o[0]).parts().get(1), place(Ty.PAIR, here, depth));
			case 15 -> operation(Ty.TEXT, "$0.label()", o -> Meanings.label((Variant) o[0]),
					place(Ty.SHAPE, here, depth));
			case 16 -> {
				int times = below(9);
				yield operation(Ty.TEXT, "$0.repeat(" + times + ")", o -> ((String) o[0]).repeat(times), a);
			}
			case 17 -> {
				long index = below(9) - 3;
				yield operation(Ty.TEXT, "$0[" + index + "]", o -> {
					Sequence characters = Sequence.of(Values.characters((String) o[0]));
					return characters.elements().get(Evaluation.place(characters, index));
				}, a);
			}
			default -> new Ex.Each(Ty.TEXT, "reduce", make(Ty.list(Ty.TEXT), here, depth),
					lambda(Ty.function(Ty.TEXT, Ty.TEXT, Ty.TEXT), here, depth), a);
		};
	}

	/** A type whose values print. */
	Ty type2() {
		Ty type = type();
		return type.isFunction() ? Ty.TEXT : type;
	}

	private Ex lists(Ty type, Surroundings here, int depth) {
		Ty element = type.arg(0);
		boolean basic = List.of(Ty.INT, Ty.TEXT).contains(element);
		switch (below(9)) {
			case 0, 1 -> {
				Ty from = once(2) ? element : Ty.INT;
				return new Ex.Each(type, "map", make(Ty.list(from), here, depth),
						lambda(Ty.function(element, from), here, depth), null);
			}
			case 2 -> {
				return new Ex.Each(type, "filter", make(type, here, depth),
						lambda(Ty.function(Ty.BOOL, element), here, depth), null);
			}
			case 3 -> {
				return operation(type, "($0 ++ $1)", o -> {
					Sequence joined = Sequence.of(((Sequence) o[0]).elements());
					joined.elements().addAll(((Sequence) o[1]).elements());
					return joined;
				}, make(type, here, depth), make(type, here, depth));
			}
			case 4 -> {
				return operation(type, "$0[$1:$2]",
						o -> Sequence.of(Meanings.slice(((Sequence) o[0]).elements(), (Long) o[1], (Long) o[2], 1)),
						make(type, here, depth), make(Ty.INT, here, depth), make(Ty.INT, here, depth));
			}
			case 5 -> {
				return operation(type, "$0[::-1]",
						o -> Sequence.of(Meanings.slice(((Sequence) o[0]).elements(), null, null, -1)),
						make(type, here, depth));
			}
			case 6 -> {
				if (basic) {
					return operation(type, "$0.sort", o -> {
						Sequence sorted = Sequence.of(((Sequence) o[0]).elements());
						sorted.elements().sort(Meanings::compare);
						return sorted;
					}, make(type, here, depth));
				}
				return built(type, here, depth);
			}
			case 7 -> {
				if (element.equals(Ty.TEXT)) {
					return operation(type, "$0.chars", o -> Sequence.of(Values.characters((String) o[0])),
							make(Ty.TEXT, here, depth));
				}
				if (element.equals(Ty.INT)) {
					return operation(type, "($0..<$1).to_list", o -> {
						Sequence range = Sequence.of(List.of());
						for (long at = (Long) o[0]; at < (Long) o[1]; at++) {
							range.elements().add(at);
						}
						return range;
					}, integer(below(3)), integer(below(6)));
				}
				return built(type, here, depth);
			}
			default -> {
				return built(type, here, depth);
			}
		}
	}

}
