package dev.flin.existing;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Controllers of the application. */
@RestController
class Orders {

	record Order(String productName, int itemCount) {
	}

	@GetMapping("/orders/{id}")
	Mono<Order> order(@PathVariable long id) {
		return (id == 1) ? Mono.just(new Order("Pen", 3)) : Mono.error(new IllegalArgumentException("no order " + id));
	}

	@GetMapping("/orders")
	Flux<Order> orders() {
		return Flux.just(new Order("Pen", 3), new Order("Ink", 1));
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	Mono<Order> create(@RequestBody Mono<Order> order) {
		return order;
	}

	@GetMapping("/admin/me")
	Mono<Map<String, String>> me(Principal principal) {
		return Mono.just(Map.of("name", principal.getName()));
	}

	@GetMapping("/thread")
	String thread() {
		return Thread.currentThread().getName();
	}

	@GetMapping("/session")
	Mono<String> session(ServerWebExchange exchange) {
		return exchange.getSession().map((session) -> {
			session.getAttributes().putIfAbsent("visits", List.of("first"));
			return String.valueOf(session.getAttributes().get("visits"));
		});
	}

	/** For the pages of a partner, which browsers ask for before they send. */
	@CrossOrigin(origins = "https://partner.example", allowCredentials = "true")
	@PutMapping("/orders/{id}")
	Mono<Order> replace(@PathVariable long id, @RequestBody Mono<Order> order) {
		return order;
	}

	@PostMapping("/receipts")
	Mono<String> receipt(@RequestPart("receipt") FilePart receipt) {
		return receipt.content().map(DataBuffer::readableByteCount).reduce(0, Integer::sum).map(String::valueOf);
	}

	@GetMapping("/broken")
	Mono<String> broken() {
		return Mono.error(new IllegalStateException("told to nobody"));
	}

	@GetMapping("/teapot")
	Mono<String> teapot() {
		return Mono.error(new UnsupportedOperationException("no coffee"));
	}

	@ExceptionHandler(IllegalArgumentException.class)
	ResponseEntity<Map<String, String>> missing(IllegalArgumentException failure) {
		return ResponseEntity.status(HttpStatus.NOT_FOUND)
			.body(Map.of("problem", String.valueOf(failure.getMessage())));
	}

}
