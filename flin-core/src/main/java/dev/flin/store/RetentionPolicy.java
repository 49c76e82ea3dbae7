package dev.flin.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What an entity forgets. Any one rule prunes; the current version and held records are never pruned.
 *
 * @param age prune versions whose end is older, null for no such rule
 * @param versions keep at most so many versions, the current one included; 0 for no such rule
 * @param compactAfter keep only the last version of each period among versions whose end is older, null for no such
 * rule
 * @param compactTo the periods
 */
public record RetentionPolicy(@Nullable Duration age, int versions, @Nullable Duration compactAfter,
		@Nullable CompactionPeriod compactTo) {

	/** The periods of a compaction, in the zone of the store; weeks start on Monday. */
	public enum CompactionPeriod {

		/** Hours. */
		HOURLY,
		/** Days. */
		DAILY,
		/** Weeks. */
		WEEKLY,
		/** Months. */
		MONTHLY

	}

	/**
	 * Keeps versions for a while after their end.
	 * @param age how long
	 * @return the policy
	 */
	public static RetentionPolicy byAge(Duration age) {
		return new RetentionPolicy(age, 0, null, null);
	}

	/**
	 * Keeps a number of versions.
	 * @param versions how many, the current one included
	 * @return the policy
	 */
	public static RetentionPolicy byNumber(int versions) {
		return new RetentionPolicy(null, versions, null, null);
	}

	/**
	 * Keeps the last version of each period.
	 * @param after for versions older than this
	 * @param to the period
	 * @return the policy
	 */
	public static RetentionPolicy compacting(Duration after, CompactionPeriod to) {
		return new RetentionPolicy(null, 0, after, to);
	}

}
