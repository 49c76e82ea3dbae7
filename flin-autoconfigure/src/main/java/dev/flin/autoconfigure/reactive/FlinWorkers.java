package dev.flin.autoconfigure.reactive;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The one place where work leaves the event loop: each task gets a virtual thread of its own. Not an executor bean, so
 * that the application's own executors stay what they are.
 */
public final class FlinWorkers implements AutoCloseable {

	private final ExecutorService executor = Executors
		.newThreadPerTaskExecutor(Thread.ofVirtual().name("flin-", 0).factory());

	private final Scheduler scheduler = Schedulers.fromExecutorService(this.executor, "flin");

	/** Where the bytes of files are read. */
	Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Runs a blocking task when somebody subscribes; who cancels interrupts it.
	 * @param whenGone told the thread of a task whose subscriber cancelled while it ran
	 */
	<T> Mono<T> run(Callable<@Nullable T> task, Consumer<Thread> whenGone) {
		return Mono.create((sink) -> {
			AtomicReference<@Nullable Thread> running = new AtomicReference<>();
			Future<?> future = this.executor.submit(() -> {
				running.set(Thread.currentThread());
				try {
					sink.success(task.call());
				}
				catch (Throwable ex) {
					sink.error(ex);
				}
				finally {
					running.set(null);
				}
			});
			sink.onCancel(() -> {
				Thread thread = running.get();
				if (thread != null) {
					whenGone.accept(thread);
				}
				future.cancel(true);
			});
		});
	}

	/** Waits for what runs. */
	@Override
	public void close() {
		this.scheduler.dispose();
		this.executor.close();
	}

}
