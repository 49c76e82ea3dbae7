package dev.flin.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

import dev.flin.types.Parallel;
import dev.flin.value.FlinBugException;

/**
 * Threads that help a compilation. The thread that compiles takes part in all work and never waits for a task that has
 * not started, so that an executor may be slow, busy or run everything at once.
 */
public final class Workers {

	/** No help: everything happens on the thread that compiles. */
	public static final Workers NONE = new Workers(Runnable::run, 0);

	private final Executor executor;

	private final int helpers;

	/**
	 * @param executor must accept every task
	 * @param helpers how many tasks it gets at once
	 */
	public Workers(Executor executor, int helpers) {
		this.executor = executor;
		this.helpers = helpers;
	}

	/**
	 * Whether somebody is left beside who takes part in a compilation. On two processors its threads and the JIT
	 * compilers have all of both.
	 */
	boolean hasSpare() {
		return this.helpers > 1;
	}

	/** Does something beside; only if there is anybody to do it. Nobody waits for it. */
	void aside(Runnable work) {
		this.executor.execute(work);
	}

	/**
	 * Applies a function to all items.
	 * @param work must be safe for many threads
	 * @param share how many items are worth a helper
	 * @return the results in the order of the items
	 */
	<T, R> List<R> map(List<T> items, int share, Function<? super T, ? extends R> work) {
		List<FutureTask<R>> tasks = new ArrayList<>(items.size());
		for (T item : items) {
			tasks.add(new FutureTask<>(() -> work.apply(item)));
		}
		int wanted = Math.min(this.helpers, items.size() / share);
		for (int i = 0; i < wanted; i++) {
			this.executor.execute(() -> tasks.forEach(FutureTask::run));
		}
		tasks.forEach(FutureTask::run);
		List<R> results = new ArrayList<>(items.size());
		for (FutureTask<R> task : tasks) {
			results.add(result(task));
		}
		return results;
	}

	/**
	 * Help for other packages.
	 * @param share how many items are worth a helper
	 */
	Parallel with(int share) {
		Workers workers = this;
		return new Parallel() {

			@Override
			public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> work) {
				return workers.map(items, share, work);
			}

		};
	}

	/** Every task has at least started; an interrupt waits until the compilation has ended. */
	private static <R> R result(FutureTask<R> task) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return task.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		catch (ExecutionException ex) {
			switch (ex.getCause()) {
				case RuntimeException cause -> throw cause;
				case Error cause -> throw cause;
				case null, default -> throw new FlinBugException("a compilation failed", ex);
			}
		}
		catch (CancellationException ex) {
			throw new FlinBugException("a compilation was cut off", ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
