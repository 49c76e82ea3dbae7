package dev.flin.existing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;

/** An application under load is told to stop: what it began it ends, and what it acknowledged is there afterwards. */
class GracefulShutdownTests {

	private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

	private static final int CLIENTS = 16;

	private static final int ANSWERED_BEFORE_STOP = 100;

	@TempDir
	private Path data;

	private final AtomicInteger next = new AtomicInteger();

	private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

	private final CountDownLatch warm = new CountDownLatch(ANSWERED_BEFORE_STOP);

	private volatile boolean stopping;

	@Test
	void stopsWithoutLosingOrCutting() throws Exception {
		Process application = start();
		try (BufferedReader output = application.inputReader()) {
			int port = port(output);
			Thread reader = Thread.ofVirtual().start(() -> drain(output));
			List<Thread> clients = IntStream.range(0, CLIENTS)
				.mapToObj((i) -> Thread.ofVirtual().start(() -> load(port)))
				.toList();
			assertThat(this.warm.await(60, TimeUnit.SECONDS)).isTrue();
			this.stopping = true;
			application.destroy();
			for (Thread client : clients) {
				client.join();
			}
			assertThat(application.waitFor(60, TimeUnit.SECONDS)).isTrue();
			reader.join();
		}
		Set<Long> stored = stored();
		assertThat(stored).as("what was acknowledged is there").containsAll(this.acknowledged);
		stored.removeAll(this.acknowledged);
		assertThat(stored).as("requests that were begun and cut").isEmpty();
	}

	private Process start() throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				ExistingApplication.class.getName(), "--server.port=0", "--flin.store.directory=" + this.data)
			.redirectErrorStream(true)
			.directory(new File("").getAbsoluteFile())
			.start();
	}

	private static int port(BufferedReader output) throws IOException {
		StringBuilder seen = new StringBuilder();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			seen.append(line).append('\n');
			Matcher started = STARTED.matcher(line);
			if (started.find()) {
				return Integer.parseInt(started.group(1));
			}
		}
		throw new AssertionError("the application did not start:\n" + seen);
	}

	/** Keeps the process from waiting for somebody who reads what it prints. */
	private static void drain(BufferedReader output) {
		try {
			while (output.readLine() != null) {
				Thread.onSpinWait();
			}
		}
		catch (IOException ex) {
			// The process has ended, and its output with it.
			assertThat(ex).hasMessageContaining("closed");
		}
	}

	/** Saves records, each on a connection of its own, until the server takes no more. */
	private void load(int port) {
		boolean open = true;
		while (open) {
			int n = this.next.incrementAndGet();
			try {
				open = send(port, n);
			}
			catch (IOException ex) {
				open = !this.stopping;
			}
		}
	}

	private boolean send(int port, long n) throws IOException {
		String body = "{\"n\": " + n + "}";
		try (Socket socket = new Socket("localhost", port)) {
			socket.getOutputStream()
				.write(("POST /entries HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
						+ "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			String text = new String(answer.readAllBytes(), StandardCharsets.US_ASCII);
			if (text.startsWith("HTTP/1.1 200") && text.endsWith("{\"n\":" + n + "}")) {
				this.acknowledged.add(n);
				this.warm.countDown();
				return true;
			}
			return !this.stopping;
		}
	}

	/** What is on disk: had a request been cut, its record would be there without an answer. */
	private Set<Long> stored() {
		try (FlinEngine engine = FlinEngine.builder()
			.root(SourceRoot.directory(Path.of("src/main/resources/flin")))
			.dataDirectory(this.data)
			.build()) {
			return engine.store()
				.all("Entry")
				.stream()
				.map((entry) -> (Long) entry.get(entry.shape().slotOf("n")))
				.collect(Collectors.toSet());
		}
	}

}
