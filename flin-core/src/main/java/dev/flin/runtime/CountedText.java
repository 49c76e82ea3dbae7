package dev.flin.runtime;

/**
 * A text that something hears of while it is read: a regular expression may read one beyond all measure, and can be
 * stopped in no other way.
 */
public final class CountedText implements CharSequence {

	private final String text;

	private final long reads;

	private final Runnable after;

	private long left;

	/**
	 * @param reads how many characters are read between two calls
	 * @param after called before the character that is one too many; what it throws comes out of the matcher
	 */
	public CountedText(String text, long reads, Runnable after) {
		this.text = text;
		this.reads = reads;
		this.after = after;
		this.left = reads;
	}

	@Override
	public int length() {
		return this.text.length();
	}

	@Override
	public char charAt(int index) {
		if (--this.left < 0) {
			this.left = this.reads;
			this.after.run();
		}
		return this.text.charAt(index);
	}

	@Override
	public CharSequence subSequence(int start, int end) {
		return this.text.substring(start, end);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
