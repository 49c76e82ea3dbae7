package dev.flin.benchmarks.language.java;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Groups, maps made from maps, with functions. */
final class MapPipeline {

	private MapPipeline() {
	}

	record Order(long id, String shop, long amount, boolean open) {
	}

	static List<Order> orders(int n) {
		return IntStream.range(0, n).mapToObj((i) -> new Order(i, "shop " + i % 37, i * 7919L % 1009, i % 4 != 0))
				.toList();
	}

	static Object bench(int n) {
		Map<String, List<Order>> groups = orders(n).stream()
			.filter(Order::open)
			.collect(Collectors.groupingBy(Order::shop, LinkedHashMap::new, Collectors.toList()));
		Map<String, Long> totals = new LinkedHashMap<>();
		groups.forEach((shop, list) -> totals.put(shop, list.stream().mapToLong(Order::amount).sum()));
		return totals.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
					.thenComparing(Map.Entry::getKey))
			.limit(5)
			.map((entry) -> entry.getKey() + ": " + entry.getValue())
			.collect(Collectors.joining(", "));
	}

}
