package dev.flin.runtime.entity;

import static dev.flin.runtime.entity.Scenario.error;
import static dev.flin.runtime.entity.Scenario.get;
import static dev.flin.runtime.entity.Scenario.pluck;
import static dev.flin.runtime.entity.Scenario.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.flin.runtime.entity.FieldDefinition.Flag;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

class SavingTests {

	private static final EntityDefinition TASK = EntityDefinition.named("Task")
		.field("title", "text", field -> field.rule("minLength", 2L))
		.field("done", "bool", field -> field.initial(false))
		.build();

	private static final EntityDefinition USER = EntityDefinition.named("User")
		.field("mail", "text", field -> field.flag(Flag.UNIQUE))
		.field("name", "text")
		.build();

	@Test
	void aNewInstanceHasNoIdUntilItIsSavedInPlace() {
		try (Scenario app = Scenario.of(TASK)) {
			RecordInstance task = app.make("Task", "title", "write");
			assertThat(task.id()).isZero();
			assertThat(task.version()).isZero();
			assertThat(task.isNew()).isTrue();
			app.save(task);
			app.change(task, "title", "rewrite");
			assertThat(task.id()).isEqualTo(1);
			assertThat(task.version()).isEqualTo(2);
			assertThat(app.all("Task").count()).isEqualTo(1);
			assertThat(get(app.find("Task", 1), "title")).isEqualTo("rewrite");
			assertThat(get(app.find("Task", 1), "done")).isEqualTo(false);
		}
	}

	@Test
	void aListIsSavedAsAWholeOrNotAtAll() {
		try (Scenario app = Scenario.of(TASK)) {
			app.saved("Task", "title", "aa");
			RecordInstance old = app.find("Task", 1);
			set(old, "title", "changed");
			FlinList rows = FlinList.of(old, app.make("Task", "title", "cc"), app.make("Task", "title", "x"));
			FlinError refused = error(() -> app.save(rows));
			assertThat(refused.code()).isEqualTo(FlinError.VALIDATION_ERROR);
			assertThat(refused.fields()).containsExactly(Map.entry("2.title", "must be at least 2 characters"));
			assertThat(app.pluck(app.all("Task"), "title")).isEqualTo("aa");
			assertThat(app.find("Task", 1).version()).isEqualTo(1);
			assertThat(old.version()).isEqualTo(1);
			assertThat(((RecordInstance) rows.get(1)).isNew()).isTrue();
		}
	}

	@Test
	void aUniqueValueIsRefusedOnCreateAndUpdate() {
		try (Scenario app = Scenario.of(USER)) {
			RecordInstance ama = app.saved("User", "mail", "ama@x.org", "name", "Ama");
			RecordInstance kofi = app.saved("User", "mail", "kofi@x.org", "name", "Kofi");
			app.change(ama, "name", "Ama B.");
			assertThat(error(() -> app.saved("User", "mail", "ama@x.org", "name", "Copy")).fields())
				.containsExactly(Map.entry("mail", "is already taken"));
			assertThat(error(() -> app.change(kofi, "mail", "ama@x.org")).fields()).containsKey("mail");
			assertThat(app.pluck(app.all("User"), "mail")).isEqualTo("ama@x.org kofi@x.org");
		}
	}

	@Test
	void deleteFreesAUniqueValueAndRestoreRefusesAClash() {
		try (Scenario app = Scenario.of(USER)) {
			RecordInstance first = app.saved("User", "mail", "m@x.org", "name", "first");
			Entities.delete(app.run(), first);
			RecordInstance second = app.saved("User", "mail", "m@x.org", "name", "second");
			assertThat(error(() -> Entities.restore(app.run(), first)).code()).isEqualTo(FlinError.VALIDATION_ERROR);
			assertThat(app.pluck(app.all("User").onlyDeleted(), "name")).isEqualTo("first");
			app.change(second, "mail", "n@x.org");
			Entities.restore(app.run(), app.all("User").onlyDeleted().first());
			assertThat(app.pluck(app.order(app.all("User"), "name"), "mail")).isEqualTo("m@x.org n@x.org");
		}
	}

	@Test
	void aCompositeUniqueRuleCountsTheValuesTogether() {
		EntityDefinition seat = EntityDefinition.named("Seat")
			.field("room", "text")
			.field("number", "int")
			.index(true, "room", "number")
			.build();
		try (Scenario app = Scenario.of(seat)) {
			app.saved("Seat", "room", "A", "number", 1L);
			app.saved("Seat", "room", "A", "number", 2L);
			app.saved("Seat", "room", "B", "number", 1L);
			FlinError refused = error(() -> app.saved("Seat", "room", "A", "number", 2L));
			assertThat(refused.fields()).containsOnlyKeys("room", "number");
		}
	}

	@Test
	void allFailingFieldsAreReportedTogether() {
		EntityDefinition user = EntityDefinition.named("User")
			.field("name", "text", field -> field.rule("minLength", 3L))
			.field("age", "int", field -> field.rule("min", 18L))
			.field("mail", "text", field -> field.rule("email"))
			.field("city", "text", field -> field.flag(Flag.REQUIRED))
			.build();
		try (Scenario app = Scenario.of(user)) {
			FlinError refused = error(() -> app.saved("User", "name", "Al", "age", 17L, "mail", "al", "city", ""));
			assertThat(refused.fields()).containsExactly(Map.entry("name", "must be at least 3 characters"),
					Map.entry("age", "must be at least 18"), Map.entry("mail", "must be an e-mail address"),
					Map.entry("city", "is required"));
		}
	}

	@Test
	void outsideDataGivesDeclaredFieldsOfTheRightTypeOnly() {
		EntityDefinition person = EntityDefinition.named("Person")
			.field("name", "text")
			.field("age", "int", field -> field.initial(18L))
			.build();
		try (Scenario app = Scenario.of(person)) {
			FlinMap data = FlinMap.of("name", "Ama", "id", 99L, "version", 7L, "shoe", 41L, "created_at", "2001");
			RecordInstance ama = app.make("Person", null, data);
			assertThat(List.of(ama.id(), ama.version(), get(ama, "name"), get(ama, "age")))
				.containsExactly(0L, 0L, "Ama", 18L);
			assertThat(error(() -> app.make("Person", null, FlinMap.of("name", "Kofi", "age", "old"))).fields())
				.containsExactly(Map.entry("age", "must be a whole number"));
		}
	}

	@Test
	void enumFieldsAreTextsOfTheirMembers() {
		EntityDefinition book = EntityDefinition.named("Book")
			.field("title", "text")
			.field("genre", "Genre", field -> field.initial("Novel"))
			.build();
		try (Scenario app = Scenario.of(Map.of("Genre", List.of("Novel", "Poem")), book)) {
			app.saved("Book", "title", "Doguicimi");
			assertThat(get(app.find("Book", 1), "genre")).isEqualTo("Novel");
			assertThat(error(() -> app.make("Book", "title", "Sauces", "genre", "Cookbook")).fields())
				.containsExactly(Map.entry("genre", "must be one of Novel, Poem"));
		}
	}

	@Test
	void anImmutableFieldKeepsItsFirstValue() {
		EntityDefinition invoice = EntityDefinition.named("Invoice")
			.field("code", "text", field -> field.flag(Flag.IMMUTABLE))
			.field("note", "text", field -> field.initial(""))
			.build();
		try (Scenario app = Scenario.of(invoice)) {
			RecordInstance bill = app.saved("Invoice", "code", "A-1");
			app.change(bill, "note", "paid");
			assertThat(error(() -> app.change(bill, "code", "A-2")).fields()).containsOnlyKeys("code");
			assertThat(get(app.find("Invoice", 1), "code")).isEqualTo("A-1");
		}
	}

	@Test
	void hooksRunInTheirOrderAndMayChangeFields() {
		List<String> log = new java.util.ArrayList<>();
		EntityDefinition doc = EntityDefinition.named("Doc")
			.field("title", "text")
			.hook(true, "save", 0)
			.hook(true, "create", 1)
			.hook(false, "create", 2)
			.hook(true, "update", 3)
			.hook(false, "save", 4)
			.code(Scenario.code(d -> {
				set(d, "title", String.valueOf(get(d, "title")).trim());
				return log.add("save");
			}, d -> log.add("create " + d.id()), d -> log.add("created " + d.id()), d -> log.add("update"),
					d -> log.add("saved")))
			.build();
		try (Scenario app = Scenario.of(doc)) {
			RecordInstance made = app.saved("Doc", "title", " a ");
			app.change(made, "title", "b ");
			assertThat(log).containsExactly("save", "create 0", "created 1", "saved", "save", "update", "saved");
			assertThat(pluck(get(made, "history"), "title")).isEqualTo("a b");
		}
	}

	@Test
	void aFailingHookLeavesTheRecordAlone() {
		EntityDefinition account = EntityDefinition.named("Account")
			.field("balance", "int")
			.hook(true, "save", 0)
			.code(Scenario.code(a -> {
				if ((Long) get(a, "balance") < 0) {
					throw new FlinError("overdrawn");
				}
				return null;
			}))
			.build();
		try (Scenario app = Scenario.of(account)) {
			RecordInstance made = app.saved("Account", "balance", 50L);
			assertThat(error(() -> app.change(made, "balance", -10L)).message()).isEqualTo("overdrawn");
			assertThat(get(app.find("Account", 1), "balance")).isEqualTo(50L);
			assertThat(made.version()).isEqualTo(1);
		}
	}

	@Test
	void computedFieldsFollowTheirFieldsAndCanBeSearched() {
		EntityDefinition box = EntityDefinition.named("Box")
			.field("width", "int")
			.field("height", "int")
			.field("area", "int", field -> field.computedCode(0).flag(Flag.INDEXED))
			.field("half", "number", field -> field.computedCode(1))
			.code(Scenario.code(b -> (Long) get(b, "width") * (Long) get(b, "height"),
					b -> (Long) get(b, "width") / 2.0))
			.build();
		try (Scenario app = Scenario.of(box)) {
			RecordInstance small = app.saved("Box", "width", 2L, "height", 3L);
			app.saved("Box", "width", 4L, "height", 5L);
			app.saved("Box", "width", 10L, "height", 1L);
			assertThat(app.pluck(app.order(app.where("Box", "area", ">=", 10L), "area"), "id")).isEqualTo("3 2");
			app.change(small, "width", 9L);
			assertThat(app.pluck(app.where("Box", "area", ">", 20L), "id")).isEqualTo("1");
			assertThat(app.where("Box", "area", "==", 6L).count()).isZero();
			assertThat(app.pluck(app.where("Box", "half", "==", 5.0), "id")).isEqualTo("3");
			assertThat(app.pluck(app.order(app.all("Box"), "half", "desc"), "id")).isEqualTo("3 1 2");
		}
	}

	@Test
	void aStaleInstanceIsAConflict() {
		try (Scenario app = Scenario.of(TASK)) {
			app.saved("Task", "title", "one");
			RecordInstance mine = app.find("Task", 1);
			RecordInstance theirs = app.find("Task", 1);
			app.change(theirs, "title", "theirs");
			assertThat(error(() -> app.change(mine, "title", "mine")).code()).isEqualTo(FlinError.CONFLICT_ERROR);
			assertThat(get(app.find("Task", 1), "title")).isEqualTo("theirs");
		}
	}

	@Test
	void deleteHidesRestoreBringsBackDestroyErases() {
		try (Scenario app = Scenario.of(TASK)) {
			RecordInstance a = app.saved("Task", "title", "aa");
			RecordInstance b = app.saved("Task", "title", "bb");
			Entities.delete(app.run(), a);
			assertThat(app.all("Task").count()).isEqualTo(1);
			assertThat(app.all("Task").withDeleted().count()).isEqualTo(2);
			assertThat(a.deletedAt()).isNotNull();
			assertThat(error(() -> app.save(a)).message()).isEqualTo("Task#1 is deleted; restore it first");
			Entities.restore(app.run(), a);
			assertThat(a.deletedAt()).isNull();
			assertThat(a.version()).isEqualTo(3);
			app.change(a, "title", "aaa");
			Entities.destroy(app.run(), b);
			assertThat((FlinList) get(b, "history")).isEmpty();
			assertThat(app.saved("Task", "title", "cc").id()).isEqualTo(3);
			assertThat(app.pluck(app.all("Task").withDeleted(), "id")).isEqualTo("1 3");
		}
	}

	@Test
	void versionsRememberWhoSavedThemWhenAndWhat() {
		try (Scenario app = Scenario.of(TASK)) {
			app.at("2026-02-10T09:00:00Z");
			app.saved("Task", "title", "one");
			app.at("2026-03-15T10:00:00Z");
			app.signIn("kofi");
			RecordInstance task = app.find("Task", 1);
			app.change(task, "title", "two");
			assertThat(task.createdAt()).isEqualTo(Instant.parse("2026-02-10T09:00:00Z"));
			assertThat(task.updatedAt()).isEqualTo(Instant.parse("2026-03-15T10:00:00Z"));
			FlinList history = (FlinList) get(task, "history");
			assertThat(pluck(history, "saved_by")).isEqualTo("ama kofi");
			assertThat(get(history.get(1), "changed")).isEqualTo(FlinList.of("title"));
			assertThat(get(history.get(0), "valid_to")).isEqualTo(get(history.get(1), "valid_from"));
			assertThat(get(task, "valid_to")).isNull();
		}
	}

}
