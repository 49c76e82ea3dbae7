package dev.flin.runtime.entity;

/**
 * Room on the stack for a commit, which must not stop half way. A program that calls itself without end may overflow
 * its stack while one of its saves is between the maps and the log, and that would end all writing. So where calls are
 * nested deep, a commit first goes as deep as it may need, and overflows there while nothing is changed yet.
 */
final class StackReserve {

	/** Calls that cannot have used much of a stack, as the usual stack has room for many thousands. */
	private static final int FEW_CALLS = 100;

	/** With 32 bytes at least each, and several times as much before they are compiled. */
	private static final int FRAMES = 2048;

	private StackReserve() {
	}

	/**
	 * Returns when there is room enough.
	 * @param depth how many calls are nested
	 * @throws StackOverflowError when there is not
	 */
	static void require(int depth) {
		if (depth > FEW_CALLS) {
			descend(FRAMES, depth);
		}
	}

	/** Has something left to do after it called itself: each call needs a frame. */
	private static int descend(int left, int seed) {
		return (left == 0) ? seed : descend(left - 1, seed ^ left) + 1;
	}

}
