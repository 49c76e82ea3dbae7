package dev.flin.runtime.lib;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Convert;
import dev.flin.runtime.Failures;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Operations;
import dev.flin.runtime.Settings;
import dev.flin.runtime.ThreadBound;
import dev.flin.value.ArrayFunction;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Printer;
import dev.flin.value.Truthiness;

/**
 * Printing, failing, trying, and functions of functions.
 */
public final class ControlFunctions {

	private ControlFunctions() {
	}

	@Builtin(value = "print(...values: any) -> none", aliases = { "log", "console.log", "println" },
			doc = "Writes a line with the printed forms of the values.", example = "print(1, \"a\") // none")
	public static @Nullable Object print(FlinContext context, FlinList values) {
		if (values.size() == 1) {
			context.print(Printer.print(values.element(0)));
			return null;
		}
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < values.size(); i++) {
			line.append((i > 0) ? " " : "").append(Printer.print(values.element(i)));
		}
		context.print(line.toString());
		return null;
	}

	@Builtin(value = "fail(why: any, cause: any = none) -> never", aliases = { "Error", "raise" },
			doc = "Raises an error with a message, or an error value again. The cause is the error that led to it.",
			example = "(try fail(\"no\")).error.message // \"no\"")
	public static Object fail(@Nullable Object why, @Nullable Object cause) {
		Object given = (cause instanceof FlinMap options) ? options.get("cause") : cause;
		throw (given instanceof FlinError error) ? new FlinError(FlinError.ERROR, Printer.print(why), error)
				: Failures.raised(why);
	}

	@Builtin(value = "assert(condition: any, why: any = none) -> none",
			doc = "Raises an AssertionError unless a condition holds.", example = "assert(1 < 2) // none")
	public static @Nullable Object assertThat(@Nullable Object condition, @Nullable Object why) {
		if (!Truthiness.isTrue(condition)) {
			throw Failures.assertion(why);
		}
		return null;
	}

	@Builtin(value = "try_or<T>(f: () -> T, default: T) -> T", doc = "What a function gives, or a default if it fails.",
			example = "try_or(() => div(1, 0), 7) // 7")
	public static @Nullable Object tryOr(FlinContext context, FlinFunction f, @Nullable Object defaultValue) {
		int depth = context.callDepth();
		try {
			return f.call0();
		}
		catch (RuntimeException | StackOverflowError ex) {
			context.callDepth(depth);
			stopIfInterrupted(Failures.caught(context, ex));
			return defaultValue;
		}
	}

	@Builtin(value = "retry<T>(f: () -> T, times: int) -> T",
			doc = "Calls a function until it does not fail, so many times in all; the last error is raised.",
			example = "retry(() => 5, 3) // 5")
	public static @Nullable Object retry(FlinContext context, FlinFunction f, long times) {
		int depth = context.callDepth();
		for (long attempt = 1;; attempt++) {
			try {
				return f.call0();
			}
			catch (RuntimeException | StackOverflowError ex) {
				context.callDepth(depth);
				FlinError error = Failures.caught(context, ex);
				stopIfInterrupted(error);
				if (attempt >= times) {
					throw error;
				}
			}
		}
	}

	@Builtin(value = "sleep(d: duration) -> none", serverOnly = true, doc = "Waits.",
			example = "sleep(0.seconds) // none")
	public static @Nullable Object sleep(FlinContext context, Duration d) {
		AtomicReference<@Nullable InterruptedException> interrupted = new AtomicReference<>();
		if (d.isPositive()) {
			context.whileOthersRun(() -> {
				try {
					Thread.sleep(d);
				}
				catch (InterruptedException ex) {
					interrupted.set(ex);
				}
			});
		}
		if (interrupted.get() != null) {
			Thread.currentThread().interrupt();
			context.poll();
			throw new FlinError(FlinError.INTERRUPTED_ERROR, "the run was interrupted", interrupted.get());
		}
		context.poll();
		return null;
	}

	@Builtin(value = "memoize<F>(f: F) -> F", doc = "The function with a memory for its results.",
			example = "memoize(n => n * n)(4) // 16")
	public static FlinFunction memoize(@Nullable Object f) {
		return new Memoized(Convert.toFunction(f, "f"));
	}

	@Builtin(value = "compose<A, B, C>(f: (B) -> C, g: (A) -> B) -> (A) -> C", doc = "The function `f(g(x))`.",
			example = "compose(n => n + 1, n => n * 2)(5) // 11")
	public static FlinFunction compose(FlinFunction f, FlinFunction g) {
		return new Composed(f, g);
	}

	@Builtin(value = "pipe<A, B, C>(f: (A) -> B, g: (B) -> C) -> (A) -> C", doc = "The function `g(f(x))`.",
			example = "pipe(n => n + 1, n => n * 2)(5) // 12")
	public static FlinFunction pipe(FlinFunction f, FlinFunction g) {
		return new Composed(g, f);
	}

	@Builtin(value = "compose<A, B, C, D>(f: (C) -> D, g: (B) -> C, h: (A) -> B) -> (A) -> D",
			doc = "The function `f(g(h(x)))`.",
			example = "compose(n => n + 1, n => n * 2, n => n - 3)(5) // 5")
	public static FlinFunction compose(FlinFunction f, FlinFunction g, FlinFunction h) {
		return new Composed(f, new Composed(g, h));
	}

	@Builtin(value = "pipe<A, B, C, D>(f: (A) -> B, g: (B) -> C, h: (C) -> D) -> (A) -> D",
			doc = "The function `h(g(f(x)))`.",
			example = "pipe(n => n + 1, n => n * 2, n => n - 3)(5) // 9")
	public static FlinFunction pipe(FlinFunction f, FlinFunction g, FlinFunction h) {
		return compose(h, g, f);
	}

	@Builtin(value = "identity<T>(x: T) -> T", aliases = { "Object.freeze", "valueOf" },
			doc = "The value itself.", example = "identity(5) // 5")
	public static @Nullable Object identity(@Nullable Object x) {
		return x;
	}

	@Builtin(value = "parallel<T>(fs: [() -> T]) -> [T]",
			doc = "What functions without parameters give, in their order. While one waits the others go on; an error "
					+ "of one ends the others. Inside a transaction they run one after the other.",
			example = "parallel([() => 1, () => 2]) // [1, 2]")
	public static FlinList parallel(FlinContext context, FlinList fs) {
		List<FlinFunction> functions = new ArrayList<>();
		for (int i = 0; i < fs.size(); i++) {
			functions.add(Convert.toFunction(fs.element(i), "[" + i + "]"));
		}
		ThreadBound state = context.service(ThreadBound.class);
		if (functions.size() > 1 && (state == null || !state.isBound())) {
			FlinList results = new Parallel(context, functions).run();
			if (state != null) {
				state.refresh();
			}
			return results;
		}
		FlinList inOrder = FlinList.expecting(fs.size());
		functions.forEach(function -> inOrder.add(function.call0()));
		return inOrder;
	}

	@Builtin(value = "parallel(fs: [any]) -> [any]", doc = "The same of functions whose results differ in type.",
			example = "parallel([() => 1, () => \"a\"]) // [1, \"a\"]")
	public static FlinList parallelMixed(FlinContext context, FlinList fs) {
		return parallel(context, fs);
	}

	@Builtin(value = "timeout<T>(limit: duration, f: () -> T) -> T",
			doc = "What a function gives; raises an error when it takes longer.",
			example = "timeout(5.seconds, () => 42) // 42")
	public static @Nullable Object timeout(FlinContext context, Duration limit, FlinFunction f) {
		FlinError late = new FlinError(FlinError.LIMIT_ERROR, "not done within " + Printer.duration(limit));
		Thread running = Thread.currentThread();
		Thread watch = Thread.ofVirtual().name("flin-timeout").start(() -> {
			try {
				Thread.sleep(limit);
				context.stop(late);
				running.interrupt();
			}
			catch (InterruptedException done) {
				Thread.currentThread().interrupt();
			}
		});
		try {
			Object result = f.call0();
			context.poll();
			return result;
		}
		finally {
			watch.interrupt();
			joinQuietly(watch);
			if (context.resume(late)) {
				Thread.interrupted();
			}
		}
	}

	@Builtin(value = "measure(f: () -> any) -> duration", doc = "How long a function takes.",
			example = "measure(() => 1) >= 0.seconds // true")
	public static Duration measure(FlinContext context, FlinFunction f) {
		Instant start = context.now();
		f.call0();
		return Operations.subtract(context.now(), start);
	}

	@Builtin(value = "env(name: text) -> text?", serverOnly = true, doc = "A variable of the environment.",
			example = "env(\"NO_SUCH_NAME\") // none")
	public static @Nullable String env(FlinContext context, String name) {
		Settings settings = context.service(Settings.class);
		return (settings != null) ? settings.environment(name) : null;
	}

	@Builtin(value = "env(name: text, default: text) -> text", serverOnly = true,
			doc = "A variable of the environment, or a default.", example = "env(\"NO_SUCH_NAME\", \"x\") // \"x\"")
	public static String env(FlinContext context, String name, String defaultValue) {
		String value = env(context, name);
		return (value != null) ? value : defaultValue;
	}

	@Builtin(value = "config(name: text) -> text?", serverOnly = true, doc = "A configuration property.",
			example = "config(\"no.such.name\") // none")
	public static @Nullable String config(FlinContext context, String name) {
		Settings settings = context.service(Settings.class);
		return (settings != null) ? settings.property(name) : null;
	}

	@Builtin(value = "config(name: text, default: text) -> text", serverOnly = true,
			doc = "A configuration property, or a default.", example = "config(\"no.such.name\", \"x\") // \"x\"")
	public static String config(FlinContext context, String name, String defaultValue) {
		String value = config(context, name);
		return (value != null) ? value : defaultValue;
	}

	/** A run that is being stopped is not kept going by a default or another attempt. */
	private static void stopIfInterrupted(FlinError error) {
		if (error.code().equals(FlinError.INTERRUPTED_ERROR)) {
			throw error;
		}
	}

	private static void joinQuietly(Thread watch) {
		boolean interrupted = false;
		while (true) {
			try {
				watch.join();
				break;
			}
			catch (InterruptedException ex) {
				// The watch itself interrupts when it fires while the function ends; the flag is put back below.
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class Memoized extends ArrayFunction {

		private final FlinFunction f;

		private final FlinMap results = new FlinMap();

		private Memoized(FlinFunction f) {
			super(f.name(), f.arity(), f.minArity(), f.takesRest());
			this.f = f;
		}

		@Override
		public @Nullable Object callN(@Nullable Object[] args) {
			FlinTuple key = FlinTuple.of(args.clone());
			Object known = this.results.get(key);
			if (known != null || this.results.containsKey(key)) {
				return known;
			}
			Object result = this.f.callN(args);
			this.results.put(key, result);
			return result;
		}

	}

	private static final class Composed extends FlinFunction {

		private final FlinFunction outer;

		private final FlinFunction inner;

		private Composed(FlinFunction outer, FlinFunction inner) {
			super(1);
			this.outer = outer;
			this.inner = inner;
		}

		@Override
		public @Nullable Object call1(@Nullable Object a) {
			return this.outer.call1(this.inner.call1(a));
		}

	}

}
