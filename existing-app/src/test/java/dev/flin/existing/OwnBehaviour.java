package dev.flin.existing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.server.WebFilter;

/** What the application does by itself, whatever is added to it. */
abstract class OwnBehaviour {

	@LocalServerPort
	private int port;

	@Autowired
	private ApplicationContext context;

	private WebTestClient client = WebTestClient.bindToServer().build();

	@BeforeEach
	void connect() {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	WebTestClient client() {
		return this.client;
	}

	ApplicationContext context() {
		return this.context;
	}

	@Test
	void controllersAnswerWithTheApplicationsJson() {
		this.client.get().uri("/orders/1").exchange().expectStatus().isOk().expectBody().json("""
				{"product_name": "Pen", "item_count": 3}""");
		this.client.get().uri("/orders").exchange().expectBody().jsonPath("$.length()").isEqualTo(2);
		this.client.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"product_name\": \"Cap\", \"item_count\": 1}")
			.exchange()
			.expectStatus()
			.isCreated();
	}

	@Test
	void controllersHandleTheirOwnErrors() {
		this.client.get()
			.uri("/orders/9")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.json("{\"problem\": \"no order 9\"}");
	}

	@Test
	void unknownPathsAreAnsweredBySpring() {
		this.client.get()
			.uri("/nothing")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.path")
			.isEqualTo("/nothing")
			.jsonPath("$.requestId")
			.exists();
	}

	@Test
	void functionalRoutesAndStaticFilesAnswer() {
		this.client.get().uri("/functional").exchange().expectBody(String.class).isEqualTo("functional");
		this.client.get()
			.uri("/own.txt")
			.exchange()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
			.expectBody(String.class)
			.isEqualTo("a file of the application\n");
	}

	@Test
	void failuresAreAnsweredByTheApplication() {
		this.client.get()
			.uri("/teapot")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("no coffee");
		this.client.get()
			.uri("/broken")
			.exchange()
			.expectStatus()
			.is5xxServerError()
			.expectBody()
			.jsonPath("$.error")
			.isEqualTo("Internal Server Error")
			.jsonPath("$.message")
			.doesNotExist();
		this.client.get()
			.uri("/broken")
			.accept(MediaType.TEXT_HTML)
			.exchange()
			.expectStatus()
			.is5xxServerError()
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("Whitelabel Error Page"));
		this.client.delete().uri("/orders").exchange().expectStatus().isEqualTo(405);
	}

	@Test
	void originsAreThoseOfTheController() {
		this.client.options()
			.uri("/orders/1")
			.header("Origin", "https://partner.example")
			.header("Access-Control-Request-Method", "PUT")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Access-Control-Allow-Origin", "https://partner.example")
			.expectHeader()
			.valueEquals("Access-Control-Allow-Credentials", "true");
		this.client.options()
			.uri("/orders/1")
			.header("Origin", "https://evil.example")
			.header("Access-Control-Request-Method", "PUT")
			.exchange()
			.expectStatus()
			.isForbidden();
	}

	@Test
	void limitsAreThoseOfTheApplication() {
		upload(2_500).expectStatus().isOk().expectBody(String.class).isEqualTo("2500");
		// The server closes a connection whose body it refuses: no later request may get that one, and what is refused
		// is small enough to be sent before the answer comes.
		this.client.post()
			.uri("/orders")
			.header(HttpHeaders.CONNECTION, "close")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"product_name\": \"" + "x".repeat(3_000) + "\", \"item_count\": 1}")
			.exchange()
			.expectStatus()
			.isEqualTo(413);
		// What Spring makes of a part over the limit; FLIN's own routes answer 413.
		upload(4_000).expectStatus().is5xxServerError();
	}

	private WebTestClient.ResponseSpec upload(int size) {
		MultipartBodyBuilder form = new MultipartBodyBuilder();
		form.part("receipt", new byte[size]).filename("receipt.pdf");
		return this.client.post()
			.uri("/receipts")
			.header(HttpHeaders.CONNECTION, "close")
			.bodyValue(form.build())
			.exchange();
	}

	@Test
	void filtersRun() {
		this.client.get().uri("/orders").exchange().expectHeader().valueEquals("X-Application", "existing");
		assertThat(this.context.getBeansOfType(WebFilter.class)).containsKey("stamp");
	}

	@Test
	void securityIsTheApplicationsOwn() {
		this.client.get()
			.uri("/admin/me")
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueMatches("WWW-Authenticate", "Basic .*");
		this.client.get()
			.uri("/admin/me")
			.headers((headers) -> headers.setBasicAuth("bob", "secret"))
			.exchange()
			.expectStatus()
			.isForbidden();
		this.client.get()
			.uri("/admin/me")
			.headers((headers) -> headers.setBasicAuth("ada", "secret"))
			.exchange()
			.expectBody()
			.json("{\"name\": \"ada\"}");
	}

	@Test
	void answersHaveTheHeadersOfTheApplicationsSecurityAndNoOthers() {
		this.client.get()
			.uri("/functional")
			.exchange()
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY")
			.expectHeader()
			.doesNotExist("Content-Security-Policy")
			.expectHeader()
			.doesNotExist("Set-Cookie");
	}

	@Test
	void sessionsAreTheApplicationsOwn() {
		this.client.get()
			.uri("/session")
			.exchange()
			.expectCookie()
			.exists("SESSION")
			.expectCookie()
			.doesNotExist("flin");
	}

	@Test
	void controllersStayOnTheThreadsOfSpring() {
		this.client.get()
			.uri("/thread")
			.exchange()
			.expectBody(String.class)
			.value((name) -> assertThat(name).doesNotStartWith("flin"));
	}

	@Test
	void theWebClientIsTheApplicationsOwn() {
		assertThat(this.context.getBeansOfType(WebClient.class)).containsOnlyKeys("ownClient");
		String answer = this.context.getBean(WebClient.class)
			.get()
			.uri("http://localhost:" + this.port + "/functional")
			.retrieve()
			.bodyToMono(String.class)
			.block();
		assertThat(answer).isEqualTo("functional");
	}

	@Test
	void actuatorIsUp() {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP");
	}

}
