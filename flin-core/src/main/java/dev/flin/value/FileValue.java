package dev.flin.value;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An uploaded or stored file.
 */
public final class FileValue implements HasMembers {

	/** Where the bytes of a file come from. Contents that are equal have the same bytes. */
	@FunctionalInterface
	public interface Content {

		/** Opens the bytes from their start; the caller closes the stream. */
		InputStream open() throws IOException;

		/**
		 * Opens the bytes from a place; the caller closes the stream. Contents that lie elsewhere need not bring what
		 * is before it.
		 * @param first how many bytes are left out; there are so many at least
		 */
		default InputStream openFrom(long first) throws IOException {
			InputStream in = open();
			try {
				in.skipNBytes(first);
				return in;
			}
			catch (IOException | RuntimeException ex) {
				in.close();
				throw ex;
			}
		}

	}

	private static final long TEXT_BYTES_MAX = 64L * 1024 * 1024;

	private static final String[] UNITS = { "B", "KB", "MB", "GB", "TB" };

	private final String name;

	private final String contentType;

	private final long size;

	private final @Nullable String url;

	private final Content content;

	/**
	 * @param size in bytes
	 * @param url where a browser may fetch the file; null before it is stored
	 */
	public FileValue(String name, String contentType, long size, @Nullable String url, Content content) {
		this.name = name;
		this.contentType = contentType;
		this.size = size;
		this.url = url;
		this.content = content;
	}

	public String name() {
		return this.name;
	}

	public String contentType() {
		return this.contentType;
	}

	public long size() {
		return this.size;
	}

	public @Nullable String url() {
		return this.url;
	}

	public Content content() {
		return this.content;
	}

	/** Opens the bytes from their start; the caller closes the stream. */
	public InputStream open() throws IOException {
		return this.content.open();
	}

	/** Opens the bytes from a place; the caller closes the stream. */
	public InputStream openFrom(long first) throws IOException {
		return this.content.openFrom(first);
	}

	/** The same file with its bytes elsewhere. */
	public FileValue withContent(Content other) {
		return new FileValue(this.name, this.contentType, this.size, this.url, other);
	}

	/** The same file at an address. */
	public FileValue withUrl(@Nullable String address) {
		return new FileValue(this.name, this.contentType, this.size, address, this.content);
	}

	/** What follows the last dot of the name, in lower case; empty without a dot. */
	public String extension() {
		int dot = this.name.lastIndexOf('.');
		return (dot <= 0) ? "" : this.name.substring(dot + 1).toLowerCase(Locale.ROOT);
	}

	/** The size for people, such as {@code 1.5 MB}. */
	public String sizeFormatted() {
		double amount = this.size;
		int unit = 0;
		while (amount >= 1024 && unit < UNITS.length - 1) {
			amount /= 1024;
			unit++;
		}
		return Printer.number(Math.round(amount * 10) / 10.0) + " " + UNITS[unit];
	}

	/** The whole content of a text file, without the mark that some programs put before it. */
	public String text() {
		if (this.size > TEXT_BYTES_MAX) {
			throw new FlinError("'" + this.name + "' has " + sizeFormatted() + ", and is read as a text up to "
					+ TEXT_BYTES_MAX / (1024 * 1024) + " MB");
		}
		try (InputStream in = open()) {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw new FlinError("'" + this.name + "' is no text in UTF-8");
		}
		catch (IOException ex) {
			throw new FlinError("'" + this.name + "' cannot be read: " + ex.getMessage());
		}
	}

	@Override
	public boolean hasMember(String member) {
		return switch (member) {
			case "name", "size", "size_formatted", "type", "content_type", "extension", "url", "text" -> true;
			default -> false;
		};
	}

	@Override
	public @Nullable Object member(String member) {
		return switch (member) {
			case "name" -> this.name;
			case "size" -> this.size;
			case "size_formatted" -> sizeFormatted();
			case "type", "content_type" -> this.contentType;
			case "extension" -> extension();
			case "url" -> this.url;
			case "text" -> text();
			default -> null;
		};
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other == this || (other instanceof FileValue file && file.size == this.size
				&& file.name.equals(this.name) && file.contentType.equals(this.contentType)
				&& file.content.equals(this.content));
	}

	@Override
	public int hashCode() {
		return 31 * this.name.hashCode() + Long.hashCode(this.size);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
