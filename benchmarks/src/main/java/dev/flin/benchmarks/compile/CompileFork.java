package dev.flin.benchmarks.compile;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import dev.flin.EngineLibrary;
import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Samples;
import dev.flin.compiler.CompilationResult;
import dev.flin.compiler.Compiler;
import dev.flin.runtime.BuiltinCatalog;
import dev.flin.source.SourceFile;

/** The main class of a JVM that measures the compiler in one respect. */
final class CompileFork {

	static final int FILES = 50;

	/** The number of the file that changes: a library. */
	private static final int EDITED = 25;

	private static final int RELOADS = 1_000;

	/** Windows of the shortest warm-up; the last two have to agree. */
	private static final int WINDOWS = 4;

	/** How many times as long as the shortest a warm-up may be. */
	private static final int PATIENCE = 5;

	/** The part of a window that the JIT compilers may work when they are done with what is hot. */
	private static final double REST = 0.25;

	private static final double AGREEMENT = 0.1;

	private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private CompileFork() {
	}

	/**
	 * Measures.
	 * @param args what, and how many milliseconds to warm up
	 */
	public static void main(String[] args) throws Exception {
		long warmUp = Long.parseLong(args[1]) * 1_000_000;
		switch (args[0]) {
			case "times" -> times(warmUp);
			case "growth" -> growth(warmUp);
			case "reloads" -> reloads();
			default -> throw new IllegalArgumentException(args[0]);
		}
		System.exit(0);
	}

	private static void times(long warmUp) {
		BuiltinCatalog catalog = EngineLibrary.catalog();
		Fork.answer("warm", median(warmUp, () -> compiler(catalog).compile(Sources.files(FILES))));
		Fork.answer("classes", median(warmUp / 2, () -> Objects
				.requireNonNull(compiler(catalog).compile(Sources.files(FILES)).program()).classes()));
		Compiler compiler = compiler(catalog);
		List<SourceFile> files = Sources.files(FILES);
		compiler.compile(files);
		int[] edition = { 0 };
		Fork.answer("one", median(warmUp / 4, () -> {
			SourceFile edited = Sources.file(EDITED, ++edition[0] % 9);
			files.replaceAll((file) -> file.path().equals(edited.path()) ? edited : file);
			compiler.compile(files).diagnostics().forEach(CompileFork::refuse);
		}));
		long before = usedHeap();
		CompilationResult kept = compiler(catalog).compile(Sources.files(FILES));
		long after = usedHeap();
		Fork.answer("kilobytes", (after - before) / 1024.0 / FILES);
		Objects.requireNonNull(kept.program()).classes();
		Fork.answer("made", (usedHeap() - before) / 1024.0 / FILES);
		Fork.answer("kept", kept.diagnostics().size());
	}

	private static void growth(long warmUp) {
		BuiltinCatalog catalog = EngineLibrary.catalog();
		for (int lines : CompileSuite.GROWTH) {
			Fork.answer("files" + lines, median(warmUp, () -> compiler(catalog)
					.compile(Sources.files(lines / Sources.LINES))));
			Fork.answer("file" + lines, median(warmUp, () -> compiler(catalog)
					.compile(List.of(Sources.longFile(lines)))));
		}
	}

	/** Reloads of one file of an application in service, as an editor causes them. */
	private static void reloads() {
		Map<String, String> sources = new TreeMap<>();
		Sources.files(FILES).forEach((file) -> sources.put(file.path(), file.text()));
		AtomicReference<Map<String, String>> current = new AtomicReference<>(Map.copyOf(sources));
		List<Double> times = new ArrayList<>();
		try (FlinEngine engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(current.get(), Map.of()))
			.build()
			.requireNoErrors()) {
			for (int i = 1; i <= RELOADS; i++) {
				sources.put(Sources.MAIN, "total_25_0([" + i + ", 2, 3]) + " + i + "\n");
				sources.put(Sources.path(EDITED), Sources.file(EDITED, i % 9).text());
				current.set(Map.copyOf(sources));
				long start = System.nanoTime();
				engine.reload();
				times.add(millisSince(start));
				engine.requireNoErrors().run(Sources.MAIN);
				if (i == RELOADS / 10 || i == RELOADS) {
					answerLoaded((i == RELOADS) ? "last" : "first");
				}
			}
			Fork.answer("reload", Samples.median(times.subList(RELOADS / 2, RELOADS)));
		}
	}

	private static void answerLoaded(String when) {
		long heap = usedHeap();
		Fork.answer(when + "-classes", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
		Fork.answer(when + "-metaspace", ManagementFactory.getMemoryPoolMXBeans()
			.stream()
			.filter((pool) -> pool.getName().equals("Metaspace"))
			.mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
			.sum());
		Fork.answer(when + "-heap", heap);
	}

	private static Compiler compiler(BuiltinCatalog catalog) {
		return new Compiler(catalog, CompileFork.class.getClassLoader(), ColdFork.workers());
	}

	private static void refuse(Object diagnostic) {
		throw new IllegalStateException("a source of the measurement is wrong: " + diagnostic);
	}

	/** Warms up, then takes the median of as long again. */
	private static double median(long warmUp, Runnable action) {
		warmUp(warmUp, action);
		return Samples.median(repeat(warmUp, action));
	}

	/**
	 * Repeats for a time, and then for up to a few times that time until two windows agree and the JIT compilers rest.
	 * It is the time of the thread that counts, so that a busy machine does not make warm-ups shorter.
	 */
	private static void warmUp(long nanos, Runnable action) {
		double before = Double.MAX_VALUE;
		boolean steady = false;
		long start = THREADS.getCurrentThreadCpuTime();
		long spent = 0;
		while (spent < nanos || !steady && spent < nanos * PATIENCE) {
			long compiling = COMPILERS.getTotalCompilationTime();
			long from = System.nanoTime();
			double now = Samples.median(repeat(nanos / WINDOWS, action));
			boolean rests = COMPILERS.getTotalCompilationTime() - compiling < REST * millisSince(from);
			steady = rests && Math.abs(now - before) < AGREEMENT * before;
			before = now;
			spent = THREADS.getCurrentThreadCpuTime() - start;
		}
	}

	private static List<Double> repeat(long nanos, Runnable action) {
		List<Double> samples = new ArrayList<>();
		long start = THREADS.getCurrentThreadCpuTime();
		while (samples.isEmpty() || THREADS.getCurrentThreadCpuTime() - start < nanos) {
			long before = System.nanoTime();
			action.run();
			samples.add(millisSince(before));
		}
		return samples;
	}

	private static double millisSince(long nanos) {
		return (System.nanoTime() - nanos) / 1e6;
	}

	/** After collections that give unloading its chance. */
	private static long usedHeap() {
		for (int i = 0; i < 4; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
