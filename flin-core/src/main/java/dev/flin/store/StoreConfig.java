package dev.flin.store;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;

/**
 * How a store works.
 *
 * @param durability when a commit counts as done
 * @param forceInterval how often the log is forced with {@link Durability#INTERVAL}
 * @param segmentBytes the size of a log file
 * @param checkpointLogBytes make a checkpoint after this much log
 * @param checkpointMemoryBytes make a checkpoint at this much unwritten memory
 * @param cacheBytes memory for pages of the store file
 * @param zone where days, weeks and months of compactions start
 * @param archiveLog whether segments of the log are kept, compressed, when the store file has what is in them
 * @param keys what the store and encrypted fields are encrypted with
 * @param helper runs what can be done beside while a store opens, at once or whenever; {@code Runnable::run} for none
 */
public record StoreConfig(Durability durability, Duration forceInterval, int segmentBytes, long checkpointLogBytes,
		long checkpointMemoryBytes, long cacheBytes, ZoneId zone, boolean archiveLog, StoreKeys keys,
		Executor helper) {

	/** When a commit counts as done. */
	public enum Durability {

		/** When it is forced to disk. Commits that wait together share a force. */
		SYNC,
		/** When it is written; forced every so often. The last moments before a crash of the machine may be lost. */
		INTERVAL,
		/** When it is written; the operating system decides when it reaches the disk. */
		NONE

	}

	/**
	 * The defaults.
	 * @return the configuration
	 */
	public static StoreConfig defaults() {
		return new StoreConfig(Durability.SYNC, Duration.ofMillis(50), 16 << 20, 64L << 20, 64L << 20, 32L << 20,
				ZoneOffset.UTC, false, StoreKeys.NONE, Runnable::run);
	}

	/**
	 * The same with another durability.
	 * @param wanted the durability
	 * @return the configuration
	 */
	public StoreConfig withDurability(Durability wanted) {
		return new StoreConfig(wanted, this.forceInterval, this.segmentBytes, this.checkpointLogBytes,
				this.checkpointMemoryBytes, this.cacheBytes, this.zone, this.archiveLog, this.keys, this.helper);
	}

	/**
	 * The same with other limits.
	 * @param segment the size of a log file in bytes
	 * @param checkpointLog make a checkpoint after this many bytes of log
	 * @return the configuration
	 */
	public StoreConfig withLog(int segment, long checkpointLog) {
		return new StoreConfig(this.durability, this.forceInterval, segment, checkpointLog, this.checkpointMemoryBytes,
				this.cacheBytes, this.zone, this.archiveLog, this.keys, this.helper);
	}

	/**
	 * The same in another zone.
	 * @param wanted the zone
	 * @return the configuration
	 */
	public StoreConfig withZone(ZoneId wanted) {
		return new StoreConfig(this.durability, this.forceInterval, this.segmentBytes, this.checkpointLogBytes,
				this.checkpointMemoryBytes, this.cacheBytes, wanted, this.archiveLog, this.keys, this.helper);
	}

	/**
	 * The same with other intervals of forces.
	 * @param interval how often the log is forced with {@link Durability#INTERVAL}
	 * @return the configuration
	 */
	public StoreConfig withForceInterval(Duration interval) {
		return new StoreConfig(this.durability, interval, this.segmentBytes, this.checkpointLogBytes,
				this.checkpointMemoryBytes, this.cacheBytes, this.zone, this.archiveLog, this.keys, this.helper);
	}

	/**
	 * The same with or without an archive of the log.
	 * @param wanted whether segments are kept
	 * @return the configuration
	 */
	public StoreConfig withArchiveLog(boolean wanted) {
		return new StoreConfig(this.durability, this.forceInterval, this.segmentBytes, this.checkpointLogBytes,
				this.checkpointMemoryBytes, this.cacheBytes, this.zone, wanted, this.keys, this.helper);
	}

	/**
	 * The same with keys.
	 * @param wanted the keys
	 * @return the configuration
	 */
	public StoreConfig withKeys(StoreKeys wanted) {
		return new StoreConfig(this.durability, this.forceInterval, this.segmentBytes, this.checkpointLogBytes,
				this.checkpointMemoryBytes, this.cacheBytes, this.zone, this.archiveLog, wanted, this.helper);
	}

	/**
	 * The same with somebody who helps.
	 * @param wanted accepts every task; the store never waits for one that has not started
	 * @return the configuration
	 */
	public StoreConfig withHelper(Executor wanted) {
		return new StoreConfig(this.durability, this.forceInterval, this.segmentBytes, this.checkpointLogBytes,
				this.checkpointMemoryBytes, this.cacheBytes, this.zone, this.archiveLog, this.keys, wanted);
	}

}
