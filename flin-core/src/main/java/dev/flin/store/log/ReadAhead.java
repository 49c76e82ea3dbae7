package dev.flin.store.log;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinBugException;

/**
 * Takes chunks of the log while somebody else reads the next one, one at a time. A chunk that nobody has begun when it
 * is needed is read here, so it does not matter how slow the helper is.
 *
 * @param <T> what records are decoded to
 */
final class ReadAhead<T> {

	private final Callable<LogReader.Chunk<T>> reader;

	private final LogReader.Taker<T> taker;

	private final Executor helper;

	ReadAhead(Callable<LogReader.Chunk<T>> reader, LogReader.Taker<T> taker, Executor helper) {
		this.reader = reader;
		this.taker = taker;
		this.helper = helper;
	}

	LogReader.End run() throws IOException {
		FutureTask<LogReader.Chunk<T>> ahead = begin();
		try {
			while (true) {
				LogReader.Chunk<T> chunk = result(ahead);
				LogReader.@Nullable End end = chunk.end();
				if (end == null) {
					ahead = begin();
				}
				chunk.giveTo(this.taker);
				if (end != null) {
					return end;
				}
			}
		}
		finally {
			// whoever goes on must find nobody at the files
			ahead.run();
			await(ahead);
		}
	}

	private FutureTask<LogReader.Chunk<T>> begin() {
		FutureTask<LogReader.Chunk<T>> task = new FutureTask<>(this.reader);
		this.helper.execute(task);
		return task;
	}

	private LogReader.Chunk<T> result(FutureTask<LogReader.Chunk<T>> task) throws IOException {
		task.run();
		await(task);
		return switch (task.state()) {
			case SUCCESS -> task.resultNow();
			case FAILED -> throw failure(task.exceptionNow());
			case RUNNING, CANCELLED -> throw new FlinBugException("the log was not read to its end");
		};
	}

	private static IOException failure(Throwable cause) {
		switch (cause) {
			case IOException failed -> {
				return failed;
			}
			case RuntimeException failed -> throw failed;
			case Error failed -> throw failed;
			default -> throw new FlinBugException("the log could not be read", cause);
		}
	}

	/** Waits for a task that has begun; an interrupt waits too. */
	private static void await(FutureTask<?> task) {
		boolean interrupted = false;
		while (!task.isDone()) {
			try {
				task.get();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
			catch (ExecutionException ex) {
				break; // whoever wants the result finds it there
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
