package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.flin.store.EntitySchema;
import dev.flin.store.FieldSchema;
import dev.flin.store.FieldType;
import dev.flin.store.Store;
import dev.flin.store.StoreConfig;
import dev.flin.store.StoreSchema;
import dev.flin.store.WriteTransaction;
import dev.flin.store.engine.Stores;
import dev.flin.store.fs.MemoryFileSystem;

/** Listeners hear of every change, whatever happened to those before. */
class ChangeFeedTests {

	private static final EntitySchema NOTE = EntitySchema.of("Note", FieldSchema.required("text", FieldType.TEXT));

	private static final EntitySchema DRAFT = EntitySchema.of("Draft", FieldSchema.required("text", FieldType.TEXT));

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	private static Store store() {
		return Stores.open(new MemoryFileSystem(), StoreConfig.defaults(), new StoreSchema(List.of(NOTE, DRAFT)),
				java.time.Clock.systemUTC());
	}

	private static void save(Store store, ChangeFeed feed, String... entities) {
		try (WriteTransaction transaction = store.begin(null)) {
			for (String entity : entities) {
				transaction.insert(entity, new Object[] { "x" }, null);
			}
			transaction.commit();
		}
		feed.signal();
	}

	private String next() throws InterruptedException {
		return String.valueOf(this.heard.poll(60, TimeUnit.SECONDS));
	}

	@Test
	void aListenerThatThrowsHearsTheNextChange() throws InterruptedException {
		List<Throwable> failures = new ArrayList<>(Collections.nCopies(1, new IllegalStateException("a bug")));
		failures.add(new AssertionError("another"));
		failures.add(new StackOverflowError());
		Consumer<EntityChange> listener = (change) -> {
			this.heard.add(change.entity() + "#" + change.id());
			if (!failures.isEmpty()) {
				switch (failures.removeFirst()) {
					case RuntimeException ex -> throw ex;
					case Error ex -> throw ex;
					case Throwable ex -> throw new AssertionError(ex);
				}
			}
		};
		try (Store store = store(); ChangeFeed feed = new ChangeFeed(store, listener)) {
			feed.start();
			for (int i = 1; i <= 4; i++) {
				save(store, feed, "Note");
				assertThat(next()).isEqualTo("Note#" + i);
			}
		}
	}

	@Test
	void aRecordWhoseEntityIsGoneKeepsNoOtherFromBeingTold() throws InterruptedException {
		try (Store store = store(); ChangeFeed feed = new ChangeFeed(store, (change) -> this.heard.add(change.entity()
				+ "#" + change.id()))) {
			save(store, feed, "Draft", "Note");
			save(store, feed, "Note");
			store.migrate(new StoreSchema(List.of(NOTE)));
			feed.start();
			assertThat(next()).isEqualTo("Note#1");
			assertThat(next()).isEqualTo("Note#2");
		}
	}

}
