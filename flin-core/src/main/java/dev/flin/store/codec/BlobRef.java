package dev.flin.store.codec;

/**
 * Names content among the blobs.
 *
 * @param id 32 bytes in hexadecimal digits: the SHA-256 of the content, of encrypted content a keyed hash of that
 * @param size the content's size in bytes
 * @param encrypted whether the blob is encrypted by itself
 */
public record BlobRef(String id, long size, boolean encrypted) {

	/** The bytes of an id. */
	public static final int ID_BYTES = 32;

}
