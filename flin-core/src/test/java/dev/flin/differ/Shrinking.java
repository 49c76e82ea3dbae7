package dev.flin.differ;

import java.util.ArrayList;
import java.util.List;

/** Leaves out statements of a program as long as it differs. */
final class Shrinking {

	private static final int ATTEMPTS_MAX = 400;

	private final Style style;

	private final long seed;

	private final DifferRun run;

	private int attempts;

	Shrinking(Style style, long seed, DifferRun run) {
		this.style = style;
		this.seed = seed;
		this.run = run;
	}

	List<St> shrink(List<St> program) {
		List<St> best = program;
		boolean smaller = true;
		while (smaller && this.attempts < ATTEMPTS_MAX) {
			smaller = false;
			for (List<St> candidate : Parts.smaller(best)) {
				if (this.attempts++ >= ATTEMPTS_MAX) {
					break;
				}
				if (differs(candidate)) {
					best = candidate;
					smaller = true;
					break;
				}
			}
		}
		return new ArrayList<>(best);
	}

	private boolean differs(List<St> candidate) {
		try {
			return this.run.differs(candidate, this.style, this.seed);
		}
		catch (IllegalStateException | NullPointerException | ClassCastException broken) {
			// What is left names what is gone.
			return false;
		}
	}

}
