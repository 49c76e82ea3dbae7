package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

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
