package dev.flin.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code on a thread with a stack of a given size. */
final class WithStack {

	private WithStack() {
	}

	static void run(long stackBytes, Runnable code) throws InterruptedException {
		FutureTask<Void> task = new FutureTask<>(code, null);
		new Thread(null, task, "flin", stackBytes).start();
		try {
			task.get();
		}
		catch (ExecutionException ex) {
			switch (ex.getCause()) {
				case RuntimeException failure -> throw failure;
				case Error error -> throw error;
				case null, default -> throw new IllegalStateException(ex);
			}
		}
	}

}
