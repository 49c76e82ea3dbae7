package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A function that takes its arguments as an array, however many there are. For functions whose work does not depend on
 * their number: built-ins found by name, bound methods, wrappers of other functions.
 */
public abstract class ArrayFunction extends FlinFunction {

	private final String name;

	/**
	 * @param name the name for traces; empty when it has none
	 * @param arity the number of parameters, without a rest parameter
	 * @param minArity how many of them must be given
	 * @param rest whether further arguments are collected
	 */
	protected ArrayFunction(String name, int arity, int minArity, boolean rest) {
		super(arity, minArity, rest);
		this.name = name;
	}

	@Override
	public final String name() {
		return this.name;
	}

	@Override
	public final @Nullable Object call0() {
		return callN(new @Nullable Object[0]);
	}

	@Override
	public final @Nullable Object call1(@Nullable Object a) {
		return callN(new @Nullable Object[] { a });
	}

	@Override
	public final @Nullable Object call2(@Nullable Object a, @Nullable Object b) {
		return callN(new @Nullable Object[] { a, b });
	}

	@Override
	public final @Nullable Object call3(@Nullable Object a, @Nullable Object b, @Nullable Object c) {
		return callN(new @Nullable Object[] { a, b, c });
	}

	@Override
	public final @Nullable Object call4(@Nullable Object a, @Nullable Object b, @Nullable Object c,
			@Nullable Object d) {
		return callN(new @Nullable Object[] { a, b, c, d });
	}

	@Override
	public abstract @Nullable Object callN(@Nullable Object[] args);

}
