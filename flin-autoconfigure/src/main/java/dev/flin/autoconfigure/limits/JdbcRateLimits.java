package dev.flin.autoconfigure.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.flin.http.RateLimits;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;

/**
 * Buckets in a table, each a row that is locked while a token is taken. A bucket that is full again is as good as none
 * and is removed some time. Where the database cannot be asked, requests fail: a limit that gives way is none.
 */
final class JdbcRateLimits implements RateLimits {

	private static final String TABLE = "create table if not exists flin_rate_limit (bucket varchar(64) primary key, "
			+ "tokens double precision not null, changed_at bigint not null, full_at bigint not null)";

	private static final String READ = "select tokens, changed_at from flin_rate_limit where bucket = ? for update";

	private static final String CHANGE = "update flin_rate_limit set tokens = ?, changed_at = ?, full_at = ? "
			+ "where bucket = ?";

	private static final String ADD = "insert into flin_rate_limit (tokens, changed_at, full_at, bucket) "
			+ "values (?, ?, ?, ?)";

	private static final String REMOVE = "delete from flin_rate_limit where full_at < ?";

	/** So many requests go by between two removals of what is full. */
	private static final int REMOVE_EVERY = 1000;

	/** How often somebody else may have made the row in between. */
	private static final int ATTEMPTS_MAX = 3;

	/** The class of SQL states that say that a row is there already. */
	private static final String DUPLICATE = "23";

	private final DataSource source;

	private final AtomicLong requests = new AtomicLong();

	private volatile boolean prepared;

	JdbcRateLimits(DataSource source) {
		this.source = source;
	}

	@Override
	public Outcome take(String bucket, long capacity, long seconds, Instant now) {
		String id = digest(bucket);
		try (Connection connection = this.source.getConnection()) {
			prepare(connection);
			if (this.requests.incrementAndGet() % REMOVE_EVERY == 0) {
				remove(connection, now);
			}
			connection.setAutoCommit(false);
			try {
				for (int i = 1;; i++) {
					try {
						return take(connection, id, capacity, seconds, now);
					}
					catch (SQLException ex) {
						connection.rollback();
						if (i == ATTEMPTS_MAX || !isDuplicate(ex)) {
							throw ex;
						}
					}
				}
			}
			finally {
				connection.setAutoCommit(true);
			}
		}
		catch (SQLException ex) {
			throw new FlinError(FlinError.ERROR, "the limits of requests cannot be read: " + ex.getMessage(), ex);
		}
	}

	/** Two servers may make the table at one time: the database refuses one of them, who finds it the next time. */
	private void prepare(Connection connection) throws SQLException {
		if (!this.prepared) {
			try {
				createTable(connection);
			}
			catch (SQLException ex) {
				if (!isDuplicate(ex)) {
					throw ex;
				}
				createTable(connection);
			}
			this.prepared = true;
		}
	}

	private static void createTable(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(TABLE);
		}
	}

	private static boolean isDuplicate(SQLException problem) {
		return String.valueOf(problem.getSQLState()).startsWith(DUPLICATE);
	}

	private static Outcome take(Connection connection, String id, long capacity, long seconds, Instant now)
			throws SQLException {
		Level before = read(connection, id);
		Outcome outcome = RateLimits.step(before, capacity, seconds, now);
		try (PreparedStatement statement = connection.prepareStatement((before != null) ? CHANGE : ADD)) {
			statement.setDouble(1, outcome.level().tokens());
			statement.setLong(2, outcome.level().at().toEpochMilli());
			statement.setLong(3, outcome.resetAt().toEpochMilli());
			statement.setString(4, id);
			statement.executeUpdate();
		}
		connection.commit();
		return outcome;
	}

	private static @Nullable Level read(Connection connection, String id) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(READ)) {
			statement.setString(1, id);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? new Level(row.getDouble(1), Instant.ofEpochMilli(row.getLong(2))) : null;
			}
		}
	}

	private static void remove(Connection connection, Instant now) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
			statement.setLong(1, now.toEpochMilli());
			statement.executeUpdate();
		}
	}

	/** Keys are addresses and names of people, of any length. */
	private static String digest(String bucket) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(bucket.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new FlinBugException("every JDK has SHA-256", ex);
		}
	}

}
