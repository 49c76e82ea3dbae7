package dev.flin.http.route;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import dev.flin.FlinEngine;
import dev.flin.SourceRoot;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;

/** A process that takes orders, each with a key of its own, until it is killed, and says what it answered. */
public final class KilledWhileAnswering {

	private static final Map<String, String> FILES = Map.of("entities/Order.flin", "entity Order { item: text }",
			"app/orders.flin", """
					route POST {
					    idempotent
					    save Order { item: body.item }
					    response { status: 201  body: { number: Order.count } }
					}
					""");

	private KilledWhileAnswering() {
	}

	static FlinEngine engine(Path data) {
		return FlinEngine.builder().root(SourceRoot.of(() -> FILES)).dataDirectory(data).build().requireNoErrors();
	}

	static HttpResponse order(FlinEngine engine, long key) {
		HttpFields headers = HttpFields.builder()
			.add("Content-Type", "application/json")
			.add("Idempotency-Key", "order-" + key)
			.build();
		return engine.handle(HttpRequest.of("POST", "/orders", headers, "{\"item\": \"lamp\"}"));
	}

	/**
	 * Orders with one key after the other, and prints each with its answer.
	 * @param arguments the data directory and the first key
	 */
	public static void main(String[] arguments) {
		PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
		FlinEngine engine = engine(Path.of(arguments[0]));
		for (long key = Long.parseLong(arguments[1]);; key++) {
			out.println(key + " " + order(engine, key).text());
		}
	}

}
