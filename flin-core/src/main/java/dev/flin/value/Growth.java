package dev.flin.value;

/** How much room lists make when they have none. */
final class Growth {

	static final int CAPACITY_MIN = 8;

	private Growth() {
	}

	/** Room for this many elements and those that may follow; a single one is often the last. */
	static int grown(int needed) {
		if (needed < 0 || needed > FlinList.SIZE_MAX) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"a list cannot have more than " + FlinList.SIZE_MAX + " elements");
		}
		long wanted = (needed == 1) ? 1 : Math.max(CAPACITY_MIN, needed + (long) (needed >> 1));
		return (int) Math.min(FlinList.SIZE_MAX, wanted);
	}

}
