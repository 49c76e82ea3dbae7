package dev.flin.store.mv;

/**
 * The key of an older version. Versions of one record sort by time and number alike, so one may look for a time, or,
 * with {@link #ANY_TIME}, for a number.
 *
 * @param id the record
 * @param from when the version was stored, or {@link #ANY_TIME}
 * @param number the version's number
 */
public record VersionKey(long id, long from, long number) implements Comparable<VersionKey> {

	/** Looks at the number alone. */
	public static final long ANY_TIME = Long.MIN_VALUE;

	@Override
	public int compareTo(VersionKey other) {
		if (this.id != other.id) {
			return Long.compare(this.id, other.id);
		}
		if (this.from != other.from && this.from != ANY_TIME && other.from != ANY_TIME) {
			return Long.compare(this.from, other.from);
		}
		return Long.compare(this.number, other.number);
	}

}
