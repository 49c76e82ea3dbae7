package dev.flin.store;

import java.util.List;

/**
 * What was copied out of a damaged store.
 *
 * @param records how many records the copy has
 * @param versions how many older versions it has
 * @param recovery the transactions of the log that were applied, and the entries that were not
 * @param damages everything that could not be read, with names where they could be told
 */
public record SalvageReport(long records, long versions, RecoveryReport recovery, List<String> damages) {

	/** Copies the list. */
	public SalvageReport {
		damages = List.copyOf(damages);
	}

}
