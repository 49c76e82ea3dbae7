package dev.flin.store.temporal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

import dev.flin.store.RetentionPolicy;
import dev.flin.store.RetentionPolicy.CompactionPeriod;

/**
 * What retention and compaction rules forget.
 */
public final class Forgetting {

	private Forgetting() {
	}

	/**
	 * Which versions of a record a policy prunes.
	 * @param facts the versions with the newest last, pruned ones as absent
	 * @param numbers their numbers
	 * @param policy the policy
	 * @param now the moment from which ages count, in microseconds
	 * @param zone where compaction periods start
	 * @return for each version whether it goes
	 */
	public static boolean[] prune(Facts facts, long[] numbers, RetentionPolicy policy, long now, ZoneId zone) {
		int count = facts.count();
		boolean[] gone = new boolean[count];
		if (count < 2) {
			return gone;
		}
		boolean[] kept = stillTrue(facts, now);
		long newest = numbers[count - 1];
		for (int i = 0; i < count - 1; i++) {
			boolean tooOld = policy.age() != null && facts.systemTo()[i] <= minus(now, micros(policy.age()));
			boolean tooMany = policy.versions() > 0 && numbers[i] <= newest - policy.versions();
			gone[i] = !kept[i] && (tooOld || tooMany || isCompacted(facts, i, policy, now, zone));
		}
		return gone;
	}

	/** A version is not needed once a later one of the same period exists and it is old enough. */
	private static boolean isCompacted(Facts facts, int index, RetentionPolicy policy, long now, ZoneId zone) {
		CompactionPeriod period = policy.compactTo();
		if (policy.compactAfter() == null || period == null) {
			return false;
		}
		boolean old = facts.systemTo()[index] <= minus(now, micros(policy.compactAfter()));
		return old && startOf(period, facts.systemFrom()[index], zone)
			.equals(startOf(period, facts.systemFrom()[index + 1], zone));
	}

	private static ZonedDateTime startOf(CompactionPeriod period, long micros, ZoneId zone) {
		ZonedDateTime time = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).atZone(zone);
		ZonedDateTime day = time.truncatedTo(ChronoUnit.DAYS);
		return switch (period) {
			case HOURLY -> time.truncatedTo(ChronoUnit.HOURS);
			case DAILY -> day;
			case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
			case MONTHLY -> day.withDayOfMonth(1);
		};
	}

	/**
	 * Which versions feed a segment that is valid now or later and so are never pruned.
	 * @param facts the versions
	 * @param now the moment
	 * @return for each version whether it does
	 */
	public static boolean[] stillTrue(Facts facts, long now) {
		boolean[] needed = new boolean[facts.count()];
		List<ValidTime.Segment> timeline = ValidTime.timeline(facts, Long.MAX_VALUE);
		for (ValidTime.Segment segment : timeline) {
			if (segment.to() > now) {
				needed[segment.version()] = true;
			}
		}
		return needed;
	}

	/**
	 * Whether a version's value of a field is forgotten.
	 * @param systemTo the version's end
	 * @param age how long after it the value is kept, in microseconds
	 * @param now the moment from which ages count
	 * @return true when it goes
	 */
	public static boolean isForgotten(long systemTo, long age, long now) {
		return systemTo != Long.MAX_VALUE && systemTo <= minus(now, age);
	}

	private static long micros(java.time.Duration duration) {
		return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
	}

	private static long minus(long time, long duration) {
		try {
			return Math.subtractExact(time, duration);
		}
		catch (ArithmeticException ex) {
			return Long.MIN_VALUE;
		}
	}

}
