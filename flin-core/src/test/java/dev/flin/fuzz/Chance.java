package dev.flin.fuzz;

import java.util.List;
import java.util.Random;

/** Choices of a generator, all from one seed. */
final class Chance {

	private final Random random;

	Chance(long seed) {
		this.random = new Random(seed);
	}

	Random random() {
		return this.random;
	}

	/** A number from 0 up to, but without, the bound. */
	int below(int bound) {
		return this.random.nextInt(bound);
	}

	/** True once in so many times. */
	boolean once(int in) {
		return this.random.nextInt(in) == 0;
	}

	<T> T of(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

	String of(String... all) {
		return all[this.random.nextInt(all.length)];
	}

}
