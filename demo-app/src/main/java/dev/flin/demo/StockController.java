package dev.flin.demo;

import java.util.Map;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.flin.FlinStore;
import dev.flin.value.EntityInstance;

/**
 * A controller as any application has them, reading the same records as the pages.
 */
@RestController
class StockController {

	private final FlinStore store;

	StockController(FlinStore store) {
		this.store = store;
	}

	/** How many products there are, and how many pieces of them. */
	@GetMapping("/java/stock")
	Mono<Map<String, Long>> stock() {
		return Mono.fromCallable(this::count).subscribeOn(Schedulers.boundedElastic());
	}

	private Map<String, Long> count() {
		long pieces = this.store.all("Product").stream().mapToLong(StockController::stockOf).sum();
		return Map.of("products", this.store.count("Product"), "pieces", pieces);
	}

	private static long stockOf(EntityInstance product) {
		return (product.get(product.shape().slotOf("stock")) instanceof Long stock) ? stock : 0;
	}

}
