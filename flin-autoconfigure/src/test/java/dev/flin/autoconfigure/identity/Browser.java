package dev.flin.autoconfigure.identity;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.flin.FlinEngine;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;

/** Keeps cookies, as browsers do. */
final class Browser {

	private final FlinEngine engine;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	Browser(FlinEngine engine) {
		this.engine = engine;
	}

	Map<String, String> cookies() {
		return this.cookies;
	}

	HttpResponse get(String target) {
		return send("GET", target, "", HttpFields.EMPTY);
	}

	/** A form that a foreign page sends: browsers add no cookie that is {@code SameSite=Lax}. */
	HttpResponse foreignPost(String target, String form) {
		return keep(this.engine.handle(HttpRequest.of("POST", target,
				HttpFields.of("Content-Type", "application/x-www-form-urlencoded", "Host", "shop.example"), form)));
	}

	HttpResponse send(String method, String target, String body, HttpFields more) {
		HttpFields.Builder fields = HttpFields.builder().addAll(more).add("Host", "shop.example");
		if (!this.cookies.isEmpty()) {
			fields.add("Cookie", this.cookies.entrySet()
				.stream()
				.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
				.collect(Collectors.joining("; ")));
		}
		return keep(this.engine.handle(HttpRequest.of(method, target, fields.build(), body)));
	}

	private HttpResponse keep(HttpResponse response) {
		for (String cookie : response.headers().all("Set-Cookie")) {
			String pair = cookie.substring(0, cookie.indexOf(';'));
			String name = pair.substring(0, pair.indexOf('='));
			if (cookie.contains("Max-Age=0")) {
				this.cookies.remove(name);
			}
			else {
				this.cookies.put(name, pair.substring(name.length() + 1));
			}
		}
		return response;
	}

	static String body(HttpResponse response) {
		return (response.body() instanceof ResponseBody.Bytes sent)
				? new String(sent.array(), 0, sent.length(), StandardCharsets.UTF_8) : response.body().toString();
	}

}
