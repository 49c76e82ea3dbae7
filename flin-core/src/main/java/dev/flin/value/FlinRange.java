package dev.flin.value;

import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * A range of ints that is never stored: {@code a..b} with both ends, {@code a..<b} without the last. A range whose end
 * lies before its start is empty. It equals the list of its elements.
 */
public final class FlinRange implements Iterable<Long> {

	private static final FlinRange EMPTY = new FlinRange(0, 0, false);

	/**
	 * The longest range that is made a list at once: the default limit of collections, as no run is at hand that could
	 * say another one.
	 */
	private static final long LIST_MAX = 10_000_000;

	private final long start;

	/** The last element; meaningless when empty. */
	private final long last;

	private final boolean nonEmpty;

	private FlinRange(long start, long last, boolean nonEmpty) {
		this.start = start;
		this.last = last;
		this.nonEmpty = nonEmpty;
	}

	public static FlinRange inclusive(long start, long end) {
		return (start <= end) ? new FlinRange(start, end, true) : EMPTY;
	}

	public static FlinRange exclusive(long start, long end) {
		return (start < end) ? new FlinRange(start, end - 1, true) : EMPTY;
	}

	public boolean isEmpty() {
		return !this.nonEmpty;
	}

	/** The first element of a range that is not empty. */
	public long start() {
		return this.start;
	}

	/** The last element of a range that is not empty. */
	public long last() {
		return this.last;
	}

	/** The number of elements, at most {@code Long.MAX_VALUE}. */
	public long size() {
		if (!this.nonEmpty) {
			return 0;
		}
		long distance = this.last - this.start;
		return (distance < 0 || distance == Long.MAX_VALUE) ? Long.MAX_VALUE : distance + 1;
	}

	public boolean contains(long value) {
		return this.nonEmpty && value >= this.start && value <= this.last;
	}

	public boolean contains(@Nullable Object value) {
		if (value instanceof Long number) {
			return contains(number.longValue());
		}
		if (value instanceof Double number) {
			double d = number;
			return d == Math.rint(d) && Math.abs(d) < 0x1p63 && contains((long) d);
		}
		return value instanceof Number number && Equality.equal(number, number.longValue())
				&& contains(number.longValue());
	}

	/** The element at an index from the start, or from the end when negative. */
	public long at(long index) {
		long size = size();
		long at = (index < 0) ? index + size : index;
		if (at < 0 || at >= size) {
			throw Elements.outOfRange(index, size);
		}
		return this.start + at;
	}

	public FlinList toList() {
		long size = size();
		if (size > LIST_MAX) {
			throw new FlinError(FlinError.LIMIT_ERROR, "a range of " + size + " elements is too long for a list");
		}
		long[] elements = new long[(int) size];
		for (int i = 0; i < elements.length; i++) {
			elements[i] = this.start + i;
		}
		return FlinList.ofLongs(elements);
	}

	@Override
	public Iterator<Long> iterator() {
		return new Iterator<>() {

			private long next = FlinRange.this.start;

			private boolean more = FlinRange.this.nonEmpty;

			@Override
			public boolean hasNext() {
				return this.more;
			}

			@Override
			public Long next() {
				if (!this.more) {
					throw new NoSuchElementException();
				}
				long value = this.next;
				this.more = value != FlinRange.this.last;
				this.next++;
				return value;
			}

		};
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FlinRange range && this.nonEmpty == range.nonEmpty
				&& (!this.nonEmpty || (this.start == range.start && this.last == range.last));
	}

	/** That of the list of the same values. No list is so long as to be equal to what counts past every int. */
	@Override
	public int hashCode() {
		if (this.nonEmpty && this.last - this.start >>> 31 != 0) {
			return 31 * Long.hashCode(this.start) + Long.hashCode(this.last);
		}
		int hash = 1;
		for (long value : this) {
			hash = 31 * hash + Long.hashCode(value);
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

}
