package dev.flin.runtime.entity;

import static dev.flin.runtime.entity.Scenario.get;
import static dev.flin.runtime.entity.Scenario.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;

class ConcurrencyTests {

	private static final int ACCOUNTS = 5;

	private static final int WORKERS = 4;

	private static final int TRANSFERS = 60;

	private static final EntityDefinition ACCOUNT = EntityDefinition.named("Account")
		.field("balance", "int", field -> field.rule("min", 0L))
		.build();

	@Test
	void transfersAtTheSameTimeNeverMakeOrLoseMoney() throws Exception {
		long seed = Long.getLong("flin.test.seed", 7L);
		try (Scenario app = Scenario.of(ACCOUNT)) {
			for (int i = 0; i < ACCOUNTS; i++) {
				app.saved("Account", "balance", 100L);
			}
			long done = inParallel(app, seed);
			app.newRun();
			assertThat(app.ask(app.all("Account"), "sum", "balance")).as("seed %d", seed).isEqualTo(100L * ACCOUNTS);
			long versions = 0;
			for (RecordInstance account : app.all("Account").instances()) {
				versions += account.version() - 1;
			}
			assertThat(versions).as("seed %d", seed).isEqualTo(2 * done);
		}
	}

	/** With three repetitions by chance two thirds of these would end with a conflict. */
	@Test
	void manyWhoChangeOneRecordTakeTurns() throws Exception {
		int workers = 16;
		int each = 25;
		try (Scenario app = Scenario.of(ACCOUNT); ExecutorService threads = Executors.newFixedThreadPool(workers)) {
			app.saved("Account", "balance", 0L);
			List<Callable<@Nullable Object>> tasks = new ArrayList<>();
			for (int i = 0; i < workers; i++) {
				FlinContext run = app.anotherRun();
				tasks.add(() -> {
					try (EntitySession session = EntitySession.of(run)) {
						for (int k = 0; k < each; k++) {
							session.inTransaction(() -> {
								add(run, 1, 1);
								return null;
							});
						}
					}
					return null;
				});
			}
			for (Future<@Nullable Object> result : threads.invokeAll(tasks)) {
				result.get();
			}
			app.newRun();
			assertThat(app.ask(app.all("Account"), "sum", "balance")).isEqualTo((long) workers * each);
		}
	}

	private static long inParallel(Scenario app, long seed) throws Exception {
		try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
			List<Callable<Long>> tasks = new ArrayList<>();
			for (int i = 0; i < WORKERS; i++) {
				FlinContext run = app.anotherRun();
				Random random = new Random(seed + i);
				tasks.add(() -> transfers(run, random));
			}
			long done = 0;
			for (Future<Long> result : workers.invokeAll(tasks)) {
				done += result.get();
			}
			return done;
		}
	}

	/** Gives the number of transfers that were committed; losing too often or lacking money takes a transfer back. */
	private static long transfers(FlinContext run, Random random) {
		long done = 0;
		try (EntitySession session = EntitySession.of(run)) {
			for (int i = 0; i < TRANSFERS; i++) {
				long from = 1 + random.nextInt(ACCOUNTS);
				long to = 1 + (from + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
				long amount = random.nextInt(30);
				try {
					session.inTransaction(() -> {
						add(run, to, amount);
						add(run, from, -amount);
						return null;
					});
					done++;
				}
				catch (FlinError ex) {
					assertThat(ex.code()).isIn(FlinError.CONFLICT_ERROR, FlinError.VALIDATION_ERROR);
				}
			}
		}
		return done;
	}

	private static void add(FlinContext run, long id, long amount) {
		RecordInstance account = (RecordInstance) Entities.operation(Entities.query(run, "Account"), "find", null, id);
		assertThat(account).isNotNull();
		set(account, "balance", (Long) get(account, "balance") + amount);
		Entities.save(run, account);
	}

}
