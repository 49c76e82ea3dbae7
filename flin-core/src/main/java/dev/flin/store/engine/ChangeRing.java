package dev.flin.store.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.CommittedChange;
import dev.flin.store.RecordRef;
import dev.flin.store.codec.Micros;

/**
 * What the last transactions wrote, for those who follow the store.
 */
final class ChangeRing {

	/** Who is further behind than this many transactions has to start over. */
	private static final int TRANSACTIONS_MAX = 10_000;

	/** Nor are more records named, but for those of the very last transaction: large ones would fill the memory. */
	private static final long RECORDS_MAX = 100_000;

	private final Deque<CommittedChange> ring = new ArrayDeque<>();

	private long records;

	private long knownAfter;

	synchronized void startAt(long sequence) {
		this.ring.clear();
		this.records = 0;
		this.knownAfter = sequence;
	}

	void add(long sequence, long time, List<Change> changes, Tables tables) {
		if (changes.size() == 1 && changes.getFirst() instanceof Change.Put put) {
			add(sequence, time, List.of(new RecordRef(tables.table(put.entity()).name(), put.id())), List.of());
			return;
		}
		Set<RecordRef> written = new LinkedHashSet<>();
		Set<RecordRef> destroyed = new LinkedHashSet<>();
		for (Change change : changes) {
			if (change instanceof Change.Put put) {
				written.add(new RecordRef(tables.table(put.entity()).name(), put.id()));
			}
			else if (change instanceof Change.Replace replace) {
				written.add(new RecordRef(tables.table(replace.entity()).name(), replace.id()));
			}
			else if (change instanceof Change.Destroy destroy) {
				RecordRef record = new RecordRef(tables.table(destroy.entity()).name(), destroy.id());
				written.remove(record);
				destroyed.add(record);
			}
		}
		add(sequence, time, List.copyOf(written), List.copyOf(destroyed));
	}

	private synchronized void add(long sequence, long time, List<RecordRef> written, List<RecordRef> destroyed) {
		this.ring.add(new CommittedChange(sequence, Micros.toInstant(time), written, destroyed));
		this.records += written.size() + destroyed.size();
		while (this.ring.size() > TRANSACTIONS_MAX || (this.records > RECORDS_MAX && this.ring.size() > 1)) {
			CommittedChange oldest = this.ring.removeFirst();
			this.records -= oldest.written().size() + oldest.destroyed().size();
			this.knownAfter = oldest.sequence();
		}
	}

	synchronized @Nullable List<CommittedChange> after(long sequence, long upTo, int limit) {
		if (sequence < this.knownAfter) {
			return null;
		}
		List<CommittedChange> found = new ArrayList<>();
		for (CommittedChange change : this.ring) {
			if (change.sequence() > sequence && change.sequence() <= upTo && found.size() < limit) {
				found.add(change);
			}
		}
		return found;
	}

}
