package dev.flin.store.engine;

import java.io.IOException;
import java.util.function.Supplier;

import dev.flin.store.StoreException;
import dev.flin.store.StoreHealth;
import dev.flin.store.StoreKeys;
import dev.flin.store.blob.BlobStore;
import dev.flin.store.crypt.FieldKeys;
import dev.flin.store.fs.FileSystem;
import dev.flin.value.FileValue;

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

	/** Keeps a file's content; a failure makes the store read only. */
	FileValue stage(Disk current, FileValue file, boolean encrypted, Supplier<String> owner) {
		try {
			return this.blobs.stage(file, encrypted, owner);
		}
		catch (IOException ex) {
			current.log().fail(ex);
			throw new StoreException.ReadOnly("a file could not be stored (" + ex.getMessage() + ")", ex);
		}
	}

	/** Makes sure that no log record names a blob that a crash could take away. */
	void makeDurable(Disk current) {
		try {
			this.blobs.makeDurable();
		}
		catch (IOException ex) {
			current.log().fail(ex);
			throw new StoreException.ReadOnly("a file could not be forced (" + ex.getMessage() + ")", ex);
		}
	}

	StoreHealth.Blobs health(Disk current) {
		return new StoreHealth.Blobs(current.applier().tables().blobs().count(), current.applier().blobBytes(),
				this.blobs.orphans());
	}

}
