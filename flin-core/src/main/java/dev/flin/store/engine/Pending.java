package dev.flin.store.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.store.codec.StoredRow;

/**
 * What a transaction has written of one record.
 */
final class Pending {

	private final EntityTable table;

	private final long id;

	private final @Nullable StoredRow base;

	private final List<StoredRow> rows = new ArrayList<>();

	private final Map<Long, StoredRow> replaced = new HashMap<>();

	private boolean destroyed;

	private int writes;

	/**
	 * Creates an entry without writes.
	 * @param base the record's newest row when the transaction started, null when there was none
	 */
	Pending(EntityTable table, long id, @Nullable StoredRow base) {
		this.table = table;
		this.id = id;
		this.base = base;
	}

	EntityTable table() {
		return this.table;
	}

	long id() {
		return this.id;
	}

	@Nullable
	StoredRow base() {
		return this.base;
	}

	List<StoredRow> rows() {
		return this.rows;
	}

	/** What stands for versions that are changed in their place, as migrations do, by their numbers. */
	Map<Long, StoredRow> replaced() {
		return this.replaced;
	}

	/** A row of the record as the transaction sees it. */
	StoredRow seen(StoredRow row) {
		return this.replaced.getOrDefault(row.number(), row);
	}

	/** Whether the transaction sees other versions than were there. */
	boolean hasVersions() {
		return !this.rows.isEmpty() || !this.replaced.isEmpty();
	}

	/** Counts a write of the transaction, or one that was taken back; true when none is left. */
	boolean count(int change) {
		this.writes += change;
		return this.writes == 0;
	}

	boolean isDestroyed() {
		return this.destroyed;
	}

	void destroyed(boolean value) {
		this.destroyed = value;
	}

	/** The newest row as the transaction sees it. */
	@Nullable
	StoredRow newest() {
		if (this.destroyed) {
			return null;
		}
		StoredRow newest = this.rows.isEmpty() ? this.base : this.rows.getLast();
		return (newest == null) ? null : seen(newest);
	}

}
