package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;

/** Requests with one key get one answer. Restarts and days are among the conformance cases. */
class IdempotencyTests {

	private static final Map<String, String> FILES = Map.of("entities/Order.flin", "entity Order { item: text }",
			"app/orders.flin", """
					route GET { Order.count }
					route POST {
					    idempotent
					    save Order { item: body.item }
					    sleep(20ms)
					    response { status: 201  body: { number: Order.count } }
					}
					""", "app/login.flin", """
					route POST {
					    session.user = { id: query.id }
					    "in"
					}
					""");

	private static FlinEngine engine() {
		return FlinEngine.builder().root(SourceRoot.of(() -> FILES)).build().requireNoErrors();
	}

	private static HttpResponse order(FlinEngine engine, String key, String... more) {
		HttpFields.Builder headers = HttpFields.builder()
			.add("Content-Type", "application/json")
			.add("Idempotency-Key", key);
		for (int i = 0; i < more.length; i += 2) {
			headers.add(more[i], more[i + 1]);
		}
		return engine.handle(HttpRequest.of("POST", "/orders", headers.build(), "{\"item\": \"lamp\"}"));
	}

	@Test
	void shouldLetRequestsThatComeMeanwhileWait() throws Exception {
		int clients = 8;
		try (FlinEngine engine = engine(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			CyclicBarrier together = new CyclicBarrier(clients);
			List<Future<HttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < clients; i++) {
				answers.add(threads.submit(() -> {
					together.await();
					return order(engine, "same");
				}));
			}
			for (Future<HttpResponse> answer : answers) {
				assertThat(answer.get().status()).isEqualTo(201);
				assertThat(answer.get().text()).isEqualTo("{\"number\":1}");
			}
			assertThat(engine.store().count("Order")).isEqualTo(1);
		}
	}

	@Test
	void shouldKeepUsersApart() {
		try (FlinEngine engine = engine()) {
			String ada = login(engine, "1");
			String bob = login(engine, "2");
			assertThat(order(engine, "k", "Cookie", ada, "X-CSRF-Token", token(ada)).text()).contains("1");
			assertThat(order(engine, "k", "Cookie", bob, "X-CSRF-Token", token(bob)).text()).contains("2");
			assertThat(order(engine, "k", "Cookie", ada, "X-CSRF-Token", token(ada)).text()).contains("1");
		}
	}

	@Test
	void shouldRefuseMalformedKeys() {
		try (FlinEngine engine = engine()) {
			assertThat(order(engine, " ").status()).isEqualTo(400);
			assertThat(order(engine, "k".repeat(256)).status()).isEqualTo(400);
			assertThat(engine.store().count("Order")).isZero();
		}
	}

	private static String login(FlinEngine engine, String id) {
		HttpResponse response = engine.handle(HttpRequest.of("POST", "/login?id=" + id));
		List<String> cookies = response.headers().all("Set-Cookie");
		return String.join("; ", cookies.stream().map((cookie) -> cookie.substring(0, cookie.indexOf(';'))).toList());
	}

	private static String token(String cookies) {
		for (String cookie : cookies.split("; ")) {
			if (cookie.startsWith(Csrf.COOKIE + "=")) {
				return cookie.substring(Csrf.COOKIE.length() + 1);
			}
		}
		return "";
	}

}
