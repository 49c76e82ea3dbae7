package dev.flin;

import java.util.HexFormat;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes the ids of requests: unguessable, short enough for a log line. */
final class RequestIds implements Supplier<String> {

	private static final int BYTES = 8;

	private final RandomGenerator random;

	RequestIds(RandomGenerator random) {
		this.random = random;
	}

	@Override
	public String get() {
		byte[] bytes = new byte[BYTES];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
