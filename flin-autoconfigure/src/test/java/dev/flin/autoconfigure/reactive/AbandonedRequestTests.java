package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Clients go away whenever they like. That is no failure of the application, and its log does not say so. */
@ExtendWith(OutputCaptureExtension.class)
class AbandonedRequestTests {

	private static final int CLIENTS = 20;

	private static final long MILLISECOND = 1_000_000;

	@TempDir
	private Path root;

	@Test
	void aClientThatGoesAwayWithinItsBodyIsNoFailure(CapturedOutput output) throws IOException {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/echo.flin"), "route POST { body }\n");
		RunningServer.of(this.root).run((context) -> {
			int port = RunningServer.port(context);
			for (int i = 0; i < CLIENTS; i++) {
				try (Socket socket = new Socket("localhost", port)) {
					socket.getOutputStream()
						.write(("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
								+ "Content-Length: 1000\r\n\r\nonly this").getBytes(StandardCharsets.US_ASCII));
					socket.getOutputStream().flush();
					// some while the code waits for the rest, some before it begins
					LockSupport.parkNanos(i * MILLISECOND);
				}
			}
			try (HttpClient client = HttpClient.newHttpClient()) {
				HttpRequest whole = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/echo"))
					.POST(HttpRequest.BodyPublishers.ofString("all of it"))
					.build();
				assertThat(client.send(whole, HttpResponse.BodyHandlers.ofString()).body()).contains("all of it");
			}
		});
		assertThat(output).doesNotContain("failed").doesNotContain("Exception");
	}

	/** The thread of a request is interrupted when its client has gone, also while it reads or writes the store. */
	@Test
	void aClientThatGoesAwayDuringASaveHarmsNobodyElse(@TempDir Path data) throws IOException {
		Files.createDirectories(this.root.resolve("app"));
		Files.writeString(this.root.resolve("app/many.flin"), """
				entity Item { n: int }
				route POST {
				    for n in 0..<20 { save Item { n: n } }
				    Item.count
				}
				""");
		RunningServer.of(this.root)
			.withPropertyValues("flin.store.type=embedded", "flin.store.directory=" + data)
			.run((context) -> {
				int port = RunningServer.port(context);
				byte[] request = "POST /many HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII);
				for (int i = 0; i < 3 * CLIENTS; i++) {
					try (Socket socket = new Socket("localhost", port)) {
						socket.getOutputStream().write(request);
						socket.getOutputStream().flush();
						// at any moment of what the code does
						LockSupport.parkNanos(i % CLIENTS * MILLISECOND);
					}
				}
				try (HttpClient client = HttpClient.newHttpClient()) {
					HttpRequest whole = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/many"))
						.POST(HttpRequest.BodyPublishers.noBody())
						.build();
					assertThat(client.send(whole, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
				}
			});
	}

}
