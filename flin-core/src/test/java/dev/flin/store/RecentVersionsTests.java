package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;

/** Versions that are read often are kept as they were decoded; nobody may notice. */
class RecentVersionsTests {

	private final ManualClock clock = new ManualClock();

	private final Store store = Shop.open(new MemoryFileSystem(), this.clock);

	private Object[] find(long id) {
		try (Snapshot snapshot = this.store.snapshot()) {
			RecordVersion found = snapshot.find("Product", id);
			return (found == null) ? new Object[0] : found.values();
		}
	}

	@Test
	void valuesThatSomebodyChangedAreNotThoseOfTheNext() {
		Shop.insert(this.store, "pot", "p", 1);
		for (int i = 0; i < 4; i++) {
			Object[] values = find(1);
			assertThat(values[0]).isEqualTo("pot");
			values[0] = "pan";
		}
	}

	@Test
	void whatIsNewIsReadAtOnceAndWhatWasStays() {
		Shop.insert(this.store, "pot", "p", 0);
		List<Instant> moments = new ArrayList<>();
		for (long price = 1; price <= 20; price++) {
			moments.add(this.clock.instant().plusMillis(1));
			this.clock.advance(Duration.ofSeconds(1));
			assertThat(find(1)).isEqualTo(find(1)).contains(price - 1);
			Object[] values = find(1);
			values[Shop.PRICE] = price;
			try (WriteTransaction tx = this.store.begin(null)) {
				tx.update("Product", 1, values, null);
				assertThat(tx.find("Product", 1).value(Shop.PRICE)).isEqualTo(price);
				tx.commit();
			}
			this.store.checkpoint();
			for (int i = 0; i < moments.size() * 3; i++) {
				int number = i % moments.size();
				try (Snapshot snapshot = this.store.snapshot()) {
					RecordVersion then = snapshot.findAsOf("Product", 1, AsOf.at(moments.get(number)));
					assertThat(then.value(Shop.PRICE)).isEqualTo((long) number);
					assertThat(then.systemTo()).isNotNull().isAfter(then.systemFrom());
					assertThat(then.createdAt()).isBeforeOrEqualTo(then.systemFrom());
				}
			}
		}
	}

	/** A product with prices from 0, whose older versions lie packed in the file. */
	private void insertPacked(MemoryFileSystem files, int versions) {
		try (Store first = Shop.open(files, this.clock)) {
			Shop.insert(first, "pot", "p", 0);
			for (int price = 1; price < versions; price++) {
				this.clock.advance(Duration.ofSeconds(1));
				Shop.setPrice(first, 1, price);
			}
		}
	}

	private static String prices(int versions) {
		return IntStream.range(0, versions)
			.mapToObj((price) -> (price + 1) + ":" + price)
			.collect(Collectors.joining(" "));
	}

	@Test
	void aHistoryThatIsLongerThanWhatIsKeptIsRightWhenReadAgain() {
		MemoryFileSystem files = new MemoryFileSystem();
		int versions = 9_000;
		insertPacked(files, versions);
		try (Store reopened = Shop.open(files, this.clock); Snapshot snapshot = reopened.snapshot()) {
			for (int i = 0; i < 4; i++) {
				assertThat(Shop.prices(snapshot, 1)).isEqualTo(prices(versions));
			}
		}
	}

	@Test
	void eachSnapshotReadsThemByItsOwnSchema() {
		MemoryFileSystem files = new MemoryFileSystem();
		insertPacked(files, 50);
		try (Store reopened = Shop.open(files, this.clock); Snapshot before = reopened.snapshot()) {
			for (int i = 0; i < 3; i++) {
				assertThat(Shop.prices(before, 1)).isEqualTo(prices(50));
			}
			List<FieldSchema> reversed = new ArrayList<>(Shop.PRODUCT.fields());
			Collections.reverse(reversed);
			reopened.migrate(new StoreSchema(List.of(Shop.MAKER,
					EntitySchema.of("Product", reversed.toArray(FieldSchema[]::new)))));
			for (int i = 0; i < 3; i++) {
				try (Snapshot after = reopened.snapshot(); RecordCursor history = after.history("Product", 1)) {
					List<Object> names = new ArrayList<>();
					history.forEachRemaining((version) -> names.add(version.values()[3] + " " + version.value(1)));
					assertThat(names).isEqualTo(IntStream.range(0, 50).mapToObj((price) -> "pot " + price).toList());
				}
				assertThat(Shop.prices(before, 1)).isEqualTo(prices(50));
			}
		}
	}

	@Test
	void whatRetentionForgetsIsGoneAtOnce() {
		MemoryFileSystem files = new MemoryFileSystem();
		insertPacked(files, 50);
		EntitySchema kept = new EntitySchema("Product", List.of(), Shop.PRODUCT.fields(), List.of(),
				RetentionPolicy.byNumber(10));
		StoreSchema schema = new StoreSchema(List.of(Shop.MAKER, kept));
		try (Store reopened = Stores.open(files, StoreConfig.defaults(), schema, this.clock)) {
			for (int i = 0; i < 3; i++) {
				try (Snapshot snapshot = reopened.snapshot()) {
					assertThat(Shop.prices(snapshot, 1)).isEqualTo(prices(50));
				}
			}
			reopened.prune(this.clock.instant());
			try (Snapshot snapshot = reopened.snapshot()) {
				assertThat(Shop.prices(snapshot, 1)).isEqualTo(prices(50).substring(prices(50).indexOf("41:40")));
			}
			Shop.destroy(reopened, 1);
			try (Snapshot snapshot = reopened.snapshot()) {
				assertThat(Shop.prices(snapshot, 1)).isEmpty();
			}
		}
	}

	@Test
	void threadsShareThem() throws Exception {
		int records = 50;
		for (int id = 1; id <= records; id++) {
			Shop.insert(this.store, "product " + id, "p" + id, id);
		}
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			List<Future<Boolean>> results = new ArrayList<>();
			for (int thread = 0; thread < 4; thread++) {
				results.add(threads.submit(() -> {
					boolean right = true;
					for (int i = 0; i < 20_000; i++) {
						long id = 1 + i % records;
						right &= find(id)[0].equals("product " + id);
					}
					return right;
				}));
			}
			for (Future<Boolean> result : results) {
				assertThat(result.get()).isTrue();
			}
		}
	}

}
