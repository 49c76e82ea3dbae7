package dev.flin.benchmarks.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** One way to keep records with their history, in a directory of its own. */
interface Database extends AutoCloseable {

	String name();

	/** What one thread uses. */
	Session session() throws Exception;

	@Override
	void close() throws SQLException;

	/** Reads and writes of one thread. Each write is a transaction, done when the method returns. */
	interface Session extends AutoCloseable {

		void insert(Item item) throws Exception;

		void update(Item item) throws Exception;

		@Nullable
		Item find(long id) throws Exception;

		@Nullable
		Item asOf(long id, Instant moment) throws Exception;

		/** All versions, oldest first. */
		List<Item> history(long id) throws Exception;

		@Override
		void close() throws SQLException;

	}

}
