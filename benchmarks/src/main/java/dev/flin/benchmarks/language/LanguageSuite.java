package dev.flin.benchmarks.language;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Samples;
import dev.flin.benchmarks.report.Suite;
import dev.flin.benchmarks.report.Table;

/** Programs in FLIN and in other languages, as ratios to Java. */
public final class LanguageSuite implements Suite {

	private static final Duration FORK_LIMIT = Duration.ofMinutes(4);

	/**
	 * What runs in one JVM, in turn: what a program shares with the one before does not get in its way. Starting a JVM
	 * for each takes longer than the measurement.
	 */
	private static final List<List<Engine>> GROUPS = List.of(List.of(Engine.JAVA, Engine.FLIN_ANNOTATED, Engine.FLIN),
			List.of(Engine.FLIN_ANY), List.of(Engine.GROOVY_STATIC, Engine.GROOVY),
			List.of(Engine.NASHORN, Engine.RHINO, Engine.GRAAL_JS));

	/** What FLIN through {@code any} is to be ahead of. */
	private static final List<Engine> RIVALS = List.of(Engine.GROOVY, Engine.NASHORN);

	/** The logarithm of a ratio below which JVMs differ as much as engines do. */
	private static final double CLOSE = 0.15;

	/**
	 * The young generation has its size from the start. Where it grows, whoever allocates next waits for the kernel to
	 * clear memory that was never touched: for many calls in a row that was half of the time of a program.
	 */
	private static final String YOUNG = "-Xmn96m";

	private final Map<Program, Map<Engine, List<Double>>> nanos = new LinkedHashMap<>();

	private final Map<Program, String> expected = new LinkedHashMap<>();

	/** Of which only is known that a call takes longer than was waited. */
	private final Map<Program, Set<Engine>> unfinished = new LinkedHashMap<>();

	/** What {@link #ratio} is of those that were measured again. */
	private final Map<Program, Map<Engine, Double>> again = new LinkedHashMap<>();

	private final List<String> complaints = new ArrayList<>();

	@Override
	public String name() {
		return "language";
	}

	@Override
	public String description() {
		return "programs beside Java, Groovy, Nashorn, Rhino and GraalJS; parts: names of programs or engines";
	}

	@Override
	public boolean run(Options options, PrintStream out) {
		int forks = options.quick() ? 1 : 3;
		for (int fork = 0; fork < forks; fork++) {
			for (Program program : Program.ALL) {
				System.err.println("fork " + (fork + 1) + " of " + forks + ": " + program.name());
				for (List<Engine> group : GROUPS) {
					List<Engine> wanted = group.stream().filter((engine) -> wants(options, program, engine)).toList();
					if (!wanted.isEmpty()) {
						measure(program, wanted, options);
					}
				}
			}
		}
		measureCloseOnesAgain(options);
		print(out, forks);
		return this.complaints.isEmpty();
	}

	/** Java is always in: it is what the others are compared with. */
	private static boolean wants(Options options, Program program, Engine engine) {
		List<String> programs = options.only().stream().filter(LanguageSuite::isProgram).toList();
		List<String> engines = options.only().stream().filter((part) -> !isProgram(part)).toList();
		boolean wanted = engines.isEmpty() ? !options.quick() || !engine.isExtra()
				: engine == Engine.JAVA || engines.contains(engine.name().toLowerCase(Locale.ROOT));
		return wanted && (programs.isEmpty() || programs.contains(program.name()));
	}

	private static boolean isProgram(String part) {
		return Program.ALL.stream().anyMatch((program) -> program.name().equals(part));
	}

	private void measure(Program program, List<Engine> engines, Options options) {
		times(program, engines, options)
			.forEach((engine, time) -> this.nanos.computeIfAbsent(program, (key) -> new EnumMap<>(Engine.class))
				.computeIfAbsent(engine, (key) -> new ArrayList<>())
				.add(time));
	}

	/** Two that lie close together are measured once more, in one JVM, in turn: what slows one down then slows both. */
	private void measureCloseOnesAgain(Options options) {
		for (Program program : this.nanos.keySet()) {
			for (Engine rival : RIVALS) {
				if (Math.abs(Math.log(ratio(program, rival))) < CLOSE) {
					Map<Engine, Double> times = times(program, List.of(Engine.FLIN_ANY, rival), options);
					if (times.size() == 2) {
						this.again.computeIfAbsent(program, (key) -> new EnumMap<>(Engine.class))
							.put(rival, times.get(Engine.FLIN_ANY) / times.get(rival));
					}
				}
			}
		}
	}

	/** How many times as long as in another engine a program takes through {@code any}. */
	private double ratio(Program program, Engine rival) {
		return this.again.getOrDefault(program, Map.of())
			.getOrDefault(rival, time(program, Engine.FLIN_ANY) / time(program, rival));
	}

	private Map<Engine, Double> times(Program program, List<Engine> engines, Options options) {
		Map<Engine, Double> times = new EnumMap<>(Engine.class);
		int millis = options.quick() ? 240 : 2_000;
		try (Fork fork = Fork.of(LanguageFork.class)
			.options("-Xmx768m", YOUNG, "-Xss4m", "-XX:+UseParallelGC", "-XX:CICompilerCount=4",
					"--sun-misc-unsafe-memory-access=allow")
			.arguments(String.join(",", engines.stream().map(Engine::name).toList()), program.name(),
					this.expected.getOrDefault(program, ""), millis, millis / 2, options.cpuTime(), options.quick())
			.limit(FORK_LIMIT)
			.start()) {
			List<Engine> sound = engines.stream().filter((engine) -> isSound(fork, program, engine)).toList();
			for (Engine engine : sound) {
				times.put(engine, Double.parseDouble(fork.await("nanos." + engine)));
			}
		}
		catch (Fork.ForkFailedException ex) {
			this.complaints.add(program.name() + " in " + engines + " failed: "
					+ String.join(" | ", ex.story().lines().limit(3).toList()));
		}
		return times;
	}

	/** Whether an engine gives what Java does. */
	private boolean isSound(Fork fork, Program program, Engine engine) {
		String result = fork.await("result." + engine);
		if (result.equals(LanguageFork.UNFINISHED)) {
			this.unfinished.computeIfAbsent(program, (key) -> EnumSet.noneOf(Engine.class)).add(engine);
			return true;
		}
		String wanted = this.expected.computeIfAbsent(program, (key) -> result);
		if (!result.equals(wanted)) {
			this.complaints
				.add(program.name() + " in " + engine.label() + " gives " + result + " instead of " + wanted);
		}
		return result.equals(wanted);
	}

	private boolean isUnfinished(Program program, Engine engine) {
		return this.unfinished.getOrDefault(program, Set.of()).contains(engine);
	}

	private double time(Program program, Engine engine) {
		List<Double> samples = this.nanos.getOrDefault(program, Map.of()).getOrDefault(engine, List.of());
		return samples.isEmpty() ? Double.NaN : Samples.median(samples);
	}

	private void print(PrintStream out, int forks) {
		List<Engine> others = List.of(Engine.values()).subList(1, Engine.values().length);
		List<String> header = new ArrayList<>(List.of("time against Java, " + forks + ((forks == 1) ? " fork"
				: " forks"),
				"Java ms"));
		others.forEach((engine) -> header.add(engine.label()));
		Table table = new Table(header.toArray(String[]::new));
		for (Program program : this.nanos.keySet()) {
			double java = time(program, Engine.JAVA);
			List<String> row = new ArrayList<>(List.of(program.name(), Table.fraction(java / 1e6, 2)));
			others.forEach((engine) -> row.add((isUnfinished(program, engine) ? ">" : "")
					+ Table.ratio(time(program, engine) / java)));
			table.row(row);
		}
		List<String> means = new ArrayList<>(List.of("geometric mean", ""));
		others.forEach((engine) -> means.add(Table.ratio(Samples.geometricMean(ratios(engine).values()))));
		table.row(means);
		table.print(out);
		this.complaints.forEach(out::println);
		String place = printBehind(out);
		out.println("language: against Java " + summary(Engine.FLIN_ANNOTATED) + "; " + summary(Engine.FLIN) + "; "
				+ summary(Engine.FLIN_ANY) + ", " + place);
	}

	/** Through {@code any} FLIN is to be ahead of the dynamic ones on each program. */
	private String printBehind(PrintStream out) {
		int compared = 0;
		int ahead = 0;
		for (Program program : this.nanos.keySet()) {
			for (Engine rival : RIVALS) {
				double ratio = ratio(program, rival);
				compared += Double.isNaN(ratio) ? 0 : 1;
				ahead += (ratio <= 1) ? 1 : 0;
				if (ratio > 1) {
					out.printf(Locale.ROOT, "%s: FLIN any takes %.2f times as long as %s%n", program.name(), ratio,
							rival.label());
				}
			}
		}
		return "ahead of Groovy and Nashorn in " + ahead + " of " + compared + " comparisons";
	}

	private Map<Program, Double> ratios(Engine engine) {
		Map<Program, Double> ratios = new LinkedHashMap<>();
		for (Program program : this.nanos.keySet()) {
			double ratio = time(program, engine) / time(program, Engine.JAVA);
			if (!Double.isNaN(ratio)) {
				ratios.put(program, ratio);
			}
		}
		return ratios;
	}

	private String summary(Engine engine) {
		Map<Program, Double> ratios = ratios(engine);
		return ratios.entrySet()
			.stream()
			.max(Comparator.comparingDouble(Map.Entry::getValue))
			.map((worst) -> engine.label() + " " + Table.ratio(Samples.geometricMean(ratios.values())) + " (worst "
					+ worst.getKey().name() + " " + Table.ratio(worst.getValue()) + ", " + ratios.size() + " programs)")
			.orElse(engine.label() + " -");
	}

}
