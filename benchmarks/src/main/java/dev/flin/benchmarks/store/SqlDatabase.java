package dev.flin.benchmarks.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/** A table of records and one of their older versions. */
final class SqlDatabase implements Database {

	private static final String FIELDS = "name, category, price, stock, active, notes";

	private static final String COLUMNS = "name VARCHAR NOT NULL, category VARCHAR NOT NULL, price BIGINT NOT NULL, "
			+ "stock BIGINT NOT NULL, active BOOLEAN NOT NULL, notes VARCHAR NOT NULL, valid_from BIGINT NOT NULL";

	static final String INDEXES = "CREATE INDEX product_category ON product(category);"
			+ "CREATE INDEX product_price ON product(price);CREATE INDEX product_stock ON product(stock);";

	private static final String TRIGGER = "CREATE TRIGGER remember AFTER UPDATE ON product BEGIN "
			+ "INSERT INTO history(id, valid_to, valid_from, " + FIELDS + ") VALUES (OLD.id, NEW.valid_from, "
			+ "OLD.valid_from, OLD.name, OLD.category, OLD.price, OLD.stock, OLD.active, OLD.notes); END";

	private final String url;

	private final boolean sqlite;

	private final boolean durable;

	private final Connection keeper;

	/** SQLite has one writer at a time; waiting here is cheaper than its polling. */
	private final ReentrantLock writing = new ReentrantLock();

	private long last;

	private SqlDatabase(String url, boolean sqlite, boolean durable) throws SQLException {
		this.url = url;
		this.sqlite = sqlite;
		this.durable = durable;
		this.keeper = connect();
	}

	/** SQLite with a write-ahead log; a trigger keeps the older versions. */
	static SqlDatabase sqlite(Path directory, boolean durable) throws Exception {
		Files.createDirectories(directory);
		SqlDatabase database = new SqlDatabase("jdbc:sqlite:" + directory.resolve("sqlite.db"), true, durable);
		database.run("CREATE TABLE IF NOT EXISTS product(id INTEGER PRIMARY KEY, " + COLUMNS + ")");
		database.run("CREATE TABLE IF NOT EXISTS history(id INTEGER NOT NULL, valid_to BIGINT NOT NULL, " + COLUMNS
				+ ", PRIMARY KEY(id, valid_from)) WITHOUT ROWID");
		database.run(TRIGGER.replace("TRIGGER", "TRIGGER IF NOT EXISTS"));
		return database;
	}

	/** H2's database; a statement in the same transaction keeps the older version. */
	static SqlDatabase h2(Path directory, boolean durable) throws Exception {
		Files.createDirectories(directory);
		SqlDatabase database = new SqlDatabase("jdbc:h2:file:" + directory.resolve("h2") + ";CACHE_SIZE=65536", false,
				durable);
		database.run("CREATE TABLE IF NOT EXISTS product(id BIGINT PRIMARY KEY, " + COLUMNS + ")");
		database.run("CREATE TABLE IF NOT EXISTS history(id BIGINT NOT NULL, valid_to BIGINT NOT NULL, " + COLUMNS
				+ ", PRIMARY KEY(id, valid_from))");
		return database;
	}

	Connection connect() throws SQLException {
		Connection connection = DriverManager.getConnection(this.url);
		if (this.sqlite) {
			try (Statement statement = connection.createStatement()) {
				statement.execute("PRAGMA journal_mode=WAL");
				statement.execute("PRAGMA synchronous=" + (this.durable ? "FULL" : "OFF"));
				statement.execute("PRAGMA cache_size=-65536");
				statement.execute("PRAGMA mmap_size=268435456");
				statement.execute("PRAGMA busy_timeout=60000");
			}
		}
		return connection;
	}

	void run(String statements) throws SQLException {
		String[] all = statements.contains("BEGIN") ? new String[] { statements } : statements.split(";");
		try (Statement statement = this.keeper.createStatement()) {
			for (String one : all) {
				statement.execute(one);
			}
		}
	}

	@Override
	public String name() {
		return this.sqlite ? "SQLite" : "H2 SQL";
	}

	@Override
	public Session session() throws SQLException {
		return new SqlSession(connect());
	}

	@Override
	public void close() throws SQLException {
		this.keeper.close();
	}

	private synchronized long nextTime() {
		Instant now = Instant.now();
		this.last = Math.max(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000, this.last + 1);
		return this.last;
	}

	static Item item(long id, ResultSet row) throws SQLException {
		return new Item(id, row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getBoolean(5),
				row.getString(6));
	}

	/** A connection with its statements. */
	private final class SqlSession implements Session {

		private final Connection connection;

		private final PreparedStatement insert;

		private final PreparedStatement update;

		private final @Nullable PreparedStatement remember;

		private final PreparedStatement find;

		private final PreparedStatement asOf;

		private final PreparedStatement history;

		SqlSession(Connection connection) throws SQLException {
			this.connection = connection;
			connection.setAutoCommit(SqlDatabase.this.sqlite);
			this.insert = connection.prepareStatement("INSERT INTO product(" + FIELDS
					+ ", valid_from, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
			this.update = connection.prepareStatement("UPDATE product SET name = ?, category = ?, price = ?, "
					+ "stock = ?, active = ?, notes = ?, valid_from = ? WHERE id = ?");
			this.remember = SqlDatabase.this.sqlite ? null
					: connection.prepareStatement("INSERT INTO history(id, valid_to, valid_from, " + FIELDS
							+ ") SELECT id, ?, valid_from, " + FIELDS + " FROM product WHERE id = ?");
			this.find = connection.prepareStatement("SELECT " + FIELDS + " FROM product WHERE id = ?");
			this.asOf = connection.prepareStatement("SELECT " + FIELDS + " FROM product WHERE id = ?1 AND "
					+ "valid_from <= ?2 UNION ALL SELECT * FROM (SELECT " + FIELDS + " FROM history WHERE id = ?1 "
					+ "AND valid_from <= ?2 AND valid_to > ?2 ORDER BY valid_from DESC LIMIT 1)");
			this.history = connection.prepareStatement("SELECT " + FIELDS + ", valid_from FROM history WHERE id = ?1 "
					+ "UNION ALL SELECT " + FIELDS + ", valid_from FROM product WHERE id = ?1 ORDER BY valid_from");
		}

		@Override
		public void insert(Item item) throws SQLException {
			SqlDatabase.this.writing.lock();
			try {
				bind(this.insert, item, nextTime());
				this.insert.executeUpdate();
				commit();
			}
			finally {
				SqlDatabase.this.writing.unlock();
			}
		}

		@Override
		public void update(Item item) throws SQLException {
			SqlDatabase.this.writing.lock();
			try {
				long time = nextTime();
				if (this.remember != null) {
					this.remember.setLong(1, time);
					this.remember.setLong(2, item.id());
					this.remember.executeUpdate();
				}
				bind(this.update, item, time);
				this.update.executeUpdate();
				commit();
			}
			finally {
				SqlDatabase.this.writing.unlock();
			}
		}

		private void commit() throws SQLException {
			if (SqlDatabase.this.sqlite) {
				return;
			}
			this.connection.commit();
			if (SqlDatabase.this.durable) {
				run("CHECKPOINT SYNC");
			}
		}

		private static void bind(PreparedStatement statement, Item item, long time) throws SQLException {
			statement.setString(1, item.name());
			statement.setString(2, item.category());
			statement.setLong(3, item.price());
			statement.setLong(4, item.stock());
			statement.setBoolean(5, item.active());
			statement.setString(6, item.notes());
			statement.setLong(7, time);
			statement.setLong(8, item.id());
		}

		@Override
		public @Nullable Item find(long id) throws SQLException {
			this.find.setLong(1, id);
			return one(id, this.find);
		}

		@Override
		public @Nullable Item asOf(long id, Instant moment) throws SQLException {
			this.asOf.setLong(1, id);
			this.asOf.setLong(2, moment.toEpochMilli() * 1_000);
			return one(id, this.asOf);
		}

		private static @Nullable Item one(long id, PreparedStatement statement) throws SQLException {
			try (ResultSet rows = statement.executeQuery()) {
				return rows.next() ? item(id, rows) : null;
			}
		}

		@Override
		public List<Item> history(long id) throws SQLException {
			this.history.setLong(1, id);
			List<Item> items = new ArrayList<>();
			try (ResultSet rows = this.history.executeQuery()) {
				while (rows.next()) {
					items.add(item(id, rows));
				}
			}
			return items;
		}

		@Override
		public void close() throws SQLException {
			this.connection.close();
		}

	}

}
