package dev.flin.store.engine;

import dev.flin.store.StoreKeys;
import dev.flin.store.blob.BlobStore;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.fs.FileSystem;

/**
 * What rows need that is not in them.
 *
 * @param blobs the contents of files
 * @param keys the keys of encrypted fields
 */
record Vault(BlobStore blobs, FieldKeys keys) {

	static Vault of(FileSystem files, StoreKeys config) {
		FieldKeys keys = new FieldKeys(config);
		return new Vault(new BlobStore(files, keys), keys);
	}

}
