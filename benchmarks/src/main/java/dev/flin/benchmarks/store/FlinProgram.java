package dev.flin.benchmarks.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;

/** A program in FLIN over the records that {@link FlinDatabase} saved. */
final class FlinProgram implements AutoCloseable {

	/** How many reads a run of the program does. */
	static final int READS = 1_000;

	static final int HISTORIES = 50;

	private final FlinEngine engine;

	FlinProgram(Path directory, Load load, Instant[] moments) throws IOException {
		Map<String, String> sources = new LinkedHashMap<>();
		sources.put("entities/Product.flin", source("Product.flin"));
		String reads = source("reads.flin").replace("MOMENTS", Arrays.stream(moments)
			.map((moment) -> '"' + moment.toString() + '"')
			.collect(Collectors.joining(",\n", "[", "]")));
		sources.put("uniform.flin", reads.replace("IDS", numbers(LongStream.range(0, READS).map(load::uniformId)))
			.replace("MARKS", numbers(LongStream.range(0, READS).map(load::uniformMark))));
		sources.put("skewed.flin", reads.replace("IDS", numbers(LongStream.range(0, READS).map(load::skewedId)))
			.replace("MARKS", numbers(LongStream.range(0, READS).map(load::skewedMark))));
		sources.put("history.flin", source("history.flin").replace("IDS",
				numbers(LongStream.range(0, HISTORIES).map(load::uniformId))));
		this.engine = FlinEngine.builder()
			.root(() -> new SourceRoot.Tree(sources, Map.of()))
			.dataDirectory(directory)
			.build()
			.requireNoErrors();
	}

	private static String numbers(LongStream values) {
		return values.mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
	}

	private static String source(String name) throws IOException {
		try (InputStream in = FlinProgram.class.getResourceAsStream("/flin/store/" + name)) {
			if (in == null) {
				throw new IOException("no resource " + name);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Runs a file and gives its sum. */
	long run(String file) {
		if (this.engine.run(file) instanceof Long sum) {
			return sum;
		}
		throw new IllegalStateException(file + " gives no number");
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
