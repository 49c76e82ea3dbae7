package dev.flin.autoconfigure.reactive;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import dev.flin.http.ResponseBody;

/**
 * The one place where work leaves the event loop: each task gets a virtual thread of its own. Not an executor bean, so
 * that the application's own executors stay what they are.
 */
public final class FlinWorkers implements AutoCloseable {

	private static final int STREAM_CHUNK_BYTES = 8 * 1024;

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final ExecutorService executor = Executors
		.newThreadPerTaskExecutor(Thread.ofVirtual().name("flin-", 0).factory());

	private final Scheduler scheduler = Schedulers.fromExecutorService(this.executor, "flin");

	private final Heartbeats heartbeats = new Heartbeats(this.executor);

	/** Where the bytes of files are read. */
	Scheduler scheduler() {
		return this.scheduler;
	}

	/** Runs a blocking task; its subscriber goes on where it ran. */
	<T> Mono<T> run(Callable<@Nullable T> task, Consumer<Thread> whenGone) {
		return run(task, whenGone, Runnable::run);
	}

	/**
	 * Runs a blocking task when somebody subscribes; who cancels interrupts it.
	 * @param whenGone told the thread of a task whose subscriber cancelled while it ran
	 * @param goesOn where the subscriber gets the result
	 */
	<T> Mono<T> run(Callable<@Nullable T> task, Consumer<Thread> whenGone, Executor goesOn) {
		return Mono.create((sink) -> {
			Task<T> started = new Task<>(task, whenGone, sink, goesOn);
			sink.onCancel(started);
			this.executor.execute(started);
		});
	}

	/** A task with its thread while it runs. */
	private static final class Task<T> implements Runnable, Disposable {

		private final Callable<@Nullable T> code;

		private final Consumer<Thread> whenGone;

		private final MonoSink<T> sink;

		private final Executor goesOn;

		private volatile @Nullable Thread thread;

		private volatile boolean cancelled;

		Task(Callable<@Nullable T> code, Consumer<Thread> whenGone, MonoSink<T> sink, Executor goesOn) {
			this.code = code;
			this.whenGone = whenGone;
			this.sink = sink;
			this.goesOn = goesOn;
		}

		@Override
		public void run() {
			this.thread = Thread.currentThread();
			try {
				if (!this.cancelled) {
					T result = this.code.call();
					goOn(() -> this.sink.success(result));
				}
			}
			catch (Throwable ex) {
				goOn(() -> this.sink.error(ex));
			}
			finally {
				this.thread = null;
			}
		}

		/** An event loop that has ended takes nothing any more: then nobody waits for the answer either. */
		private void goOn(Runnable signal) {
			try {
				this.goesOn.execute(signal);
			}
			catch (RejectedExecutionException ex) {
				signal.run();
			}
		}

		@Override
		public void dispose() {
			this.cancelled = true;
			Thread running = this.thread;
			if (running != null) {
				this.whenGone.accept(running);
				running.interrupt();
			}
		}

	}

	/**
	 * The bytes of a stream as they are made, one buffer for each write. A client that reads slowly makes the stream
	 * wait; one that goes away ends it.
	 */
	Flux<DataBuffer> stream(ResponseBody.Stream stream, DataBufferFactory buffers) {
		return Flux.defer(() -> {
			AtomicReference<@Nullable Thread> running = new AtomicReference<>();
			AtomicBoolean gone = new AtomicBoolean();
			return Flux.from(DataBufferUtils.outputStreamPublisher((output) -> {
				running.set(Thread.currentThread());
				StreamWriter writer = new StreamWriter(output, gone, this.stopping);
				this.heartbeats.during(writer, () -> stream.source().writeTo(writer));
				running.set(null);
			}, buffers, this.executor, STREAM_CHUNK_BYTES)).doOnCancel(() -> {
				gone.set(true);
				Thread thread = running.get();
				if (thread != null) {
					thread.interrupt();
				}
			});
		});
	}

	/** Lets streams end at their next pause. */
	void endStreams() {
		this.heartbeats.close();
		this.stopping.countDown();
	}

	/** Waits for what runs; streams end at their next pause. */
	@Override
	public void close() {
		endStreams();
		this.scheduler.dispose();
		this.executor.close();
	}

}
