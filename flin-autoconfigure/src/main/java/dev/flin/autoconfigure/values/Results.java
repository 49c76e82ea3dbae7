package dev.flin.autoconfigure.values;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.value.FlinError;

/**
 * Calls methods of beans on the thread of a run, which may wait for what they give later.
 */
public final class Results {

	private Results() {
	}

	/**
	 * Calls a method and waits for a result that comes later: a list for many values.
	 * @throws Throwable what the method raises
	 */
	public static @Nullable Object call(Method method, Object bean, @Nullable Object[] arguments) throws Throwable {
		try {
			return await(method.invoke(bean, arguments));
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(method + " cannot be called", ex);
		}
	}

	private static @Nullable Object await(@Nullable Object result) throws Throwable {
		if (result instanceof CompletionStage<?> stage) {
			return await(stage);
		}
		ReactiveAdapterRegistry registry = ReactiveAdapterRegistry.getSharedInstance();
		ReactiveAdapter adapter = (result != null && registry.hasAdapters()) ? registry.getAdapter(result.getClass())
				: null;
		return (adapter != null) ? Reactive.await(adapter, result) : result;
	}

	private static @Nullable Object await(CompletionStage<?> stage) throws Throwable {
		try {
			return stage.toCompletableFuture().get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw interrupted(ex);
		}
	}

	private static FlinError interrupted(Throwable cause) {
		return new FlinError(FlinError.INTERRUPTED_ERROR, "the client is gone", cause);
	}

	/** Apart, for applications without Reactor. */
	private static final class Reactive {

		private Reactive() {
		}

		static @Nullable Object await(ReactiveAdapter adapter, @Nullable Object result) throws Throwable {
			try {
				return adapter.isMultiValue() ? Flux.from(adapter.toPublisher(result)).collectList().block()
						: Mono.from(adapter.toPublisher(result)).block();
			}
			catch (RuntimeException ex) {
				Throwable cause = Exceptions.unwrap(ex);
				throw (cause instanceof InterruptedException) ? interrupted(cause) : cause;
			}
		}

	}

}
