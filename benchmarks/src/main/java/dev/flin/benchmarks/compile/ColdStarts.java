package dev.flin.benchmarks.compile;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

import dev.flin.benchmarks.fork.Fork;
import dev.flin.benchmarks.report.Samples;

/**
 * First compilations of JVMs as they come, as a build tool starts an application that is being written (with the fast
 * JIT compiler alone), and with an archive of the classes that an earlier one loaded: a cache of JDK 25, which also
 * holds profiles of methods, or an archive for class data sharing. The earlier one compiled half as many files, and was
 * started in the same way. The last is how {@code tools/flin} starts. All run from jars, because archives know no
 * directories.
 */
final class ColdStarts {

	private static final int FIRST_WITH_CACHE = 25;

	private static final String MEASURED = "measured";

	private static final String TRAINING = "training";

	private static final String PARALLEL = "-XX:+UseParallelGC";

	private static final String FAST_JIT = "-XX:TieredStopAtLevel=1";

	/** The options in {@code tools/flin}. */
	private static final List<String> FLIN = List.of("-XX:+UseSerialGC", FAST_JIT,
			"-XX:CompileThresholdScaling=0.5");

	private ColdStarts() {
	}

	/**
	 * How a JVM is started, and how long its first compilation takes.
	 *
	 * @param millis the median
	 * @param cpu milliseconds that all its threads work in this time, the JIT compilers among them
	 * @param classes the median when the classes of all files are made at once, which else happens as they are loaded
	 */
	record Way(String name, List<String> options, double millis, double cpu, double classes) {

		Way(String name, List<String> options) {
			this(name, options, 0, 0, 0);
		}

	}

	/** The ways from the slowest start to the fastest. */
	static List<Way> measure(int forks) {
		try {
			Path directory = Files.createTempDirectory("flin-cold");
			try {
				List<String> jars = jars(directory);
				ColdFork.write(Sources.files(CompileFork.FILES), directory.resolve(MEASURED));
				ColdFork.write(Sources.files(CompileFork.FILES / 2), directory.resolve(TRAINING));
				String kind = hasCache() ? "an AOT cache" : "a CDS archive";
				List<Way> ways = List.of(new Way("plain", List.of(PARALLEL)),
						new Way("as spring-boot:run starts", List.of(PARALLEL, FAST_JIT)),
						new Way("with " + kind, trained(directory, jars, "archive", List.of(PARALLEL))),
						new Way("as tools/flin starts, with " + kind,
								trained(directory, jars, "flin", FLIN)));
				return medians(ways, directory.resolve(MEASURED), jars, forks);
			}
			finally {
				delete(directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean hasCache() {
		return Runtime.version().feature() >= FIRST_WITH_CACHE;
	}

	/** Options of a JVM, and an archive that one with them has written. */
	private static List<String> trained(Path directory, List<String> jars, String name, List<String> options) {
		Path archive = directory.resolve(name);
		try (Fork fork = start(directory.resolve(TRAINING), jars, with(options,
				(hasCache() ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive))) {
			fork.awaitEnd();
		}
		return with(options, (hasCache() ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
	}

	private static List<String> with(List<String> options, String option) {
		List<String> all = new ArrayList<>(options);
		all.add(option);
		return List.copyOf(all);
	}

	/** In turn, so that what else the machine does meets all alike. */
	private static List<Way> medians(List<Way> ways, Path sources, List<String> jars, int forks) {
		List<List<Way>> rounds = new ArrayList<>();
		for (int round = 0; round < forks; round++) {
			rounds.add(ways.stream().map((way) -> measure(way, sources, jars)).toList());
		}
		List<Way> measured = new ArrayList<>();
		for (int i = 0; i < ways.size(); i++) {
			int at = i;
			Way way = ways.get(i);
			measured.add(new Way(way.name(), way.options(),
					Samples.median(rounds.stream().map((round) -> round.get(at).millis()).toList()),
					Samples.median(rounds.stream().map((round) -> round.get(at).cpu()).toList()),
					Samples.median(rounds.stream().map((round) -> round.get(at).classes()).toList())));
		}
		return measured;
	}

	private static Way measure(Way way, Path sources, List<String> jars) {
		try (Fork fork = start(sources, jars, way.options())) {
			return new Way(way.name(), way.options(), Double.parseDouble(fork.await("cold")),
					Double.parseDouble(fork.await("cpu")), Double.parseDouble(fork.await("classes")));
		}
	}

	private static Fork start(Path sources, List<String> jars, List<String> options) {
		return Fork.of(ColdFork.class)
			.options("-Xmx768m")
			.options(options.toArray(String[]::new))
			.arguments(sources)
			.limit(Duration.ofMinutes(10))
			.classPath(jars)
			.start();
	}

	/** The class path, its directories packed. */
	private static List<String> jars(Path directory) throws IOException {
		List<String> jars = new ArrayList<>();
		for (String entry : Fork.ownClassPath()) {
			Path path = Path.of(entry);
			if (Files.isDirectory(path)) {
				Path jar = directory.resolve("classes" + jars.size() + ".jar");
				pack(path, jar);
				jars.add(jar.toString());
			}
			else {
				jars.add(entry);
			}
		}
		return jars;
	}

	private static void pack(Path classes, Path jar) throws IOException {
		try (OutputStream out = Files.newOutputStream(jar);
				JarOutputStream packed = new JarOutputStream(out);
				Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
				String name = classes.relativize(file).toString().replace('\\', '/');
				byte[] bytes = Files.readAllBytes(file);
				packed.putNextEntry(stored(name, bytes));
				packed.write(bytes);
				packed.closeEntry();
			}
		}
	}

	/** Not compressed, as the jar of the core is built. */
	private static JarEntry stored(String name, byte[] bytes) {
		CRC32 sum = new CRC32();
		sum.update(bytes);
		JarEntry entry = new JarEntry(name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(bytes.length);
		entry.setCrc(sum.getValue());
		return entry;
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

}
