package dev.flin.store.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.flin.store.StoreException;
import dev.flin.store.fs.FileSystem;
import dev.flin.store.log.LogArchive;
import dev.flin.store.log.LogReader;
import dev.flin.store.log.LogRecords;

/**
 * All transactions that a data directory still has: the archive's, then the log's.
 */
final class LogHistory {

	private final LogArchive archive;

	private final LogRecords log;

	private final long firstInLog;

	private final LogArchive.Covered archived;

	LogHistory(FileSystem files) throws IOException {
		this.archive = new LogArchive(files);
		this.log = new LogRecords(files);
		this.firstInLog = this.log.first();
		this.archived = this.archive.covered();
	}

	/** The first transaction from which on there is each one, {@code Long.MAX_VALUE} when there is none. */
	long first() {
		boolean joined = this.firstInLog == Long.MAX_VALUE || this.archived.last() + 1 >= this.firstInLog;
		return (joined && this.archived.last() > 0) ? Math.min(this.archived.first(), this.firstInLog)
				: this.firstInLog;
	}

	/** The first transaction of the archive. */
	long firstArchived() {
		return this.archived.first();
	}

	/** The last transaction of the archive. */
	long lastArchived() {
		return this.archived.last();
	}

	/** The last transaction that can be read. */
	long last() throws IOException {
		return Math.max(this.archived.last(), this.log.last());
	}

	/** What of the archive and of the log's forced part cannot be read, as sentences. */
	static List<String> verify(FileSystem files, long durable) {
		try {
			List<String> damages = new ArrayList<>(new LogArchive(files).verify());
			LogRecords log = new LogRecords(files);
			long first = log.first();
			long[] count = { 0 };
			log.read(first, durable, (sequence, payload) -> count[0]++);
			if (first <= durable && count[0] != durable - first + 1) {
				damages.add("The log is damaged: record %d cannot be read".formatted(first + count[0]));
			}
			return damages;
		}
		catch (IOException | StoreException.Damaged ex) {
			return List.of("The log cannot be read: " + ex.getMessage());
		}
	}

	/** The system time of a transaction. */
	long timeOf(long sequence) throws IOException {
		long[] time = { 0 };
		read(sequence, sequence, (number, payload) -> time[0] = Rebuild.timeOf(payload));
		return time[0];
	}

	/**
	 * Reads transactions in order.
	 * @throws StoreException.Damaged when one of them cannot be read
	 */
	void read(long from, long to, LogReader.Visitor visitor) throws IOException {
		long[] count = { 0 };
		LogReader.Visitor counting = (sequence, payload) -> {
			count[0]++;
			visitor.record(sequence, payload);
		};
		if (from < this.firstInLog) {
			this.archive.read(from, Math.min(to, this.firstInLog - 1), counting);
		}
		if (to >= this.firstInLog) {
			this.log.read(Math.max(from, this.firstInLog), to, counting);
		}
		if (count[0] != to - from + 1) {
			throw new StoreException.Damaged("Of the transactions %d to %d only %d can be read".formatted(from, to,
					count[0]));
		}
	}

}
