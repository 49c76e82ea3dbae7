package dev.flin.view;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.Html;

/**
 * A growable buffer of UTF-8 bytes with writers for the places of HTML in which values stand. Escaping happens while
 * characters are encoded, so a value crosses the buffer once and no intermediate text is made. Not thread-safe.
 */
public final class HtmlOutput {

	/** For each ASCII character its replacement in text, or null where it stands for itself. */
	private static final byte @Nullable [][] TEXT = escapes(false);

	/** The same for values in double quotes. */
	private static final byte @Nullable [][] ATTRIBUTE = escapes(true);

	private byte[] bytes;

	private int length;

	private final int maxLength;

	/** Makes an empty buffer without a practical limit. */
	public HtmlOutput() {
		this(1024, Integer.MAX_VALUE - 64);
	}

	/**
	 * Makes an empty buffer.
	 * @param initialCapacity bytes reserved at once
	 * @param maxLength the number of bytes above which writing raises a limit error
	 */
	public HtmlOutput(int initialCapacity, int maxLength) {
		this.bytes = new byte[initialCapacity];
		this.maxLength = maxLength;
	}

	public int length() {
		return this.length;
	}

	/** Appends bytes that are markup already. */
	public void raw(byte[] chunk) {
		int end = this.length + chunk.length;
		if (end > this.bytes.length) {
			grow(end);
		}
		System.arraycopy(chunk, 0, this.bytes, this.length, chunk.length);
		this.length = end;
	}

	/** Appends characters that are markup already. */
	public void rawText(CharSequence text) {
		write(text, null);
	}

	/** Appends text so that it shows as itself between tags. */
	public void text(CharSequence text) {
		write(text, TEXT);
	}

	/** Appends text so that it stands as itself between double quotes. */
	public void quoted(CharSequence text) {
		write(text, ATTRIBUTE);
	}

	/** Appends a whole number in decimal digits. */
	public void number(long value) {
		if (value == Long.MIN_VALUE) {
			rawText("-9223372036854775808");
			return;
		}
		int size = digits(value);
		int end = this.length + size;
		if (end > this.bytes.length) {
			grow(end);
		}
		long rest = Math.abs(value);
		int at = end;
		do {
			this.bytes[--at] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		while (rest != 0);
		if (value < 0) {
			this.bytes[--at] = '-';
		}
		this.length = end;
	}

	/** Appends what another buffer holds. */
	public void append(HtmlOutput other) {
		int end = this.length + other.length;
		if (end > this.bytes.length) {
			grow(end);
		}
		System.arraycopy(other.bytes, 0, this.bytes, this.length, other.length);
		this.length = end;
	}

	/** Appends a part of another buffer. */
	void append(HtmlOutput other, int from, int to) {
		int end = this.length + to - from;
		if (end > this.bytes.length) {
			grow(end);
		}
		System.arraycopy(other.bytes, from, this.bytes, this.length, to - from);
		this.length = end;
	}

	/** Whether the bytes begin with these ASCII characters, in either case, after white space. */
	boolean startsWithIgnoringCase(String ascii) {
		int from = 0;
		while (from < this.length && Character.isWhitespace(this.bytes[from])) {
			from++;
		}
		if (this.length - from < ascii.length()) {
			return false;
		}
		return new String(this.bytes, from, ascii.length(), StandardCharsets.US_ASCII).equalsIgnoreCase(ascii);
	}

	/** A copy of the bytes written so far. */
	public byte[] toBytes() {
		return Arrays.copyOf(this.bytes, this.length);
	}

	/** The bytes that were written, without a copy where they fill the buffer, which is not written to any more. */
	byte[] takeBytes() {
		return (this.length == this.bytes.length) ? this.bytes : toBytes();
	}

	/** What was written so far, as trusted markup. */
	public Html toHtml() {
		return Html.ofUtf8(toBytes());
	}

	/** What was written so far, as text. */
	@Override
	public String toString() {
		return new String(this.bytes, 0, this.length, StandardCharsets.UTF_8);
	}

	private void write(CharSequence text, byte @Nullable [] @Nullable [] escapes) {
		int count = text.length();
		// Three bytes are the most that one UTF-16 unit needs; replacements grow by themselves.
		ensure(count * 3);
		int at = this.length;
		for (int i = 0; i < count; i++) {
			char c = text.charAt(i);
			if (c < 0x80) {
				byte[] replacement = (escapes != null) ? escapes[c] : null;
				if (replacement == null) {
					this.bytes[at++] = (byte) c;
				}
				else {
					this.length = at;
					ensure(replacement.length + (count - i) * 3);
					System.arraycopy(replacement, 0, this.bytes, at, replacement.length);
					at += replacement.length;
				}
			}
			else if (c < 0x800) {
				this.bytes[at++] = (byte) (0xC0 | c >> 6);
				this.bytes[at++] = (byte) (0x80 | c & 0x3F);
			}
			else if (Character.isHighSurrogate(c) && i + 1 < count && Character.isLowSurrogate(text.charAt(i + 1))) {
				at = writeSupplementary(at, Character.toCodePoint(c, text.charAt(++i)));
			}
			else {
				// A surrogate without its partner is no character: the replacement character stands for it.
				at = writeThreeBytes(at, Character.isSurrogate(c) ? '\uFFFD' : c);
			}
		}
		this.length = at;
	}

	private int writeThreeBytes(int at, char c) {
		this.bytes[at] = (byte) (0xE0 | c >> 12);
		this.bytes[at + 1] = (byte) (0x80 | c >> 6 & 0x3F);
		this.bytes[at + 2] = (byte) (0x80 | c & 0x3F);
		return at + 3;
	}

	private int writeSupplementary(int at, int codePoint) {
		this.bytes[at] = (byte) (0xF0 | codePoint >> 18);
		this.bytes[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
		this.bytes[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
		this.bytes[at + 3] = (byte) (0x80 | codePoint & 0x3F);
		return at + 4;
	}

	private void ensure(int more) {
		int end = this.length + more;
		if (end > this.bytes.length) {
			grow(end);
		}
	}

	private void grow(int needed) {
		if (needed < 0 || this.length > this.maxLength) {
			throw new FlinError(FlinError.LIMIT_ERROR,
					"The page is larger than " + this.maxLength + " bytes (flin.limits.output)");
		}
		this.bytes = Arrays.copyOf(this.bytes, Math.max(needed, this.bytes.length * 2));
	}

	private static int digits(long value) {
		int size = (value < 0) ? 2 : 1;
		for (long rest = Math.abs(value); rest >= 10; rest /= 10) {
			size++;
		}
		return size;
	}

	private static byte @Nullable [][] escapes(boolean attribute) {
		byte @Nullable [][] table = new byte @Nullable [128][];
		table['&'] = ascii("&amp;");
		table['<'] = ascii("&lt;");
		table['>'] = ascii("&gt;");
		if (attribute) {
			table['"'] = ascii("&quot;");
		}
		return table;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
