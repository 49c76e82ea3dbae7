package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;

/** Routes that are done in a few steps begin without what only longer ones need, and get it when they fail. */
class BriefContextTests {

	private static final String REQUEST = "flin.request";

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(RoutePipeline.class.getPackageName());

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
	}

	private static FlinEngine engine(Map<String, String> files) {
		return FlinEngine.builder().root(SourceRoot.of(() -> files)).build().requireNoErrors();
	}

	@Test
	void shouldTellItsRequestWhenItFails() {
		try (FlinEngine engine = engine(Map.of("app/a.flin", "route GET { { half: 1 / 0 } }"))) {
			assertThat(engine.target("GET", "/a").isPrompt(null)).isTrue();
			HttpResponse response = engine.handle(HttpRequest.of("GET", "/a"));
			assertThat(response.status()).isEqualTo(500);
		}
		assertThatLogTellsTheRequest("GET /a failed");
	}

	private void assertThatLogTellsTheRequest(String message) {
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).startsWith(message);
			assertThat(event.getMDCPropertyMap().get(REQUEST)).matches("[0-9a-f]{16}");
		});
		assertThat(MDC.get(REQUEST)).isNull();
	}

	@Test
	void shouldTellItsRequestInThePageOfAnError() {
		try (FlinEngine engine = engine(Map.of("app/a.flin", "route GET { error(503, \"later\") }", "app/_error.flin",
				"<p>{status} {1 / 0}</p>"))) {
			HttpResponse response = engine
				.handle(HttpRequest.of("GET", "/a", HttpFields.of("Accept", "text/html"), ""));
			assertThat(response.status()).isEqualTo(503);
		}
		assertThatLogTellsTheRequest("The page for status 503");
	}

	@Test
	void shouldLeaveNothingBehindWhenAllIsWell() {
		try (FlinEngine engine = engine(Map.of("app/a.flin", "route GET { text(\"ok\") }"))) {
			assertThat(List.of(engine.handle(HttpRequest.of("GET", "/a")).text(),
					engine.handle(HttpRequest.of("HEAD", "/a")).text()))
				.containsExactly("ok", "");
		}
		assertThat(this.log.list).isEmpty();
		assertThat(MDC.get(REQUEST)).isNull();
	}

}
