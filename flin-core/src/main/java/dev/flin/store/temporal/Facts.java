package dev.flin.store.temporal;

/**
 * The versions of one record, oldest first, as arrays of one length. Times are microseconds; {@code Long.MAX_VALUE}
 * leaves a period open. A later version covers earlier ones wherever its valid period reaches.
 *
 * @param systemFrom when each was stored
 * @param systemTo when the next was stored
 * @param validFrom from when each is true
 * @param validTo until when each is true
 * @param absent whether each says that there is nothing: a deletion, or a version that was pruned
 */
public record Facts(long[] systemFrom, long[] systemTo, long[] validFrom, long[] validTo, boolean[] absent) {

	/**
	 * How many versions there are.
	 * @return the number
	 */
	public int count() {
		return this.systemFrom.length;
	}

	/**
	 * Whether versions are missing behind one: they were pruned before the record had a valid period, when each version
	 * was true from its storing on.
	 * @param index the version
	 * @return true when the next is not the one that ended it
	 */
	boolean hasGapAfter(int index) {
		return index + 1 < count() && this.systemTo[index] < this.systemFrom[index + 1];
	}

}
