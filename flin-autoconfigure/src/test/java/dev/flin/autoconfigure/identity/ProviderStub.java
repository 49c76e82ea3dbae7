package dev.flin.autoconfigure.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server that answers as the providers do. What it was asked last can be looked at. */
final class ProviderStub implements AutoCloseable {

	/** One request: its form, its header fields in lower case, and its query. */
	record Asked(Map<String, String> form, Map<String, String> headers, String query) {
	}

	private final Map<String, Asked> asked = new HashMap<>();

	private final RSAKey key;

	private final HttpServer server;

	ProviderStub(RSAKey key, String keySet) throws IOException {
		this.key = key;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.start();
		answer(keySet, (request) -> new JWKSet(key.toPublicJWK()).toString());
	}

	String address() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	ProviderStub answer(String path, Function<Asked, String> body) {
		this.server.createContext(path, (exchange) -> {
			Asked request = read(exchange);
			this.asked.put(path, request);
			byte[] bytes = body.apply(request).getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
		return this;
	}

	ProviderStub refuse(String path, int status) {
		this.server.createContext(path, (exchange) -> {
			exchange.sendResponseHeaders(status, -1);
			exchange.close();
		});
		return this;
	}

	Asked asked(String path) {
		Asked request = this.asked.get(path);
		if (request == null) {
			throw new AssertionError(path + " was not asked");
		}
		return request;
	}

	String signed(String claims) {
		try {
			JWSObject token = new JWSObject(
					new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(this.key.getKeyID()).build(), new Payload(claims));
			token.sign(new RSASSASigner(this.key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Asked read(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Map<String, String> form = new HashMap<>();
		for (String pair : body.split("&")) {
			String[] parts = pair.split("=", 2);
			form.put(parts[0], (parts.length < 2) ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
		}
		Map<String, String> headers = new HashMap<>();
		exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT),
				values.get(0)));
		return new Asked(form, headers, String.valueOf(exchange.getRequestURI().getRawQuery()));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
