package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.value.EntityInstance;

class ApiKeyTests {

	private final Map<String, String> files = new LinkedHashMap<>(Map.of("app/feed.flin", """
			guard api_key
			route GET { { name: request.api_key.name, owner: request.api_key.owner } }
			""", "app/keys.flin", """
			route GET { ApiKey.all }
			route POST { { key: create_api_key(query.name, query.owner) } }
			route DELETE "/keys/[id]" {
			    key = ApiKey.find(params.id.to_int)
			    delete key
			    none
			}
			"""));

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final FlinEngine engine = FlinEngine.builder()
		.root(SourceRoot.of(() -> this.files))
		.clock(() -> this.now)
		.compileExecutor(Runnable::run)
		.build()
		.requireNoErrors();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aKeyOfTheProgramOpensTheRoute() {
		String answer = body(send("POST", "/keys?name=Reports&owner=ada", ""));
		String key = answer.substring(answer.indexOf("flin_"), answer.indexOf("\"}"));
		assertThat(key).hasSize(48);
		assertThat(body(send("GET", "/feed", key))).isEqualTo("{\"name\":\"Reports\",\"owner\":\"ada\"}");
		assertThat(send("GET", "/feed", "").status()).isEqualTo(401);
		assertThat(send("GET", "/feed", key + "x").status()).isEqualTo(401);
		assertThat(send("GET", "/feed", key.toUpperCase(Locale.ROOT)).status()).isEqualTo(401);
		assertThat(send("GET", "/feed", "x".repeat(9999)).status()).isEqualTo(401);
	}

	@Test
	void aListOfKeysShowsNeitherKeysNorDigests() {
		String key = this.engine.apiKeys().create("Reports", null, null);
		assertThat(body(send("GET", "/keys", ""))).isEqualTo(
				"[{\"id\":1,\"name\":\"Reports\",\"owner\":null,\"expires_at\":null}]").doesNotContain(key);
		EntityInstance record = this.engine.apiKeys().list().get(0);
		assertThat(record.get(record.shape().slotOf("hash"))).isNotEqualTo(key);
		assertThat(send("GET", "/feed", String.valueOf(record.get(record.shape().slotOf("hash")))).status())
			.isEqualTo(401);
	}

	@Test
	void aRevokedKeyIsRefusedAtOnce() {
		String first = this.engine.apiKeys().create("One", null, null);
		String second = this.engine.apiKeys().create("Two", null, null);
		assertThat(send("DELETE", "/keys/1", "").status()).isLessThan(300);
		assertThat(send("GET", "/feed", first).status()).isEqualTo(401);
		assertThat(this.engine.apiKeys().revoke(2)).isTrue();
		assertThat(this.engine.apiKeys().revoke(3)).isFalse();
		assertThat(send("GET", "/feed", second).status()).isEqualTo(401);
		assertThat(this.engine.apiKeys().list()).isEmpty();
	}

	@Test
	void aKeyEndsWithItsTime() {
		String key = this.engine.apiKeys().create("Trial", "ada", Duration.ofDays(1));
		this.now = this.now.plus(Duration.ofDays(1)).minusSeconds(1);
		assertThat(send("GET", "/feed", key).status()).isEqualTo(200);
		this.now = this.now.plusSeconds(1);
		assertThat(send("GET", "/feed", key).status()).isEqualTo(401);
		assertThat(this.engine.apiKeys().find(key)).isNull();
	}

	@Test
	void aGuardOfTheProgramHidesOneOfTheLanguage() {
		this.files.put("lib/guards.flin", """
				guard_definition signed(by) { headers["x-signature"] == by }
				""");
		this.files.put("app/paper.flin", "guard signed(\"ada\")\nroute GET { { ok: true } }\n");
		this.engine.reload();
		this.engine.requireNoErrors();
		assertThat(send("GET", "/paper", "").status()).isEqualTo(403);
		assertThat(this.engine.handle(HttpRequest.of("GET", "/paper", HttpFields.of("X-Signature", "ada"), ""))
			.status()).isEqualTo(200);
	}

	private HttpResponse send(String method, String path, String key) {
		return this.engine.handle(HttpRequest.of(method, path, HttpFields.of("X-API-Key", key), ""));
	}

	private static String body(HttpResponse response) {
		return (response.body() instanceof ResponseBody.Bytes sent)
				? new String(sent.array(), 0, sent.length(), StandardCharsets.UTF_8) : response.body().toString();
	}

}
