package dev.flin.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.flin.FlinStore;
import dev.flin.autoconfigure.FlinEngineCustomizer;
import dev.flin.value.EntityInstance;

/**
 * Fills an empty shop with products and a year of prices.
 */
@Configuration(proxyBeanMethods = false)
class ShopSeed {

	private static final Logger logger = LoggerFactory.getLogger(ShopSeed.class);

	/** A product with its prices: days ago and amount by turns, oldest first. */
	private record Seed(String name, String category, String about, int stock, double... prices) {
	}

	/** A price that is saved on a day. */
	private record Event(int daysAgo, Seed seed, double price) {
	}

	private static final List<Seed> SEEDS = List.of(
			new Seed("Brass desk lamp", "Light", "Warm light, three joints, a switch that clicks.", 14,
					350, 79, 270, 85, 200, 82.5, 120, 89, 40, 94, 6, 89.9),
			new Seed("Linen notebook", "Paper", "160 dotted pages that lie flat.", 120,
					340, 14, 210, 15.5, 60, 16.9),
			new Seed("Fountain pen", "Paper", "Steel nib, medium, refillable.", 32,
					360, 48, 300, 52, 240, 49, 150, 45, 70, 49.5, 12, 54),
			new Seed("Enamel mug", "Kitchen", "Survives the camp fire and the dishwasher.", 0,
					320, 11, 180, 12.5, 30, 13),
			new Seed("Cast iron pan", "Kitchen", "26 cm, pre-seasoned, heavier than it looks.", 9,
					355, 64, 290, 59, 160, 55, 90, 61, 20, 58.5),
			new Seed("Wool blanket", "Home", "Woven in one piece, 140 by 200 cm.", 21,
					345, 120, 250, 134, 110, 129, 15, 119),
			new Seed("Oak side table", "Home", "Oiled, three legs, no screws in sight.", 4,
					365, 190, 280, 205, 170, 219, 50, 210),
			new Seed("Bicycle bell", "Travel", "Loud enough for the market street.", 60,
					300, 18, 140, 16, 25, 17.5),
			new Seed("Canvas rucksack", "Travel", "22 litres, waxed, patched on request.", 17,
					330, 98, 220, 104, 100, 99, 8, 109));

	@Bean
	SeedClock seedClock() {
		return new SeedClock();
	}

	@Bean
	FlinEngineCustomizer seedClockCustomizer(SeedClock clock) {
		return (builder) -> builder.clock(clock);
	}

	@Bean
	SmartInitializingSingleton shopFiller(FlinStore store, SeedClock clock) {
		return () -> {
			if (store.count("Product") == 0) {
				fill(store, clock);
				logger.info("Filled the shop with {} products", SEEDS.size());
			}
		};
	}

	private static void fill(FlinStore store, SeedClock clock) {
		List<Event> events = new ArrayList<>();
		for (Seed seed : SEEDS) {
			for (int i = 0; i < seed.prices().length; i += 2) {
				events.add(new Event((int) seed.prices()[i], seed, seed.prices()[i + 1]));
			}
		}
		events.sort(Comparator.comparingInt(Event::daysAgo).reversed());
		Instant today = clock.instant();
		Map<Seed, EntityInstance> products = new HashMap<>();
		try {
			for (Event event : events) {
				clock.setTo(today.minus(Duration.ofDays(event.daysAgo())));
				products.compute(event.seed(), (seed, known) -> save(store, seed, known, event.price()));
			}
		}
		finally {
			clock.letRun();
		}
	}

	private static EntityInstance save(FlinStore store, Seed seed, @Nullable EntityInstance known, double price) {
		return (known != null) ? store.update(known, Map.of("price", price))
				: store.create("Product", Map.of("name", seed.name(), "category", seed.category(), "about",
						seed.about(), "stock", (long) seed.stock(), "price", price));
	}

}
