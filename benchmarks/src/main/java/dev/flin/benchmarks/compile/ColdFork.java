package dev.flin.benchmarks.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import dev.flin.EngineLibrary;
import dev.flin.benchmarks.fork.Fork;
import dev.flin.compiler.CompilationResult;
import dev.flin.compiler.Compiler;
import dev.flin.compiler.Workers;
import dev.flin.source.SourceFile;

/**
 * The main class of a JVM that compiles once. It does as little as possible before, so that what is measured neither
 * finds anything ready nor shares the processors with JIT compilers that are behind with something else.
 */
final class ColdFork {

	private ColdFork() {
	}

	/**
	 * Compiles.
	 * @param args a directory that {@link #write} filled
	 */
	public static void main(String[] args) throws IOException {
		List<SourceFile> files = read(Path.of(args[0]));
		double cpu = cpuMillis();
		long start = System.nanoTime();
		Compiler compiler = new Compiler(EngineLibrary.catalog(), ColdFork.class.getClassLoader(),
				workers());
		CompilationResult result = compiler.compile(files);
		double millis = (System.nanoTime() - start) / 1e6;
		double work = cpuMillis() - cpu;
		if (!result.diagnostics().isEmpty()) {
			throw new IllegalStateException("a source of the measurement is wrong: " + result.diagnostics());
		}
		Objects.requireNonNull(result.program()).classes();
		Fork.answer("cold", millis);
		Fork.answer("cpu", work);
		Fork.answer("classes", (System.nanoTime() - start) / 1e6);
		System.exit(0);
	}

	/** Of all threads of this JVM, its own ones included. */
	private static double cpuMillis() {
		return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
	}

	/** As an engine has them. */
	static Workers workers() {
		return new Workers(new Executor() {

			@Override
			public void execute(Runnable task) {
				Thread thread = new Thread(task);
				thread.setDaemon(true);
				thread.start();
			}

		}, Math.min(3, Runtime.getRuntime().availableProcessors() - 1));
	}

	/** Writes sources under numbers, each behind its path. */
	static void write(List<SourceFile> files, Path directory) throws IOException {
		Files.createDirectories(directory);
		for (int i = 0; i < files.size(); i++) {
			Files.writeString(directory.resolve(Integer.toString(i)), files.get(i).path() + "\n" + files.get(i).text());
		}
	}

	private static List<SourceFile> read(Path directory) throws IOException {
		List<SourceFile> files = new ArrayList<>();
		for (int i = 0; Files.exists(directory.resolve(Integer.toString(i))); i++) {
			String text = Files.readString(directory.resolve(Integer.toString(i)));
			int end = text.indexOf('\n');
			files.add(new SourceFile(text.substring(0, end), text.substring(end + 1)));
		}
		return files;
	}

}
