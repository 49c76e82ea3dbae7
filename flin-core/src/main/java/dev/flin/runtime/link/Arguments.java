package dev.flin.runtime.link;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinList;

/** Takes the arguments of calls with any number of them apart. */
public final class Arguments {

	private Arguments() {
	}

	/** What is left after the first ones. */
	public static FlinList rest(@Nullable Object[] args, int from) {
		FlinList rest = new FlinList();
		for (int i = from; i < args.length; i++) {
			rest.add(args[i]);
		}
		return rest;
	}

	/** The argument at an index; none when it was not given. */
	public static @Nullable Object at(@Nullable Object[] args, int index) {
		return (index < args.length) ? args[index] : null;
	}

}
