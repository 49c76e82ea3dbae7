package dev.flin.autoconfigure.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.flin.FlinEngine;
import dev.flin.autoconfigure.FlinAutoConfiguration;
import dev.flin.http.HttpRequest;
import dev.flin.http.RateLimits;
import dev.flin.value.FlinError;

/** Two servers over one database count together. */
class SharedRateLimitTests {

	private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

	@TempDir
	private Path root;

	@Test
	void serversTakeFromOneBucket() {
		DataSource database = database("together");
		RateLimits one = new JdbcRateLimits(database);
		RateLimits other = new JdbcRateLimits(database);
		assertThat(one.take("login ada", 2, 60, NOON).remaining()).isEqualTo(1);
		assertThat(other.take("login ada", 2, 60, NOON).allowed()).isTrue();
		RateLimits.Outcome third = one.take("login ada", 2, 60, NOON);
		assertThat(third.allowed()).isFalse();
		assertThat(third.retryAfterSeconds()).isEqualTo(30);
		assertThat(third.resetAt()).isEqualTo(NOON.plusSeconds(60));
		assertThat(other.take("login bob", 2, 60, NOON).allowed()).isTrue();
		assertThat(other.take("login ada", 2, 60, NOON.plusSeconds(30)).allowed()).isTrue();
	}

	@Test
	void noTokenIsTakenTwice() throws Exception {
		DataSource database = database("at-once");
		List<RateLimits> servers = List.of(new JdbcRateLimits(database), new JdbcRateLimits(database));
		try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
			List<Callable<Boolean>> requests = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				RateLimits server = servers.get(i % 2);
				requests.add(() -> server.take("at once", 10, 3600, NOON).allowed());
			}
			int allowed = 0;
			for (Future<Boolean> answer : threads.invokeAll(requests)) {
				allowed += answer.get() ? 1 : 0;
			}
			assertThat(allowed).isEqualTo(10);
		}
	}

	@Test
	void bucketsThatAreFullAgainAreRemoved() throws Exception {
		DataSource database = database("removed");
		RateLimits limits = new JdbcRateLimits(database);
		for (int i = 0; i < 1100; i++) {
			limits.take("visitor " + i, 5, 10, NOON.plusSeconds(i));
		}
		try (var connection = database.getConnection();
				var rows = connection.createStatement().executeQuery("select count(*) from flin_rate_limit")) {
			assertThat(rows.next()).isTrue();
			assertThat(rows.getInt(1)).isLessThan(110);
		}
	}

	@Test
	void aDatabaseThatIsGoneLetsNobodyThrough() {
		JdbcDataSource nowhere = new JdbcDataSource();
		nowhere.setURL("jdbc:h2:mem:nowhere;IFEXISTS=TRUE");
		assertThatExceptionOfType(FlinError.class).isThrownBy(() -> new JdbcRateLimits(nowhere).take("a", 1, 1, NOON))
			.withMessageContaining("the limits of requests cannot be read");
	}

	@Test
	void guardsCountInTheDatabaseWhenItIsAskedFor() throws Exception {
		ApplicationContextRunner runner = application();
		for (String store : List.of("memory", "jdbc")) {
			DataSource database = database("asked-" + store);
			ApplicationContextRunner server = runner.withPropertyValues("flin.web.rate-limits=" + store)
				.withBean(DataSource.class, () -> database);
			server.run((context) -> assertThat(status(context.getBean(FlinEngine.class))).isEqualTo(200));
			server.run((context) -> assertThat(status(context.getBean(FlinEngine.class)))
				.isEqualTo(store.equals("jdbc") ? 429 : 200));
		}
	}

	@Test
	void aBeanOfTheApplicationCounts() throws Exception {
		RateLimits none = (bucket, capacity, seconds, now) -> RateLimits.step(null, 0, seconds, now);
		application().withBean(RateLimits.class, () -> none)
			.run((context) -> assertThat(status(context.getBean(FlinEngine.class))).isEqualTo(429));
	}

	@Test
	void withoutADatabaseTheApplicationDoesNotStart() throws Exception {
		application().withPropertyValues("flin.web.rate-limits=jdbc")
			.run((context) -> assertThat(context).hasFailed());
	}

	private ApplicationContextRunner application() throws Exception {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/a.flin"), "guard rate_limit(1, 3600)\nroute GET { 1 }\n");
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FlinAutoConfiguration.class, FlinRateLimitAutoConfiguration.class))
			.withPropertyValues("flin.root=file:" + this.root, "flin.store.type=memory");
	}

	private static int status(FlinEngine engine) {
		return engine.handle(HttpRequest.of("GET", "/a"))
			.status();
	}

	private static DataSource database(String name) {
		JdbcDataSource source = new JdbcDataSource();
		source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
		return source;
	}

}
