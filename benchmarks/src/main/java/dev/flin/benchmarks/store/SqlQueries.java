package dev.flin.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.flin.benchmarks.store.FlinQueries.Asked;

/** The questions in SQL. */
final class SqlQueries implements QueriesPart.Queries {

	private static final String FIELDS = "name, category, price, stock, active, notes, id";

	private final SqlDatabase database;

	private final Connection connection;

	private int records;

	SqlQueries(SqlDatabase database) throws SQLException {
		this.database = database;
		this.connection = database.connect();
		this.connection.setAutoCommit(false);
		database.run(SqlDatabase.INDEXES + "CREATE INDEX history_stock ON history(stock)");
	}

	@Override
	public void load(int count, int batch) throws SQLException {
		try (PreparedStatement insert = this.connection.prepareStatement("INSERT INTO product(" + FIELDS
				+ ", valid_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
			for (int id = 1; id <= count; id++) {
				bind(insert, Item.of(id, 1), micros());
				insert.executeUpdate();
				if (id % batch == 0) {
					this.connection.commit();
				}
			}
		}
		this.connection.commit();
		this.records = count;
	}

	private static long micros() {
		Instant now = Instant.now();
		return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
	}

	private static void bind(PreparedStatement statement, Item item, long time) throws SQLException {
		statement.setString(1, item.name());
		statement.setString(2, item.category());
		statement.setLong(3, item.price());
		statement.setLong(4, item.stock());
		statement.setBoolean(5, item.active());
		statement.setString(6, item.notes());
		statement.setLong(7, item.id());
		statement.setLong(8, time);
	}

	@Override
	public Instant change(int every) throws Exception {
		Thread.sleep(2);
		Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
		Thread.sleep(3);
		try (Database.Session session = this.database.session()) {
			for (int id = every; id <= this.records; id += every) {
				session.update(Item.of(id, 2));
			}
		}
		return before;
	}

	@Override
	public Map<String, QueriesPart.Question> questions(Instant before) throws SQLException {
		Map<String, QueriesPart.Question> questions = new LinkedHashMap<>();
		PreparedStatement all = this.connection.prepareStatement("SELECT COUNT(*) FROM product");
		questions.put("count of all", (n) -> number(all));
		PreparedStatement category = this.connection
			.prepareStatement("SELECT COUNT(*) FROM product WHERE category = ?");
		questions.put("count, one value", (n) -> number(category, Asked.category(n)));
		PreparedStatement range = this.connection
			.prepareStatement("SELECT COUNT(*) FROM product WHERE price >= ? AND price < ?");
		questions.put("count, a range", (n) -> number(range, Asked.price(n), Asked.price(n) + 10_000));
		PreparedStatement two = this.connection
			.prepareStatement("SELECT COUNT(*) FROM product WHERE category = ? AND stock = ?");
		questions.put("count, two values", (n) -> number(two, Asked.category(n), Asked.stock(n)));
		String select = "SELECT " + FIELDS + " FROM product WHERE ";
		PreparedStatement stock = this.connection.prepareStatement(select + "stock = ? ORDER BY id");
		questions.put("records, one value of 1,000", (n) -> records(stock, Asked.stock(n)));
		PreparedStatement prices = this.connection.prepareStatement(select + "price >= ? AND price < ? ORDER BY id");
		questions.put("records, a range", (n) -> records(prices, Asked.price(n), Asked.price(n) + 500));
		PreparedStatement lowest = this.connection
			.prepareStatement(select + "price >= ? ORDER BY price, id LIMIT 20");
		questions.put("20 with the lowest price", (n) -> records(lowest, Asked.price(n)));
		PreparedStatement past = this.connection.prepareStatement(select + "stock = ?1 AND valid_from <= ?2 UNION ALL "
				+ "SELECT " + FIELDS + " FROM history WHERE stock = ?1 AND valid_from <= ?2 AND valid_to > ?2 "
				+ "ORDER BY id");
		questions.put("as of, one value of 1,000", (n) -> records(past, Asked.stock(n), before.toEpochMilli()
				* 1_000));
		return questions;
	}

	private static void bind(PreparedStatement statement, Object... values) throws SQLException {
		for (int i = 0; i < values.length; i++) {
			statement.setObject(i + 1, values[i]);
		}
	}

	private static long number(PreparedStatement statement, Object... values) throws SQLException {
		bind(statement, values);
		try (ResultSet rows = statement.executeQuery()) {
			rows.next();
			return rows.getLong(1);
		}
	}

	private static long records(PreparedStatement statement, Object... values) throws SQLException {
		bind(statement, values);
		long sum = 0;
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				Item item = SqlDatabase.item(rows.getLong(7), rows);
				sum += item.sum() + item.id();
			}
		}
		return sum;
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
		this.database.close();
	}

}
