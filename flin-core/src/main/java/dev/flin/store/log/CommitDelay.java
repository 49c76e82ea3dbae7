package dev.flin.store.log;

/**
 * How many records the next round of the log may wait for, and how long. Whoever was made durable by the last round is
 * likely to come back with the next record, and those that came during it are there already; a round that starts
 * without the former lets them wait for all of it, and then each round serves half of all that write. Where they come
 * soon enough a round waits for all. Where they do not, because the disk is faster or the processor busier than that,
 * or because they do not come back at all, the next rounds do not wait, twice as many after each time. Whoever writes
 * alone is all there is to wait for.
 * <p>
 * The leader of a round alone changes this, everybody reads it.
 */
final class CommitDelay {

	/** How many rounds a usual one is the mean of. */
	private static final int ROUNDS = 8;

	private static final int VAIN_MAX = 6;

	/** With so many a force costs each of them less than its commit, and to be at work beside the disk gains more. */
	private static final long ENOUGH = 16;

	/** A disk that once took seconds must not keep anybody waiting for as long. */
	private static final long PATIENCE_NANOS_MAX = 5_000_000;

	private volatile long expected = 1;

	private volatile long usualNanos;

	private int vain;

	private int impatient;

	/** Whether all are there, or enough. */
	boolean isComplete(long records) {
		return records >= this.expected;
	}

	/** How long to wait for all: clearly less than they would have to wait otherwise. */
	long patienceNanos() {
		return Math.min(this.usualNanos / 2, PATIENCE_NANOS_MAX);
	}

	/**
	 * Notes a round.
	 * @param covered how many records it made durable
	 * @param waiting how many came meanwhile
	 * @param nanos how long it took
	 */
	void rounded(long covered, long waiting, long nanos) {
		this.usualNanos += (nanos - this.usualNanos) / ROUNDS;
		if (covered < this.expected) {
			this.vain = Math.min(this.vain + 1, VAIN_MAX);
			this.impatient = 1 << this.vain;
		}
		else if (this.expected > 1) {
			this.vain = 0;
		}
		this.expected = (this.impatient > 0) ? 1 : Math.min(covered + waiting, ENOUGH);
		this.impatient = Math.max(0, this.impatient - 1);
	}

}
