package dev.flin.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;

/** A token of {@code create_token} is enough for {@code guard auth}. */
class TokenGuardTests {

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final FlinEngine engine = FlinEngine.builder()
		.servicesOfClassPath()
		.root(SourceRoot.of(() -> Map.of("entities/Member.flin",
				"entity Member { name: text  role: text = \"user\" }\n",
				"app/login.flin", """
						route POST {
							member = Member { name: query.name, role: query.role || "user" }
							save member
							{ token: create_token(member, { expires: "15m" }) }
						}
						""",
				"app/id-token.flin",
				"route POST { { token: create_token(7, { claims: { name: \"Robot\", roles: [\"admin\"] } }) } }\n",
				"app/me.flin", "guard auth\nroute GET { { id: request.user.id, name: request.user.name } }\n"
						+ "route POST { { ok: true } }\nroute DELETE { revoke_token(headers.authorization)\nnone }\n",
				"app/admin.flin", "guard role(\"admin\")\nroute GET { { ok: true } }\n", "app/demote.flin",
				"route POST { m = Member.find(1)\nm.role = \"user\"\nsave m\n{ ok: true } }\n", "app/fire.flin",
				"route POST { delete Member.find(1)\n{ ok: true } }\n")))
		.clock(() -> this.now)
		.compileExecutor(Runnable::run)
		.build()
		.requireNoErrors();

	@AfterEach
	void close() {
		this.engine.close();
	}

	@Test
	void aTokenSignsTheRequestIn() {
		String token = token("/login?name=Ada");
		HttpResponse me = send("GET", "/me", "Bearer " + token);
		assertThat(Browser.body(me)).isEqualTo("{\"id\":1,\"name\":\"Ada\"}");
		assertThat(me.headers().first("Cache-Control")).contains("private");
		assertThat(me.headers().first("Set-Cookie")).isNull();
		assertThat(send("POST", "/me", "bearer " + token).status()).as("no other proof is needed").isEqualTo(200);
		assertThat(send("GET", "/admin", "Bearer " + token).status()).isEqualTo(403);
	}

	@Test
	void aTokenForAnIdHasItsClaims() {
		String token = token("/id-token");
		assertThat(Browser.body(send("GET", "/me", "Bearer " + token))).isEqualTo("{\"id\":7,\"name\":\"Robot\"}");
		assertThat(send("GET", "/admin", "Bearer " + token).status()).isEqualTo(200);
	}

	@Test
	void whatIsNoTokenSignsNobodyIn() {
		String token = token("/login?name=Ada");
		String[] parts = token.split("\\.");
		String none = Base64.getUrlEncoder().withoutPadding().encodeToString(
				"{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
		for (String field : new String[] { "", "Bearer", "Bearer ", "Bearer x", "Basic " + token, token,
				"Bearer " + none + "." + parts[1] + ".", "Bearer " + parts[0] + "." + parts[1] + ".",
				"Bearer " + token.substring(1), "Bearer " + "x".repeat(99_999) }) {
			assertThat(send("GET", "/me", field).status()).as(field).isEqualTo(401);
		}
	}

	@Test
	void expiredAndRevokedTokensAreRefused() {
		String token = token("/login?name=Ada");
		String other = token("/login?name=Eve");
		assertThat(send("DELETE", "/me", "Bearer " + token).status()).isEqualTo(204);
		assertThat(send("GET", "/me", "Bearer " + token).status()).isEqualTo(401);
		this.now = this.now.plusSeconds(15 * 60);
		assertThat(send("GET", "/me", "Bearer " + other).status()).isEqualTo(401);
	}

	@Test
	void rolesAndRecordsAreThoseOfNow() {
		String token = token("/login?name=Ada&role=admin");
		assertThat(send("GET", "/admin", "Bearer " + token).status()).isEqualTo(200);
		send("POST", "/demote", "");
		assertThat(send("GET", "/admin", "Bearer " + token).status()).isEqualTo(403);
		send("POST", "/fire", "");
		assertThat(send("GET", "/me", "Bearer " + token).status()).isEqualTo(401);
	}

	private String token(String path) {
		String answer = Browser.body(send("POST", path, ""));
		return answer.substring(answer.indexOf(":\"") + 2, answer.lastIndexOf('"'));
	}

	private HttpResponse send(String method, String path, String authorization) {
		return this.engine.handle(HttpRequest.of(method, path,
				authorization.isEmpty() ? HttpFields.EMPTY : HttpFields.of("Authorization", authorization), ""));
	}

}
