package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/**
 * A call that is all that is left to do in a function and that a jump cannot make, because the function called is one
 * of another file or a value: it is given back to whoever waits for the result, and made there.
 */
public final class TailCall {

	private final FlinFunction function;

	private final @Nullable Object[] args;

	private TailCall(FlinFunction function, @Nullable Object[] args) {
		this.function = function;
		this.args = args;
	}

	/** What a function gives back instead of the result of its last call. */
	public static Object next(Object function, @Nullable Object[] args) {
		return new TailCall((FlinFunction) function, args);
	}

	/** As {@link #next}, with the arguments in a list. */
	public static Object nextWithList(Object function, FlinList args) {
		return next(function, args.toArray());
	}

	/** The result, after all calls that were given back are made. */
	public static @Nullable Object result(FlinContext context, @Nullable Object given) {
		Object result = given;
		while (result instanceof TailCall call) {
			context.poll();
			result = call.function.step(call.args);
		}
		return result;
	}

}
