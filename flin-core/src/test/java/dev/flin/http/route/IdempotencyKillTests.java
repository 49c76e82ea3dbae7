package dev.flin.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.FlinEngine;
import dev.flin.http.HttpResponse;

/** A process is killed between a first answer and its repetition. */
class IdempotencyKillTests {

	private static final int ROUNDS = 3;

	@TempDir
	private Path directory;

	private Process start(long firstKey) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp",
				System.getProperty("java.class.path"), KilledWhileAnswering.class.getName(), this.directory.toString(),
				Long.toString(firstKey))
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	/** What was answered before the process died, by key; the last line may be cut. */
	private static void note(Map<Long, String> answers, String line) {
		if (line.matches("\\d+ \\{\"number\":\\d+}")) {
			String[] parts = line.split(" ", 2);
			answers.put(Long.parseLong(parts[0]), parts[1]);
		}
	}

	@Test
	void repeatsGiveTheFirstAnswerAndNothingIsDoneTwice() throws IOException, InterruptedException {
		Map<Long, String> answers = new TreeMap<>();
		for (int round = 0; round < ROUNDS; round++) {
			long seed = 20261122 + round;
			System.err.println("seed " + seed);
			long firstKey = 1 + answers.size();
			Process child = start(firstKey);
			try (BufferedReader lines = new BufferedReader(
					new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
				for (int left = 1 + new Random(seed).nextInt(30); left > 0; left--) {
					note(answers, lines.readLine());
				}
				child.toHandle().destroyForcibly();
				for (String line = lines.readLine(); line != null; line = lines.readLine()) {
					note(answers, line);
				}
			}
			assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
			repeatAll(answers);
		}
	}

	private void repeatAll(Map<Long, String> answers) {
		try (FlinEngine engine = KilledWhileAnswering.engine(this.directory)) {
			long before = engine.store().count("Order");
			answers.forEach((key, answer) -> {
				HttpResponse again = KilledWhileAnswering.order(engine, key);
				assertThat(again.status()).isEqualTo(201);
				assertThat(again.text()).as("order-" + key).isEqualTo(answer);
			});
			assertThat(engine.store().count("Order")).isEqualTo(before);
			// the one that nobody heard of was done or not, and its repetition is done once in either case
			long next = answers.size() + 1L;
			answers.put(next, KilledWhileAnswering.order(engine, next).text());
			assertThat(engine.store().count("Order")).isEqualTo(next);
		}
	}

}
