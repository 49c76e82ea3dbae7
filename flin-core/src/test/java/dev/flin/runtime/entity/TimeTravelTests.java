package dev.flin.runtime.entity;

import static dev.flin.runtime.entity.Scenario.error;
import static dev.flin.runtime.entity.Scenario.get;
import static dev.flin.runtime.entity.Scenario.pluck;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.runtime.lib.ChangeFunctions;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;

class TimeTravelTests {

	private static final EntityDefinition PRODUCT = EntityDefinition.named("Product")
		.field("name", "text")
		.field("price", "int")
		.build();

	private static RecordInstance priced(Scenario app, long... prices) {
		RecordInstance product = app.make("Product", "name", "pen", "price", prices[0]);
		app.save(product);
		for (int i = 1; i < prices.length; i++) {
			app.change(product, "price", prices[i]);
		}
		return product;
	}

	private static @Nullable Object price(@Nullable RecordInstance version) {
		return (version == null) ? null : get(version, "price");
	}

	@Test
	void numbersNameVersionsAndCountBack() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			RecordInstance p = priced(app, 10, 15, 20, 25);
			assertThat(price(app.version(p, 0L))).isEqualTo(25L);
			assertThat(price(app.version(p, -3L))).isEqualTo(10L);
			assertThat(price(app.version(p, 2L))).isEqualTo(15L);
			assertThat(app.version(p, -4L)).isNull();
			assertThat(app.version(p, 5L)).isNull();
			RecordInstance middle = app.version(p, 3L);
			assertThat(middle).isNotNull();
			assertThat(price(app.version(middle, -1L))).isEqualTo(15L);
			assertThat(price(app.version(middle, 0L))).isEqualTo(25L);
			assertThat(middle).isEqualTo(p);
		}
	}

	@Test
	void textsNameDaysAndInstants() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			app.at("2026-02-10T09:00:00Z");
			priced(app, 10);
			app.at("2026-02-10T14:30:00Z");
			app.change(app.find("Product", 1), "price", 20L);
			app.at("2026-02-11T08:00:00Z");
			RecordInstance p = app.find("Product", 1);
			assertThat(app.version(p, "2026-02-10")).isNull();
			assertThat(price(app.version(p, "2026-02-11"))).isEqualTo(20L);
			assertThat(price(app.version(p, "2026-02-10 14:29"))).isEqualTo(10L);
			assertThat(price(app.version(p, "2026-02-10 14:29:59"))).isEqualTo(10L);
			assertThat(price(app.version(p, "2026-02-10T14:31:00Z"))).isEqualTo(20L);
			assertThat(price(app.version(p, "2026-02-10T16:29:00+02:00"))).isEqualTo(10L);
			assertThat(price(app.version(p, Instant.parse("2026-02-10T12:00:00Z")))).isEqualTo(10L);
			assertThat(error(() -> app.version(p, "yesterday")).message()).contains("is not a date or a time");
			assertThat(error(() -> app.version(p, Duration.ofDays(1))).message()).contains("expected a time");
		}
	}

	@Test
	void nothingIsFoundWhileARecordWasDeleted() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			app.at("2026-02-01T09:00:00Z");
			priced(app, 10);
			app.at("2026-02-10T09:00:00Z");
			Entities.delete(app.run(), app.find("Product", 1));
			app.at("2026-02-20T09:00:00Z");
			RecordInstance gone = app.all("Product").onlyDeleted().first();
			assertThat(gone).isNotNull();
			assertThat(app.version(gone, "2026-02-15")).isNull();
			assertThat(price(app.version(gone, "2026-02-05"))).isEqualTo(10L);
			assertThat(app.version(gone, 2L)).isNull();
			assertThat(pluck(get(gone, "history"), "is_deleted")).isEqualTo("false true");
			Entities.restore(app.run(), gone);
			assertThat(pluck(get(gone, "history"), "is_deleted")).isEqualTo("false true false");
		}
	}

	@Test
	void savingAPastVersionMakesItTheNewestOne() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			RecordInstance p = priced(app, 10, 15);
			RecordInstance old = app.version(p, -1L);
			app.save(old);
			assertThat(pluck(get(app.find("Product", 1), "history"), "price")).isEqualTo("10 15 10");
			assertThat(old).isNotNull();
			assertThat(old.version()).isEqualTo(3);
			app.change(old, "price", 11L);
			Entities.delete(app.run(), old);
			app.save(app.version(old, 1L));
			assertThat(price(app.find("Product", 1))).isEqualTo(10L);
			assertThat(app.find("Product", 1).version()).isEqualTo(6);
		}
	}

	@Test
	void queriesOfThePast() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			priced(app, 2);
			app.saved("Product", "name", "lamp", "price", 40L);
			app.at("2026-02-10T09:00:00Z");
			app.change(app.find("Product", 2), "price", 45L);
			app.saved("Product", "name", "rug", "price", 60L);
			app.at("2026-03-10T09:00:00Z");
			Entities.delete(app.run(), app.find("Product", 1));
			EntityQuery january = (EntityQuery) Entities.at(app.run(), app.all("Product"), "2026-01-15");
			EntityQuery february = (EntityQuery) app.ask(app.all("Product"), "as_of", "2026-02-15");
			assertThat(app.ask(january, "sum", "price")).isEqualTo(42L);
			assertThat(app.ask(february, "sum", "price")).isEqualTo(107L);
			assertThat(app.ask(app.all("Product"), "sum", "price")).isEqualTo(105L);
			assertThat(february.count()).isEqualTo(3);
		}
	}

	@Test
	void correctionsChangeWhatIsTrueNotWhatWasKnown() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			app.at("2026-01-05T09:00:00Z");
			priced(app, 1000);
			app.at("2026-05-10T09:00:00Z");
			RecordInstance p = app.find("Product", 1);
			Scenario.set(p, "price", 1500L);
			Entities.saveValid(app.run(), p, "2026-02-01", "2026-03-01");
			app.at("2026-06-01T09:00:00Z");
			RecordInstance now = app.find("Product", 1);
			assertThat(price(app.version(now, "2026-02-15"))).isEqualTo(1500L);
			assertThat(price(app.version(now, "2026-03-15"))).isEqualTo(1000L);
			assertThat(price((RecordInstance) Entities.at(app.run(), now, "2026-02-15",
					"2026-05-01"))).isEqualTo(1000L);
			assertThat(pluck(get(now, "timeline"), "price")).isEqualTo("1000 1500 1000");
			assertThat(pluck(get(now, "history"), "price")).isEqualTo("1000 1500");
			assertThat(get(((FlinList) get(now, "timeline")).get(1), "valid_from"))
				.isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
			app.change(now, "price", 1100L);
			assertThat(price(app.find("Product", 1))).isEqualTo(1100L);
			FlinError empty = error(() -> Entities.saveValid(app.run(), now, "2026-03-01", "2026-02-01"));
			assertThat(empty.message()).contains("cannot start");
		}
	}

	@Test
	void helpersCompareVersions() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			RecordInstance p = priced(app, 10, 15);
			assertThat(TemporalFunctions.fieldChanged(p, "price")).isTrue();
			assertThat(TemporalFunctions.fieldChanged(p, "name")).isFalse();
			assertThat(TemporalFunctions.changedFrom(p, "price", 10L)).isTrue();
			assertThat(TemporalFunctions.changedFrom(p, "price", 15L)).isFalse();
			assertThat(TemporalFunctions.fieldHistory(p, "price")).isEqualTo(FlinList.of(10L, 15L));
			RecordInstance first = app.version(p, 1L);
			assertThat(first).isNotNull();
			assertThat(TemporalFunctions.fieldChanged(first, "price")).isFalse();
			assertThat(TemporalFunctions.diff(first, p)).isEqualTo(FlinMap.of("price", FlinTuple.of2(10L, 15L)));
			assertThat(ChangeFunctions.percentChange(10L, 15L)).isEqualTo(50.0);
			assertThat(ChangeFunctions.percentChange(0L, 15L)).isNull();
			FlinList history = (FlinList) get(p, "history");
			assertThat(pluck(TemporalFunctions.whereField(history, "price", ">", 12L), "version")).isEqualTo("2");
			assertThat(pluck(TemporalFunctions.orderBy(history, "price", "desc"), "version")).isEqualTo("2 1");
		}
	}

	@Test
	void retentionForgetsAndHoldsKeep() {
		EntityDefinition gauge = EntityDefinition.named("Gauge").field("level", "int").retention(3).build();
		try (Scenario app = Scenario.of(gauge)) {
			RecordInstance held = app.saved("Gauge", "level", 0L);
			RecordInstance free = app.saved("Gauge", "level", 0L);
			Entities.hold(app.run(), held, "audit");
			for (long level = 1; level <= 9; level++) {
				app.change(held, "level", level);
				app.change(free, "level", level);
			}
			app.at("2026-09-01T00:00:00Z");
			assertThat(pluck(get(app.find("Gauge", 1), "history"), "level")).isEqualTo("0 1 2 3 4 5 6 7 8 9");
			RecordInstance pruned = app.find("Gauge", 2);
			assertThat(pluck(get(pruned, "history"), "version")).isEqualTo("8 9 10");
			assertThat(app.version(pruned, 7L)).isNull();
			assertThat(app.version(pruned, -2L)).isNotNull();
		}
	}

	@Test
	void everythingSurvivesARestart() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			priced(app, 1, 2);
			app.restart();
			RecordInstance p = app.find("Product", 1);
			assertThat(p.isNew()).isFalse();
			app.change(p, "price", 3L);
			assertThat(pluck(get(p, "history"), "price")).isEqualTo("1 2 3");
			assertThat(app.saved("Product", "name", "rug", "price", 1L).id()).isEqualTo(2);
		}
	}

	@Test
	void fieldsComeAndGoAndAreRenamed() {
		try (Scenario app = Scenario.of(PRODUCT)) {
			priced(app, 1, 2);
			EntityDefinition renamed = EntityDefinition.named("Product")
				.field("title", "text", field -> field.was("name"))
				.field("price", "number")
				.field("stock", "int", field -> field.initial(5L))
				.build();
			app.edit(renamed);
			RecordInstance p = app.find("Product", 1);
			assertThat(get(p, "title")).isEqualTo("pen");
			assertThat(get(p, "price")).isEqualTo(2.0);
			assertThat(get(p, "stock")).isEqualTo(5L);
			assertThat(get(app.version(p, 1L), "price")).isEqualTo(1.0);
			assertThat(app.where("Product", "stock", "==", 5L).count()).isEqualTo(1);
		}
	}

}
