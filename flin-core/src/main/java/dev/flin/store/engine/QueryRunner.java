package dev.flin.store.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.Condition;
import dev.flin.store.Query;
import dev.flin.store.Query.Visibility;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.store.codec.KeyCodec;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;
import dev.flin.store.query.Access;
import dev.flin.store.query.Conditions;
import dev.flin.store.query.Plan;

/**
 * Runs planned queries on a view.
 */
final class QueryRunner {

	private final Reader reader;

	private final EntityTable table;

	QueryRunner(Reader reader, EntityTable table) {
		this.reader = reader;
		this.table = table;
	}

	RecordCursor run(Query query) {
		Plan plan = this.table.planner().plan(query);
		boolean own = !this.reader.pending(this.table).isEmpty();
		Iterator<RecordVersion> found = filtered(query, plan);
		boolean ordered = plan.ordered() && !isStanding(query) && !(own && !(plan.access() instanceof Access.Scan));
		if (!ordered && query.limit() >= 0 && query.limit() + query.offset() < 100_000) {
			found = best(found, query, (int) (query.limit() + query.offset()));
		}
		else if (!ordered) {
			List<RecordVersion> all = new ArrayList<>();
			found.forEachRemaining(all::add);
			all.sort(Conditions.comparator(query.order()));
			found = all.iterator();
		}
		return Reader.Cursors.of(new Slice(found, query.offset(), query.limit()));
	}

	/** The first records of an order, without keeping more than those. */
	private static Iterator<RecordVersion> best(Iterator<RecordVersion> found, Query query, int wanted) {
		if (wanted == 0) {
			return Collections.emptyIterator();
		}
		Comparator<RecordVersion> order = Conditions.comparator(query.order());
		PriorityQueue<RecordVersion> heap = new PriorityQueue<>(Math.min(wanted, 64), order.reversed());
		while (found.hasNext()) {
			RecordVersion record = found.next();
			if (heap.size() < wanted) {
				heap.add(record);
			}
			else if (order.compare(record, heap.element()) < 0) {
				heap.remove();
				heap.add(record);
			}
		}
		List<RecordVersion> sorted = new ArrayList<>(heap);
		sorted.sort(order);
		return sorted.iterator();
	}

	private Iterator<RecordVersion> filtered(Query query, Plan plan) {
		if (isStanding(query)) {
			return standing(query, plan);
		}
		Iterator<? extends @Nullable RecordVersion> candidates = candidates(query, plan);
		Condition residual = plan.residual();
		Query.SeekKey place = query.after();
		return new Filter(candidates) {
			@Override
			boolean isWanted(RecordVersion record) {
				return Conditions.matches(residual, record)
						&& (place == null || Conditions.isAfter(query.order(), place, record));
			}
		};
	}

	private Iterator<? extends @Nullable RecordVersion> candidates(Query query, Plan plan) {
		AsOf point = query.asOf();
		if (point != null) {
			Instant known = point.known();
			long knownMicros = (known == null) ? Micros.OPEN : Micros.of(known);
			long valid = Micros.of(point.valid());
			if (query.visibility() == Visibility.DELETED || query.visibility() == Visibility.ALL) {
				return map(ids(plan.access()), (id) -> withDeleted(query.visibility(), id, valid, knownMicros));
			}
			PastRecords past = new PastRecords(this.reader, this.table, valid, knownMicros);
			long[] narrowed = (plan.access() instanceof Access.Past narrow) ? past.ids(narrow.since()) : null;
			if (narrowed != null) {
				return map(Arrays.stream(narrowed).iterator(), past::record);
			}
			if (!(plan.access() instanceof Access.Ids) && this.reader.pending(this.table).isEmpty()) {
				return RecordScan.past(this.reader, this.table, valid, knownMicros);
			}
			return map(ids(plan.access()), past::record);
		}
		return switch (query.visibility()) {
			case LIVE, STANDING -> live(plan);
			case DELETED -> map(deletedIds(plan), this::deletedVersion);
			case ALL -> map(ids(plan.access()), (id) -> {
				RecordVersion live = liveVersion(id);
				return (live != null) ? live : deletedVersion(id);
			});
		};
	}

	/** Whether records count that are valid only later, and there may be some. */
	private boolean isStanding(Query query) {
		return query.visibility() == Visibility.STANDING && query.asOf() == null && (this.table.isTemporal()
				|| this.reader.pending(this.table).stream().anyMatch((pending) -> {
					StoredRow newest = pending.newest();
					return newest != null && newest.isTemporal();
				}));
	}

	/** Each record as the first of its segments, from now on, that the query wants. */
	private Iterator<RecordVersion> standing(Query query, Plan plan) {
		Iterator<Long> ids = ids(plan.access());
		if (plan.access() instanceof Access.Range range) {
			Set<Long> found = new TreeSet<>();
			entries(range).forEachRemaining((key) -> found.add(KeyCodec.idOf(key)));
			this.reader.pending(this.table).forEach((pending) -> found.add(pending.id()));
			ids = found.iterator();
		}
		Query.SeekKey place = query.after();
		return new Filter(map(ids, (id) -> this.reader.standing(this.table, id)
			.stream()
			.filter((version) -> Conditions.matches(query.where(), version))
			.findFirst()
			.orElse(null))) {
			@Override
			boolean isWanted(RecordVersion record) {
				return place == null || Conditions.isAfter(query.order(), place, record);
			}
		};
	}

	private @Nullable RecordVersion liveVersion(long id) {
		StoredRow row = this.reader.newestRow(this.table, id);
		return (row == null) ? null : this.reader.visible(this.table, id, row);
	}

	private @Nullable RecordVersion deletedVersion(long id) {
		StoredRow row = this.reader.newestRow(this.table, id);
		return (row == null || !row.isDeleted()) ? null : this.reader.view(this.table, id, row, Micros.OPEN);
	}

	/** A record at another time, deleted then or, if that is asked for, not. */
	private @Nullable RecordVersion withDeleted(Visibility visibility, long id, long valid, long known) {
		RecordVersion live = this.reader.asOf(this.table, id, valid, known);
		return (live == null) ? this.reader.deletedAsOf(this.table, id, Math.min(valid, known))
				: (visibility == Visibility.ALL) ? live : null;
	}

	private Iterator<Long> deletedIds(Plan plan) {
		if (plan.access() instanceof Access.Ids ids) {
			return ids.ids().iterator();
		}
		if (!this.reader.pending(this.table).isEmpty()) {
			return allIds();
		}
		return keys(this.reader.state().root(this.table.deleted()).scan(null, null, false));
	}

	private Iterator<? extends @Nullable RecordVersion> live(Plan plan) {
		return switch (plan.access()) {
			case Access.Scan scan -> scan();
			case Access.Past past -> scan();
			case Access.Ids ids -> map(ids.ids().iterator(), this::liveVersion);
			case Access.Range range -> chain(map(entries(range), (key) -> indexed(range, key)), own(List.of(range)));
			case Access.Union union -> {
				List<byte[][]> all = new ArrayList<>();
				for (int i = 0; i < union.parts().size(); i++) {
					Iterator<byte[]> keys = entries(union.parts().get(i));
					while (keys.hasNext()) {
						all.add(new byte[][] { keys.next() });
					}
				}
				all.sort(Comparator.comparingLong((key) -> KeyCodec.idOf(key[0])));
				Access.Range any = union.parts().isEmpty() ? null : union.parts().getFirst();
				yield (any == null) ? Collections.emptyIterator()
						: chain(map(all.iterator(), (key) -> indexed(any, key[0])), own(union.parts()));
			}
			case Access.Intersection intersection -> {
				Iterator<Long> ids = Arrays.stream(new Stretches(this.reader, this.table).common(intersection.parts()))
					.iterator();
				yield chain(map(ids, (id) -> (this.reader.pending(this.table, id) != null)
						? null : inAll(intersection, id)),
						ownInAll(intersection));
			}
		};
	}

	private Iterator<? extends @Nullable RecordVersion> scan() {
		return this.reader.pending(this.table).isEmpty() ? RecordScan.live(this.reader, this.table)
				: map(allIds(), this::liveVersion);
	}

	private @Nullable RecordVersion inAll(Access.Intersection intersection, long id) {
		VersionView version = (VersionView) liveVersion(id);
		for (Access.Range range : intersection.parts()) {
			if (version != null && version.row().hasValidPeriod() && !isWithin(range, version)) {
				return null;
			}
		}
		return version;
	}

	private boolean isWithin(Access.Range range, VersionView version) {
		EntityTable.Index index = this.table.indexes().get(range.index().number());
		for (byte[] key : this.table.keys(index, version.row(), version.id())) {
			if (Stretches.isWithin(range, key)) {
				return true;
			}
		}
		return false;
	}

	/** The record behind an index entry, unless the entry is that of another valid period than now's. */
	private @Nullable RecordVersion indexed(Access.Range range, byte[] key) {
		long id = KeyCodec.idOf(key);
		if (this.reader.pending(this.table, id) != null) {
			return null;
		}
		StoredRow newest = this.reader.newestRow(this.table, id);
		VersionView version = (newest == null) ? null : this.reader.visible(this.table, id, newest);
		if (version == null || newest == null || !newest.hasValidPeriod()) {
			return version;
		}
		EntityTable.Index index = this.table.indexes().get(range.index().number());
		boolean current = this.table.keys(index, version.row(), id).stream().anyMatch((own) -> Arrays.equals(own, key));
		return current ? version : null;
	}

	private Iterator<RecordVersion> own(List<Access.Range> ranges) {
		List<RecordVersion> versions = new ArrayList<>();
		for (Pending pending : this.reader.pending(this.table)) {
			VersionView version = (VersionView) liveVersion(pending.id());
			if (version != null && ranges.stream().anyMatch((range) -> isWithin(range, version))) {
				versions.add(version);
			}
		}
		return versions.iterator();
	}

	private Iterator<RecordVersion> ownInAll(Access.Intersection intersection) {
		List<RecordVersion> versions = new ArrayList<>();
		for (Pending pending : this.reader.pending(this.table)) {
			VersionView version = (VersionView) liveVersion(pending.id());
			if (version != null && intersection.parts().stream().allMatch((range) -> isWithin(range, version))) {
				versions.add(version);
			}
		}
		return versions.iterator();
	}

	private Iterator<Long> ids(Access access) {
		return (access instanceof Access.Ids ids) ? ids.ids().iterator() : allIds();
	}

	/** All ids in order, those that the transaction added too. */
	private Iterator<Long> allIds() {
		Iterator<Long> stored = keys(this.reader.state().root(this.table.records()).scan(null, null, false));
		List<Long> added = new ArrayList<>();
		for (Pending pending : this.reader.pending(this.table)) {
			if (pending.base() == null) {
				added.add(pending.id());
			}
		}
		if (added.isEmpty()) {
			return stored;
		}
		// ids of records that others added meanwhile are in neither part: the state is that of the start
		Set<Long> all = new TreeSet<>(added);
		stored.forEachRemaining(all::add);
		return all.iterator();
	}

	private Iterator<byte[]> entries(Access.Range range) {
		return new Stretches(this.reader, this.table).entries(range);
	}

	long count(Query query) {
		Plan plan = this.table.planner().plan(query);
		boolean simple = query.asOf() == null && query.after() == null
				&& plan.residual() instanceof Condition.All && this.reader.pending(this.table).isEmpty()
				&& !this.table.isTemporal();
		if (simple && plan.access() instanceof Access.Scan) {
			long all = this.reader.state().root(this.table.records()).size();
			long deleted = this.reader.state().root(this.table.deleted()).size();
			return sliced(query, switch (query.visibility()) {
				case LIVE, STANDING -> all - deleted;
				case DELETED -> deleted;
				case ALL -> all;
			});
		}
		if (simple && plan.access() instanceof Access.Range range && !range.index().isMulti()) {
			return sliced(query, new Stretches(this.reader, this.table).size(range));
		}
		if (simple && plan.access() instanceof Access.Intersection both) {
			return sliced(query, new Stretches(this.reader, this.table).common(both.parts()).length);
		}
		long count = 0;
		Iterator<RecordVersion> found = filtered(query, plan);
		while (found.hasNext()) {
			found.next();
			count++;
		}
		return sliced(query, count);
	}

	private static long sliced(Query query, long count) {
		long rest = Math.max(0, count - query.offset());
		return (query.limit() < 0) ? rest : Math.min(rest, query.limit());
	}

	String explain(Query query) {
		return Explain.text(this.table.schema(), query, this.table.planner().plan(query));
	}

	/** Makes records of keys. */
	interface Mapping<K> {

		@Nullable
		RecordVersion record(K key);

	}

	private static <K> Iterator<@Nullable RecordVersion> map(Iterator<K> keys, Mapping<K> mapping) {
		return new Iterator<>() {
			@Override
			public boolean hasNext() {
				return keys.hasNext();
			}

			@Override
			public @Nullable RecordVersion next() {
				return mapping.record(keys.next());
			}
		};
	}

	private static Iterator<@Nullable RecordVersion> chain(Iterator<@Nullable RecordVersion> first,
			Iterator<RecordVersion> second) {
		if (!second.hasNext()) {
			return first;
		}
		return new Iterator<>() {
			@Override
			public boolean hasNext() {
				return first.hasNext() || second.hasNext();
			}

			@Override
			public @Nullable RecordVersion next() {
				return first.hasNext() ? first.next() : second.next();
			}
		};
	}

	private static Iterator<Long> keys(Root.Scan<Long> scan) {
		return new Iterator<>() {
			private boolean ready;

			private boolean more;

			@Override
			public boolean hasNext() {
				if (!this.ready) {
					this.more = scan.next();
					this.ready = true;
				}
				return this.more;
			}

			@Override
			public Long next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				this.ready = false;
				return scan.key();
			}
		};
	}

	/** Leaves out what is missing or not wanted. */
	private abstract static class Filter implements Iterator<RecordVersion> {

		private final Iterator<? extends @Nullable RecordVersion> source;

		private @Nullable RecordVersion next;

		Filter(Iterator<? extends @Nullable RecordVersion> source) {
			this.source = source;
		}

		abstract boolean isWanted(RecordVersion record);

		@Override
		public boolean hasNext() {
			while (this.next == null && this.source.hasNext()) {
				RecordVersion candidate = this.source.next();
				if (candidate != null && isWanted(candidate)) {
					this.next = candidate;
				}
			}
			return this.next != null;
		}

		@Override
		public RecordVersion next() {
			RecordVersion result = hasNext() ? this.next : null;
			if (result == null) {
				throw new NoSuchElementException();
			}
			this.next = null;
			return result;
		}

	}

	/** Offset and limit. */
	private static final class Slice implements Iterator<RecordVersion> {

		private final Iterator<RecordVersion> source;

		private long skip;

		private long left;

		Slice(Iterator<RecordVersion> source, long offset, long limit) {
			this.source = source;
			this.skip = offset;
			this.left = (limit < 0) ? Long.MAX_VALUE : limit;
		}

		@Override
		public boolean hasNext() {
			while (this.skip > 0 && this.left > 0 && this.source.hasNext()) {
				this.source.next();
				this.skip--;
			}
			return this.left > 0 && this.source.hasNext();
		}

		@Override
		public RecordVersion next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			this.left--;
			return this.source.next();
		}

	}

}
