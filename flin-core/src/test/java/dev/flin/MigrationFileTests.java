package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.value.EntityInstance;

/** Files in {@code migrations/} take records to entities that they do not fit by themselves. */
class MigrationFileTests {

	private static final String TEA = "entities/Tea.flin";

	private static final String MIGRATION = "migrations/2026-11-20-prices.flin";

	private static final String BEFORE = """
			entity Tea {
			    name: text
			    price: text
			}
			""";

	private static final String AFTER = """
			entity Tea {
			    name: text
			    price: int
			    label: text @unique
			}
			""";

	private static final String STEPS = """
			migrate {
			    for tea in Tea.with_deleted {
			        before = old_record(tea)
			        tea.price = "{before.price}" == "cheap" ? 1 : to_int(before.price)
			        tea.label = "{tea.name}-{before.id}"
			        save tea
			    }
			}
			""";

	@TempDir
	private Path directory;

	private final Map<String, String> sources = new LinkedHashMap<>();

	private FlinEngine start() {
		return FlinEngine.builder()
			.root(SourceRoot.of(() -> this.sources))
			.dataDirectory(this.directory)
			.compileExecutor(Runnable::run)
			.build();
	}

	private void fill() {
		this.sources.put(TEA, BEFORE);
		try (FlinEngine engine = start()) {
			engine.store().create("Tea", Map.of("name", "Assam", "price", "12"));
			EntityInstance sencha = engine.store().create("Tea", Map.of("name", "Sencha", "price", "dear"));
			engine.store().update(sencha, Map.of("price", "cheap"));
			engine.store().delete(engine.store().create("Tea", Map.of("name", "Mate", "price", "3")));
		}
	}

	private static List<String> teas(FlinEngine engine) {
		return engine.store()
			.all("Tea")
			.stream()
			.map((tea) -> tea.get(tea.shape().slotOf("price")) + " " + tea.get(tea.shape().slotOf("label")))
			.toList();
	}

	@Test
	void runsOnceAndMakesNoVersions() {
		fill();
		this.sources.put(TEA, AFTER);
		try (FlinEngine engine = start()) {
			assertThat(engine.renderedDiagnostics()).contains("error[E0410]");
		}
		this.sources.put(MIGRATION, STEPS);
		try (FlinEngine engine = start()) {
			assertThat(engine.renderedDiagnostics()).isEmpty();
			assertThat(teas(engine)).containsExactly("12 Assam-1", "1 Sencha-2");
			EntityInstance sencha = engine.store().all("Tea").get(1);
			assertThat(engine.store().history(sencha)).hasSize(2);
			engine.store().update(sencha, Map.of("price", 2L));
		}
		try (FlinEngine engine = start()) {
			assertThat(teas(engine)).containsExactly("12 Assam-1", "2 Sencha-2");
		}
	}

	@Test
	void restoresAndDeletesAsElsewhere() {
		fill();
		this.sources.put(MIGRATION, """
				migrate {
				    transaction {
				        for tea in Tea.only_deleted {
				            tea.name = "Maté"
				            save tea
				            restore tea
				        }
				        fresh = Tea { name: "Oolong", price: "1" }
				        save fresh
				        fresh.price = "2"
				        save fresh
				    }
				    delete Tea.find(1)
				}
				""");
		try (FlinEngine engine = start()) {
			assertThat(engine.renderedDiagnostics()).isEmpty();
			List<EntityInstance> teas = engine.store().all("Tea");
			assertThat(teas).extracting((tea) -> tea.get(tea.shape().slotOf("name")))
				.containsExactly("Sencha", "Maté", "Oolong");
			assertThat(engine.store().history(teas.get(1))).hasSize(3);
			assertThat(engine.store().history(teas.get(2))).hasSize(1);
		}
	}

	@Test
	void aFailureIsADiagnosticAndTheLastGoodVersionKeepsRunning() {
		fill();
		this.sources.put(TEA, BEFORE);
		try (FlinEngine engine = start()) {
			this.sources.put(TEA, AFTER);
			this.sources.put(MIGRATION, "migrate {\n    fail(\"not today\")\n}\n");
			engine.reload();
			assertThat(engine.renderedDiagnostics()).contains("error[E0411]: this migration failed: not today",
					MIGRATION + ":1:1", "nothing of it was stored");
			assertThat(engine.store().create("Tea", Map.of("name", "Oolong", "price", "7")).id()).isEqualTo(4);
			this.sources.put(MIGRATION, STEPS);
			engine.reload();
			assertThat(engine.renderedDiagnostics()).isEmpty();
			assertThat(teas(engine)).containsExactly("12 Assam-1", "1 Sencha-2", "7 Oolong-4");
		}
		try (FlinEngine engine = start()) {
			assertThat(teas(engine)).hasSize(3);
		}
	}

	@Test
	void whatItLeavesOutIsRefused() {
		fill();
		this.sources.put(TEA, AFTER);
		this.sources.put(MIGRATION, """
				migrate {
				    tea = Tea.find(1)
				    tea.price = 12
				    tea.label = "one"
				    save tea
				}
				""");
		try (FlinEngine engine = start()) {
			assertThat(engine.renderedDiagnostics()).contains(
					"error[E0410]: 1 value of Tea.price cannot become the new type: cheap",
					"error[E0410]: 2 records of Tea without label");
		}
		this.sources.remove(MIGRATION);
		this.sources.put(TEA, BEFORE);
		try (FlinEngine engine = start()) {
			assertThat(engine.store().count("Tea")).isEqualTo(2);
		}
	}

	@Test
	void recordsCanMoveToAnotherEntity() {
		fill();
		this.sources.put(TEA, "entity Drink {\n    title: text\n    cents: int\n}\n");
		this.sources.put(MIGRATION, """
				migrate {
				    for tea in old_records("Tea") {
				        if !tea.is_deleted {
				            cents = "{tea.price}" == "cheap" ? 1 : to_int(tea.price) * 100
				            save Drink { title: tea.name, cents: cents }
				        }
				    }
				}
				""");
		try (FlinEngine engine = start()) {
			assertThat(engine.renderedDiagnostics()).isEmpty();
			assertThat(engine.store().all("Drink")).extracting((drink) -> drink.get(drink.shape().slotOf("cents")))
				.containsExactly(1200L, 1L);
		}
	}

	@Test
	void migrateStandsInAFileOfMigrations() {
		this.sources.put("lib/a.flin", "migrate {\n    print(1)\n}\n");
		assertThat(FlinEngine.render(FlinEngine.check(this.sources))).contains("error[E0016]",
				"'migrate' stands at the top level of a file in migrations/");
	}

}
