package dev.flin.autoconfigure.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server of this machine that remembers what it was asked. */
final class Servers implements AutoCloseable {

	/** One request, with names of header fields in lower case. */
	record Asked(String method, String path, Map<String, String> headers, String body) {
	}

	@FunctionalInterface
	interface Code {

		void answer(HttpExchange exchange, Asked asked) throws IOException;

	}

	private final HttpServer server;

	final List<Asked> asked = new CopyOnWriteArrayList<>();

	Servers() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	String address() {
		return "http://localhost:" + port();
	}

	Servers on(String path, Code code) {
		this.server.createContext(path, (exchange) -> {
			Map<String, String> headers = new java.util.TreeMap<>();
			exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT),
					String.join(",", values)));
			Asked one = new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
			this.asked.add(one);
			try (exchange) {
				code.answer(exchange, one);
			}
		});
		return this;
	}

	Servers on(String path, int status, String type, String body) {
		return on(path, (exchange, asked) -> send(exchange, status, type, body));
	}

	Servers redirect(String path, int status, String target) {
		return on(path, (exchange, asked) -> {
			exchange.getResponseHeaders().set("Location", target);
			exchange.sendResponseHeaders(status, -1);
		});
	}

	static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, bytes.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(bytes);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
