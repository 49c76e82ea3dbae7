package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.differ.Values.Sequence;
import dev.flin.differ.Values.Table;

/** Makes statements. */
final class Statements {

	private static final int DEPTH = 3;

	private final Program program;

	private final Expressions expressions;

	Statements(Program program, Expressions expressions) {
		this.program = program;
		this.expressions = expressions;
	}

	private int below(int bound) {
		return this.expressions.below(bound);
	}

	private boolean once(int in) {
		return this.expressions.once(in);
	}

	private Ex make(Ty type, Surroundings here) {
		return this.expressions.make(type, here, 1 + below(DEPTH));
	}

	/** Variables of the common types. */
	List<St> variables(Surroundings here) {
		List<St> result = new ArrayList<>();
		for (Ty type : List.of(Ty.INT, Ty.TEXT, Ty.list(Ty.INT), this.expressions.type(), this.expressions.type())) {
			result.add(declare(type, here));
		}
		return result;
	}

	private St declare(Ty type, Surroundings here) {
		Ex value = make(type, here);
		String name = this.program.name("v");
		here.know(name, type, true);
		return new St.Declare(name, type, value);
	}

	/** A block of its own. */
	List<St> block(Surroundings here, int size) {
		return some(here.inner(), 1 + below(size));
	}

	/** A block with a value. */
	List<St> valued(Ty type, Surroundings here, int size) {
		List<St> result = new ArrayList<>(some(here, below(size + 1)));
		result.add(new St.Value(make(type, here)));
		return result;
	}

	List<St> some(Surroundings here, int size) {
		List<St> result = new ArrayList<>();
		for (int i = 0; i < size && (i == 0 || this.program.left > 0); i++) {
			if (once(14) && this.program.left > 0) {
				result.addAll(several(here));
			}
			else {
				result.add(one(here));
			}
		}
		return result;
	}

	/** Statements that belong together. */
	private List<St> several(Surroundings here) {
		return switch (below(4)) {
			case 0 -> narrowed(here);
			case 1 -> List.of(lambda(here));
			case 2 -> mayNest(here) ? List.of(effect(here)) : narrowed(here);
			default -> mayNest(here) ? mutual(here) : List.of(lambda(here));
		};
	}

	/** A variable that is looked at before it is used as if it were never none. */
	private List<St> narrowed(Surroundings here) {
		Ty type = once(2) ? Ty.INT : Ty.TEXT;
		String name = this.program.name("v");
		St declared = new St.Declare(name, Ty.optional(type), make(Ty.optional(type), here));
		Surroundings inside = here.inner();
		inside.know(name, type, false);
		Ex test = new Ex.Operation(Ty.BOOL, "($0 != none)", List.of(new Ex.Variable(Ty.optional(type), name)),
				o -> o[0] != null);
		here.know(name, Ty.optional(type), false);
		return List.of(declared, new St.If(test, some(inside, 1 + below(2)), once(2) ? List.of() : block(here, 2)));
	}

	/** A function value that calls itself last. */
	private St lambda(Surroundings here) {
		Ty result = once(2) ? Ty.INT : Ty.TEXT;
		Ty other = once(2) ? result : this.expressions.type2();
		Ty type = Ty.function(result, Ty.INT, other);
		String name = this.program.name("g");
		Surroundings inside = here.inFunction(result);
		Ex.Parameter count = new Ex.Parameter(this.program.name("p"), Ty.INT, null);
		Ex.Parameter second = parameter(inside, other, false);
		Ex left = new Ex.Variable(Ty.INT, count.name());
		List<St> body = new ArrayList<>(some(inside, below(3)));
		Ex again = new Ex.CallValue(result, new Ex.Variable(type, name),
				List.of(new Ex.Operation(Ty.INT, "$0 - 1", List.of(left), o -> (Long) o[0] - 1),
						this.expressions.make(other, inside, 1)));
		body.add(new St.Value(new Ex.Lazy(result, Ex.Choice.CONDITIONAL,
				List.of(ends(left), make(result, inside), once(3) ? new Ex.If(result, make(Ty.BOOL, inside),
						List.of(new St.Value(again)), List.of(new St.Value(make(result, inside)))) : again))));
		here.know(name, type, false);
		return new St.Declare(name, type, new Ex.Lambda(type, List.of(count, second), body));
	}

	private static Ex ends(Ex left) {
		return new Ex.Operation(Ty.BOOL, "($0 <= 0 or $0 > 6)", List.of(left),
				o -> (Long) o[0] <= 0 || (Long) o[0] > 6);
	}

	private static Ex fewer(Ex left) {
		return new Ex.Operation(Ty.INT, "$0 - 1", List.of(left), o -> (Long) o[0] - 1);
	}

	/** A function without a result that calls itself last. */
	private St effect(Surroundings here) {
		Surroundings inside = here.inFunction(null);
		inside.effect = true;
		String name = this.program.name("f");
		Ex.Parameter count = parameter(inside.inner(), Ty.INT, false);
		List<Ex.Parameter> parameters = new ArrayList<>(List.of(count));
		for (int i = below(3); i > 0; i--) {
			parameters.add(parameter(inside, this.expressions.type(), false));
		}
		Ex left = new Ex.Variable(Ty.INT, count.name());
		List<St> body = new ArrayList<>();
		body.add(new St.If(ends(left), List.of(new St.Return(null)), List.of()));
		body.addAll(some(inside, 1 + below(2)));
		St last = new St.Eval(again(name, Ty.INT, fewer(left), parameters, inside));
		body.add(once(2) ? last : new St.If(make(Ty.BOOL, inside), List.of(last), block(inside, 1)));
		St.Function function = new St.Function(name, parameters, null, body);
		here.know(function);
		return function;
	}

	/** Two functions that call each other last. */
	private List<St> mutual(Surroundings here) {
		Ty result = once(2) ? Ty.INT : Ty.TEXT;
		List<String> names = List.of(this.program.name("f"), this.program.name("f"));
		List<Surroundings> insides = List.of(here.inFunction(result), here.inFunction(result));
		List<List<Ex.Parameter>> parameters = new ArrayList<>();
		for (Surroundings inside : insides) {
			List<Ex.Parameter> own = new ArrayList<>(List.of(parameter(inside.inner(), Ty.INT, false)));
			for (int i = below(3); i > 0; i--) {
				own.add(parameter(inside, this.expressions.type(), false));
			}
			parameters.add(own);
		}
		List<St> functions = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			Surroundings inside = insides.get(i);
			Ex left = new Ex.Variable(Ty.INT, parameters.get(i).get(0).name());
			List<St> body = new ArrayList<>();
			body.add(new St.If(ends(left), List.of(new St.Return(make(result, inside))), List.of()));
			body.addAll(some(inside, below(3)));
			Ex other = again(names.get(1 - i), result, fewer(left), parameters.get(1 - i), inside);
			Ex itself = again(names.get(i), result, fewer(left), parameters.get(i), inside);
			body.add(new St.Value(once(2) ? other : new Ex.Lazy(result, Ex.Choice.CONDITIONAL,
					List.of(make(Ty.BOOL, inside), other, once(2) ? itself : make(result, inside)))));
			functions.add(new St.Function(names.get(i), parameters.get(i), result, body));
		}
		functions.forEach(each -> here.know((St.Function) each));
		return functions;
	}

	/** Prints all that prints. */
	List<St> printed(Surroundings here) {
		List<St> result = new ArrayList<>();
		for (Surroundings.Known known : here.all()) {
			if (!known.type().isFunction()) {
				result.add(new St.Print(List.of(new Ex.Variable(known.type(), known.name()))));
			}
		}
		return result;
	}

	private St one(Surroundings here) {
		boolean deep = here.depth > 5 || this.program.left < 0;
		return switch (below(deep ? 12 : 30)) {
			case 0, 1 -> declare(this.expressions.type(), here);
			case 2, 3, 4, 5 -> assign(here);
			case 6 -> part(here);
			case 7 -> print(here);
			case 8 -> leave(here);
			case 9 -> grow(here);
			case 10 -> apart(here);
			case 11 -> change(here);
			case 12, 13, 14 -> new St.If(make(Ty.BOOL, here), block(here, 3), once(2) ? List.of() : block(here, 2));
			case 15, 16, 17, 18, 19 -> loop(here, null);
			case 20, 21 -> attempt(here);
			case 22, 23 -> {
				Ty subject = this.expressions.of(List.of(Ty.INT, Ty.TEXT, Ty.SHAPE, Ty.PAIR, Ty.list(Ty.INT)));
				yield new St.Match(make(subject, here), this.program.patterns.arms(subject, null, here));
			}
			case 24 -> mayNest(here) ? function(here) : assign(here);
			case 25, 26 -> callbacks(here);
			case 27 -> (mayNest(here) && once(2)) ? recursive(here) : leave(here);
			case 28 -> print(here);
			default -> {
				Ty type = this.expressions.element();
				yield new St.Eval(new Ex.Each(type, "each", make(Ty.list(type), here), body(type, here), null));
			}
		};
	}

	/** Functions stand in functions and at the top of the file. */
	private static boolean mayNest(Surroundings here) {
		return here.result != null || here.effect || here.depth == 1;
	}

	/** A callback without a value. */
	private Ex body(Ty type, Surroundings here) {
		String name = this.program.name("e");
		Surroundings inside = here.inFunction(null);
		inside.know(name, type, false);
		return new Ex.Lambda(Ty.function(Ty.INT, type), List.of(new Ex.Parameter(name, type, null)),
				some(inside, 1 + below(2)));
	}

	private St print(Surroundings here) {
		List<St.Function> effects = here.effects();
		if (!effects.isEmpty() && once(2)) {
			return new St.Eval(this.expressions.call(this.expressions.of(effects), here, 1));
		}
		List<Ex> values = new ArrayList<>();
		for (int i = 1 + below(2); i > 0; i--) {
			values.add(make(this.expressions.type2(), here));
		}
		return new St.Print(values);
	}

	private St assign(Surroundings here) {
		List<Surroundings.Known> known = here.assignable();
		if (known.isEmpty()) {
			return print(here);
		}
		Surroundings.Known target = this.expressions.of(known);
		Ty type = target.type();
		if (type.equals(Ty.INT) && once(2)) {
			return compound(target, here);
		}
		if (type.equals(Ty.NUMBER) && once(2)) {
			return new St.Assign(target.name(), type, "+=", make(once(2) ? Ty.INT : type, here), Meanings::add);
		}
		if (type.equals(Ty.TEXT) && !once(4)) {
			return text(target, here);
		}
		if (type.isList() && once(2)) {
			return new St.Assign(target.name(), type, "++=", make(type, here), o -> {
				Sequence joined = Sequence.of(((Sequence) o[0]).elements());
				joined.elements().addAll(((Sequence) o[1]).elements());
				return joined;
			});
		}
		return new St.Assign(target.name(), type, "", make(type, here), null);
	}

	private St compound(Surroundings.Known target, Surroundings here) {
		Ex value = make(Ty.INT, here);
		return switch (below(4)) {
			case 0, 1 -> new St.Assign(target.name(), Ty.INT, "+=", value, Meanings::add);
			case 2 -> new St.Assign(target.name(), Ty.INT, "-=", value, Meanings::subtract);
			default -> new St.Assign(target.name(), Ty.INT, "%=", Expressions.integer(7), Meanings::remainder);
		};
	}

	/** Most texts grow. */
	private St text(Surroundings.Known target, Surroundings here) {
		Ex value = make(once(3) ? Ty.INT : Ty.TEXT, here);
		Ex itself = new Ex.Variable(Ty.TEXT, target.name());
		return switch (below(5)) {
			case 0, 1 -> new St.Assign(target.name(), Ty.TEXT, "+=", value, Meanings::add);
			case 2 -> new St.Assign(target.name(), Ty.TEXT, "", new Ex.Operation(Ty.TEXT, "\"{$0}{$1}.\"",
					List.of(itself, value), o -> Values.interpolate(o[0]) + Values.interpolate(o[1]) + "."), null);
			case 3 -> new St.Assign(target.name(), Ty.TEXT, "", new Ex.Operation(Ty.TEXT, "$0 + $1 + \",\" + $2",
					List.of(itself, value, make(Ty.TEXT, here)),
					o -> Values.interpolate(o[0]) + Values.interpolate(o[1]) + "," + Values.interpolate(o[2])), null);
			default -> new St.Assign(target.name(), Ty.TEXT, "", new Ex.Operation(Ty.TEXT, "$0 ++ $1",
					List.of(itself, make(Ty.TEXT, here)), Meanings::add), null);
		};
	}

	/** Assigns an element, an entry or a field. */
	private St part(Surroundings here) {
		List<Surroundings.Known> known = here.all()
			.stream()
			.filter(each -> each.type().isList() || each.type().isMap() || each.type().equals(Ty.RECORD))
			.toList();
		if (known.isEmpty()) {
			return print(here);
		}
		Surroundings.Known target = this.expressions.of(known);
		Ex place = new Ex.Variable(target.type(), target.name());
		if (target.type().isMap()) {
			Ex key = target.type().arg(0).equals(Ty.INT) ? make(Ty.INT, here) : Expressions.text(once(2) ? "a" : "b");
			return new St.AssignPart(place, key, null, "", make(target.type().arg(1), here), null);
		}
		Ty type = target.type().equals(Ty.RECORD) ? (once(2) ? Ty.INT : Ty.TEXT) : target.type().arg(0);
		boolean adds = (type.equals(Ty.INT) || type.equals(Ty.TEXT)) && once(2);
		Ex key = target.type().equals(Ty.RECORD) ? null : once(2) ? Expressions.integer(below(3) - 1)
				: new Ex.Operation(Ty.INT, "($0 % 3)", List.of(make(Ty.INT, here)),
						o -> Meanings.remainder(new Object[] { o[0], 3L }));
		return new St.AssignPart(place, key, (key != null) ? null : type.equals(Ty.INT) ? "a" : "b", adds ? "+" : "",
				make(type, here), adds ? Meanings::add : null);
	}

	/** Leaves a loop, a turn or a function, under a condition. */
	private St leave(Surroundings here) {
		List<St> body = new ArrayList<>();
		if (once(3)) {
			body.addAll(some(here.inner(), 1));
		}
		if (!here.loops.isEmpty() && !once(4)) {
			boolean own = once(2);
			String label = own ? null : this.expressions.of(here.loops);
			boolean valued = here.loopValue != null
					&& (own || label.equals(here.loops.get(here.loops.size() - 1)));
			if (once(2)) {
				body.add(new St.Continue(label));
			}
			else {
				body.add(new St.Break(label, valued ? make(here.loopValue, here) : null));
			}
			return new St.If(make(Ty.BOOL, here), body, List.of());
		}
		if (here.effect) {
			body.add(new St.Return(null));
			return new St.If(make(Ty.BOOL, here), body, List.of());
		}
		if (here.result != null) {
			body.add(new St.Return(make(here.result, here)));
			return new St.If(make(Ty.BOOL, here), body, List.of());
		}
		return once(3) ? new St.If(make(Ty.BOOL, here), List.of(new St.Fail("f" + below(9))), List.of()) : assign(here);
	}

	/** Lists grow and shrink. */
	private St grow(Surroundings here) {
		List<Surroundings.Known> known = here.all().stream().filter(each -> each.type().isList()).toList();
		if (known.isEmpty()) {
			return assign(here);
		}
		Surroundings.Known target = this.expressions.of(known);
		Ex list = new Ex.Variable(target.type(), target.name());
		if (once(4)) {
			return new St.Eval(new Ex.Operation(target.type(), "$0.pop()", List.of(list), o -> {
				List<@Nullable Object> elements = ((Sequence) o[0]).elements();
				return elements.isEmpty() ? null : elements.remove(elements.size() - 1);
			}));
		}
		return new St.Eval(new Ex.Operation(target.type(), "$0.push($1)",
				List.of(list, make(target.type().arg(0), here)), o -> {
					((Sequence) o[0]).elements().add(o[1]);
					return o[0];
				}));
	}

	private St change(Surroundings here) {
		List<Surroundings.Known> known = here.all().stream().filter(each -> each.type().isMap()).toList();
		if (known.isEmpty()) {
			return assign(here);
		}
		Surroundings.Known target = this.expressions.of(known);
		Ex key = target.type().arg(0).equals(Ty.INT) ? make(Ty.INT, here) : Expressions.text(once(2) ? "a" : "b");
		return new St.Eval(new Ex.Operation(target.type(), "$0.delete_key($1)",
				List.of(new Ex.Variable(target.type(), target.name()), key), o -> {
					((Table) o[0]).entries().remove(o[1]);
					return o[0];
				}));
	}

	private St apart(Surroundings here) {
		List<Surroundings.Known> ints = here.assignable().stream().filter(each -> each.type().equals(Ty.INT)).toList();
		if (ints.size() > 1 && once(2)) {
			String first = ints.get(0).name();
			String second = ints.get(ints.size() - 1).name();
			boolean tuple = once(2);
			return new St.Apart(List.of(first, second), false, tuple ? "(" : "[", tuple ? ")" : "]",
					List.of(make(Ty.INT, here), make(Ty.INT, here)), null);
		}
		if (once(2)) {
			Ex pair = make(Ty.PAIR, here);
			List<String> names = List.of(this.program.name("v"), this.program.name("v"));
			here.know(names.get(0), Ty.INT, true);
			here.know(names.get(1), Ty.TEXT, true);
			return new St.Apart(names, true, "(", ")", List.of(pair), null);
		}
		Ex list = make(Ty.list(Ty.INT), here);
		String name = this.program.name("v");
		String rest = this.program.name("v");
		here.know(name, Ty.INT, true);
		here.know(rest, Ty.list(Ty.INT), true);
		return new St.Apart(List.of(name), true, "[", "]", List.of(list), rest);
	}

	private St attempt(Surroundings here) {
		boolean catches = !once(4);
		Surroundings cleanup = here.closed();
		return new St.Try(block(here, 3), catches ? this.program.name("error") : null,
				catches ? block(here, 2) : List.of(), once(2) ? some(cleanup, 1) : List.of());
	}

	/** A loop of any kind; with a value when a type is given. */
	St loop(Surroundings here, @Nullable Ty value) {
		String label = this.program.name("loop");
		Surroundings inside = here.inLoop(label, value);
		String name = this.program.name("i");
		switch (below(8)) {
			case 0, 1 -> {
				Ty element = this.expressions.element();
				Ex source = make(once(4) ? Ty.TEXT : Ty.list(element), here);
				inside.know(name, source.type().equals(Ty.TEXT) ? Ty.TEXT : element, once(4));
				String index = once(3) ? this.program.name("n") : null;
				if (index != null) {
					inside.know(index, Ty.INT, false);
				}
				return new St.ForEach(label, name, index, source, inLoop(inside));
			}
			case 2 -> {
				Ex source = make(Ty.map(Ty.TEXT, Ty.INT), here);
				String key = this.program.name("k");
				inside.know(key, Ty.TEXT, false);
				inside.know(name, Ty.INT, false);
				return new St.ForEntries(label, key, name, source, inLoop(inside));
			}
			case 3, 4 -> {
				Ex from = Expressions.integer(below(4) - 1);
				Ex to = once(3) ? new Ex.Operation(Ty.INT, "($0 % 5)", List.of(make(Ty.INT, here)),
						o -> Meanings.remainder(new Object[] { o[0], 5L })) : Expressions.integer(below(6));
				inside.know(name, Ty.INT, once(6));
				return new St.ForRange(label, name, from, to, once(2), inLoop(inside));
			}
			case 6 -> {
				String second = this.program.name("i");
				Ex source = make(Ty.list(Ty.PAIR), here);
				inside.know(name, Ty.INT, once(4));
				inside.know(second, Ty.TEXT, false);
				return new St.ForPairs(label, name, second, source, inLoop(inside));
			}
			case 5 -> {
				inside.know(name, Ty.INT, false);
				return new St.ForSteps(label, name, below(3), below(7), 1 + below(2), inLoop(inside));
			}
			default -> {
				inside.know(name, Ty.INT, false);
				Ex condition = once(2) ? make(Ty.BOOL, here.closed()) : null;
				return new St.While(label, name, 1 + below(5), condition, inLoop(inside));
			}
		}
	}

	private List<St> inLoop(Surroundings inside) {
		List<St> body = new ArrayList<>();
		if (once(2)) {
			body.add(leave(inside));
		}
		body.addAll(some(inside, 1 + below(3)));
		if (inside.loopValue != null) {
			Ex condition = make(Ty.BOOL, inside);
			body.add(new St.If(condition, List.of(new St.Break(null, make(inside.loopValue, inside))), List.of()));
		}
		return body;
	}

	/** A list of functions, made in a loop and called behind it. */
	private St callbacks(Surroundings here) {
		Ty type = Ty.function(once(2) ? Ty.INT : Ty.TEXT);
		List<Surroundings.Known> known = here.variables(Ty.list(type));
		if (known.isEmpty()) {
			return declare(Ty.list(type), here);
		}
		Ex list = new Ex.Variable(Ty.list(type), this.expressions.of(known).name());
		if (once(3)) {
			String name = this.program.name("call");
			Ex called = new Ex.CallValue(type.arg(0), new Ex.Variable(type, name), List.of());
			return new St.ForEach(this.program.name("loop"), name, null, list,
					List.of(new St.Print(List.of(called))));
		}
		return new St.Eval(new Ex.Operation(Ty.list(type), "$0.push($1)",
				List.of(list, this.expressions.lambda(type, here, 2)), o -> {
					((Sequence) o[0]).elements().add(o[1]);
					return o[0];
				}));
	}

	/** A function that does not call itself. */
	St.Function function(Surroundings here) {
		Ty result = this.expressions.type();
		Surroundings inside = here.inFunction(result);
		List<Ex.Parameter> parameters = new ArrayList<>();
		for (int i = below(4); i > 0; i--) {
			parameters.add(parameter(inside, this.expressions.type(), i == 1 && once(2)));
		}
		St.Function function = new St.Function(this.program.name("f"), parameters, result, valued(result, inside, 4));
		here.know(function);
		return function;
	}

	private Ex.Parameter parameter(Surroundings inside, Ty type, boolean optional) {
		String name = this.program.name("p");
		Ex fallback = optional ? this.expressions.make(type, inside, 1) : null;
		inside.know(name, type, once(2));
		return new Ex.Parameter(name, type, fallback);
	}

	/** A function that calls itself last, or adds to what it gives then, so many times. */
	St.Function recursive(Surroundings here) {
		Ty result = once(2) ? Ty.INT : once(2) ? Ty.TEXT : Ty.NUMBER;
		Surroundings inside = here.inFunction(result);
		String name = this.program.name("f");
		Ex.Parameter count = parameter(inside.inner(), Ty.INT, false);
		List<Ex.Parameter> parameters = new ArrayList<>(List.of(count));
		for (int i = below(3); i > 0; i--) {
			parameters.add(parameter(inside, this.expressions.type(), false));
		}
		Ex left = new Ex.Variable(Ty.INT, count.name());
		List<St> body = new ArrayList<>();
		body.add(new St.If(ends(left), List.of(new St.Return(make(result, inside))), List.of()));
		body.addAll(some(inside, below(3)));
		Ex fewer = fewer(left);
		if (once(2)) {
			body.add(new St.If(make(Ty.BOOL, inside),
					List.of(new St.Return(again(name, result, fewer, parameters, inside))), List.of()));
		}
		Ex last = again(name, result, fewer, parameters, inside);
		Ex other = once(2) ? make(result, inside) : again(name, result, fewer, parameters, inside);
		body.add(switch (below(6)) {
			case 0 -> new St.Value(
					new Ex.Lazy(result, Ex.Choice.CONDITIONAL, List.of(make(Ty.BOOL, inside), last, other)));
			case 1 -> new St.Value(new Ex.If(result, make(Ty.BOOL, inside), List.of(new St.Value(last)),
					List.of(new St.Value(other))));
			case 2 -> new St.Value(new Ex.Lazy(result, Ex.Choice.OR, List.of(other, last)));
			case 3 -> new St.Value(new Ex.Operation(result, "($0 + $1)", List.of(other, last), Meanings::add));
			case 4 -> new St.Return(last);
			default -> new St.Value(last);
		});
		St.Function function = new St.Function(name, parameters, result, body);
		here.know(function);
		return function;
	}

	private Ex again(String name, Ty result, Ex fewer, List<Ex.Parameter> parameters, Surroundings inside) {
		List<Ex.Argument> arguments = new ArrayList<>();
		arguments.add(new Ex.Argument(null, fewer));
		for (Ex.Parameter parameter : parameters.subList(1, parameters.size())) {
			arguments.add(new Ex.Argument(null, this.expressions.make(parameter.type(), inside, 1 + below(2))));
		}
		return new Ex.Call(result, name, arguments);
	}

}
