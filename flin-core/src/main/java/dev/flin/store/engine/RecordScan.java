package dev.flin.store.engine;

import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordVersion;
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
