package dev.flin.runtime.lib;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;

/** Waits for the world outside. */
final class Outside {

	/** What waits. */
	@FunctionalInterface
	interface Work<T, X extends Exception> {

		T get() throws X, InterruptedException;

	}

	private Outside() {
	}

	/**
	 * Does something that waits, while the other threads of the run go on.
	 * @param failure what it may throw
	 */
	static <T, X extends Exception> T waitFor(FlinContext context, Class<X> failure, Work<T, X> work) throws X {
		AtomicReference<@Nullable T> result = new AtomicReference<>();
		AtomicReference<@Nullable Exception> thrown = new AtomicReference<>();
		context.whileOthersRun(() -> {
			try {
				result.set(work.get());
			}
			catch (Exception ex) {
				thrown.set(ex);
			}
		});
		T done = result.get();
		if (done != null) {
			return done;
		}
		Exception ex = thrown.get();
		if (failure.isInstance(ex)) {
			throw failure.cast(ex);
		}
		if (ex instanceof InterruptedException) {
			Thread.currentThread().interrupt();
			context.poll();
			throw new FlinError(FlinError.INTERRUPTED_ERROR, "the run was interrupted", ex);
		}
		if (ex instanceof RuntimeException known) {
			throw known;
		}
		throw new FlinBugException("what was waited for gave nothing", ex);
	}

}
