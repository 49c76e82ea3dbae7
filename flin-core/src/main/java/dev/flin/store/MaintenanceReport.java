package dev.flin.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What was done in the background since the start.
 *
 * @param pruned how many versions and values retention has forgotten
 * @param prunedAt when retention was last applied, null when it was not yet
 * @param backups how many pieces of backups were written
 * @param backedUpAt when the last one was complete, null when there was none
 * @param archivedBytes the size of the archive of the log
 * @param scrub the slow reading of everything
 */
public record MaintenanceReport(long pruned, @Nullable Instant prunedAt, long backups, @Nullable Instant backedUpAt,
		long archivedBytes, ScrubReport scrub) {

	/** Before anything was done. */
	public static final MaintenanceReport NONE = new MaintenanceReport(0, null, 0, null, 0, ScrubReport.NONE);

	/**
	 * The same after retention was applied.
	 * @param more how much it has forgotten
	 * @param at when
	 * @return the report
	 */
	public MaintenanceReport afterPruning(long more, Instant at) {
		return new MaintenanceReport(this.pruned + more, at, this.backups, this.backedUpAt, this.archivedBytes,
				this.scrub);
	}

	/**
	 * The same after a backup.
	 * @param at when it was complete
	 * @return the report
	 */
	public MaintenanceReport afterBackup(Instant at) {
		return new MaintenanceReport(this.pruned, this.prunedAt, this.backups + 1, at, this.archivedBytes, this.scrub);
	}

	/**
	 * The same with another size of the archive.
	 * @param bytes the size
	 * @return the report
	 */
	public MaintenanceReport withArchive(long bytes) {
		return new MaintenanceReport(this.pruned, this.prunedAt, this.backups, this.backedUpAt, bytes, this.scrub);
	}

	/**
	 * The same after a step of reading.
	 * @param report how far it is
	 * @return the report
	 */
	public MaintenanceReport withScrub(ScrubReport report) {
		return new MaintenanceReport(this.pruned, this.prunedAt, this.backups, this.backedUpAt, this.archivedBytes,
				report);
	}

}
