package dev.flin.runtime.entity;

import static dev.flin.runtime.entity.Scenario.error;
import static dev.flin.runtime.entity.Scenario.get;
import static dev.flin.runtime.entity.Scenario.pluck;
import static dev.flin.runtime.entity.Scenario.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

class RelationTests {

	private static EntityDefinition named(String entity) {
		return EntityDefinition.named(entity).field("name", "text").build();
	}

	private static EntityDefinition referring(String entity, String field, String type, String rule) {
		return EntityDefinition.named(entity)
			.field("name", "text")
			.field(field, type, reference -> reference.onDelete(rule))
			.build();
	}

	@Test
	void aReferenceGivesTheOtherRecordAndItsInverseBringsItBack() {
		EntityDefinition book = EntityDefinition.named("Book").field("name", "text").field("writer", "Writer").build();
		try (Scenario app = Scenario.of(named("Writer"), book)) {
			RecordInstance a = app.saved("Writer", "name", "A");
			RecordInstance b = app.saved("Writer", "name", "B");
			app.saved("Book", "name", "one", "writer", a);
			app.saved("Book", "name", "two", "writer", b);
			app.saved("Book", "name", "three", "writer", a);
			assertThat(get(get(app.all("Book").first(), "writer"), "name")).isEqualTo("A");
			assertThat(app.pluck((EntityQuery) get(a, "books"), "name")).isEqualTo("one three");
			assertThat(app.pluck(app.where("Book", "writer", "==", a), "name")).isEqualTo("one three");
			assertThat(app.pluck(app.where("Book", "writer", "!=", a), "name")).isEqualTo("two");
			EntityQuery books = app.all("Book");
			Object byName = Entities.code(books, Scenario.function(k -> "B".equals(get(get(k, "writer"), "name"))), "…",
					"writer");
			assertThat(app.pluck(Entities.where(books, byName), "name")).isEqualTo("two");
			app.change(a, "name", "AA");
			assertThat(get(get(app.find("Book", 1), "writer"), "name")).isEqualTo("AA");
			assertThat(error(() -> app.saved("Book", "name", "x", "writer", app.make("Writer", "name",
					"new"))).fields())
				.containsEntry("writer", "must be saved first");
		}
	}

	@Test
	void aListOfReferencesKeepsItsOrderAndItsChanges() {
		EntityDefinition post = EntityDefinition.named("Post").field("title", "text").field("tags", "[Tag]").build();
		try (Scenario app = Scenario.of(named("Tag"), post)) {
			RecordInstance jazz = app.saved("Tag", "name", "jazz");
			RecordInstance afro = app.saved("Tag", "name", "afro");
			app.saved("Post", "title", "one", "tags", FlinList.of(afro, jazz));
			assertThat(pluck(get(app.find("Post", 1), "tags"), "name")).isEqualTo("afro jazz");
			RecordInstance found = app.find("Post", 1);
			((FlinList) get(found, "tags")).add(app.saved("Tag", "name", "soul"));
			app.save(found);
			app.restart();
			assertThat(pluck(get(app.find("Post", 1), "tags"), "name")).isEqualTo("afro jazz soul");
			assertThat(app.pluck((EntityQuery) get(app.find("Tag", 1), "posts"), "title")).isEqualTo("one");
			Entities.delete(app.run(), app.find("Tag", 1));
			assertThat(pluck(get(app.find("Post", 1), "tags"), "name")).isEqualTo("afro soul");
			assertThat(app.find("Post", 1).version()).isEqualTo(3);
		}
	}

	@Test
	void withoutARuleAReferencedRecordStays() {
		EntityDefinition book = EntityDefinition.named("Book").field("name", "text").field("writer", "Writer").build();
		try (Scenario app = Scenario.of(named("Writer"), book)) {
			RecordInstance a = app.saved("Writer", "name", "A");
			app.saved("Book", "name", "one", "writer", a);
			app.saved("Book", "name", "two", "writer", a);
			FlinError refused = error(() -> Entities.delete(app.run(), a));
			assertThat(refused.code()).isEqualTo("ForeignKeyConstraint");
			assertThat(refused.message()).isEqualTo("Cannot delete Writer#1: 2 Book records reference it");
			assertThat(error(() -> Entities.destroy(app.run(), a)).code()).isEqualTo("ForeignKeyConstraint");
			assertThat(app.find("Writer", 1).version()).isEqualTo(1);
		}
	}

	@Test
	void aDeletionFollowsEachReferenceByItsRule() {
		EntityDefinition address = referring("Address", "customer", "Customer", "cascade");
		EntityDefinition sale = referring("Sale", "customer", "Customer?", "set_null");
		try (Scenario app = Scenario.of(named("Customer"), address, sale)) {
			RecordInstance c = app.saved("Customer", "name", "Ama");
			app.saved("Address", "name", "Rue 1", "customer", c);
			app.saved("Sale", "name", "s1", "customer", c);
			Entities.delete(app.run(), c);
			assertThat(app.all("Address").count()).isZero();
			assertThat(get(app.find("Sale", 1), "customer")).isNull();
			assertThat(app.find("Sale", 1).version()).isEqualTo(2);
			Entities.restore(app.run(), c);
			assertThat(app.pluck(app.all("Address"), "name")).isEqualTo("Rue 1");
			assertThat(get(app.find("Sale", 1), "customer")).isNull();
		}
	}

	@Test
	void cyclesGoTogetherAndComeBackTogether() {
		try (Scenario app = Scenario.of(referring("Person", "partner", "Person?", "cascade"))) {
			RecordInstance a = app.saved("Person", "name", "Ama");
			RecordInstance b = app.saved("Person", "name", "Kofi", "partner", a);
			app.change(a, "partner", b);
			app.saved("Person", "name", "Sena");
			Entities.delete(app.run(), a);
			assertThat(app.pluck(app.all("Person"), "name")).isEqualTo("Sena");
			Entities.restore(app.run(), a);
			assertThat(app.pluck(app.all("Person"), "name")).isEqualTo("Ama Kofi Sena");
			Entities.destroy(app.run(), app.find("Person", 2));
			assertThat(app.pluck(app.all("Person").withDeleted(), "name")).isEqualTo("Sena");
		}
	}

	@Test
	void aRestrictDeepBelowStopsTheWholeCascade() {
		EntityDefinition shelf = referring("Shelf", "shop", "Shop", "cascade");
		EntityDefinition ware = referring("Ware", "shelf", "Shelf", "cascade");
		EntityDefinition booking = referring("Booking", "ware", "Ware", "restrict");
		try (Scenario app = Scenario.of(named("Shop"), shelf, ware, booking)) {
			RecordInstance s = app.saved("Shop", "name", "S");
			RecordInstance a = app.saved("Shelf", "name", "a", "shop", s);
			RecordInstance w = app.saved("Ware", "name", "cup", "shelf", a);
			RecordInstance held = app.saved("Booking", "name", "Ama", "ware", w);
			assertThat(error(() -> Entities.delete(app.run(), s)).message())
				.isEqualTo("Cannot delete Shop#1: 1 Booking record references Ware#1");
			assertThat(app.find("Ware", 1).version()).isEqualTo(1);
			Entities.destroy(app.run(), held);
			Entities.delete(app.run(), s);
			assertThat(List.of(app.all("Shelf").count(), app.all("Ware").count())).containsExactly(0L, 0L);
			assertThat(error(() -> Entities.restore(app.run(), app.all("Ware").onlyDeleted().first())).message())
				.isEqualTo("Cannot restore Ware#1: its shelf Shelf#1 is deleted");
		}
	}

	@Test
	void aHeldRecordRefusesTheWholeDestroy() {
		EntityDefinition shelf = referring("Shelf", "shop", "Shop", "cascade");
		try (Scenario app = Scenario.of(named("Shop"), shelf)) {
			RecordInstance s = app.saved("Shop", "name", "S");
			RecordInstance a = app.saved("Shelf", "name", "a", "shop", s);
			Entities.hold(app.run(), a, "audit");
			assertThat(error(() -> Entities.destroy(app.run(), s)).message()).contains("Shelf#1 is held (audit)");
			assertThat(app.all("Shop").count()).isEqualTo(1);
			Entities.release(app.run(), a);
			Entities.destroy(app.run(), s);
			assertThat(app.all("Shelf").withDeleted().count()).isZero();
		}
	}

	@Test
	void destroyEmptiesTheReferencesOfDeletedRecordsToo() {
		try (Scenario app = Scenario.of(named("Team"), referring("Player", "team", "Team?", "set_null"))) {
			RecordInstance team = app.saved("Team", "name", "Lions");
			RecordInstance player = app.saved("Player", "name", "Ama", "team", team);
			Entities.delete(app.run(), player);
			Entities.destroy(app.run(), team);
			RecordInstance gone = app.all("Player").onlyDeleted().first();
			assertThat(get(gone, "team")).isNull();
			assertThat(get(gone, "name")).isEqualTo("Ama");
		}
	}

	@Test
	void treesAnswerAncestorsDescendantsAndSiblings() {
		EntityDefinition folder = EntityDefinition.named("Folder").field("name", "text").field("parent",
				"Folder?").build();
		try (Scenario app = Scenario.of(folder)) {
			RecordInstance root = app.saved("Folder", "name", "root");
			RecordInstance docs = app.saved("Folder", "name", "docs", "parent", root);
			RecordInstance pics = app.saved("Folder", "name", "pics", "parent", root);
			RecordInstance y24 = app.saved("Folder", "name", "y24", "parent", docs);
			assertThat(pluck(get(y24, "ancestors"), "name")).isEqualTo("docs root");
			assertThat(pluck(get(root, "descendants"), "name")).isEqualTo("docs pics y24");
			assertThat(pluck(get(docs, "siblings"), "name")).isEqualTo("pics");
			assertThat(pluck(get(root, "siblings"), "name")).isEmpty();
			assertThat(pluck(Trees.path(y24, pics), "name")).isEqualTo("y24 docs root pics");
			assertThat(pluck(Graphs.shortestPath(y24, pics), "name")).isEqualTo("y24 docs root pics");
		}
	}

	@Test
	void recordsAreAGraph() {
		EntityDefinition step = EntityDefinition.named("Step").field("name", "text").field("after", "[Step]").build();
		try (Scenario app = Scenario.of(step)) {
			RecordInstance dig = app.saved("Step", "name", "dig");
			RecordInstance build = app.saved("Step", "name", "build", "after", FlinList.of(dig));
			app.saved("Step", "name", "paint", "after", FlinList.of(build, dig));
			app.saved("Step", "name", "party");
			EntityQuery backwards = app.order(app.all("Step"), "id", "desc");
			assertThat(pluck(TemporalFunctions.topologicalSort(backwards), "name")).isEqualTo("party dig build paint");
			FlinList groups = TemporalFunctions.components(app.all("Step"));
			assertThat(pluck(groups.get(0), "name")).isEqualTo("dig build paint");
			assertThat(pluck(groups.get(1), "name")).isEqualTo("party");
			assertThat((Double) TemporalFunctions.pagerank(app.all("Step")).get(dig))
				.isGreaterThan((Double) TemporalFunctions.pagerank(app.all("Step")).get(build));
			app.change(dig, "after", FlinList.of(build));
			assertThat(error(() -> TemporalFunctions.topologicalSort(app.all("Step"))).message()).contains("cycle");
		}
	}

	@Test
	void pastReferencesAreReadAsOfTheSameTime() {
		try (Scenario app = Scenario.of(named("Team"), referring("Player", "team", "Team?", "set_null"))) {
			RecordInstance team = app.saved("Team", "name", "Lions");
			app.saved("Player", "name", "Ama", "team", team);
			app.at("2026-02-10T09:00:00Z");
			app.change(app.find("Team", 1), "name", "Big Lions");
			app.at("2026-03-10T09:00:00Z");
			Entities.delete(app.run(), app.find("Team", 1));
			RecordInstance now = app.find("Player", 1);
			assertThat(get(now, "team")).isNull();
			assertThat(teamAt(app, now, "2026-01-15")).isEqualTo("Lions");
			assertThat(teamAt(app, now, "2026-02-15")).isEqualTo("Big Lions");
			EntityQuery past = (EntityQuery) Entities.at(app.run(), app.all("Player"), "2026-02-15");
			assertThat(get(get(past.first(), "team"), "name")).isEqualTo("Big Lions");
			assertThat(error(() -> set(past.first(), "name", "x")).message()).contains("past version");
		}
	}

	private static @Nullable Object teamAt(Scenario app, RecordInstance player, String when) {
		return get(get(app.version(player, when), "team"), "name");
	}

}
