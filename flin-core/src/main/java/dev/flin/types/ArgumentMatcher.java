package dev.flin.types;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.syntax.Part;
import dev.flin.types.Signatures.Param;

/** Brings arguments to parameters: by position, by name, defaults, rest and spread. */
final class ArgumentMatcher {

	/** The rest parameter that takes arguments of any name; their names go to the parameter before it. */
	static final String NAMED = "named";

	/** An argument (the receiver is -1) and the parameter it goes to. */
	record Pair(int argument, int parameter, boolean intoRest, boolean spread) {
	}

	/** What went where; {@code problem} says why it did not, {@code unknownName} which argument has no parameter. */
	record Match(Access.Plan plan, List<Pair> pairs, @Nullable String problem, @Nullable String unknownName) {
	}

	private final List<Param> params;

	private final List<Part.Arg> args;

	private final Access.@Nullable Source[] sources;

	private final List<Pair> pairs = new ArrayList<>();

	private final List<Integer> rest = new ArrayList<>();

	/** The positional arguments from the first spread one on, when it stands before the end of the fixed parameters. */
	private final List<Integer> tail = new ArrayList<>();

	/** The parameter that the first value of the tail goes to. */
	private int tailStart;

	/** How many fixed parameters the tail may fill. */
	private int places;

	private final int fixed;

	private ArgumentMatcher(List<Param> params, List<Part.Arg> args) {
		this.params = params;
		this.args = args;
		this.sources = new Access.Source[params.size()];
		boolean hasRest = !params.isEmpty() && params.get(params.size() - 1).rest();
		this.fixed = hasRest ? params.size() - 1 : params.size();
	}

	static Match match(List<Param> params, boolean receiver, List<Part.Arg> args) {
		return new ArgumentMatcher(params, args).match(receiver);
	}

	private Match match(boolean receiver) {
		int next = 0;
		if (receiver) {
			give(-1, next++, false);
		}
		for (int i = 0; i < this.args.size(); i++) {
			Part.Arg arg = this.args.get(i);
			if (arg.name() != null) {
				int index = indexOf(arg.name());
				if (index < 0 && takesNamed()) {
					this.rest.add(i);
					this.pairs.add(new Pair(i, this.fixed, true, false));
					continue;
				}
				if (index < 0) {
					return failed("no parameter is called '" + arg.name() + "'", arg.name());
				}
				if (this.sources[index] != null) {
					return failed("is given '" + arg.name() + "' twice", null);
				}
				give(i, index, false);
			}
			else if (!this.tail.isEmpty() || arg.spread() && next < this.fixed) {
				this.tailStart = this.tail.isEmpty() ? next : this.tailStart;
				this.tail.add(i);
				this.pairs.add(new Pair(i, this.tailStart, false, arg.spread()));
			}
			else {
				if (next < this.fixed && this.sources[next] != null) {
					return failed("is given '" + this.params.get(next).name() + "' twice", null);
				}
				give(i, next++, arg.spread());
			}
		}
		return finish(next);
	}

	private void give(int argument, int parameter, boolean spread) {
		if (parameter < this.fixed) {
			this.sources[parameter] = (argument < 0) ? new Access.Receiver() : new Access.Argument(argument);
			this.pairs.add(new Pair(argument, parameter, false, spread));
		}
		else if (this.fixed < this.params.size()) {
			this.rest.add(argument);
			this.pairs.add(new Pair(argument, this.fixed, true, spread));
		}
		else {
			this.rest.add(argument);
		}
	}

	/** Whether arguments of any name are collected: {@code ...named} of a built-in. */
	private boolean takesNamed() {
		return this.fixed < this.params.size() && this.params.getLast().name().equals(NAMED);
	}

	private int indexOf(String name) {
		for (int i = 0; i < this.fixed; i++) {
			if (this.params.get(i).name().equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private Match finish(int given) {
		if (!this.tail.isEmpty()) {
			splice();
		}
		List<Access.Source> complete = new ArrayList<>();
		for (int i = 0; i < this.fixed; i++) {
			Access.Source source = this.sources[i];
			if (source == null && !this.params.get(i).hasDefault()) {
				boolean named = given > i || namesSome() || given >= required();
				return failed(named ? "is not given '" + this.params.get(i).name() + "'" : counts(given), null);
			}
			complete.add((source != null) ? source : new Access.Default());
		}
		if (this.fixed < this.params.size()) {
			complete.add(this.tail.isEmpty() ? new Access.Rest(this.rest)
					: new Access.SplicedRest(this.tail, this.places));
		}
		else if (!this.rest.isEmpty()) {
			return failed(counts(given), null);
		}
		return new Match(new Access.Plan(complete), this.pairs, null, null);
	}

	/** Named arguments go first: the tail fills what they leave. */
	private void splice() {
		for (int i = this.tailStart; i < this.fixed; i++) {
			if (this.sources[i] == null) {
				this.sources[i] = new Access.Spliced(this.tail, this.places++, this.params.get(i).hasDefault());
			}
		}
	}

	private boolean namesSome() {
		return this.args.stream().anyMatch(arg -> arg.name() != null);
	}

	private int required() {
		int required = 0;
		for (Param param : this.params) {
			required += (param.hasDefault() || param.rest()) ? 0 : 1;
		}
		return required;
	}

	private String counts(int given) {
		int required = required();
		boolean exact = required == this.params.size();
		int receiver = (this.fixed > 0 && this.sources[0] instanceof Access.Receiver) ? 1 : 0;
		int count = ((given < required || exact) ? required : this.fixed) - receiver;
		String wanted = (exact ? "" : (given < required) ? "at least " : "at most ") + ((count == 0) ? "no" : count);
		return "takes " + wanted + (wanted.endsWith("1") ? " argument" : " arguments") + ", not " + this.args.size();
	}

	private Match failed(String problem, @Nullable String unknownName) {
		return new Match(new Access.Plan(List.of()), this.pairs, problem, unknownName);
	}

}
