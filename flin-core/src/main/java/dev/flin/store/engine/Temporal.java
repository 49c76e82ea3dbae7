package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.List;

import dev.flin.store.codec.Micros;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.mv.VersionKey;
import dev.flin.store.temporal.Facts;
import dev.flin.store.temporal.ValidTime;

/**
 * Brings a record's rows to the rules of time.
 */
final class Temporal {

	private Temporal() {
	}

	/** All rows of a record, oldest first, the newest last. */
	static List<StoredRow> rows(EntityTable table, Root<VersionKey> versions, StoredRow newest, long id) {
		List<StoredRow> rows = new ArrayList<>();
		Root.Scan<VersionKey> scan = versions.scan(Applier.first(id), Applier.last(id), false);
		while (scan.next()) {
			rows.add(table.check(scan.value(), id));
		}
		rows.add(newest);
		return rows;
	}

	/**
	 * The arrays of a record's rows. Where no valid period was ever given a version is true as long as it
	 * is the newest,
	 * so that a pruned one leaves a gap.
	 */
	static Facts facts(List<StoredRow> rows) {
		int count = rows.size();
		boolean temporal = rows.getLast().isTemporal();
		Facts facts = new Facts(new long[count], new long[count], new long[count], new long[count], new boolean[count]);
		for (int i = 0; i < count; i++) {
			StoredRow row = rows.get(i);
			facts.systemFrom()[i] = row.systemFrom();
			facts.systemTo()[i] = (i + 1 < count && row.systemTo() == Micros.OPEN) ? rows.get(i + 1).systemFrom()
					: row.systemTo();
			facts.validFrom()[i] = row.validFrom();
			facts.validTo()[i] = temporal ? row.validTo() : facts.systemTo()[i];
			facts.absent()[i] = row.isDeleted() || row.isPruned();
		}
		return facts;
	}

	/** The rows that are true at the newest row's time or later. */
	static List<StoredRow> liveRows(EntityTable table, StoredRow newest, long id) {
		List<StoredRow> rows = rows(table, table.versions().root(), newest, id);
		List<StoredRow> live = new ArrayList<>();
		for (ValidTime.Segment segment : ValidTime.timeline(facts(rows), Micros.OPEN)) {
			if (segment.to() > newest.systemFrom()) {
				live.add(rows.get(segment.version()));
			}
		}
		return live;
	}

	/**
	 * A row and when it is true.
	 *
	 * @param to the end, {@link Micros#OPEN} without one
	 */
	record Stretch(StoredRow row, long from, long to) {
	}

	/** What is true now or later, and the newest row whatever it is: what a changed schema must fit. */
	static List<Stretch> standing(EntityTable table, Root<VersionKey> versions, StoredRow newest, long id, long now) {
		if (!newest.hasValidPeriod()) {
			return List.of(new Stretch(newest, newest.systemFrom(), Micros.OPEN));
		}
		List<StoredRow> rows = rows(table, versions, newest, id);
		List<Stretch> standing = new ArrayList<>();
		for (ValidTime.Segment segment : ValidTime.timeline(facts(rows), Micros.OPEN)) {
			if (segment.to() > now) {
				standing.add(new Stretch(rows.get(segment.version()), segment.from(), segment.to()));
			}
		}
		if (standing.stream().noneMatch((each) -> each.row().number() == newest.number())) {
			standing.add(new Stretch(newest, Micros.OPEN, Micros.OPEN));
		}
		return standing;
	}

}
