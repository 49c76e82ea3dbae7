package dev.flin.existing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Files of FLIN beside the application: everything of its own is as before. Its context ends with it, and with that the
 * threads that other tests would see.
 */
@DirtiesContext
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "flin.store.type=memory")
class WithFilesTests extends OwnBehaviour {

	@Test
	void filesAnswerBesideTheApplication() {
		client().post()
			.uri("/entries")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"n\": 1}")
			.exchange()
			.expectStatus()
			.isOk();
		client().get().uri("/entries").exchange().expectBody(String.class).isEqualTo("1");
	}

	@Test
	void probesAnswer() {
		client().get()
			.uri("/_flin/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("healthy");
		client().get().uri("/_flin/live").exchange().expectStatus().isOk();
		client().get().uri("/_flin/ready").exchange().expectStatus().isOk();
		client().get()
			.uri("/actuator/health")
			.exchange()
			.expectBody()
			.jsonPath("$.components.flin.status")
			.isEqualTo("UP");
	}

	@Test
	void endpointsShowRoutesAndSchema() {
		client().get()
			.uri("/actuator/flinroutes")
			.exchange()
			.expectBody()
			.jsonPath("$[?(@.path == '/entries' && @.method == 'POST')].origin")
			.isEqualTo("app/entries.flin");
		client().get()
			.uri("/actuator/flinschema")
			.exchange()
			.expectBody()
			.jsonPath("$[0].name")
			.isEqualTo("Entry")
			.jsonPath("$[0].fields[0].name")
			.isEqualTo("n");
	}

	@Test
	void routesAreMeasured() {
		client().get().uri("/entries").exchange().expectStatus().isOk();
		client().get()
			.uri("/actuator/metrics/flin.route?tag=route:GET /entries")
			.exchange()
			.expectBody()
			.jsonPath("$.measurements[0].value")
			.value((count) -> assertThat(((Number) count).intValue()).isPositive());
	}

	@Test
	void requestsAreCountedByThePathThatIsDeclared() {
		client().get().uri("/entries").exchange().expectStatus().isOk();
		client().get()
			.uri("/actuator/metrics/http.server.requests?tag=uri:/entries")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.measurements[0].value")
			.value((count) -> assertThat(((Number) count).intValue()).isPositive());
	}

	@Test
	void theApplicationsPathsWin() {
		client().get().uri("/orders").exchange().expectBody().jsonPath("$.length()").isEqualTo(2);
	}

}
