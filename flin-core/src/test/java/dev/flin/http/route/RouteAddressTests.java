package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.flin.FlinEngine;

/** Each route has an address, or there is a diagnostic. */
class RouteAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "lib/things.flin", "main.flin", "app/_middleware.flin", "components/Card.flin" })
	void aRouteWithoutAPathInAFileWithoutOneIsAnError(String file) {
		String rendered = FlinEngine.render(FlinEngine.check(Map.of(file, "x = 1\nroute GET { 1 }\n")));
		assertThat(rendered).contains("E0501", "this route has no path", file + ":2", "route GET \"/api/things\"");
	}

	@Test
	void aPathOfItsOwnOrOfTheFileWillDo() {
		assertThat(FlinEngine.check(
				Map.of("lib/things.flin", "route GET \"/things\" { 1 }\n", "app/other.flin", "route GET { 1 }\n")))
			.isEmpty();
	}

	@Test
	void aMalformedFileNameIsReportedOnce() {
		assertThat(FlinEngine.check(Map.of("app/a[b].flin", "route GET { 1 }\nroute POST { 1 }\n"))).hasSize(1);
	}

}
