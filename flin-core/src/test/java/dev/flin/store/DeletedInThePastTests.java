package dev.flin.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import dev.flin.store.Query.Visibility;
import dev.flin.store.fs.MemoryFileSystem;

/** Queries of the past look for what was deleted then, when they are asked to. */
class DeletedInThePastTests {

	private final ManualClock clock = new ManualClock();

	private final Store store = Shop.open(new MemoryFileSystem(), this.clock);

	private String names(Visibility visibility, Instant at) {
		try (Snapshot snapshot = this.store.snapshot()) {
			Query query = Query.of("Product").visibility(visibility).asOf(AsOf.at(at));
			assertThat(snapshot.count(query)).isEqualTo(snapshot.query(query).toList().size());
			return Shop.names(snapshot, query);
		}
	}

	@Test
	void whatWasDeletedThen() {
		Shop.insert(this.store, "pot", "p", 1);
		Shop.insert(this.store, "cup", null, 2);
		Instant inserted = this.clock.instant().plusSeconds(1);
		this.clock.advance(Duration.ofDays(1));
		Shop.delete(this.store, 1);
		Instant deleted = this.clock.instant().plusSeconds(1);
		this.clock.advance(Duration.ofDays(1));
		try (WriteTransaction tx = this.store.begin(null)) {
			tx.restore("Product", 1);
			tx.delete("Product", 2, null);
			tx.commit();
		}
		Instant restored = this.clock.instant().plusSeconds(1);
		this.clock.advance(Duration.ofDays(1));
		assertThat(names(Visibility.ALL, inserted)).isEqualTo("pot cup");
		assertThat(names(Visibility.DELETED, inserted)).isEmpty();
		assertThat(names(Visibility.LIVE, deleted)).isEqualTo("cup");
		assertThat(names(Visibility.ALL, deleted)).isEqualTo("pot cup");
		assertThat(names(Visibility.DELETED, deleted)).isEqualTo("pot");
		assertThat(names(Visibility.DELETED, restored)).isEqualTo("cup");
		assertThat(names(Visibility.ALL, inserted.minus(Duration.ofDays(1)))).isEmpty();
	}

}
