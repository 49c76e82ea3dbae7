package dev.flin.autoconfigure.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose program is silent for long. */
class HeartbeatsTests {

	private static final byte[] SIGN = ": here\n".getBytes(StandardCharsets.US_ASCII);

	private final Heartbeats heartbeats = new Heartbeats(Runnable::run);

	private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

	private final StreamWriter writer = new StreamWriter(this.sent, new AtomicBoolean(), new CountDownLatch(1));

	private void sweepIn(int seconds) {
		this.heartbeats.sweep(System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
	}

	@Test
	void shouldSendASignOnlyWhenNothingElseWasSentForLong() {
		this.heartbeats.during(this.writer, () -> {
			this.writer.keepAlive(SIGN, Duration.ofSeconds(15));
			sweepIn(14);
			assertThat(this.sent.size()).isZero();
			sweepIn(16);
			assertThat(this.sent).hasToString(": here\n");
		});
		this.heartbeats.close();
	}

	@Test
	void shouldSendNothingAfterTheEndNorToWhoHasNotAskedForIt() {
		this.heartbeats.during(this.writer, () -> sweepIn(100));
		this.writer.keepAlive(SIGN, Duration.ofSeconds(15));
		sweepIn(100);
		assertThat(this.sent.size()).isZero();
		this.heartbeats.close();
	}

	@Test
	void shouldNotPutASignIntoWhatIsBeingSent() throws IOException {
		StringBuilder wire = new StringBuilder();
		StreamWriter busy = new StreamWriter(new ByteArrayOutputStream() {

			@Override
			public void write(byte[] bytes) {
				wire.append(new String(bytes, StandardCharsets.US_ASCII));
				sweepIn(100);
			}

		}, new AtomicBoolean(), new CountDownLatch(1));
		busy.keepAlive(SIGN, Duration.ofSeconds(15));
		this.heartbeats.during(busy, () -> write(busy));
		assertThat(wire).hasToString("data: 1\n");
		this.heartbeats.close();
	}

	private static void write(StreamWriter writer) {
		try {
			writer.write("data: 1\n".getBytes(StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void shouldSendStatusAndHeadersBeforeTheFirstEvent(@TempDir Path root) throws IOException {
		Files.createDirectories(root.resolve("app"));
		Files.writeString(root.resolve("app/slow.flin"), "sse {\n    sleep(60s)\n    emit(1)\n}\n");
		RunningServer.of(root).run((context) -> {
			URI address = URI.create("http://localhost:" + RunningServer.port(context) + "/slow");
			try (HttpClient client = HttpClient.newHttpClient()) {
				HttpResponse<InputStream> response = client.send(
						HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).build(),
						BodyHandlers.ofInputStream());
				assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
				response.body().close();
				client.shutdownNow();
			}
		});
	}

}
