package dev.flin.autoconfigure.reactive;

import static dev.flin.autoconfigure.reactive.RunningServer.port;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

import dev.flin.FlinEngine;

/** WebSockets of FLIN files, spoken to by a real client over a real server. */
@ExtendWith(OutputCaptureExtension.class)
class FlinSocketsTests {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	/** The text x in a masked frame. */
	private static final byte[] FRAME = { (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'x' };

	@TempDir
	private Path root;

	private ReactiveWebApplicationContextRunner runner;

	@BeforeEach
	void setUp() {
		this.runner = RunningServer.of(this.root);
	}

	private void file(String path, String text) throws Exception {
		Path file = this.root.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private void run(ContextConsumer<AssertableReactiveWebApplicationContext> test) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	/** A client that keeps what it is sent until the test asks for it. */
	private static final class Client implements AutoCloseable {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		private final Sinks.Many<String> toSend = Sinks.many().unicast().onBackpressureBuffer();

		private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();

		private final CompletableFuture<WebSocketSession> session = new CompletableFuture<>();

		/** Of its own: those that all share stop with the server. */
		private final LoopResources loops = LoopResources.create("client", 1, true);

		private final Disposable running;

		Client(int port, String path, String... headers) {
			HttpHeaders fields = new HttpHeaders();
			for (int i = 0; i < headers.length; i += 2) {
				fields.add(headers[i], headers[i + 1]);
			}
			this.running = new ReactorNettyWebSocketClient(HttpClient.newConnection().runOn(this.loops))
				.execute(URI.create("ws://localhost:" + port + path), fields, (opened) -> {
					this.session.complete(opened);
					opened.closeStatus().subscribe(this.closed::complete);
					return opened.send(this.toSend.asFlux().map((text) -> message(opened, text)))
						.and(opened.receive().doOnNext(this::take).then());
				})
				.subscribe((nothing) -> {
				}, this.session::completeExceptionally);
		}

		private static WebSocketMessage message(WebSocketSession session, String text) {
			return text.startsWith("bytes:") ? session.binaryMessage(
					(factory) -> factory.wrap(text.substring(6).getBytes(StandardCharsets.UTF_8)))
					: session.textMessage(text);
		}

		private void take(WebSocketMessage message) {
			this.received.add(message.getType().name().toLowerCase(Locale.ROOT) + " " + message.getPayloadAsText());
		}

		Client open() throws Exception {
			this.session.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
			return this;
		}

		void send(String text) {
			this.toSend.tryEmitNext(text);
		}

		String next() throws Exception {
			return String.valueOf(this.received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
		}

		CloseStatus closed() throws Exception {
			return this.closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		}

		@Override
		public void close() {
			this.running.dispose();
			this.loops.dispose();
		}

	}

	@Test
	void shouldTalkInRoomsAndTellWhoIsThere() throws Exception {
		file("app/chat.flin", """
				ws {
				    on connect {
				        join("lobby")
				        send({ here: members("lobby").len, name: query.name })
				    }
				    on message(data) {
				        broadcast("lobby", { from: query.name, text: data.text })
				    }
				    on close(code, reason) {
				        broadcast("lobby", "left: {query.name} {code} {reason}")
				    }
				}
				""");
		file("app/say.flin", "route POST { { reached: broadcast(\"lobby\", body) } }");
		run((context) -> {
			try (Client ada = new Client(port(context), "/chat?name=ada").open()) {
				assertThat(ada.next()).isEqualTo("text {\"here\":1,\"name\":\"ada\"}");
				try (Client bob = new Client(port(context), "/chat?name=bob").open()) {
					assertThat(bob.next()).isEqualTo("text {\"here\":2,\"name\":\"bob\"}");
					bob.send("{\"text\": \"hi\"}");
					assertThat(ada.next()).isEqualTo("text {\"from\":\"bob\",\"text\":\"hi\"}");
					assertThat(bob.next()).isEqualTo("text {\"from\":\"bob\",\"text\":\"hi\"}");
					WebTestClient.bindToServer()
						.baseUrl("http://localhost:" + port(context))
						.build()
						.post()
						.uri("/say")
						.bodyValue("from a route")
						.exchange()
						.expectBody()
						.json("{\"reached\": 2}");
					assertThat(ada.next()).isEqualTo("text from a route");
					bob.session.get().close(new CloseStatus(4001, "bye")).block(LIMIT);
				}
				assertThat(ada.next()).isEqualTo("text left: bob 4001 bye");
			}
		});
	}

	@Test
	void shouldTakeTextJsonAndBytes() throws Exception {
		file("app/echo.flin", """
				ws {
				    on message(data) {
				        send([type_of(data), data])
				        send(data)
				    }
				}
				""");
		run((context) -> {
			try (Client client = new Client(port(context), "/echo").open()) {
				client.send("plain");
				assertThat(client.next()).isEqualTo("text [\"text\",\"plain\"]");
				assertThat(client.next()).isEqualTo("text plain");
				client.send("[1, 2]");
				assertThat(client.next()).isEqualTo("text [\"list\",[1,2]]");
				assertThat(client.next()).isEqualTo("text [1,2]");
				client.send("bytes:raw");
				assertThat(client.next()).startsWith("text [\"file\",");
				assertThat(client.next()).isEqualTo("binary raw");
			}
		});
	}

	@Test
	void shouldHandleMessagesInOrderOneAtATimeOnAVirtualThread() throws Exception {
		file("app/order.flin", """
				ws {
				    on message(data) {
				        if data % 2 == 0 { sleep(5ms) }
				        send(data)
				    }
				}
				""");
		run((context) -> {
			try (Client client = new Client(port(context), "/order").open()) {
				for (int i = 0; i < 50; i++) {
					client.send(String.valueOf(i));
				}
				for (int i = 0; i < 50; i++) {
					assertThat(client.next()).isEqualTo("text " + i);
				}
			}
		});
	}

	@Test
	void shouldRefuseBeforeTheUpgrade() throws Exception {
		file("app/private.flin", "guard method(\"POST\")\nws { on connect { send(\"in\") } }");
		file("app/open.flin", "ws { on connect { send(\"in\") } }\n");
		run((context) -> {
			assertThatThrownBy(() -> new Client(port(context), "/private").open()).hasStackTraceContaining("405");
			assertThatThrownBy(() -> new Client(port(context), "/open", "Origin", "https://evil.example").open())
				.hasStackTraceContaining("403");
			assertThatThrownBy(() -> new Client(port(context), "/open", "Origin", "null").open())
				.hasStackTraceContaining("403");
			String own = "http://localhost:" + port(context);
			try (Client client = new Client(port(context), "/open", "Origin", own).open()) {
				assertThat(client.next()).isEqualTo("text in");
			}
			WebTestClient.bindToServer()
				.baseUrl(own)
				.build()
				.get()
				.uri("/open")
				.exchange()
				.expectStatus()
				.isEqualTo(426);
		});
	}

	@Test
	void shouldCloseClientsThatSendTooMuchOrTooOften() throws Exception {
		file("app/open.flin", "ws { on message(data) { } }");
		this.runner = this.runner.withPropertyValues("flin.web.socket.max-message=1KB", "flin.web.socket.rate=20");
		run((context) -> {
			try (Client client = new Client(port(context), "/open").open()) {
				client.send("x".repeat(2000));
				assertThat(client.closed().getCode()).isEqualTo(1009);
			}
			try (Client client = new Client(port(context), "/open").open()) {
				for (int i = 0; i < 200; i++) {
					client.send("x");
				}
				assertThat(client.closed().getCode()).isEqualTo(1008);
			}
		});
	}

	@Test
	void shouldCloseSilentClientsAndThoseThatTheProgramCloses(CapturedOutput output) throws Exception {
		file("app/open.flin", """
				ws {
				    on message(data) {
				        if data == "fail" { fail("a secret reason") }
				        close(code: 4321, reason: "enough")
				    }
				}
				""");
		this.runner = this.runner.withPropertyValues("flin.web.socket.idle-timeout=1s");
		run((context) -> {
			try (Client client = new Client(port(context), "/open").open()) {
				assertThat(client.closed().getCode()).isEqualTo(1001);
			}
			try (Client client = new Client(port(context), "/open").open()) {
				client.send("x");
				assertThat(client.closed()).isEqualTo(new CloseStatus(4321, "enough"));
			}
			try (Client client = new Client(port(context), "/open").open()) {
				client.send("fail");
				assertThat(client.closed()).isEqualTo(new CloseStatus(1011, "Internal error"));
			}
		});
		assertThat(output).contains("socket /open failed (app/open.flin): a secret reason\n\tat ")
			.contains("(app/open.flin:3)");
	}

	/** Once in some hundred times the first message was lost, when the handshake was not done on the event loop. */
	@Test
	void shouldHearWhatAClientSaysAtOnce() throws Exception {
		file("app/echo.flin", "ws {\n    on connect { join(\"all\") }\n    on message(data) { send(data) }\n}\n");
		run((context) -> {
			try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
				List<CompletableFuture<Void>> clients = IntStream.range(0, 6)
					.mapToObj((i) -> CompletableFuture.runAsync(() -> sayAtOnce(port(context), 150), threads))
					.toList();
				clients.forEach(CompletableFuture::join);
			}
		});
	}

	private static void sayAtOnce(int port, int times) {
		for (int i = 0; i < times; i++) {
			try (Socket socket = upgraded(port, "/echo")) {
				socket.setSoTimeout((int) LIMIT.toMillis());
				socket.getOutputStream().write(FRAME);
				String answer = "";
				while (!answer.endsWith("\r\n\r\n\u0081\u0001x")) {
					int next = socket.getInputStream().read();
					assertThat(next).as("what came before the end: %s", answer).isNotNegative();
					answer += (char) next;
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	/** A connection of which the first bytes of the answer are read, which say that it is a WebSocket now. */
	private static Socket upgraded(int port, String path) throws IOException {
		Socket socket = new Socket("localhost", port);
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\n"
					+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		byte[] head = new byte[12];
		assertThat(socket.getInputStream().readNBytes(head, 0, head.length)).isEqualTo(12);
		assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");
		return socket;
	}

	@Test
	void shouldCloseAClientThatReadsTooSlowly() throws Exception {
		file("app/flood.flin", """
				ws {
				    on connect { join("flood") }
				    on message(data) {
				        chunk = "x".repeat(60000)
				        for i in 1..3000 {
				            if !send(chunk) { break }
				        }
				    }
				}
				""");
		this.runner = this.runner.withPropertyValues("flin.web.socket.queue=8");
		run((context) -> {
			try (Socket socket = upgraded(port(context), "/flood")) {
				socket.getOutputStream().write(FRAME);
				FlinEngine engine = context.getBean(FlinEngine.class);
				Awaitility.await().atMost(LIMIT).until(() -> engine.sockets().size() == 0);
			}
		});
	}

	@Test
	void shouldTellClientsThatTheServerStops() throws Exception {
		file("app/open.flin", "ws { on connect { send(\"in\") } }");
		CompletableFuture<Client> last = new CompletableFuture<>();
		run((context) -> {
			Client client = new Client(port(context), "/open").open();
			assertThat(client.next()).isEqualTo("text in");
			last.complete(client);
		});
		try (Client client = last.get()) {
			assertThat(client.closed()).isEqualTo(new CloseStatus(1001, "the server stops"));
		}
	}

}
