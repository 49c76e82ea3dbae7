package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.port.PasswordHasher;

class PasswordTests {

	private static final String PBKDF2 = "33a78c377ca7b6590fa1b215cc970fba516076f108ecb68af58ec95d86021701";

	@Test
	void aPasswordIsHashedByArgon2idWithASaltOfItsOwn() {
		assertThat(Script.output("""
				a = hash_password("s3cret")
				b = hash_password("s3cret")
				print(a.starts_with("$argon2id$"))
				print(a == b)
				print(verify_password("s3cret", a), verify_password("S3cret", a), verify_password("", a))
				""")).isEqualTo("true\nfalse\ntrue false false");
	}

	/** The work is counted, not the time. */
	@Test
	void whoIsNotKnownTakesAsMuchWork() {
		List<String> work = new ArrayList<>();
		PasswordHasher counting = new PasswordHasher() {

			private final PasswordHasher real = new SpringPasswordHasher();

			@Override
			public String hash(String password) {
				return this.real.hash(password);
			}

			@Override
			public boolean verify(String password, String hash) {
				work.add(hash.substring(0, 8));
				return this.real.verify(password, hash);
			}

			@Override
			public String argon2(String password) {
				String hash = this.real.argon2(password);
				work.add(hash.substring(0, 8));
				return hash;
			}

			@Override
			public String bcrypt(String password, int cost) {
				return this.real.bcrypt(password, cost);
			}

		};
		FlinEngine.Builder builder = FlinEngine.builder().servicesOfClassPath().service(PasswordHasher.class, counting);
		try (Script script = new Script("""
				print(verify_password("s3cret", hash_password("other")), verify_password("s3cret", none))
				print(verify_password(none, hash_password("other")), verify_password(none, none))
				""", builder)) {
			assertThat(script.run()).isEqualTo("false false\nfalse false");
		}
		assertThat(work).containsExactly("$argon2i", "$argon2i");
	}

	@Test
	void theHashSaysByWhatItWasMade() {
		assertThat(Script.output("""
				print(verify_password("s3cret", bcrypt_hash("s3cret", 4)))
				print(verify_password("s3cret", argon2_hash("s3cret")))
				print(verify_password("s3cret", "\\{bcrypt}" + bcrypt_hash("s3cret", 4)))
				print(verify_password("hello", "pbkdf2-sha256$1$00$00"))
				print(verify_password("s3cret", "s3cret"), verify_password("s3cret", "\\{noop}s3cret"))
				print(verify_password("", ""), verify_password("x", "$2a$10$short"), verify_password("x", "$argon2id$"))
				""")).isEqualTo("true\ntrue\ntrue\nfalse\nfalse false\nfalse false false");
	}

	@Test
	void bcryptRefusesWhatItWouldNotLookAt() {
		assertThat(Script.output("print(bcrypt_hash(\"x\".repeat(73), 4))"))
			.isEqualTo("error: bcrypt takes passwords of at most 72 bytes");
		assertThat(Script.output("print(bcrypt_hash(\"x\", 3))"))
			.isEqualTo("error: the cost of bcrypt is from 4 to 31, not 3");
	}

	@Test
	void aHashCannotAskForMoreWorkThanIsBearable() {
		assertThat(Script.output("""
				salt = "$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA"
				print(verify_password("x", "$argon2id$v=19$m=999999999,t=3,p=1" + salt))
				print(verify_password("x", "$argon2id$v=19$m=16384,t=999999999,p=1" + salt))
				print(verify_password("x", "$2a$31$" + "a".repeat(53)))
				print(verify_password("x", "pbkdf2-sha256$9999999$00$00"))
				print(verify_password("x".repeat(5000), "$2a$04$" + "a".repeat(53)))
				""")).isEqualTo("false\nfalse\nfalse\nfalse\nfalse");
	}

	@Test
	void withoutTheLibraryTheCompilerNamesIt() {
		try (FlinEngine bare = FlinEngine.builder()
			.root(SourceRoot.of(() -> Map.of("main.flin",
					"print(hash_password(\"x\"))\nprint(verify_password(\"x\", \"y\"))\n"
					+ "print(argon2_hash(\"x\"))\nf = create_token\n")))
			.compileExecutor(Runnable::run)
			.build()) {
			assertThat(bare.diagnostics()).extracting((each) -> each.code().name()).contains("E0601");
			assertThat(bare.renderedDiagnostics()).contains("'hash_password' needs a library for password hashing")
				.contains("'verify_password' needs a library for password hashing")
				.contains("'argon2_hash' needs a library for password hashing")
				.contains("add org.springframework.security:spring-security-crypto and "
						+ "org.bouncycastle:bcprov-jdk18on to the dependencies")
				.contains("'create_token' needs a library for signing of tokens");
		}
	}

	@Test
	void hashesOfPbkdf2AreStillVerified() {
		// "s3cret" by PBKDF2 with HMAC-SHA-256, 1000 rounds and the salt 00 01 … 0f.
		assertThat(Script.output("""
				h = "pbkdf2-sha256$1000$000102030405060708090a0b0c0d0e0f$%s"
				print(verify_password("s3cret", h), verify_password("other", h))
				""".formatted(PBKDF2))).isEqualTo("true false");
	}

}
