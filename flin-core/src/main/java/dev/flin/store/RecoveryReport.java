package dev.flin.store;

import java.util.List;

/**
 * What opening the store had to do.
 *
 * @param recovered how many transactions of the log were applied again
 * @param migrated how many of their rows had an older schema
 * @param skipped how many of their rows were left out
 * @param failed how many of their rows could not be applied; they are in {@code recovery.json}
 * @param cutBytes how many bytes of an unfinished write were cut off the end of the log
 * @param notes sentences for people, empty after a clean stop
 */
public record RecoveryReport(long recovered, long migrated, long skipped, long failed, long cutBytes,
		List<String> notes) {

	/** Copies the list. */
	public RecoveryReport {
		notes = List.copyOf(notes);
	}

	/**
	 * Whether there was nothing to do.
	 * @return true after a clean stop
	 */
	public boolean isClean() {
		return this.recovered == 0 && this.cutBytes == 0 && this.failed == 0 && this.notes.isEmpty();
	}

}
