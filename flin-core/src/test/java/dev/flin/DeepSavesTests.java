package dev.flin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.flin.value.FlinError;

/** A program that calls itself too often and saves meanwhile: the store must not care where the stack ends. */
class DeepSavesTests {

	private static final int STACK_BYTES = 512 << 10;

	private static final int STEP = 37;

	private static final Map<String, String> FILES = Map.of("main.flin", """
			entity Depth { calls: int = 0 }
			entity Item { depth: int }

			fn descend(left: int, depth: int) -> int {
			    if left == 0 {
			        item = Item { depth: depth }
			        save item
			        return 0
			    }
			    descend(left - 1, depth) + 1
			}

			goal = Depth.first ?? Depth { calls: 0 }
			goal.calls += %d
			save goal
			descend(goal.calls, goal.calls)
			""".formatted(STEP), "count.flin", "Item.count");

	@Test
	void aSaveAtTheEndOfTheStackIsRefusedBeforeItBegins() throws InterruptedException {
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.of(() -> FILES))
			.property("flin.limits.call-depth", "1000000")
			.build()
			.requireNoErrors()) {
			long saved = 0;
			int refused = 0;
			while (refused < 10) {
				Throwable failure = runOnSmallStack(engine);
				if (failure == null) {
					saved++;
				}
				else {
					assertThat(failure).isInstanceOf(FlinError.class).hasMessageContaining("nested deeper");
					refused++;
				}
			}
			assertThat(engine.run("count.flin")).isEqualTo(saved);
		}
	}

	private static @Nullable Throwable runOnSmallStack(FlinEngine engine) throws InterruptedException {
		@Nullable
		Throwable[] failure = new Throwable[1];
		Thread thread = new Thread(null, () -> engine.run("main.flin"), "small", STACK_BYTES);
		thread.setUncaughtExceptionHandler((ended, ex) -> failure[0] = ex);
		thread.start();
		thread.join();
		return failure[0];
	}

}
