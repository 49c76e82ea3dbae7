package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets as they look on the wire, from a client that keeps to no rules. */
class SocketFrameTests {

	private static final int TEXT = 1;

	private static final int LAST = 0x80;

	@TempDir
	private Path root;

	private interface Talk {

		void with(Wire wire) throws IOException;

	}

	/** A connection that frames are written to byte by byte. */
	private static final class Wire implements AutoCloseable {

		private final Socket socket;

		private final DataInputStream in;

		Wire(int port, String path, String cookie) throws IOException {
			this.socket = new Socket("localhost", port);
			this.socket.setSoTimeout(60_000);
			this.in = new DataInputStream(this.socket.getInputStream());
			this.socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\n"
						+ "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nCookie: " + cookie + "\r\n"
						+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) this.in.readUnsignedByte());
			}
			assertThat(head.toString()).startsWith("HTTP/1.1 101");
		}

		/** Sends a frame with a mask of zeros. */
		void send(int head, byte[] payload) throws IOException {
			ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) head);
			if (payload.length < 126) {
				frame.put((byte) (0x80 | payload.length));
			}
			else {
				frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
			}
			frame.putInt(0).put(payload);
			this.socket.getOutputStream().write(frame.array(), 0, frame.position());
		}

		/** The next frame: a text, or a code and reason. */
		String next() throws IOException {
			int opcode = this.in.readUnsignedByte() & 15;
			int length = this.in.readUnsignedByte();
			ByteArrayOutputStream payload = new ByteArrayOutputStream();
			payload.write(this.in.readNBytes((length == 126) ? this.in.readUnsignedShort() : length));
			ByteBuffer bytes = ByteBuffer.wrap(payload.toByteArray());
			String code = (opcode == 8) ? bytes.getShort() + " " : "";
			return code + StandardCharsets.UTF_8.decode(bytes);
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	private void talk(String path, String source, Talk talk) throws IOException {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/talk.flin"), source);
		RunningServer.of(this.root)
			.withPropertyValues("flin.web.socket.queue=16")
			.run((context) -> {
				int port = RunningServer.port(context);
				try (Wire wire = new Wire(port, path, cookie(port))) {
					talk.with(wire);
				}
			});
	}

	/** The session that a route has begun; none where there is no such route. */
	private static String cookie(int port) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			return client
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/enter"))
					.POST(BodyPublishers.noBody())
					.build(), BodyHandlers.discarding())
				.headers()
				.firstValue("Set-Cookie")
				.map((field) -> field.substring(0, field.indexOf(';')))
				.orElse("none=1");
		}
	}

	private static byte[] letters(int count) {
		return "x".repeat(count).getBytes(StandardCharsets.US_ASCII);
	}

	@Test
	void shouldPutTheFramesOfAMessageTogether() throws IOException {
		talk("/talk", "ws { on message(data) { send(data ++ \"!\") } }", (wire) -> {
			wire.send(TEXT, letters(2));
			wire.send(LAST, letters(3));
			assertThat(wire.next()).isEqualTo("xxxxx!");
		});
	}

	@Test
	void shouldRefuseAMessageThatIsTooLongOverAllItsFrames() throws IOException {
		talk("/talk", "ws { on message(data) { send(\"taken\") } }", (wire) -> {
			wire.send(TEXT, letters(40_000));
			wire.send(LAST, letters(40_000));
			assertThat(wire.next()).isEqualTo("1009 message too big");
		});
	}

	@Test
	void shouldRefuseAMessageThatIsTooLongWhileTheSocketIsStillOpened() throws IOException {
		talk("/talk", """
				ws {
				    on connect { sleep(400ms) }
				    on message(data) { send("taken") }
				}
				""", (wire) -> {
			wire.send(TEXT, letters(40_000));
			wire.send(LAST, letters(40_000));
			assertThat(wire.next()).isEqualTo("1009 message too big");
		});
	}

	@Test
	void shouldTakeWhatCameBeforeAMessageThatIsTooLong() throws IOException {
		talk("/talk", "ws { on message(data) {\n    sleep(200ms)\n    send(\"taken\")\n} }", (wire) -> {
			wire.send(TEXT | LAST, letters(1));
			wire.send(TEXT, letters(40_000));
			wire.send(LAST, letters(40_000));
			assertThat(wire.next()).isEqualTo("taken");
			assertThat(wire.next()).isEqualTo("1009 message too big");
		});
	}

	@Test
	void shouldRefuseTextThatIsNone() throws IOException {
		talk("/talk", "ws { on message(data) { send(\"taken\") } }", (wire) -> {
			wire.send(TEXT | LAST, new byte[] { (byte) 0xff, (byte) 0xfe });
			wire.send(TEXT | LAST, letters(1));
			assertThat(wire.next()).isEqualTo("1007 not UTF-8");
		});
	}

	@Test
	void shouldHoldUpWhoSendsMoreAtOnceThanMayWait() throws IOException {
		talk("/talk", "ws { on connect { for i in 1..500 { send(\"{i}\") } } }", (wire) -> {
			for (int i = 1; i <= 500; i++) {
				assertThat(wire.next()).isEqualTo(String.valueOf(i));
			}
		});
	}

	@Test
	void shouldCheckTheQueryOfAPageForItsSocketToo() throws IOException {
		talk("/talk?room=7", """
				validate query { room: int = 1 @min(1)   name: text = "anon" }
				ws { on connect { send({ room: query.room + 1, name: query.name }) } }
				<h1>Room {query.room}</h1>
				""", (wire) -> assertThat(wire.next()).isEqualTo("{\"room\":8,\"name\":\"anon\"}"));
	}

	@Test
	void shouldTellWhoIsInARoom() throws IOException {
		talk("/talk", """
				route POST "/enter" {
				    session.user = { id: 7, name: "Ada" }
				    none
				}
				ws {
				    on connect {
				        join("a")
				        send(members("a").map(m => m.user.name))
				    }
				}
				""", (wire) -> assertThat(wire.next()).isEqualTo("[\"Ada\"]"));
	}

}
