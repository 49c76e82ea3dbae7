package dev.flin.test.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.flin.FlinEngine;
import dev.flin.FlinStore;
import dev.flin.test.ManualClock;
import dev.flin.test.autoconfigure.shop.Mailer;
import dev.flin.test.autoconfigure.shop.Shop;
import dev.flin.test.autoconfigure.shop.Taxes;

/** The slice of a small application. */
@FlinTest(properties = "flin.root=classpath:/slice/")
@ContextConfiguration(classes = Shop.class)
class FlinTestSliceTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private FlinEngine engine;

	@Autowired
	private FlinStore store;

	@Autowired
	private ManualClock clock;

	@Autowired
	private ApplicationContext context;

	@Test
	void answersRequestsByFunctionsOfBeans() {
		this.client.get().uri("/price?net=100").exchange().expectBody().json("""
				{"gross": 118.0, "at": "2026-01-01T00:00:00Z"}""");
	}

	@Test
	void knowsTheFunctionsOfLibraries() {
		this.client.get().uri("/token").exchange().expectBody().json("""
				{"token": "7"}""");
	}

	@Test
	void movesTheClock() {
		this.clock.advance(Duration.ofDays(1));
		this.client.get().uri("/price?net=1").exchange().expectBody().json("{\"at\": \"2026-01-02T00:00:00Z\"}");
	}

	@Test
	void keepsRecordsInMemory() {
		this.store.create("Note", Map.of("text", "a"));
		assertThat(this.store.count("Note")).isEqualTo(1);
		assertThat(this.engine.storeHealth()).isNotNull();
	}

	@Test
	void leavesTheRestOfTheApplicationOut() {
		assertThat(this.context.getBeansOfType(Taxes.class)).hasSize(1);
		assertThat(this.context.getBeansOfType(Mailer.class)).isEmpty();
	}

}
