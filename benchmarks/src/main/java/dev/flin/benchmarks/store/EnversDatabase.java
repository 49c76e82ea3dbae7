package dev.flin.benchmarks.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import org.hibernate.SessionFactory;
import org.hibernate.Transaction;
import org.hibernate.cfg.Configuration;
import org.hibernate.envers.AuditReader;
import org.hibernate.envers.AuditReaderFactory;
import org.hibernate.envers.query.AuditEntity;
import org.jspecify.annotations.Nullable;

/** Hibernate Envers on H2. */
final class EnversDatabase implements Database {

	private final boolean validity;

	private final boolean durable;

	private final Connection keeper;

	private final SessionFactory factory;

	EnversDatabase(Path directory, boolean validity, boolean durable) throws Exception {
		Files.createDirectories(directory);
		this.validity = validity;
		this.durable = durable;
		String url = "jdbc:h2:file:" + directory.resolve("envers") + ";CACHE_SIZE=65536";
		this.keeper = DriverManager.getConnection(url);
		this.factory = new Configuration().addAnnotatedClass(ProductEntity.class)
			.setProperty("hibernate.connection.url", url)
			.setProperty("hibernate.connection.pool_size", "70")
			.setProperty("hibernate.hbm2ddl.auto", "update")
			.setProperty("org.hibernate.envers.audit_strategy",
					"org.hibernate.envers.strategy.internal." + (validity ? "Validity" : "Default") + "AuditStrategy")
			.buildSessionFactory();
	}

	@Override
	public String name() {
		return this.validity ? "Envers, validity" : "Envers, default";
	}

	@Override
	public Session session() {
		return new EnversSession();
	}

	@Override
	public void close() throws SQLException {
		this.factory.close();
		this.keeper.close();
	}

	private void run(String sql) throws SQLException {
		try (Statement statement = this.keeper.createStatement()) {
			statement.execute(sql);
		}
	}

	/** A persistence context for each call, as a request has. */
	private final class EnversSession implements Session {

		@Override
		public void insert(Item item) throws Exception {
			try (org.hibernate.Session session = EnversDatabase.this.factory.openSession()) {
				Transaction transaction = session.beginTransaction();
				session.persist(new ProductEntity(item));
				commit(transaction);
			}
		}

		@Override
		public void update(Item item) throws Exception {
			try (org.hibernate.Session session = EnversDatabase.this.factory.openSession()) {
				Transaction transaction = session.beginTransaction();
				session.find(ProductEntity.class, item.id()).set(item);
				commit(transaction);
			}
		}

		private void commit(Transaction transaction) throws SQLException {
			transaction.commit();
			if (EnversDatabase.this.durable) {
				run("CHECKPOINT SYNC");
			}
		}

		@Override
		public @Nullable Item find(long id) {
			try (org.hibernate.Session session = EnversDatabase.this.factory.openSession()) {
				ProductEntity found = session.find(ProductEntity.class, id);
				return (found == null) ? null : found.item();
			}
		}

		@Override
		public @Nullable Item asOf(long id, Instant moment) {
			try (org.hibernate.Session session = EnversDatabase.this.factory.openSession()) {
				AuditReader reader = AuditReaderFactory.get(session);
				ProductEntity found = reader.find(ProductEntity.class, id, Date.from(moment));
				return (found == null) ? null : found.item();
			}
		}

		@Override
		public List<Item> history(long id) {
			try (org.hibernate.Session session = EnversDatabase.this.factory.openSession()) {
				List<?> versions = AuditReaderFactory.get(session)
					.createQuery()
					.forRevisionsOfEntity(ProductEntity.class, true, false)
					.add(AuditEntity.id().eq(id))
					.addOrder(AuditEntity.revisionNumber().asc())
					.getResultList();
				return versions.stream().map((version) -> ((ProductEntity) version).item()).toList();
			}
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

}
