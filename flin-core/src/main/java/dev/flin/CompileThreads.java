package dev.flin;

import java.util.concurrent.Executor;

import dev.flin.compiler.Workers;

/** How many threads a compilation takes, and where they come from when the host has no wish. */
final class CompileThreads {

	/** More do not pay: checking is done by one. */
	private static final int HELPERS_MAX = 3;

	private CompileThreads() {
	}

	static void start(Runnable task) {
		Thread.ofPlatform().daemon().name("flin-compile").start(task);
	}

	/** One thread fewer than there are processors: the calling thread works too. */
	static Workers of(Executor executor) {
		return new Workers(executor, Math.min(HELPERS_MAX, Runtime.getRuntime().availableProcessors() - 1));
	}

}
