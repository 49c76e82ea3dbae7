package dev.flin.benchmarks.language.java;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Text taken apart and counted in a map. */
final class WordCount {

	private WordCount() {
	}

	static String story(int n) {
		String[] words = { "the", "cat", "saw", "a", "dog", "and", "bird", "under", "old", "tree" };
		List<String> chosen = new ArrayList<>();
		long seed = 42;
		for (int i = 0; i < n; i++) {
			seed = (seed * 3877 + 29573) % 139968;
			String word = words[(int) (seed % 10)];
			chosen.add((seed % 3 == 0) ? word + "s" : word);
		}
		return String.join(" ", chosen);
	}

	static Map<String, Long> counted(String s) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (String word : s.split(" ")) {
			counts.merge(word, 1L, Long::sum);
		}
		return counts;
	}

	static Object bench(int n) {
		return counted(story(n)).entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
					.thenComparing(Map.Entry::getKey))
			.map((entry) -> entry.getKey() + "=" + entry.getValue())
			.collect(Collectors.joining(" "));
	}

}
