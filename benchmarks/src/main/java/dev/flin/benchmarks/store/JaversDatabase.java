package dev.flin.benchmarks.store;

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

import org.javers.core.Javers;
import org.javers.core.JaversBuilder;
import org.javers.repository.jql.QueryBuilder;
import org.javers.repository.sql.DialectName;
import org.javers.repository.sql.SqlRepositoryBuilder;
import org.javers.shadow.Shadow;
import org.jspecify.annotations.Nullable;

/** JaVers on H2, beside a table of records that is written in the same transaction. */
final class JaversDatabase implements Database {

	private static final int VERSIONS_MAX = 1_000_000;

	private final boolean durable;

	private final Connection connection;

	private final Javers javers;

	private final PreparedStatement save;

	private final PreparedStatement find;

	JaversDatabase(Path directory, boolean durable) throws Exception {
		this.durable = durable;
		this.connection = DriverManager.getConnection("jdbc:h2:file:" + directory.resolve("javers").toAbsolutePath()
				+ ";CACHE_SIZE=65536");
		run("CREATE TABLE IF NOT EXISTS product(id BIGINT PRIMARY KEY, name VARCHAR, category VARCHAR, price BIGINT, "
				+ "stock BIGINT, active BOOLEAN, notes VARCHAR)");
		this.connection.setAutoCommit(false);
		this.javers = JaversBuilder.javers()
			.registerJaversRepository(SqlRepositoryBuilder.sqlRepository()
				.withConnectionProvider(() -> this.connection)
				.withDialect(DialectName.H2)
				.build())
			.build();
		this.connection.commit();
		this.save = this.connection.prepareStatement("MERGE INTO product VALUES (?, ?, ?, ?, ?, ?, ?)");
		this.find = this.connection.prepareStatement("SELECT name, category, price, stock, active, notes "
				+ "FROM product WHERE id = ?");
	}

	private void run(String sql) throws SQLException {
		try (Statement statement = this.connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Override
	public String name() {
		return "JaVers";
	}

	@Override
	public Session session() {
		return new JaversSession();
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	private synchronized void save(Item item) throws SQLException {
		this.save.setLong(1, item.id());
		this.save.setString(2, item.name());
		this.save.setString(3, item.category());
		this.save.setLong(4, item.price());
		this.save.setLong(5, item.stock());
		this.save.setBoolean(6, item.active());
		this.save.setString(7, item.notes());
		this.save.executeUpdate();
		this.javers.commit("somebody", new ProductEntity(item));
		this.connection.commit();
		if (this.durable) {
			run("CHECKPOINT SYNC");
		}
	}

	private synchronized @Nullable Item one(long id) throws SQLException {
		this.find.setLong(1, id);
		try (ResultSet row = this.find.executeQuery()) {
			return row.next() ? SqlDatabase.item(id, row) : null;
		}
	}

	private synchronized List<Item> versions(QueryBuilder query) {
		List<Shadow<ProductEntity>> shadows = this.javers.findShadows(query.build());
		List<Item> items = new ArrayList<>();
		shadows.reversed().forEach((shadow) -> items.add(shadow.get().item()));
		return items;
	}

	/** All sessions share the connection: JaVers counts its commits in memory. */
	private final class JaversSession implements Session {

		@Override
		public void insert(Item item) throws SQLException {
			save(item);
		}

		@Override
		public void update(Item item) throws SQLException {
			save(item);
		}

		@Override
		public @Nullable Item find(long id) throws SQLException {
			return one(id);
		}

		@Override
		public @Nullable Item asOf(long id, Instant moment) {
			List<Item> found = versions(QueryBuilder.byInstanceId(id, ProductEntity.class).toInstant(moment).limit(1));
			return found.isEmpty() ? null : found.getLast();
		}

		@Override
		public List<Item> history(long id) {
			return versions(QueryBuilder.byInstanceId(id, ProductEntity.class)
				.limit(VERSIONS_MAX)
				.snapshotQueryLimit(VERSIONS_MAX));
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
