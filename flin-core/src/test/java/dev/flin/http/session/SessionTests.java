package dev.flin.http.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.flin.FlinEngine;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.lib.WebLibrary;
import dev.flin.http.route.RouteSpec;
import dev.flin.value.FlinMap;

class SessionTests {

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

	private final FlinEngine engine = FlinEngine.builder()
		.clock(this.now::get)
		.route(RouteSpec.route("GET", "/visit", "test", (context, exchange) -> {
			Object before = exchange.session().get("visits");
			long visits = (before instanceof Long number) ? number + 1 : 1;
			exchange.session().put("visits", visits);
			return visits;
		}))
		.route(RouteSpec.route("POST", "/note", "test", (context, exchange) -> {
			exchange.flash().put("notice", "saved");
			return WebLibrary.redirect("/flash", 302, false);
		}))
		.route(RouteSpec.route("GET", "/flash", "test", (context, exchange) -> exchange.flash().copy()))
		.route(RouteSpec.route("GET", "/login", "test", (context, exchange) -> {
			exchange.session().put("user", FlinMap.of("name", "Ada", "role", "admin"));
			return null;
		}))
		.build();

	private final List<String> cookies = new ArrayList<>();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private HttpResponse send(String method, String path, String... headers) {
		HttpFields fields = HttpFields.builder()
			.addAll(HttpFields.of(headers))
			.add("Cookie", String.join("; ", this.cookies))
			.build();
		HttpResponse response = this.engine.handle(HttpRequest.of(method, path, fields, ""));
		for (String cookie : response.headers().all("Set-Cookie")) {
			String pair = cookie.substring(0, cookie.indexOf(';'));
			this.cookies.removeIf((known) -> known.startsWith(pair.substring(0, pair.indexOf('=') + 1)));
			if (!cookie.contains("Max-Age=0")) {
				this.cookies.add(pair);
			}
		}
		return response;
	}

	private @Nullable String cookie(String name) {
		return this.cookies.stream()
			.filter((cookie) -> cookie.startsWith(name + "="))
			.map((cookie) -> cookie.substring(name.length() + 1))
			.findFirst()
			.orElse(null);
	}

	@Test
	void remembersAndForgetsWhenItIsOld() {
		assertThat(send("GET", "/visit").text()).isEqualTo("1");
		assertThat(send("GET", "/visit").text()).isEqualTo("2");
		this.now.set(this.now.get().plus(Duration.ofDays(31)));
		assertThat(send("GET", "/visit").text()).isEqualTo("1");
	}

	@Test
	void aForgedCookieIsNoSession() {
		send("GET", "/visit");
		String cookie = String.valueOf(cookie("flin-session"));
		this.cookies.clear();
		this.cookies.add("flin-session=" + cookie.substring(0, 30) + (cookie.charAt(30) == 'A' ? 'B' : 'A')
				+ cookie.substring(31));
		assertThat(send("GET", "/visit").text()).isEqualTo("1");
	}

	@Test
	void flashLivesForOneMoreRequest() {
		assertThat(send("POST", "/note").status()).isEqualTo(302);
		assertThat(send("GET", "/flash").text()).isEqualTo("{\"notice\":\"saved\"}");
		assertThat(send("GET", "/flash").text()).isEqualTo("{}");
	}

	@Test
	void anUnsafeRequestOfASessionNeedsItsToken() {
		assertThat(send("POST", "/note").status()).isEqualTo(302);
		assertThat(send("POST", "/note").status()).isEqualTo(403);
		assertThat(send("POST", "/note", "X-CSRF-Token", "made-up").status()).isEqualTo(403);
		assertThat(send("POST", "/note", "X-CSRF-Token", String.valueOf(cookie("flin-csrf"))).status()).isEqualTo(302);
	}

	@Test
	void signingInGivesAnotherId() {
		send("GET", "/visit");
		String before = cookie("flin-csrf");
		send("GET", "/login");
		assertThat(cookie("flin-csrf")).isNotNull().isNotEqualTo(before);
	}

}
