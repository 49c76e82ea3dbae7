package dev.flin.store.engine;

import org.jspecify.annotations.Nullable;

import dev.flin.store.mv.VersionKey;

/**
 * One change of a transaction as the log has it. Applying changes in order to the same state gives the same state.
 */
sealed interface Change {

	/**
	 * The next version of a record; the newest so far becomes an older one.
	 *
	 * @param row the sealed row
	 */
	record Put(int entity, long id, byte[] row) implements Change {
	}

	/**
	 * A version of a record in another shape; no version is made.
	 *
	 * @param row the sealed row; its number says which version it is, mostly the newest
	 */
	record Replace(int entity, long id, byte[] row) implements Change {
	}

	/** Erases a record with its history. */
	record Destroy(int entity, long id) implements Change {
	}

	/** Holds a record. */
	record Hold(int entity, long id, String reason) implements Change {
	}

	/** Ends a hold. */
	record Release(int entity, long id) implements Change {
	}

	/**
	 * Replaces or removes an older version.
	 *
	 * @param row the sealed row, null to remove
	 */
	record Rewrite(int entity, VersionKey key, byte @Nullable [] row) implements Change {
	}

	/**
	 * A key of encrypted fields is used from now on.
	 *
	 * @param id its id
	 * @param check what tells it from another of the same id
	 */
	record Key(String id, byte[] check) implements Change {
	}

	/**
	 * Every value of encrypted fields has this key now, and so have their indexes.
	 *
	 * @param key the key's id
	 */
	record AllSealed(String key) implements Change {
	}

	/**
	 * Another schema.
	 *
	 * @param catalog the encoded catalog
	 */
	record Schema(byte[] catalog) implements Change {
	}

}
