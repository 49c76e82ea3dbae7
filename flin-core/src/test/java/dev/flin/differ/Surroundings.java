package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What the generator may use at a place: variables, functions, loops around it. */
final class Surroundings {

	/** @param assignable whether the program may assign it */
	record Known(String name, Ty type, boolean assignable) {
	}

	private final List<Known> variables;

	private final List<St.Function> functions;

	/** The labels of the loops that can be left here, innermost last. */
	final List<String> loops;

	/** What a function gives that can be left here; null outside of functions. */
	final @Nullable Ty result;

	/** What the innermost loop is left with; null when it has no value. */
	final @Nullable Ty loopValue;

	final int depth;

	/** Whether this is the body of a function without a result. */
	boolean effect;

	private Surroundings(List<Known> variables, List<St.Function> functions, List<String> loops, @Nullable Ty result,
			@Nullable Ty loopValue, int depth) {
		this.variables = new ArrayList<>(variables);
		this.functions = new ArrayList<>(functions);
		this.loops = loops;
		this.result = result;
		this.loopValue = loopValue;
		this.depth = depth;
	}

	static Surroundings none() {
		return new Surroundings(List.of(), List.of(), List.of(), null, null, 0);
	}

	Surroundings inner() {
		Surroundings inner = new Surroundings(this.variables, this.functions, this.loops, this.result, this.loopValue,
				this.depth + 1);
		inner.effect = this.effect;
		return inner;
	}

	Surroundings inLoop(String label, @Nullable Ty value) {
		List<String> labels = new ArrayList<>(this.loops);
		labels.add(label);
		Surroundings inner = new Surroundings(this.variables, this.functions, labels, this.result, value,
				this.depth + 1);
		inner.effect = this.effect;
		return inner;
	}

	Surroundings inFunction(@Nullable Ty result) {
		return new Surroundings(this.variables, this.functions, List.of(), result, null, this.depth + 1);
	}

	/** As here, but nothing can be left. */
	Surroundings closed() {
		return new Surroundings(this.variables, this.functions, List.of(), null, null, this.depth + 1);
	}

	void know(String name, Ty type, boolean assignable) {
		this.variables.add(new Known(name, type, assignable));
	}

	void know(St.Function function) {
		this.functions.add(function);
	}

	List<Known> variables(Ty type) {
		return this.variables.stream().filter(each -> each.type().equals(type)).toList();
	}

	List<Known> assignable() {
		return this.variables.stream().filter(Known::assignable).toList();
	}

	List<Known> all() {
		return this.variables;
	}

	/** Variables that hold functions with a result of a type. */
	List<Known> callables(Ty result) {
		return this.variables.stream()
			.filter(each -> each.type().isFunction() && each.type().arg(0).equals(result))
			.toList();
	}

	/** Functions without a result. */
	List<St.Function> effects() {
		return this.functions.stream().filter(each -> each.result() == null).toList();
	}

	List<St.Function> functions(Ty result) {
		return this.functions.stream().filter(each -> result.equals(each.result())).toList();
	}

}
