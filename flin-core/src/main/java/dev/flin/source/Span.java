package dev.flin.source;

/**
 * A half-open range of UTF-16 offsets {@code [start, end)} in one source file. Immutable.
 *
 * @param start offset of the first character
 * @param end offset after the last character; equal to {@code start} for a place between two characters
 */
public record Span(int start, int end) {

	public Span {
		if (start < 0 || end < start) {
			throw new IllegalArgumentException("bad span " + start + ".." + end);
		}
	}

	/** The smallest span that covers both. */
	public Span to(Span other) {
		return new Span(Math.min(this.start, other.start), Math.max(this.end, other.end));
	}

	public int length() {
		return this.end - this.start;
	}

	public boolean contains(int offset) {
		return offset >= this.start && offset < this.end;
	}

}
