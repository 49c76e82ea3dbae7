package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A function value. It receives FLIN arguments only; whatever else it needs (context, captured variables) it got when
 * it was made. A subclass overrides the {@code callK} of its number of parameters, and {@code callN} when it has more
 * than four or takes the rest.
 */
public abstract class FlinFunction {

	private final int arity;

	private final int minArity;

	private final boolean rest;

	/** A function with this many parameters, all of them needed. */
	protected FlinFunction(int arity) {
		this(arity, arity, false);
	}

	/**
	 * @param arity the number of parameters, without a rest parameter
	 * @param minArity how many of them must be given
	 * @param rest whether further arguments are collected
	 */
	protected FlinFunction(int arity, int minArity, boolean rest) {
		this.arity = arity;
		this.minArity = minArity;
		this.rest = rest;
	}

	public final int arity() {
		return this.arity;
	}

	public final int minArity() {
		return this.minArity;
	}

	public final boolean takesRest() {
		return this.rest;
	}

	/** The name for traces and printing; empty for a lambda. */
	public String name() {
		return "";
	}

	public @Nullable Object call0() {
		throw wrongArgumentCount(0);
	}

	public @Nullable Object call1(@Nullable Object a) {
		throw wrongArgumentCount(1);
	}

	/** As {@link #call1}, with an int: functions that take one need no object of it. */
	public @Nullable Object callWithInt(long a) {
		return call1(a);
	}

	public @Nullable Object call2(@Nullable Object a, @Nullable Object b) {
		throw wrongArgumentCount(2);
	}

	public @Nullable Object call3(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
		throw wrongArgumentCount(3);
	}

	public @Nullable Object call4(@Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d) {
		throw wrongArgumentCount(4);
	}

	/** Calls with any number of arguments. */
	public @Nullable Object callN(@Nullable Object[] args) {
		return switch (args.length) {
			case 0 -> call0();
			case 1 -> call1(args[0]);
			case 2 -> call2(args[0], args[1]);
			case 3 -> call3(args[0], args[1], args[2]);
			case 4 -> call4(args[0], args[1], args[2], args[3]);
			default -> throw wrongArgumentCount(args.length);
		};
	}

	/**
	 * As {@link #callN}, but a call that is the last thing to do may be given back instead of its result.
	 */
	public final @Nullable Object step(@Nullable Object[] args) {
		boolean fits = args.length >= this.minArity && (this.rest || args.length <= this.arity);
		return fits ? stepN(args) : callN(args);
	}

	/** With as many arguments as the function takes, and the rest; those that are left out are none. */
	protected @Nullable Object stepN(@Nullable Object[] args) {
		return callN(args);
	}

	/** Offers one argument; a function without parameters is called without. */
	public final @Nullable Object offer1(@Nullable Object a) {
		if (this.arity == 1) {
			return call1(a);
		}
		if (this.rest || this.minArity > 1) {
			return callN(new @Nullable Object[] { a });
		}
		return (this.arity == 0) ? call0() : call1(a);
	}

	/** Offers two arguments; a function with fewer parameters gets the first ones. */
	public final @Nullable Object offer2(@Nullable Object a, @Nullable Object b) {
		if (this.arity == 2) {
			return call2(a, b);
		}
		if (this.rest) {
			return callN(new @Nullable Object[] { a, b });
		}
		return switch (this.arity) {
			case 0 -> call0();
			case 1 -> call1(a);
			default -> call2(a, b);
		};
	}

	/**
	 * Whether {@link #call1} is what {@link #offer1}, {@link #offer2} and {@link #offer3} call. Who calls a function
	 * again and again asks first: a call in its own code has a profile of its own, so that the JIT compiler can inline
	 * what is called there.
	 */
	public final boolean takesOne() {
		return this.arity == 1 && !this.rest;
	}

	/** As {@link #takesOne}, for {@link #call2}. */
	public final boolean takesTwo() {
		return this.arity == 2 && !this.rest;
	}

	/** Offers an argument and its index; the index is only made into a value when the function takes it. */
	public final @Nullable Object offerIndexed(@Nullable Object a, int index) {
		if (takesOne()) {
			return call1(a);
		}
		return offer2(a, (long) index);
	}

	/** Offers an element, its index and the list that it is of, as JavaScript's list methods do. */
	public final @Nullable Object offerOf(@Nullable Object element, int index, FlinList list) {
		return (this.arity > 2 && !this.rest) ? call3(element, (long) index, list) : offerIndexed(element, index);
	}

	/** Offers three arguments; a function with fewer parameters gets the first ones. */
	public final @Nullable Object offer3(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
		if (this.rest) {
			return callN(new @Nullable Object[] { a, b, c });
		}
		return switch (this.arity) {
			case 0 -> call0();
			case 1 -> call1(a);
			case 2 -> call2(a, b);
			default -> call3(a, b, c);
		};
	}

	protected final FlinError wrongArgumentCount(int given) {
		String who = name().isEmpty() ? "the function" : "'" + name() + "'";
		String wanted = (this.rest || this.minArity < this.arity) ? "at least " + this.minArity : "" + this.arity;
		return new FlinError(who + " takes " + wanted + (wanted.endsWith("1") ? " argument" : " arguments") + ", not "
				+ given);
	}

	@Override
	public String toString() {
		return name().isEmpty() ? "fn" : "fn " + name();
	}

}
