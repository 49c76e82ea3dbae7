package dev.flin.store.codec;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;

/**
 * The content of a stored file: a name among the blobs. It can be read once whoever has the blobs joined it to them.
 */
public final class BlobContent implements FileValue.Content {

	private final BlobRef ref;

	private final FileValue.@Nullable Content source;

	/**
	 * Creates content.
	 * @param ref its name
	 * @param source opens its bytes, null while that is not known
	 */
	public BlobContent(BlobRef ref, FileValue.@Nullable Content source) {
		this.ref = ref;
		this.source = source;
	}

	/**
	 * The name.
	 * @return the name among the blobs
	 */
	public BlobRef ref() {
		return this.ref;
	}

	/**
	 * What opens its bytes.
	 * @return the source, null while it is not joined to the blobs
	 */
	public FileValue.@Nullable Content source() {
		return this.source;
	}

	@Override
	public InputStream open() throws IOException {
		if (this.source == null) {
			throw new FlinBugException("The blob " + this.ref.id() + " was not joined to its bytes");
		}
		return this.source.open();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BlobContent content && content.ref.equals(this.ref);
	}

	@Override
	public int hashCode() {
		return this.ref.hashCode();
	}

}
