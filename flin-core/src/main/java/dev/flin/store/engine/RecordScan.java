package dev.flin.store.engine;

import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordVersion;
import dev.flin.store.codec.Micros;
import dev.flin.store.codec.StoredRow;
import dev.flin.store.mv.Root;

/**
 * All stored records by id, each made of its newest row, which lies beside its id; for views without writes of their
 * own. What is not wanted comes as null.
 */
abstract class RecordScan implements Iterator<@Nullable RecordVersion> {

	private final Reader reader;

	private final Root.Scan<Long> rows;

	private boolean ready;

	private boolean more;

	private RecordScan(Reader reader, EntityTable table) {
		this.reader = reader;
		this.rows = reader.state().root(table.records()).scan(null, null, false);
	}

	/** What is true now. */
	static Iterator<@Nullable RecordVersion> live(Reader reader, EntityTable table) {
		return new RecordScan(reader, table) {
			@Override
			@Nullable
			RecordVersion record(long id, byte[] row) {
				return reader.visible(table, id, table.check(row, id));
			}
		};
	}

	/** What was true at a time. */
	static Iterator<@Nullable RecordVersion> past(Reader reader, EntityTable table, long valid, long known) {
		return new RecordScan(reader, table) {
			@Override
			@Nullable
			RecordVersion record(long id, byte[] row) {
				return reader.asOf(table, id, table.check(row, id), valid, known);
			}
		};
	}

	/**
	 * What was true at a time, of an entity without valid periods: of the records that were not stored again since then
	 * only those that a stretch of an index has.
	 */
	static Iterator<@Nullable RecordVersion> past(Reader reader, EntityTable table, long valid, long known,
			Iterator<byte[]> entries) {
		long[] unchanged = Stretches.ids(entries);
		long moment = Math.min(valid, known);
		return new RecordScan(reader, table) {
			private int next;

			@Override
			@Nullable
			RecordVersion record(long id, byte[] bytes) {
				table.checkIntact(bytes, id);
				if (StoredRow.systemFrom(bytes) > moment) {
					return reader.asOf(table, id, new StoredRow(bytes), valid, known);
				}
				while (this.next < unchanged.length && unchanged[this.next] < id) {
					this.next++;
				}
				boolean found = this.next < unchanged.length && unchanged[this.next] == id;
				return found ? reader.view(table, id, new StoredRow(bytes), Micros.OPEN) : null;
			}
		};
	}

	/** What a record gives. */
	abstract @Nullable RecordVersion record(long id, byte[] row);

	@Override
	public boolean hasNext() {
		if (!this.ready) {
			this.reader.checkOpen();
			this.more = this.rows.next();
			this.ready = true;
		}
		return this.more;
	}

	@Override
	public @Nullable RecordVersion next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		this.ready = false;
		return record(this.rows.key(), this.rows.value());
	}

}
