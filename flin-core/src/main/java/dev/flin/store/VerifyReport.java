package dev.flin.store;

import java.util.List;

/**
 * What reading everything found.
 *
 * @param records how many current records were read
 * @param versions how many older versions were read
 * @param indexEntries how many index entries were read
 * @param damages what is not as it should be; empty when all is well
 */
public record VerifyReport(long records, long versions, long indexEntries, List<String> damages) {

	/** Copies the list. */
	public VerifyReport {
		damages = List.copyOf(damages);
	}

}
