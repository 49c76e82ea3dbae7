package dev.flin.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Trusted markup. Made from text or from UTF-8 bytes; the other form is made when somebody asks for it.
 */
public final class Html {

	public static final Html EMPTY = new Html("", null);

	private @Nullable String text;

	private byte @Nullable [] bytes;

	private Html(@Nullable String text, byte @Nullable [] bytes) {
		this.text = text;
		this.bytes = bytes;
	}

	public static Html of(String markup) {
		return markup.isEmpty() ? EMPTY : new Html(markup, null);
	}

	/** Takes the array over: the caller does not change it afterwards. */
	public static Html ofUtf8(byte[] markup) {
		return (markup.length == 0) ? EMPTY : new Html(null, markup);
	}

	public boolean isEmpty() {
		return (this.bytes != null) ? this.bytes.length == 0 : text().isEmpty();
	}

	public String text() {
		String known = this.text;
		if (known == null) {
			known = new String(utf8(), StandardCharsets.UTF_8);
			this.text = known;
		}
		return known;
	}

	/** The markup in UTF-8; the array belongs to this value and is not to be changed. */
	public byte[] utf8() {
		byte[] known = this.bytes;
		if (known == null) {
			String source = this.text;
			known = (source != null) ? source.getBytes(StandardCharsets.UTF_8) : new byte[0];
			this.bytes = known;
		}
		return known;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Html html && Arrays.equals(utf8(), html.utf8());
	}

	@Override
	public int hashCode() {
		return text().hashCode();
	}

	@Override
	public String toString() {
		return text();
	}

}
