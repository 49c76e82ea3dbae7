package dev.flin.benchmarks.language.java;

import java.util.Map;
import java.util.function.IntFunction;

/** The programs by name. */
public final class JavaPrograms {

	private static final Map<String, IntFunction<Object>> ALL = Map.ofEntries(Map.entry("fib", Fib::bench),
			Map.entry("nbody", Nbody::bench),
			Map.entry("spectral_norm", SpectralNorm::bench),
			Map.entry("fannkuch", Fannkuch::bench),
			Map.entry("binary_trees", BinaryTrees::bench),
			Map.entry("mandelbrot", Mandelbrot::bench),
			Map.entry("n_queens", NQueens::bench),
			Map.entry("sieve", Sieve::bench),
			Map.entry("richards", Richards::bench),
			Map.entry("deltablue", DeltaBlue::bench),
			Map.entry("json_parse", JsonParse::bench),
			Map.entry("text_building", TextBuilding::bench),
			Map.entry("word_count", WordCount::bench),
			Map.entry("list_pipeline", ListPipeline::bench),
			Map.entry("map_pipeline", MapPipeline::bench));

	private JavaPrograms() {
	}

	/** The program of a name. */
	public static IntFunction<Object> find(String name) {
		IntFunction<Object> program = ALL.get(name);
		if (program == null) {
			throw new IllegalArgumentException("no program " + name);
		}
		return program;
	}

}
