package dev.flin.store.engine;

import dev.flin.store.blob.BlobStore;
import dev.flin.store.crypt.FieldKeys;

/**
 * What rows need that is not in them.
 *
 * @param blobs the contents of files
 * @param keys the keys of encrypted fields
 */
record Vault(BlobStore blobs, FieldKeys keys) {
}
