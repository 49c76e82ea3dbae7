package dev.flin.store;

import java.time.Instant;
import java.util.List;

/**
 * What one transaction wrote.
 *
 * @param sequence its number
 * @param systemTime its system time
 * @param written the records with a new version
 * @param destroyed the records that were erased
 */
public record CommittedChange(long sequence, Instant systemTime, List<RecordRef> written, List<RecordRef> destroyed) {

	/** Copies the lists. */
	public CommittedChange {
		written = List.copyOf(written);
		destroyed = List.copyOf(destroyed);
	}

}
