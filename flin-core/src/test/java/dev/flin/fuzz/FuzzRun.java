package dev.flin.fuzz;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Tries many inputs; each is made from its own seed alone. */
final class FuzzRun {

	private final Corpus corpus = Corpus.load();

	private final FuzzTarget target = new FuzzTarget();

	private final Map<String, String> found = new LinkedHashMap<>();

	FuzzRun() throws IOException {
	}

	/** Inputs to try by hand: {@code FIRST_SEED COUNT}. */
	public static void main(String[] args) throws IOException {
		FuzzRun run = new FuzzRun();
		long first = Long.parseLong(args[0]);
		long count = Long.parseLong(args[1]);
		for (long seed = first; seed < first + count; seed++) {
			String failure = run.attempt(seed);
			if (failure != null) {
				System.out.println(failure);
			}
			if ((seed + 1 - first) % 100 == 0) {
				System.out.println(seed + ": " + run.summary());
			}
		}
		System.out.println(run.summary());
		System.exit(0);
	}

	/** The input of a seed. */
	FuzzInput input(long seed) {
		return switch ((int) (seed % 3)) {
			case 0 -> new Grammar(seed).application();
			case 1 -> {
				Random random = new Random(seed);
				yield new Mutator(random, this.corpus.texts())
					.mutate(this.corpus.applications().get(random.nextInt(this.corpus.applications().size())));
			}
			default -> {
				Random random = new Random(seed);
				FuzzInput made = (seed % 2 == 0) ? new Grammar(seed).application()
						: this.corpus.applications().get(random.nextInt(this.corpus.applications().size()));
				Mutator mutator = new Mutator(random, this.corpus.texts());
				yield mutator.mutate(mutator.mutate(made));
			}
		};
	}

	/**
	 * Tries the input of a seed.
	 * @return what is wrong, for people; null when nothing is, or when it is known already
	 */
	String attempt(long seed) {
		FuzzInput input = input(seed);
		Failure failure = this.target.check(input);
		if (failure == null || this.found.putIfAbsent(failure.kind(), "seed " + seed) != null) {
			return null;
		}
		FuzzInput small = failure.kind().endsWith("hangs") ? input
				: new Shrinker(this.target, failure.kind()).shrink(input);
		return "==== " + failure.kind() + ", seed " + seed + "\n" + small + "\n" + failure.trace() + "\n";
	}

	/** Figures, for people. */
	String summary() {
		return this.target.compiled() + " compiled, " + this.target.ran() + " ran, " + this.found.size()
				+ " kinds of failures";
	}

}
