package dev.flin.store.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordVersion;
import dev.flin.store.mv.Root;
import dev.flin.store.query.Access;

/**
 * Candidates of a query about a time. A record that had a value then has it still, and is in today's index, or has lost
 * it since, and is in what left the index. Where that does not reach back so far, or little was stored since, today's
 * index serves for what was not stored again. All others, and those with valid periods, are looked at one by one.
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

	/** The ids of few candidates, sorted; null when reading all records costs less than looking at those. */
	long @Nullable [] ids(List<Access.Range> ranges) {
		if (!ChangeTimes.isComplete(this.reader.state(), this.table)) {
			return null;
		}
		StoreState state = this.reader.state();
		long most = state.root(this.table.records()).size() / LOOKUP_COST;
		for (Access.Range range : ranges) {
			most -= new Stretches(this.reader, this.table).size(range);
		}
		long stored = ChangeTimes.countSince(state, this.table, moment());
		long left = countLeft(ranges, Math.min(most, stored));
		if (Math.min(stored, left) >= most) {
			return null;
		}
		long[] rest = (left < stored) ? left(ranges) : ChangeTimes.since(state, this.table, moment());
		return with(ranges, rest);
	}

	private long moment() {
		return Math.min(this.valid, this.known);
	}

	private Root<byte[]> past(Access.Range range) {
		return this.reader.state().root(this.table.indexes().get(range.index().number()).past().map());
	}

	/** How many left the stretches since, where that is known of each. */
	private long countLeft(List<Access.Range> ranges, long enough) {
		long count = 0;
		for (Access.Range range : ranges) {
			long more = countLeft(range, enough - count);
			if (more == Long.MAX_VALUE || count + more >= enough) {
				return Long.MAX_VALUE;
			}
			count += more;
		}
		return count;
	}

	private long countLeft(Access.Range range, long enough) {
		Root<byte[]> past = past(range);
		if (!PastIndex.covers(past, moment())) {
			return Long.MAX_VALUE;
		}
		long temporal = ChangeTimes.countTemporal(this.reader.state(), this.table);
		return temporal + PastIndex.count(past, moment(), range.low(), range.high(), enough - temporal);
	}

	private long[] left(List<Access.Range> ranges) {
		LongStream.Builder left = LongStream.builder();
		for (Access.Range range : ranges) {
			PastIndex.ids(past(range), moment(), range.low(), range.high(), left);
		}
		return LongStream.concat(left.build(), Arrays.stream(ChangeTimes.temporal(this.reader.state(), this.table)))
			.toArray();
	}

	/** The ids of stretches, others, and those of what the transaction itself has written. */
	private long[] with(List<Access.Range> ranges, long[] others) {
		LongStream indexed = ranges.stream()
			.flatMapToLong((range) -> Arrays
				.stream(Stretches.ids(new Stretches(this.reader, this.table).entries(range))));
		LongStream own = this.reader.pending(this.table).stream().mapToLong(Pending::id);
		return LongStream.concat(LongStream.concat(indexed, Arrays.stream(others)), own)
			.sorted()
			.distinct()
			.toArray();
	}

	/** What a record was, null for nothing. */
	@Nullable
	RecordVersion record(long id) {
		return this.reader.asOf(this.table, id, this.valid, this.known);
	}

}
