package dev.flin.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.flin.runtime.lib.StandardLibrary;

/**
 * Contexts for tests, with a clock that stands still and a printed seed.
 */
public final class Contexts {

	public static final long SEED = 42;

	private static final BuiltinDispatch BUILTINS = new BuiltinDispatch(StandardLibrary.catalog());

	private Contexts() {
	}

	public static FlinContext.Builder builder() {
		return FlinContext.builder(BUILTINS, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
				new Random(SEED));
	}

	public static FlinContext plain() {
		return builder().build();
	}

	public static FlinContext printingTo(List<String> lines) {
		return builder().printSink(lines::add).build();
	}

	public static List<String> lines() {
		return new ArrayList<>();
	}

}
