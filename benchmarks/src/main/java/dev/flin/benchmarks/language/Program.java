package dev.flin.benchmarks.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program.
 *
 * @param name the name of its files
 * @param size what {@code bench} is called with: the Java version then takes some milliseconds
 */
record Program(String name, int size) {

	static final List<Program> ALL = List.of(new Program("fib", 28), new Program("nbody", 5_000),
			new Program("spectral_norm", 100), new Program("fannkuch", 8), new Program("binary_trees", 14),
			new Program("mandelbrot", 160), new Program("n_queens", 9), new Program("sieve", 500_000),
			new Program("richards", 10_000), new Program("deltablue", 300), new Program("json_parse", 2_000),
			new Program("text_building", 10_000), new Program("word_count", 50_000),
			new Program("list_pipeline", 10_000), new Program("map_pipeline", 20_000));

	/** Its source in a language. */
	String source(String suffix) {
		String path = "/flin/language/" + this.name + "." + suffix;
		try (InputStream in = Program.class.getResourceAsStream(path)) {
			if (in == null) {
				throw new IllegalArgumentException("no resource " + path);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
