package dev.flin.test.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.diag.Diagnostic;
import dev.flin.test.ManualClock;

/**
 * The application of a case: its files, its clock, its data directory, and the engine that runs it at present.
 */
final class CaseApplication implements AutoCloseable {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Map<String, String> files = new LinkedHashMap<>();

	private final Map<String, String> properties = new LinkedHashMap<>();

	private final ManualClock clock = new ManualClock(START);

	private final StringBuilder printed = new StringBuilder();

	private final Path work;

	private final boolean onDisk;

	private Path data;

	private int generation;

	private @Nullable FlinEngine engine;

	/**
	 * @param work an empty directory for the case alone
	 * @param onDisk whether the data must outlive a restart
	 */
	CaseApplication(Path work, boolean onDisk) {
		this.work = work;
		this.onDisk = onDisk;
		this.data = work.resolve("data0");
	}

	Map<String, String> files() {
		return this.files;
	}

	void property(String key, String value) {
		this.properties.put(key, value);
	}

	boolean isStarted() {
		return this.engine != null;
	}

	FlinEngine engine() {
		FlinEngine running = this.engine;
		return (running != null) ? running : start();
	}

	/** Starts the engine on the files as they are now. */
	FlinEngine start() {
		FlinEngine.Builder builder = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.copyOf(new LinkedHashMap<>(this.files))))
			.properties(this.properties)
			.servicesOfClassPath()
			.clock(this.clock)
			.print((line) -> this.printed.append(line).append('\n'));
		if (this.onDisk) {
			builder.dataDirectory(this.data);
		}
		FlinEngine started = builder.build();
		this.engine = started;
		return started;
	}

	void at(String time) {
		this.clock.set(Instant.parse(time));
		if (this.engine != null) {
			this.engine.runDueTasks();
		}
	}

	void restart() {
		if (this.engine != null) {
			this.engine.close();
		}
		start().runDueTasks();
	}

	/** Goes on with what is on disk at this moment, as if the process had been killed. */
	void crash() {
		FlinEngine dead = engine();
		Path before = this.data;
		this.generation++;
		this.data = this.work.resolve("data" + this.generation);
		copy(before, this.data);
		FlinEngine next = start();
		dead.close();
		next.runDueTasks();
	}

	/** What was printed since the last call. */
	String takePrinted() {
		String text = this.printed.toString();
		this.printed.setLength(0);
		return text;
	}

	List<Diagnostic> diagnostics() {
		return engine().diagnostics();
	}

	private static void copy(Path from, Path to) {
		try {
			if (!Files.exists(from)) {
				return;
			}
			Files.walkFileTree(from, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
						throws IOException {
					Files.createDirectories(to.resolve(from.relativize(directory).toString()));
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.copy(file, to.resolve(from.relativize(file).toString()));
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		if (this.engine != null) {
			this.engine.close();
		}
	}

}
