package dev.flin.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One piece of a backup, as its header says.
 *
 * @param id its random name, 32 hexadecimal digits
 * @param parent the piece that it continues, null for a full backup
 * @param kind what is in it
 * @param encrypted whether a passphrase is needed to read it
 * @param firstSequence the first transaction in it; for a full backup the one that it ends with
 * @param lastSequence the transaction that it ends with
 * @param lastTime the system time of that transaction
 * @param from the moment at which it starts
 * @param to the moment at which it ends; nothing that was committed up to then is missing
 */
public record BackupInfo(String id, @Nullable String parent, Kind kind, boolean encrypted, long firstSequence,
		long lastSequence, Instant lastTime, Instant from, Instant to) {

	/** What a piece has. */
	public enum Kind {

		/** Everything, as of its end. */
		FULL,
		/** Each transaction since its parent: any moment in it can be restored. */
		LOG,
		/** What differs from its parent: only its end can be restored. */
		CHANGES

	}

}
