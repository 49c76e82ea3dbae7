package dev.flin.store;

import org.jspecify.annotations.Nullable;

/**
 * The store's state in numbers, cheap to take.
 *
 * @param readOnlyReason why it does not write any more, null when it does
 * @param lastSequence the newest transaction in the log
 * @param durableSequence the newest transaction that is forced and visible
 * @param appliedSequence the newest transaction in the store file as of its last checkpoint
 * @param logBytes the size of the log's records since that checkpoint
 * @param logSegments the log's files
 * @param forces how often the log was forced since the start
 * @param forceNanos how long these forces took together
 * @param commits how many transactions were committed since the start
 * @param checkpoints how many checkpoints were made since the start
 * @param openSnapshots snapshots and transactions in use
 * @param blobs the contents of files
 * @param recovery what opening had to do
 * @param maintenance what was done in the background
 */
public record StoreHealth(@Nullable String readOnlyReason, long lastSequence, long durableSequence,
		long appliedSequence, long logBytes, int logSegments, long forces, long forceNanos, long commits,
		long checkpoints, long openSnapshots, Blobs blobs, RecoveryReport recovery, MaintenanceReport maintenance) {

	/**
	 * The contents of files.
	 *
	 * @param count how many there are, equal ones counted once
	 * @param bytes their size before compression
	 * @param orphaned how many files nobody refers to; the next checkpoint removes them
	 */
	public record Blobs(long count, long bytes, long orphaned) {
	}

	/**
	 * Whether the store reads and writes.
	 * @return true when it does
	 */
	public boolean isHealthy() {
		return this.readOnlyReason == null;
	}

	/**
	 * How many transactions a restart would have to apply again.
	 * @return the lag of the checkpoint
	 */
	public long checkpointLag() {
		return this.lastSequence - this.appliedSequence;
	}

}
