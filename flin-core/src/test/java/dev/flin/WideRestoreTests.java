package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.flin.value.EntityInstance;

/** A deletion that takes thousands of records of its own entity along, and the way back. */
class WideRestoreTests {

	private static final int PARTS = 5_000;

	private static final Map<String, String> FILES = Map.of("main.flin", """
			entity Part { whole: Part? @on_delete(cascade) }

			fn fill(parts: int) {
			    whole = Part { whole: none }
			    save whole
			    transaction {
			        for i in 1..parts { save Part { whole: whole } }
			    }
			}
			fill(%d)
			""".formatted(PARTS));

	/** Does something to a deleted record, with which thousands of others were deleted. */
	private static void withDeleted(BiConsumer<FlinStore, EntityInstance> then) {
		try (FlinEngine engine = FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build().requireNoErrors()) {
			engine.run("main.flin");
			FlinStore store = engine.store();
			EntityInstance whole = store.all("Part").getFirst();
			store.delete(whole);
			assertThat(store.count("Part")).isZero();
			then.accept(store, whole);
		}
	}

	/** Seconds when the deleted records are read once, a minute and more when each of them is asked. */
	@Test
	@Timeout(40)
	void whatADeletionTookAlongComesBackInOneReading() {
		withDeleted((store, whole) -> {
			store.restore(whole);
			assertThat(store.count("Part")).isEqualTo(PARTS + 1);
		});
	}

	/** The same for those that are destroyed after they were deleted. */
	@Test
	@Timeout(40)
	void whatADeletionTookAlongIsDestroyedInOneReading() {
		withDeleted((store, whole) -> {
			store.destroy(whole);
			assertThat(store.query("Part").withDeleted().count()).isZero();
		});
	}

}
