package dev.flin.codegen;

/** The ints from {@code low} to {@code high}, both of them included. */
record Range(long low, long high) {

	static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

	/** What an index of Java, a size for one, can be. */
	static final Range INDEXES = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);

	static final Range SIZES = new Range(0, Integer.MAX_VALUE);

	static Range of(long value) {
		return new Range(value, value);
	}

	/** Between two values in any order. */
	private static Range between(long a, long b) {
		return new Range(Math.min(a, b), Math.max(a, b));
	}

	boolean isOne() {
		return this.low == this.high;
	}

	boolean isNotNegative() {
		return this.low >= 0;
	}

	boolean has(long value) {
		return this.low <= value && value <= this.high;
	}

	boolean isWithin(Range other) {
		return other.low <= this.low && this.high <= other.high;
	}

	/** All of both, and what lies in between. */
	Range hull(Range other) {
		return new Range(Math.min(this.low, other.low), Math.max(this.high, other.high));
	}

	/** What both have; this one where that is nothing, as the code where it holds is never reached. */
	Range meet(Range other) {
		long from = Math.max(this.low, other.low);
		long to = Math.min(this.high, other.high);
		return (from <= to) ? new Range(from, to) : this;
	}

	/** What is less than something in this range. */
	Range below() {
		return (this.high > Long.MIN_VALUE) ? new Range(Long.MIN_VALUE, this.high - 1) : ALL;
	}

	/** What is more than something in this range. */
	Range above() {
		return (this.low < Long.MAX_VALUE) ? new Range(this.low + 1, Long.MAX_VALUE) : ALL;
	}

	boolean fitsSum(Range other) {
		return saturatedSum(this.low, other.low) == this.low + other.low
				&& saturatedSum(this.high, other.high) == this.high + other.high;
	}

	Range plus(Range other) {
		return new Range(saturatedSum(this.low, other.low), saturatedSum(this.high, other.high));
	}

	boolean fitsDifference(Range other) {
		return saturatedDifference(this.low, other.high) == this.low - other.high
				&& saturatedDifference(this.high, other.low) == this.high - other.low;
	}

	Range minus(Range other) {
		return new Range(saturatedDifference(this.low, other.high), saturatedDifference(this.high, other.low));
	}

	/** Whether products surely fit: ints of 32 bits, or what is multiplied by 0 or 1. */
	boolean fitsProduct(Range other) {
		return isWithin(INDEXES) && other.isWithin(INDEXES);
	}

	Range times(Range other) {
		if (!fitsProduct(other)) {
			return ALL;
		}
		return between(this.low * other.low, this.high * other.high)
			.hull(between(this.low * other.high, this.high * other.low));
	}

	/** The whole quotient of one that is not negative, and a divisor that is positive. */
	Range dividedBy(Range other) {
		return (isNotNegative() && other.low > 0) ? new Range(this.low / other.high, this.high / other.low) : ALL;
	}

	/** The remainder, which has the sign of what is divided. */
	Range remainder(Range other) {
		if (other.low <= 0) {
			return isNotNegative() ? new Range(0, this.high) : ALL;
		}
		long most = other.high - 1;
		return new Range(isNotNegative() ? 0 : -most, Math.min(most, Math.max(this.high, 0)));
	}

	private static long saturatedSum(long a, long b) {
		long sum = a + b;
		if (((a ^ sum) & (b ^ sum)) < 0) {
			return (a < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
		}
		return sum;
	}

	private static long saturatedDifference(long a, long b) {
		long difference = a - b;
		if (((a ^ b) & (a ^ difference)) < 0) {
			return (a < 0) ? Long.MIN_VALUE : Long.MAX_VALUE;
		}
		return difference;
	}

}
