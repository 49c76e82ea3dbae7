package dev.flin.runtime.entity;

import static dev.flin.runtime.entity.Scenario.error;
import static dev.flin.runtime.entity.Scenario.get;
import static dev.flin.runtime.entity.Scenario.pluck;
import static dev.flin.runtime.entity.Scenario.set;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

class TransactionTests {

	private static final EntityDefinition ACCOUNT = EntityDefinition.named("Account")
		.field("owner", "text", field -> field.flag(Flag.UNIQUE))
		.field("balance", "int", field -> field.rule("min", 0L))
		.build();

	private static void inTransaction(Scenario app, Runnable work) {
		app.session().inTransaction(() -> {
			work.run();
			return null;
		});
	}

	@Test
	void aTransactionSeesItsOwnWritesAndStoresThemTogether() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			RecordInstance a = app.make("Account", "owner", "Ama", "balance", 10L);
			RecordInstance k = app.make("Account", "owner", "Kofi", "balance", 20L);
			inTransaction(app, () -> {
				app.save(a);
				app.save(k);
				assertThat(app.ask(app.all("Account"), "sum", "balance")).isEqualTo(30L);
				app.change(a, "balance", 15L);
			});
			assertThat(app.ask(app.all("Account"), "sum", "balance")).isEqualTo(35L);
			assertThat(a.version()).isEqualTo(2);
			assertThat(get(app.version(a, 2L), "valid_from")).isEqualTo(get(app.version(k, 1L), "valid_from"));
			assertThat(a.updatedAt()).isEqualTo(get(app.version(a, 2L), "valid_from"));
		}
	}

	@Test
	void aFailureTakesBackEverythingAndTheNumbersOfTheInstances() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			RecordInstance a = app.saved("Account", "owner", "Ama", "balance", 10L);
			RecordInstance k = app.make("Account", "owner", "Kofi", "balance", 5L);
			FlinError failure = error(() -> inTransaction(app, () -> {
				app.change(a, "balance", 0L);
				app.save(k);
				Entities.destroy(app.run(), a);
				throw new FlinError("no money");
			}));
			assertThat(failure.message()).isEqualTo("no money");
			assertThat(app.all("Account").count()).isEqualTo(1);
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(10L);
			assertThat(a.version()).isEqualTo(1);
			assertThat(k.isNew()).isTrue();
			app.save(k);
			assertThat(k.version()).isEqualTo(1);
		}
	}

	@Test
	void aSavepointTakesBackItsOwnPart() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			inTransaction(app, () -> {
				RecordInstance before = app.saved("Account", "owner", "before", "balance", 1L);
				error(() -> inTransaction(app, () -> {
					app.saved("Account", "owner", "inside", "balance", 1L);
					app.change(before, "owner", "changed");
					throw new FlinError("no");
				}));
				assertThat(before.version()).isEqualTo(1);
				app.saved("Account", "owner", "after", "balance", 1L);
			});
			assertThat(app.pluck(app.all("Account"), "owner")).isEqualTo("before after");
		}
	}

	@Test
	void aFailedSaveInsideATransactionLeavesTheRestOfIt() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			inTransaction(app, () -> {
				app.saved("Account", "owner", "Ama", "balance", 1L);
				FlinList rows = FlinList.of(app.make("Account", "owner", "Kofi", "balance", 1L),
						app.make("Account", "owner", "Ama", "balance", 1L));
				assertThat(error(() -> app.save(rows)).fields()).containsOnlyKeys("1.owner");
			});
			assertThat(app.pluck(app.all("Account"), "owner")).isEqualTo("Ama");
		}
	}

	@Test
	void aTransactionThatLosesRunsAgainFromItsFirstValues() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			app.saved("Account", "owner", "Ama", "balance", 10L);
			int[] runs = new int[1];
			inTransaction(app, () -> {
				RecordInstance mine = app.find("Account", 1);
				set(mine, "balance", (Long) get(mine, "balance") + 1);
				if (runs[0]++ == 0) {
					addAt(app.anotherRun(), 100L);
				}
				app.save(mine);
			});
			assertThat(runs[0]).isEqualTo(2);
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(111L);
			assertThat(pluck(get(app.find("Account", 1), "history"), "balance")).isEqualTo("10 110 111");
		}
	}

	private static void addAt(FlinContext other, long amount) {
		RecordInstance theirs = (RecordInstance) Entities.operation(Entities.query(other, "Account"), "find", null, 1L);
		assertThat(theirs).isNotNull();
		set(theirs, "balance", (Long) get(theirs, "balance") + amount);
		Entities.save(other, theirs);
		EntitySession.of(other).close();
	}

	@Test
	void aTransactionThatAlwaysLosesIsAConflict() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			app.saved("Account", "owner", "Ama", "balance", 10L);
			int[] runs = new int[1];
			FlinError lost = error(() -> inTransaction(app, () -> {
				runs[0]++;
				RecordInstance mine = app.find("Account", 1);
				addAt(app.anotherRun(), 1L);
				app.change(mine, "balance", 0L);
			}));
			assertThat(lost.code()).isEqualTo(FlinError.CONFLICT_ERROR);
			assertThat(runs[0]).isEqualTo(4);
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(14L);
		}
	}

	@Test
	void aRunReadsOneSnapshotUntilItWrites() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			app.saved("Account", "owner", "Ama", "balance", 10L);
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(10L);
			addAt(app.anotherRun(), 5L);
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(10L);
			app.saved("Account", "owner", "Kofi", "balance", 0L);
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(15L);
		}
	}

	@Test
	void leavingABlockEarlyCommits() {
		try (Scenario app = Scenario.of(ACCOUNT)) {
			Object scope = Entities.transaction(app.run());
			Entities.start(scope);
			app.saved("Account", "owner", "Ama", "balance", 10L);
			Entities.end(scope);
			app.newRun();
			assertThat(app.all("Account").count()).isEqualTo(1);
		}
	}

}
