package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.flin.store.RetentionPolicy.CompactionPeriod;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;

/** What retention, compaction and holds forget and keep. */
class RetentionTests {

	private final MemoryFileSystem files = new MemoryFileSystem();

	private final ManualClock clock = new ManualClock();

	private @Nullable Store store;

	@AfterEach
	void close() {
		store().close();
	}

	private Store store() {
		Store open = this.store;
		if (open == null) {
			throw new AssertionError("not open");
		}
		return open;
	}

	private void open(@Nullable RetentionPolicy policy, FieldSchema level) {
		this.store = Stores.open(this.files, StoreConfig.defaults(),
				new StoreSchema(List.of(new EntitySchema("Gauge", List.of(), List.of(level), List.of(), policy))),
				this.clock);
	}

	private void open(RetentionPolicy policy) {
		open(policy, FieldSchema.optional("level", FieldType.INT));
	}

	private void put(String time, long level) {
		this.clock.set(time);
		try (WriteTransaction tx = store().begin(null)) {
			if (tx.newest("Gauge", 1) == null) {
				tx.insert("Gauge", new Object[] { level }, null);
			}
			else {
				tx.update("Gauge", 1, new Object[] { level }, null);
			}
			tx.commit();
		}
	}

	private String levels(String now) {
		this.clock.set(now);
		store().prune(Instant.parse(now));
		try (Snapshot snapshot = store().snapshot()) {
			return String.join(" ", snapshot.history("Gauge", 1)
				.toList()
				.stream()
				.map((version) -> version.number() + ":" + version.value(0))
				.toList());
		}
	}

	private String seen(String moment) {
		try (Snapshot snapshot = store().snapshot()) {
			RecordVersion version = snapshot.findAsOf("Gauge", 1, AsOf.at(Instant.parse(moment)));
			return (version == null) ? "-" : String.valueOf(version.value(0));
		}
	}

	@Test
	void aVersionGoesWhenItsEndIsOldEnough() {
		open(RetentionPolicy.byAge(Duration.ofDays(30)));
		put("2026-02-01T09:00:00Z", 1);
		put("2026-02-10T09:00:00Z", 2);
		put("2026-02-20T09:00:00Z", 3);
		assertThat(levels("2026-03-01T09:00:00Z")).isEqualTo("1:1 2:2 3:3");
		assertThat(levels("2026-03-20T09:00:00Z")).isEqualTo("2:2 3:3");
		assertThat(seen("2026-02-05T00:00:00Z") + seen("2026-02-15T00:00:00Z")).isEqualTo("-2");
		assertThat(levels("2026-03-25T09:00:00Z")).isEqualTo("3:3");
		assertThat(seen("2026-02-15T00:00:00Z") + seen("2026-02-25T00:00:00Z")).isEqualTo("-3");
		try (Snapshot snapshot = store().snapshot()) {
			RecordVersion newest = snapshot.find("Gauge", 1);
			assertThat(newest).isNotNull();
			assertThat(newest.createdAt()).isEqualTo(Instant.parse("2026-02-01T09:00:00Z"));
			assertThat(snapshot.version("Gauge", 1, 2)).isNull();
		}
		assertThat(store().verify().damages()).isEmpty();
	}

	@Test
	void whatIsForgottenTakesNoRemovedFieldWithIt() {
		FieldSchema level = FieldSchema.optional("level", FieldType.INT).withRetention(Duration.ofDays(90));
		FieldSchema note = FieldSchema.optional("note", FieldType.TEXT);
		openWith(level, note);
		this.clock.set("2026-01-01T09:00:00Z");
		try (WriteTransaction tx = store().begin(null)) {
			tx.insert("Gauge", new Object[] { 1L, "calibrated" }, null);
			tx.commit();
		}
		store().close();
		openWith(level);
		put("2026-01-02T09:00:00Z", 2);
		assertThat(levels("2026-08-01T09:00:00Z")).isEqualTo("1:null 2:2");
		assertThat(store().prune(this.clock.instant())).as("nothing is left to forget").isZero();
		store().close();
		openWith(level, note);
		try (Snapshot snapshot = store().snapshot()) {
			RecordVersion first = snapshot.version("Gauge", 1, 1);
			assertThat(first).isNotNull();
			assertThat(first.value(1)).isEqualTo("calibrated");
		}
		assertThat(store().verify().damages()).isEmpty();
	}

	private void openWith(FieldSchema... fields) {
		this.store = Stores.open(this.files, StoreConfig.defaults(),
				new StoreSchema(List.of(EntitySchema.of("Gauge", fields))), this.clock);
	}

	@Test
	void aNumberOfVersionsStaysAndAHoldKeepsAll() {
		open(RetentionPolicy.byNumber(3));
		for (int i = 1; i <= 10; i++) {
			put("2026-02-01T09:00:00Z", i);
		}
		try (WriteTransaction tx = store().begin(null)) {
			tx.hold("Gauge", 1, "audit");
			tx.commit();
		}
		assertThat(levels("2026-09-01T00:00:00Z")).startsWith("1:1 2:2 ");
		try (WriteTransaction tx = store().begin(null)) {
			tx.release("Gauge", 1);
			tx.commit();
		}
		assertThat(levels("2026-09-01T00:00:00Z")).isEqualTo("8:8 9:9 10:10");
	}

	@Test
	void dailyCompactionKeepsTheLastVersionOfEachDay() {
		open(RetentionPolicy.compacting(Duration.ofDays(30), CompactionPeriod.DAILY));
		put("2026-02-01T08:00:00Z", 1);
		put("2026-02-01T12:00:00Z", 2);
		put("2026-02-01T20:00:00Z", 3);
		put("2026-02-02T10:00:00Z", 4);
		put("2026-02-04T06:00:00Z", 5);
		put("2026-02-04T07:00:00Z", 6);
		put("2026-02-20T10:00:00Z", 7);
		assertThat(levels("2026-02-25T10:00:00Z")).isEqualTo("1:1 2:2 3:3 4:4 5:5 6:6 7:7");
		assertThat(levels("2026-04-25T10:00:00Z")).isEqualTo("3:3 4:4 6:6 7:7");
		assertThat(seen("2026-02-01T10:00:00Z") + seen("2026-02-01T21:00:00Z") + seen("2026-02-04T06:30:00Z"))
			.isEqualTo("-3-");
	}

	@Test
	void weeklyCompactionStartsOnMonday() {
		open(RetentionPolicy.compacting(Duration.ofDays(14), CompactionPeriod.WEEKLY));
		put("2026-02-01T12:00:00Z", 1);
		put("2026-02-02T12:00:00Z", 2);
		put("2026-02-04T12:00:00Z", 3);
		put("2026-02-08T23:00:00Z", 4);
		put("2026-02-09T01:00:00Z", 5);
		put("2026-02-15T12:00:00Z", 6);
		put("2026-02-16T09:00:00Z", 7);
		assertThat(levels("2026-04-20T12:00:00Z")).isEqualTo("1:1 4:4 6:6 7:7");
	}

	@Test
	void aFieldLeavesOldVersionsAndTheyStay() {
		open(null, FieldSchema.optional("level", FieldType.INT).withRetention(Duration.ofDays(90)));
		put("2026-02-01T09:00:00Z", 1);
		put("2026-02-02T09:00:00Z", 2);
		put("2026-02-03T09:00:00Z", 3);
		assertThat(levels("2026-03-01T09:00:00Z")).isEqualTo("1:1 2:2 3:3");
		assertThat(levels("2026-09-01T09:00:00Z")).isEqualTo("1:null 2:null 3:3");
		store().close();
		open(null, FieldSchema.optional("level", FieldType.INT));
		assertThat(levels("2026-09-01T09:00:00Z")).isEqualTo("1:null 2:null 3:3");
	}

}
