package dev.flin.runtime.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/**
 * Functions of one run, each on a thread of its own. They take turns, by waiting or after a while, and never run two at
 * once: so what they share needs no locks. The first error ends the others and is raised again.
 */
final class Parallel {

	/** Virtual threads have too little for calls as deep as the limit. */
	private static final long STACK_SIZE = 64L << 20;

	private final FlinContext context;

	private final List<FlinFunction> functions;

	private final @Nullable Object[] results;

	private final int depth;

	private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

	private final List<Thread> threads = new ArrayList<>();

	Parallel(FlinContext context, List<FlinFunction> functions) {
		this.context = context;
		this.functions = functions;
		this.results = new Object[functions.size()];
		this.depth = context.callDepth();
	}

	/** What the functions give, in their order. */
	FlinList run() {
		for (int i = 0; i < this.functions.size(); i++) {
			int index = i;
			this.threads.add(Thread.ofPlatform()
				.name("flin-parallel-" + i)
				.stackSize(STACK_SIZE)
				.unstarted(() -> runOne(index)));
		}
		this.context.whileOthersRun(() -> {
			this.threads.get(0).start();
			joinAll();
		});
		this.context.poll();
		switch (this.failure.get()) {
			case RuntimeException ex -> throw ex;
			case Error ex -> throw ex;
			case null, default -> {
			}
		}
		return FlinList.of(this.results);
	}

	/** Each starts the next one when it is its turn: so they begin in their order. */
	private void runOne(int index) {
		try {
			this.context.inTurn(this.depth, () -> {
				if (index + 1 < this.threads.size()) {
					this.threads.get(index + 1).start();
				}
				if (this.failure.get() == null) {
					this.results[index] = this.functions.get(index).call0();
				}
			});
		}
		catch (RuntimeException | Error ex) {
			if (this.failure.compareAndSet(null, ex)) {
				interruptAll();
			}
		}
	}

	private void interruptAll() {
		this.threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
	}

	/** Waits for all, also when it is interrupted itself: then they are too. */
	private void joinAll() {
		boolean interrupted = false;
		for (Thread thread : this.threads) {
			while (true) {
				try {
					thread.join();
					break;
				}
				catch (InterruptedException ex) {
					interrupted = true;
					this.failure.compareAndSet(null,
							new FlinError(FlinError.INTERRUPTED_ERROR, "the run was interrupted", ex));
					interruptAll();
				}
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
