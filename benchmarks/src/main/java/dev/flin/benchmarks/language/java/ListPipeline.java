package dev.flin.benchmarks.language.java;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lists made from lists, with functions. */
final class ListPipeline {

	private ListPipeline() {
	}

	static Object bench(int n) {
		long sum = 0;
		for (int turn = 0; turn < 10; turn++) {
			long shift = turn;
			List<Long> numbers = IntStream.range(0, n).mapToObj((i) -> (i * 7919L + shift) % 10007).toList();
			List<Long> kept = numbers.stream().filter((i) -> i % 3 != 0).map((i) -> i * 2 + 1).toList();
			sum += kept.stream().reduce(0L, (a, b) -> (a + b) % 1000003);
			List<Long> sorted = new ArrayList<>(kept);
			sorted.sort(null);
			sum += sorted.subList(0, 100).stream().reduce(0L, Long::sum);
		}
		return sum;
	}

}
