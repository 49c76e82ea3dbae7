package dev.flin.runtime.entity;

import static dev.flin.runtime.entity.Scenario.error;
import static dev.flin.runtime.entity.Scenario.get;
import static dev.flin.runtime.entity.Scenario.join;
import static dev.flin.runtime.entity.Scenario.named;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

class QueryTests {

	private static final EntityDefinition PRODUCT = EntityDefinition.named("Product")
		.field("name", "text")
		.field("kind", "text")
		.field("price", "int")
		.field("note", "text?")
		.index(false, "kind", "price")
		.build();

	private static Scenario shop() {
		Scenario app = Scenario.of(PRODUCT);
		app.saved("Product", "name", "pen", "kind", "desk", "price", 2L);
		app.saved("Product", "name", "rug", "kind", "room", "price", 60L, "note", "soft");
		app.saved("Product", "name", "lamp", "kind", "desk", "price", 40L);
		app.saved("Product", "name", "chair", "kind", "room", "price", 90L);
		return app;
	}

	@Test
	void conditionsJoinAndChain() {
		try (Scenario app = shop()) {
			EntityQuery all = app.all("Product");
			Object cheap = Entities.compare(all, "price", "<", 50L);
			Object inRoom = Entities.compare(all, "kind", "==", "room");
			assertThat(app.pluck(Entities.where(all, Entities.or(cheap, inRoom)), "name"))
				.isEqualTo("pen rug lamp chair");
			assertThat(app.pluck(Entities.where(all, Entities.and(cheap, Entities.not(inRoom))), "name"))
				.isEqualTo("pen lamp");
			assertThat(app.pluck(Entities.where(Entities.where(all, inRoom), cheap), "name")).isEmpty();
			assertThat(app.pluck(app.where("Product", "note", "==", null), "name")).isEqualTo("pen lamp chair");
			assertThat(app.pluck(app.where("Product", "note", "!=", "hard"), "name")).isEqualTo("pen rug lamp chair");
			assertThat(app.pluck(Entities.where(all, Entities.in(all, "name", FlinList.of("rug", "zz"))), "name"))
				.isEqualTo("rug");
			assertThat(app.pluck(Entities.where(all, Entities.contains(all, "name", "a")), "name"))
				.isEqualTo("lamp chair");
			assertThat(app.pluck(Entities.where(all, Entities.startsWith(all, "name", "r")), "name")).isEqualTo("rug");
		}
	}

	@Test
	void codeTestsTheRecordItself() {
		try (Scenario app = shop()) {
			EntityQuery all = app.all("Product");
			Object test = Entities.code(all,
					Scenario.function(p -> ((String) get(p, "name")).length() == 3 && (Long) get(p, "price") > 10), "…",
					"name", "price");
			assertThat(app.pluck(Entities.where(all, test), "name")).isEqualTo("rug");
			assertThat(Entities.where(all, test).count()).isEqualTo(1);
		}
	}

	@Test
	void orderLimitOffsetFirstAndLast() {
		try (Scenario app = shop()) {
			EntityQuery all = app.all("Product");
			assertThat(app.pluck(app.order(all, "price", "desc"), "name")).isEqualTo("chair rug lamp pen");
			assertThat(app.pluck(app.order(all, "kind", "name"), "name")).isEqualTo("lamp pen chair rug");
			EntityQuery byPrice = app.order(all, "price");
			assertThat(app.pluck(byPrice.offset(1).limit(2), "name")).isEqualTo("lamp rug");
			assertThat(byPrice.limit(2).count()).isEqualTo(2);
			assertThat(app.pluck(byPrice.limit(2).where((dev.flin.store.Condition) Entities.compare(all, "kind", "==",
					"room")), "name")).isEmpty();
			assertThat(get(byPrice.first(), "name")).isEqualTo("pen");
			assertThat(get(byPrice.last(), "name")).isEqualTo("chair");
			assertThat(get(all.last(), "name")).isEqualTo("chair");
			assertThat(app.pluck(app.order(all, Scenario.function(p -> ((String) get(p, "name")).length())), "name"))
				.isEqualTo("pen rug lamp chair");
			assertThat(app.where("Product", "price", ">", 900L).first()).isNull();
			assertThat(app.where("Product", "price", ">", 900L).exists()).isFalse();
		}
	}

	@Test
	void aggregates() {
		try (Scenario app = shop()) {
			EntityQuery desk = app.where("Product", "kind", "==", "desk");
			assertThat(app.ask(desk, "sum", "price")).isEqualTo(42L);
			assertThat(app.ask(desk, "avg", "price")).isEqualTo(21.0);
			assertThat(app.ask(app.all("Product"), "median", "price")).isEqualTo(50.0);
			assertThat(app.ask(app.all("Product"), "min", "price")).isEqualTo(2L);
			assertThat(app.ask(app.order(app.all("Product"), "price").limit(2), "max", "price")).isEqualTo(40L);
			EntityQuery none = app.where("Product", "price", ">", 900L);
			assertThat(app.ask(none, "sum", "price")).isEqualTo(0L);
			assertThat(app.ask(none, "max", "price")).isNull();
		}
	}

	@Test
	void groupsAreQueries() {
		try (Scenario app = shop()) {
			FlinMap groups = (FlinMap) app.ask(app.where("Product", "price", ">", 5L), "group_by", "kind");
			assertThat(join(groups.keyList())).isEqualTo("room desk");
			assertThat(((EntityQuery) groups.get("room")).count()).isEqualTo(2);
			assertThat(app.ask((EntityQuery) groups.get("desk"), "sum", "price")).isEqualTo(40L);
			assertThat(join((FlinList) app.ask(app.all("Product"), "distinct", "kind"))).isEqualTo("desk room");
			assertThat(app.ask(app.all("Product").limit(1), "select", "name", "price"))
				.isEqualTo(FlinList.of(FlinMap.of("name", "pen", "price", 2L)));
		}
	}

	@Test
	void pagesKnowTheTotal() {
		try (Scenario app = shop()) {
			EntityQuery byPrice = app.order(app.all("Product"), "price");
			FlinMap page = (FlinMap) Entities.operation(byPrice, "page", named("size", 3L), 2L);
			assertThat(Scenario.pluck(page.get("items"), "name")).isEqualTo("chair");
			assertThat(List.of(page.get("total"), page.get("pages"))).containsExactly(4L, 2L);
		}
	}

	@Test
	void cursorsNeitherRepeatNorSkip() {
		try (Scenario app = shop()) {
			EntityQuery byPrice = app.order(app.all("Product"), "price");
			FlinMap one = (FlinMap) Entities.operation(byPrice, "after", named("limit", 2L), (Object) null);
			assertThat(Scenario.pluck(one.get("items"), "name")).isEqualTo("pen lamp");
			assertThat(one.get("has_more")).isEqualTo(true);
			app.saved("Product", "name", "cup", "kind", "desk", "price", 1L);
			app.saved("Product", "name", "box", "kind", "desk", "price", 50L);
			FlinMap two = (FlinMap) Entities.operation(byPrice, "after", named("limit", 9L), one.get("cursor"));
			assertThat(Scenario.pluck(two.get("items"), "name")).isEqualTo("box rug chair");
			assertThat(two.get("has_more")).isEqualTo(false);
			assertThat(error(() -> Entities.operation(byPrice, "after", null, "nonsense")).message())
				.contains("cursor");
		}
	}

	@Test
	void aQueryUpdatesAndDeletesAllItFinds() {
		try (Scenario app = shop()) {
			assertThat(Entities.operation(app.where("Product", "kind", "==", "desk"), "update", named("price", 9L)))
				.isEqualTo(2L);
			assertThat(app.find("Product", 3).version()).isEqualTo(2);
			assertThat(app.ask(app.where("Product", "price", "==", 9L), "delete")).isEqualTo(2L);
			assertThat(app.pluck(app.all("Product"), "name")).isEqualTo("rug chair");
			assertThat(app.pluck(app.all("Product").onlyDeleted(), "name")).isEqualTo("pen lamp");
		}
	}

	@Test
	void findTakesIdsAsTheyComeFromPaths() {
		try (Scenario app = shop()) {
			assertThat(get(app.ask(app.all("Product"), "find", "2"), "name")).isEqualTo("rug");
			assertThat(app.ask(app.all("Product"), "find", "x")).isNull();
			assertThat(app.ask(app.all("Product"), "find", 77L)).isNull();
			assertThat(get(Entities.operation(app.all("Product"), "find_by", named("name", "lamp", "price", 40L)),
					"id"))
				.isEqualTo(3L);
		}
	}

	@Test
	void eachStreamsWhileRecordsChange() {
		try (Scenario app = shop()) {
			List<Object> seen = new ArrayList<>();
			app.ask(app.all("Product"), "each", Scenario.function(p -> {
				app.change((RecordInstance) p, "note", "seen");
				return seen.add(get(p, "name"));
			}));
			assertThat(seen).containsExactly("pen", "rug", "lamp", "chair");
			assertThat(app.where("Product", "note", "==", "seen").count()).isEqualTo(4);
		}
	}

	@Test
	void anUnknownFieldIsAnError() {
		try (Scenario app = shop()) {
			FlinError unknown = error(() -> app.order(app.all("Product"), "pirce"));
			assertThat(unknown.message()).isEqualTo("Product has no field 'pirce'");
		}
	}

}
