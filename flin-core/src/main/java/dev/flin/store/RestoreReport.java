package dev.flin.store;

import java.time.Instant;
import java.util.List;

/**
 * What a restore made. Everything in it was read back and checked.
 *
 * @param sequence the transaction that the store ends with
 * @param systemTime its system time
 * @param records how many records there are
 * @param versions how many older versions
 * @param forgotten the records that were there at the moment asked for, but whose values retention has erased since
 */
public record RestoreReport(long sequence, Instant systemTime, long records, long versions,
		List<RecordRef> forgotten) {

	/** Copies the list. */
	public RestoreReport {
		forgotten = List.copyOf(forgotten);
	}

}
