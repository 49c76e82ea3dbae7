package dev.flin;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes the ids of requests: unguessable, short enough for a log line. */
final class RequestIds implements Supplier<String> {

	private static final int BYTES = 8;

	/** Bytes that are drawn at once: asking the system for them costs more than what they are for. */
	private static final int BLOCK_BYTES = BYTES * 128;

	private final RandomGenerator random;

	/** A generator that can be replayed is asked for each id, so that what it gives to others stays the same. */
	private final byte[] block;

	private int used;

	private final ReentrantLock drawing = new ReentrantLock();

	RequestIds(RandomGenerator random) {
		this.random = random;
		this.block = new byte[(random instanceof SecureRandom) ? BLOCK_BYTES : BYTES];
		this.used = this.block.length;
	}

	@Override
	public String get() {
		this.drawing.lock();
		try {
			if (this.used == this.block.length) {
				this.random.nextBytes(this.block);
				this.used = 0;
			}
			this.used += BYTES;
			return HexFormat.of().formatHex(this.block, this.used - BYTES, this.used);
		}
		finally {
			this.drawing.unlock();
		}
	}

}
