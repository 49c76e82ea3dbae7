package dev.flin;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A change of a record, after it was committed.
 *
 * @param transaction the number of the transaction; changes of one transaction have the same, later ones higher ones
 * @param kind what happened
 * @param entity the name of the entity
 * @param id the id of the record
 * @param version the number of the version that was saved; 0 for one that was erased
 * @param at when
 * @param savedBy who did it, or null
 */
public record EntityChange(long transaction, Kind kind, String entity, long id, long version, Instant at,
		@Nullable String savedBy) {

	/** What can happen to a record. */
	public enum Kind {

		/** Its first version was saved. */
		CREATED,
		/** A later version was saved, by an update or because it was restored. */
		UPDATED,
		/** It was deleted; its history stays. */
		DELETED,
		/** It was destroyed together with its history. */
		ERASED

	}

}
