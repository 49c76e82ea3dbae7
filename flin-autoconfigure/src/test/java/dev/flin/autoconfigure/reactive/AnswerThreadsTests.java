package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Which threads write answers, seen by a filter of the application on a real server. */
class AnswerThreadsTests {

	@TempDir
	private Path root;

	/** Remembers whether answers are written on event loops. */
	static final class Recorder implements WebFilter {

		private final Queue<Boolean> onEventLoop = new ConcurrentLinkedQueue<>();

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			return chain.filter(exchange.mutate().response(new ServerHttpResponseDecorator(exchange.getResponse()) {

				@Override
				public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
					Recorder.this.onEventLoop.add(Schedulers.isInNonBlockingThread());
					return super.writeWith(body);
				}

			}).build());
		}

	}

	@Test
	void shouldWriteAnswersOnTheEventLoop() throws Exception {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/prompt.flin"), "route GET { \"done\" }");
		Files.writeString(this.root.resolve("app/page.flin"), "<p>{[1, 2].map(n => n * 2)}</p>");
		RunningServer.of(this.root)
			.withBean(Recorder.class)
			.run((context) -> {
				WebTestClient client = WebTestClient.bindToServer()
					.baseUrl("http://localhost:" + RunningServer.port(context))
					.responseTimeout(Duration.ofSeconds(60))
					.build();
				for (String path : new String[] { "/prompt", "/page" }) {
					client.get().uri(path).exchange().expectStatus().isOk();
				}
				assertThat(context.getBean(Recorder.class).onEventLoop).containsExactly(true, true);
			});
	}

}
