package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.value.FlinError;
import dev.flin.value.Html;

/** What was used once stays used: after a restart, for two at once, and when the work around it is undone. */
class RestartTests {

	private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

	private static final Map<String, String> SOURCES = Map.of("components/Ask.flin", """
			props { what: text  a: text  b: text = "" }
			fn ask() {
				match what {
					"token" -> create_token(7)
					"check" -> verify_token(a) != none
					"refresh" -> refresh_token(a)
					"revoke" -> revoke_token(a)
					"send" -> otp_generate(a)
					"otp" -> otp_verify(a, b)
					"totp" -> verify_totp(a, b)
					"telegram" -> verify_telegram_login({ auth_date: 1767225600, hash: a, id: 7 }, "1:t") != none
					_ -> undone(a, b)
				}
			}
			fn undone(a, b) {
				ok = false
				done = try {
					transaction {
						ok = otp_verify(a, b)
						fail("undone")
					}
				} catch e { none }
				ok
			}
			{ask()}
			""");

	@TempDir
	private Path directory;

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void aRefreshedOrRevokedTokenStaysRefused() {
		String refreshed;
		String revoked;
		String good;
		try (FlinEngine engine = open()) {
			refreshed = ask(engine, "token", "");
			revoked = ask(engine, "token", "");
			good = ask(engine, "token", "");
			assertThat(ask(engine, "refresh", refreshed)).isNotEmpty();
			assertThat(ask(engine, "revoke", revoked)).isEqualTo("true");
		}
		try (FlinEngine engine = open()) {
			assertThat(ask(engine, "check", refreshed)).isEqualTo("false");
			assertThat(ask(engine, "refresh", refreshed)).isEmpty();
			assertThat(ask(engine, "check", revoked)).isEqualTo("false");
			assertThat(ask(engine, "revoke", revoked)).isEqualTo("false");
			assertThat(ask(engine, "check", good)).isEqualTo("true");
		}
	}

	@Test
	void aCodeAndItsAttemptsOutliveARestart() {
		String code;
		String other;
		try (FlinEngine engine = open()) {
			code = ask(engine, "send", "ada");
			other = ask(engine, "send", "bob");
			for (int i = 0; i < 4; i++) {
				assertThat(ask(engine, "otp", "ada", "wrong")).isEqualTo("false");
			}
		}
		try (FlinEngine engine = open()) {
			assertThat(ask(engine, "otp", "bob", other)).isEqualTo("true");
			assertThat(ask(engine, "otp", "ada", "wrong")).isEqualTo("false");
			assertThat(ask(engine, "otp", "ada", code)).as("the fifth wrong one used it up").isEqualTo("false");
		}
		try (FlinEngine engine = open()) {
			assertThat(ask(engine, "otp", "bob", other)).isEqualTo("false");
		}
	}

	@Test
	void aCodeOfAnAppIsNotGoodAgainAfterARestart() {
		String code = new AuthenticatorCodes().code("12345678901234567890".getBytes(StandardCharsets.US_ASCII),
				this.now);
		try (FlinEngine engine = open()) {
			assertThat(ask(engine, "totp", SECRET, code)).isEqualTo("true");
		}
		try (FlinEngine engine = open()) {
			assertThat(ask(engine, "totp", SECRET, code)).isEqualTo("false");
		}
	}

	@Test
	void aRollbackGivesNoCodeBack() {
		try (FlinEngine engine = open()) {
			String code = ask(engine, "send", "ada");
			assertThat(ask(engine, "undone", "ada", code)).isEqualTo("true");
			assertThat(ask(engine, "otp", "ada", code)).isEqualTo("false");
			String next = ask(engine, "send", "ada");
			for (int i = 0; i < 5; i++) {
				assertThat(ask(engine, "undone", "ada", "wrong")).isEqualTo("false");
			}
			assertThat(ask(engine, "otp", "ada", next)).isEqualTo("false");
		}
	}

	@Test
	void ofManyAtOnceOneWins() throws Exception {
		try (FlinEngine engine = open()) {
			for (int round = 0; round < 5; round++) {
				String code = ask(engine, "send", "ada");
				assertThat(together(8, () -> ask(engine, "otp", "ada", code))).containsOnlyOnce("true");
				String token = ask(engine, "token", "");
				assertThat(together(8, () -> ask(engine, "refresh", token)).stream().filter((next) -> !next.isEmpty()))
					.hasSize(1);
			}
		}
	}

	@Test
	void fiveWrongCodesAtOnceAreFiveAttempts() throws Exception {
		try (FlinEngine engine = open()) {
			String code = ask(engine, "send", "ada");
			assertThat(together(5, () -> ask(engine, "otp", "ada", "wrong"))).containsOnly("false");
			assertThat(ask(engine, "otp", "ada", code)).isEqualTo("false");
		}
	}

	@Test
	void whatIsOverIsRemoved() {
		try (FlinEngine engine = open()) {
			ask(engine, "send", "ada");
			assertThat(engine.store().all("OneTimeUse")).hasSize(1);
			this.now = this.now.plusSeconds(3600);
			engine.runDueTasks();
			assertThat(engine.store().all("OneTimeUse")).isEmpty();
		}
	}

	@Test
	void neitherCodesNorTelephonesAreStored() throws IOException {
		String code;
		try (FlinEngine engine = open()) {
			code = ask(engine, "send", "+2250700112233");
			assertThat(engine.store().all("OneTimeUse").toString()).doesNotContain("0700112233").doesNotContain(code);
		}
		try (Stream<Path> files = Files.walk(this.directory)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("0700112233");
			}
		}
	}

	private FlinEngine open() {
		return FlinEngine.builder()
			.servicesOfClassPath()
			.root(SourceRoot.of(() -> SOURCES))
			.dataDirectory(this.directory)
			.clock(() -> this.now)
			.compileExecutor(Runnable::run)
			.build()
			.requireNoErrors();
	}

	private static String ask(FlinEngine engine, String what, String a) {
		return ask(engine, what, a, "");
	}

	private static String ask(FlinEngine engine, String what, String a, String b) {
		try {
			Html answer = engine.render("Ask", Map.of("what", what, "a", a, "b", b));
			return answer.text().strip();
		}
		catch (FlinError ex) {
			return "error: " + ex.message();
		}
	}

	private static List<String> together(int count, Callable<String> work) throws Exception {
		CyclicBarrier start = new CyclicBarrier(count);
		List<String> results = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
			List<Future<String>> running = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				running.add(threads.submit(() -> {
					start.await();
					return work.call();
				}));
			}
			for (Future<String> each : running) {
				results.add(each.get());
			}
		}
		return results;
	}

}
