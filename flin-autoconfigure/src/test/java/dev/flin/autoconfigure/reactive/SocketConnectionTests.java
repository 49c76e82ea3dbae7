package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.adapter.AbstractWebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.flin.http.live.SocketMessage;
import dev.flin.http.live.SocketSettings;

class SocketConnectionTests {

	/** A client that has said nothing yet, and to whom nothing has been written. */
	private static final class SilentSession extends AbstractWebSocketSession<String> {

		SilentSession() {
			super("client", "1",
					new HandshakeInfo(URI.create("ws://localhost/talk"), new HttpHeaders(), Mono.empty(), null),
					new DefaultDataBufferFactory());
		}

		@Override
		public Flux<WebSocketMessage> receive() {
			return Flux.never();
		}

		@Override
		public Mono<Void> send(Publisher<WebSocketMessage> messages) {
			return Mono.never();
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public Mono<Void> close(CloseStatus status) {
			return Mono.empty();
		}

		@Override
		public Mono<CloseStatus> closeStatus() {
			return Mono.never();
		}

	}

	@Test
	void shouldSayThatTheQueueIsFullBeforeAnybodyTakesFromIt() {
		SocketSettings settings = new SocketSettings(1024, 2, 100, Duration.ofSeconds(30), Duration.ofSeconds(90), 10,
				List.of());
		try (FlinWorkers workers = new FlinWorkers()) {
			SocketConnection connection = new SocketConnection(new SilentSession(), settings, workers, () -> {
			});
			assertThat(connection.send(new SocketMessage.Text("one"))).isTrue();
			assertThat(connection.send(new SocketMessage.Text("two"))).isTrue();
			assertThat(connection.send(new SocketMessage.Text("three"))).isFalse();
		}
	}

}
