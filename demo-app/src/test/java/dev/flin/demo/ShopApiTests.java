package dev.flin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(properties = "flin.store.type=memory")
@AutoConfigureWebTestClient(timeout = "30s")
class ShopApiTests {

	@Autowired
	private WebTestClient client;

	@Test
	void productsAreFoundByNameAndCategory() {
		this.client.get()
			.uri("/api/products?q={q}", "LAMP")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(1)
			.jsonPath("$[0].name")
			.isEqualTo("Brass desk lamp");
	}

	@Test
	void aProductLivesAndItsHistoryStays() {
		this.client.post()
			.uri("/api/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"name\": \"Paper clip\", \"price\": 0.5}")
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.id")
			.isEqualTo(10);
		this.client.put()
			.uri("/api/products/10")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"price\": 0.75}")
			.exchange()
			.expectBody()
			.jsonPath("$.version")
			.isEqualTo(2);
		this.client.get()
			.uri("/api/products/10/history")
			.exchange()
			.expectBody()
			.jsonPath("$[0].price")
			.isEqualTo(0.5)
			.jsonPath("$[1].price")
			.isEqualTo(0.75)
			.jsonPath("$[1].changed[0]")
			.isEqualTo("price");
		this.client.delete().uri("/api/products/10").exchange().expectStatus().isNoContent();
		this.client.get().uri("/api/products/10").exchange().expectStatus().isNotFound().expectBody().json("""
				{"error": "There is no such product", "status": 404}""");
	}

	@Test
	void thePageOfNoProductIsTheErrorPage() {
		for (String id : List.of("9999", "abc")) {
			this.client.get()
				.uri("/products/" + id)
				.accept(MediaType.TEXT_HTML)
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectBody(String.class)
				.value((page) -> assertThat(page).contains("There is no such product", "Back to the products"));
		}
	}

	@Test
	void badInputGetsAClearAnswer() {
		this.client.post()
			.uri("/api/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"name\": \"\"}")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.fields.name")
			.isEqualTo("is required");
		this.client.post()
			.uri("/api/products")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"name\": }")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("Malformed JSON at line 1, column 10");
	}

	@Test
	void javaStandsBesideIt() {
		this.client.get().uri("/java/stock").exchange().expectBody().jsonPath("$.products").isNumber();
		this.client.get()
			.uri("/api/convert/XOF?amount=2")
			.exchange()
			.expectBody()
			.jsonPath("$.amount")
			.isEqualTo("1311.91");
		this.client.get().uri("/api/convert/ABC").exchange().expectStatus().isNotFound();
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectBody()
			.jsonPath("$.components.flin.status")
			.isEqualTo("UP");
	}

	@Test
	void unknownPathsShowThePageOfTheShop() {
		this.client.get()
			.uri("/nowhere")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("Back to the products"));
	}

}
