package dev.flin.store;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Records with valid time, retention and holds, said naively: each has the list of all its versions, and every question
 * is answered by looking at all of them. Times are microseconds.
 */
final class TimeModel {

	static final long OPEN = Long.MAX_VALUE;

	static final int NAME = 0;

	static final int SKU = 1;

	static final int PRICE = 2;

	static final int NOTE = 3;

	/** How long old versions keep their note. */
	static final Duration NOTE_AGE = Duration.ofDays(3);

	private static final List<String> FIELDS = List.of("name", "sku", "price", "note");

	/**
	 * A version.
	 *
	 * @param from when it was stored
	 * @param validFrom from when it is true; {@link #OPEN} for from when it was stored
	 */
	record Version(long number, List<@Nullable Object> values, List<String> changed, boolean deleted, long from,
			long validFrom, long validTo, boolean pruned) {

		long start() {
			return (this.validFrom == OPEN) ? this.from : this.validFrom;
		}

		Version at(long time) {
			return new Version(this.number, this.values, this.changed, this.deleted, time, this.validFrom, this.validTo,
					this.pruned);
		}

		Version without() {
			return new Version(this.number, this.values, this.changed, this.deleted, this.from, this.validFrom,
					this.validTo, true);
		}

		Version withoutNote() {
			List<@Nullable Object> poorer = new ArrayList<>(this.values);
			poorer.set(NOTE, null);
			return new Version(this.number, poorer, this.changed, this.deleted, this.from, this.validFrom, this.validTo,
					this.pruned);
		}

	}

	/** A stretch of valid time in which one version is true. */
	record Segment(long from, long to, Version version) {
	}

	/** A record. */
	static final class Item {

		final List<Version> versions = new ArrayList<>();

		@Nullable String hold;

		Item copy() {
			Item copy = new Item();
			copy.versions.addAll(this.versions);
			copy.hold = this.hold;
			return copy;
		}

		Version newest() {
			return this.versions.getLast();
		}

		long endOf(int index) {
			return (index + 1 < this.versions.size()) ? this.versions.get(index + 1).from() : OPEN;
		}

		@Nullable Version at(long valid, long known) {
			for (Version version : this.versions.reversed()) {
				if (version.from() <= known && version.start() <= valid && valid < version.validTo()) {
					return (version.deleted() || version.pruned()) ? null : version;
				}
			}
			return null;
		}

		/** By trying every moment at which anything may change. */
		List<Segment> timeline() {
			TreeSet<Long> bounds = new TreeSet<>();
			this.versions.forEach((version) -> {
				bounds.add(version.start());
				bounds.add(version.validTo());
			});
			bounds.add(OPEN);
			List<Segment> segments = new ArrayList<>();
			for (Long bound : bounds) {
				Long next = bounds.higher(bound);
				Version version = (next == null) ? null : at(bound, OPEN);
				if (version == null || next == null) {
					continue;
				}
				Segment last = segments.isEmpty() ? null : segments.getLast();
				if (last != null && last.to() == bound && last.version() == version) {
					segments.set(segments.size() - 1, new Segment(last.from(), next, version));
				}
				else {
					segments.add(new Segment(bound, next, version));
				}
			}
			return segments;
		}

		List<Segment> standing(long now) {
			return timeline().stream().filter((segment) -> segment.to() > now).toList();
		}

	}

	final TreeMap<Long, Item> items = new TreeMap<>();

	TimeModel copy() {
		TimeModel copy = new TimeModel();
		this.items.forEach((id, item) -> copy.items.put(id, item.copy()));
		return copy;
	}

	void become(TimeModel other) {
		this.items.clear();
		other.copy().items.forEach(this.items::put);
	}

	/** Whether another record has a row's unique value now or later. */
	boolean isTaken(long id, @Nullable Object sku, long validTo, long now) {
		if (sku == null || validTo <= now) {
			return false;
		}
		return this.items.entrySet()
			.stream()
			.anyMatch((entry) -> entry.getKey() != id && entry.getValue()
				.standing(now)
				.stream()
				.anyMatch((segment) -> sku.equals(segment.version().values().get(SKU))));
	}

	void write(long id, @Nullable Object[] values, boolean deleted, long time, long validFrom, long validTo) {
		Item item = this.items.computeIfAbsent(id, (key) -> new Item());
		List<String> changed = new ArrayList<>();
		if (!item.versions.isEmpty()) {
			for (int i = 0; i < values.length; i++) {
				if (!Objects.equals(values[i], item.newest().values().get(i))) {
					changed.add(FIELDS.get(i));
				}
			}
		}
		long number = item.versions.isEmpty() ? 1 : item.newest().number() + 1;
		item.versions.add(new Version(number, Collections.unmodifiableList(Arrays.asList(values.clone())), changed,
				deleted, time, validFrom, validTo, false));
	}

	/** What a deletion keeps: the values that are true now, or else the last ones. */
	@Nullable Object[] valuesToDelete(long id, long now) {
		Item item = item(id);
		Version valid = item.at(now, OPEN);
		return ((valid != null) ? valid : item.newest()).values().toArray();
	}

	Item item(long id) {
		return Objects.requireNonNull(this.items.get(id));
	}

	/** Gives what was written at one time another. */
	void stamp(long provisional, long time) {
		for (Item item : this.items.values()) {
			item.versions.replaceAll((version) -> (version.from() == provisional) ? version.at(time) : version);
		}
	}

	/** Applies the rules of retention. */
	void prune(@Nullable RetentionPolicy policy, long now) {
		for (Item item : this.items.values()) {
			if (item.hold == null) {
				prune(item, policy, now);
			}
		}
	}

	private static void prune(Item item, @Nullable RetentionPolicy policy, long now) {
		List<Version> before = List.copyOf(item.versions);
		List<Version> needed = item.standing(now).stream().map(Segment::version).toList();
		for (int i = 0; i < before.size() - 1; i++) {
			Version version = before.get(i);
			if (version.pruned() || needed.contains(version)) {
				continue;
			}
			if (policy != null && isOver(before, i, item.endOf(i), policy, now)) {
				item.versions.set(i, version.without());
			}
			else if (item.endOf(i) <= now - micros(NOTE_AGE)) {
				item.versions.set(i, version.withoutNote());
			}
		}
	}

	private static boolean isOver(List<Version> versions, int index, long end, RetentionPolicy policy, long now) {
		Version version = versions.get(index);
		Duration age = policy.age();
		if (age != null && end <= now - micros(age)) {
			return true;
		}
		if (policy.versions() > 0 && version.number() <= versions.getLast().number() - policy.versions()) {
			return true;
		}
		Duration after = policy.compactAfter();
		RetentionPolicy.CompactionPeriod period = policy.compactTo();
		return after != null && period != null && end <= now - micros(after)
				&& versions.subList(index + 1, versions.size())
					.stream()
					.anyMatch((later) -> start(period, later.from()).equals(start(period, version.from())));
	}

	private static ZonedDateTime start(RetentionPolicy.CompactionPeriod period, long time) {
		ZonedDateTime utc = instant(time).atZone(ZoneOffset.UTC);
		ZonedDateTime day = utc.truncatedTo(ChronoUnit.DAYS);
		return switch (period) {
			case HOURLY -> utc.truncatedTo(ChronoUnit.HOURS);
			case DAILY -> day;
			case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
			case MONTHLY -> day.withDayOfMonth(1);
		};
	}

	static long micros(Duration duration) {
		return duration.toNanos() / 1000;
	}

	static long micros(Instant time) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, time);
	}

	static Instant instant(long micros) {
		return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
	}

}
