package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

	/** A program that has no such entity any more is no failure, but whoever wonders finds why nothing was told. */
	@Test
	void aRecordWhoseEntityIsGoneKeepsNoOtherFromBeingTold() throws InterruptedException {
		Logger logger = (Logger) LoggerFactory.getLogger(ChangeFeed.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		logger.setLevel(Level.INFO);
		try (Store store = store(); ChangeFeed feed = new ChangeFeed(store, (change) -> this.heard.add(change.entity()
				+ "#" + change.id()))) {
			save(store, feed, "Draft", "Note", "Draft");
			save(store, feed, "Note");
			store.migrate(new StoreSchema(List.of(NOTE)));
			feed.start();
			assertThat(next()).isEqualTo("Note#1");
			assertThat(next()).isEqualTo("Note#2");
			store.migrate(new StoreSchema(List.of(NOTE, DRAFT)));
			save(store, feed, "Draft");
			assertThat(next()).startsWith("Draft#");
		}
		finally {
			logger.setLevel(null);
			logger.detachAppender(log);
		}
		assertThat(log.list).hasSize(1).first().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.INFO);
			assertThat(event.getFormattedMessage()).startsWith("The changes of Draft in transaction ")
				.endsWith(" are not told: the program has no such entity any more");
		});
	}

}
