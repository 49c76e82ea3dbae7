package dev.flin.store.temporal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which version is true when.
 */
public final class ValidTime {

	/**
	 * A stretch of valid time.
	 *
	 * @param from its first moment
	 * @param to the first moment after it
	 * @param version the index of the version that is true in it
	 */
	public record Segment(long from, long to, int version) {
	}

	private ValidTime() {
	}

	/**
	 * The version that is true at a moment as known at another.
	 * @param facts the versions
	 * @param valid the moment asked about
	 * @param known the moment of knowledge
	 * @return the version's index, or -1 when there is nothing
	 */
	public static int at(Facts facts, long valid, long known) {
		for (int i = facts.count() - 1; i >= 0; i--) {
			if (facts.hasGapAfter(i) && facts.systemTo()[i] <= known && facts.systemTo()[i] <= valid) {
				return -1;
			}
			if (facts.systemFrom()[i] <= known && facts.validFrom()[i] <= valid && valid < facts.validTo()[i]) {
				return facts.absent()[i] ? -1 : i;
			}
		}
		return -1;
	}

	/**
	 * The timeline as known at a moment: newest first, each version takes what no later one has taken.
	 * @param facts the versions
	 * @param known the moment of knowledge
	 * @return the segments in order, without those in which there is nothing
	 */
	public static List<Segment> timeline(Facts facts, long known) {
		List<Segment> taken = new ArrayList<>();
		List<long[]> free = new ArrayList<>();
		free.add(new long[] { Long.MIN_VALUE, Long.MAX_VALUE });
		for (int i = facts.count() - 1; i >= 0 && !free.isEmpty(); i--) {
			if (facts.hasGapAfter(i) && facts.systemTo()[i] <= known) {
				free = take(free, facts.systemTo()[i], Long.MAX_VALUE, i, new ArrayList<>());
			}
			if (facts.systemFrom()[i] <= known) {
				free = take(free, facts.validFrom()[i], facts.validTo()[i], i, taken);
			}
		}
		taken.removeIf((segment) -> facts.absent()[segment.version()]);
		taken.sort(Comparator.comparingLong(Segment::from));
		return taken;
	}

	private static List<long[]> take(List<long[]> free, long from, long to, int version, List<Segment> taken) {
		List<long[]> rest = new ArrayList<>(free.size() + 1);
		for (long[] gap : free) {
			long start = Math.max(gap[0], from);
			long end = Math.min(gap[1], to);
			if (start >= end) {
				rest.add(gap);
				continue;
			}
			taken.add(new Segment(start, end, version));
			if (gap[0] < start) {
				rest.add(new long[] { gap[0], start });
			}
			if (end < gap[1]) {
				rest.add(new long[] { end, gap[1] });
			}
		}
		return rest;
	}

}
