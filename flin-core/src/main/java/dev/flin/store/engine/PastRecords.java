package dev.flin.store.engine;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordVersion;
import dev.flin.store.query.Access;

/**
 * Candidates of a query about a time. A record that was not stored again since then is in today's indexes as it was;
 * all others, and those with valid periods, are looked at one by one.
 */
final class PastRecords {

	/** Looking a record up costs about as much as reading so many one after the other. */
	private static final int LOOKUP_COST = 6;

	private final Reader reader;

	private final EntityTable table;

	private final long valid;

	private final long known;

	PastRecords(Reader reader, EntityTable table, long valid, long known) {
		this.reader = reader;
		this.table = table;
		this.valid = valid;
		this.known = known;
	}

	/** Whether there is a way to few of the records, so that it pays to leave the others out. */
	boolean canNarrow(Access.Range range) {
		if (!ChangeTimes.isComplete(this.reader.state(), this.table)) {
			return false;
		}
		long candidates = ChangeTimes.countSince(this.reader.state(), this.table, moment())
				+ new Stretches(this.reader, this.table).size(range);
		return candidates * LOOKUP_COST < this.reader.state().root(this.table.records()).size();
	}

	private long moment() {
		return Math.min(this.valid, this.known);
	}

	/** The ids of a stretch, of what was stored since, and of what the transaction itself has written; sorted. */
	long[] ids(Access.Range range) {
		long[] indexed = Stretches.ids(new Stretches(this.reader, this.table).entries(range));
		long[] changed = ChangeTimes.since(this.reader.state(), this.table, moment());
		long[] own = this.reader.pending(this.table).stream().mapToLong(Pending::id).toArray();
		long[] all = Arrays.copyOf(indexed, indexed.length + changed.length + own.length);
		System.arraycopy(changed, 0, all, indexed.length, changed.length);
		System.arraycopy(own, 0, all, indexed.length + changed.length, own.length);
		return Arrays.stream(all).sorted().distinct().toArray();
	}

	/** What a record was, null for nothing. */
	@Nullable
	RecordVersion record(long id) {
		return this.reader.asOf(this.table, id, this.valid, this.known);
	}

}
