package dev.flin.benchmarks.compile;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Suite;
import dev.flin.benchmarks.report.Table;

/** Compile time, cold, warm and of one file; its growth; reloads and what they leave behind. */
public final class CompileSuite implements Suite {

	static final int[] GROWTH = { 1_000, 2_500, 5_000, 10_000 };

	private static final double COLD_GOAL = 400;

	private static final double WARM_GOAL = 100;

	private static final double ONE_GOAL = 10;

	@Override
	public String name() {
		return "compile";
	}

	@Override
	public String description() {
		return "compile time, its growth, reloads; parts: times growth reloads";
	}

	@Override
	public boolean run(Options options, PrintStream out) {
		List<String> summary = new ArrayList<>();
		if (options.wants("times")) {
			summary.add(times(options.quick(), out));
		}
		if (options.wants("growth")) {
			summary.add(growth(options.quick(), out));
		}
		if (options.wants("reloads")) {
			summary.add(reloads(out));
		}
		out.println("compile: " + String.join("; ", summary));
		return true;
	}

	private static Fork start(String what, int warmUpMillis) {
		return fork(CompileFork.class, what, warmUpMillis).start();
	}

	static Fork.Builder fork(Class<?> main, Object... arguments) {
		return Fork.of(main)
			.options("-Xmx768m", "-XX:+UseParallelGC")
			.arguments(arguments)
			.limit(Duration.ofMinutes(10));
	}

	private static String times(boolean quick, PrintStream out) {
		List<Double> warm = new ArrayList<>();
		List<Double> classes = new ArrayList<>();
		List<Double> one = new ArrayList<>();
		List<Double> kilobytes = new ArrayList<>();
		List<Double> made = new ArrayList<>();
		int forks = quick ? 3 : 7;
		for (int i = 0; i < forks; i++) {
			try (Fork fork = start("times", quick ? 4_000 : 10_000)) {
				warm.add(number(fork, "warm"));
				classes.add(number(fork, "classes"));
				one.add(number(fork, "one"));
				kilobytes.add(number(fork, "kilobytes"));
				made.add(number(fork, "made"));
			}
		}
		Table table = new Table("50 files of 100 lines, median of " + forks + " JVMs", "ms", "goal ms", "ms / goal");
		List<String> work = new ArrayList<>();
		List<ColdStarts.Way> cold = ColdStarts.measure(quick ? 5 : 15);
		for (ColdStarts.Way way : cold) {
			row(table, "cold, " + way.name(), way.millis(), COLD_GOAL);
			row(table, "  and all classes made", way.classes(), COLD_GOAL);
			work.add(way.name() + " " + Table.whole(way.cpu()) + " ms");
		}
		row(table, "cold, javac on as much Java", javac(forks), COLD_GOAL);
		row(table, "warm", Samples.median(warm), WARM_GOAL);
		row(table, "  and all classes made", Samples.median(classes), WARM_GOAL);
		row(table, "one file changed", Samples.median(one), ONE_GOAL);
		table.print(out);
		out.println("CPU time of a cold compilation, JIT compilers included: " + String.join(", ", work));
		out.printf(Locale.ROOT, "a compiled file keeps %.1f kB of heap before its classes are made, %.1f kB then%n%n",
				Samples.median(kilobytes), Samples.median(made));
		return "cold " + Table.ratio(cold.getLast().millis() / COLD_GOAL) + " (plain "
				+ Table.ratio(cold.getFirst().millis() / COLD_GOAL) + "), warm "
				+ Table.ratio(Samples.median(warm) / WARM_GOAL) + ", one file "
				+ Table.ratio(Samples.median(one) / ONE_GOAL) + " of the goal";
	}

	/** The median of first compilations of Java by JVMs with the same options. */
	private static double javac(int forks) {
		List<Double> cold = new ArrayList<>();
		for (int i = 0; i < forks; i++) {
			try (Fork fork = fork(JavacFork.class).start()) {
				cold.add(number(fork, "cold"));
			}
		}
		return Samples.median(cold);
	}

	private static void row(Table table, String what, double millis, double goal) {
		table.row(what, Table.fraction(millis, 1), Table.whole(goal), Table.ratio(millis / goal));
	}

	private static String growth(boolean quick, PrintStream out) {
		Table table = new Table("growth, warm", "files of 100 lines, ms", "µs a line", "one file, ms", "µs a line");
		List<Double> perLine = new ArrayList<>();
		List<Double> perLineOfOne = new ArrayList<>();
		try (Fork fork = start("growth", quick ? 2_000 : 6_000)) {
			for (int lines : GROWTH) {
				double many = number(fork, "files" + lines);
				double one = number(fork, "file" + lines);
				perLine.add(many * 1_000 / lines);
				perLineOfOne.add(one * 1_000 / lines);
				table.row(Table.whole(lines) + " lines", Table.fraction(many, 1), Table.fraction(perLine.getLast(), 1),
						Table.fraction(one, 1), Table.fraction(perLineOfOne.getLast(), 1));
			}
		}
		table.print(out);
		return "a line of 10,000 against one of 2,500 " + Table.ratio(perLine.getLast() / perLine.get(1))
				+ ", in one file "
				+ Table.ratio(perLineOfOne.getLast() / perLineOfOne.get(1));
	}

	private static String reloads(PrintStream out) {
		try (Fork fork = start("reloads", 0)) {
			Table table = new Table("reloads of one file of 50", "after 100", "after 1,000", "ratio");
			List<Double> first = loaded(fork, "first");
			List<Double> last = loaded(fork, "last");
			double classes = last.getFirst() / first.getFirst();
			table.row("loaded classes", Table.whole(first.getFirst()), Table.whole(last.getFirst()),
					Table.ratio(classes));
			table.row("metaspace kB", Table.whole(first.get(1) / 1024), Table.whole(last.get(1) / 1024),
					Table.ratio(last.get(1) / first.get(1)));
			table.row("heap kB", Table.whole(first.getLast() / 1024), Table.whole(last.getLast() / 1024),
					Table.ratio(last.getLast() / first.getLast()));
			double reload = number(fork, "reload");
			table.print(out);
			out.printf(Locale.ROOT, "a reload of the application with one file changed takes %.1f ms%n%n", reload);
			return "classes after 1,000 reloads " + Table.ratio(classes) + " of those after 100, metaspace "
					+ Table.ratio(last.get(1) / first.get(1)) + ", reload " + Table.ratio(reload / ONE_GOAL)
							+ " of the goal";
		}
	}

	private static List<Double> loaded(Fork fork, String when) {
		return List.of(number(fork, when + "-classes"), number(fork, when + "-metaspace"), number(fork, when
				+ "-heap"));
	}

	private static double number(Fork fork, String key) {
		return Double.parseDouble(fork.await(key));
	}

}
