package dev.flin.runtime.lib;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/** Answers of servers that a test has made up, completed to what a real one has. */
final class FakeAnswer {

	private static final Set<String> PARTS = Set.of("status", "ok", "headers", "body", "json");

	private FakeAnswer() {
	}

	/**
	 * The answer.
	 * @param function what it is the answer of
	 * @param made what the test gives: any of the parts of an answer
	 */
	static FlinMap of(String function, @Nullable Object made) {
		if (!(made instanceof FlinMap given) || !PARTS.containsAll(given.keySet())) {
			throw new FlinError("the fake " + function + " gives a map of status, headers, body and json, not "
					+ Printer.print(made));
		}
		long status = (given.get("status") instanceof Long number) ? number : 200;
		FlinMap headers = new FlinMap();
		if (given.get("headers") instanceof FlinMap fields) {
			fields.forEach((name, value) -> headers.put(String.valueOf(name).toLowerCase(Locale.ROOT),
					Printer.interpolate(value)));
		}
		Object json = given.get("json");
		Object body = given.get("body");
		if (body == null) {
			body = (json != null) ? JsonWriter.write(json) : "";
		}
		else if (json == null && body instanceof String text) {
			json = OutgoingCall.json(text);
		}
		return FlinMap.of("status", status, "ok", status / 100 == 2, "headers", headers, "body", body, "json", json);
	}

}
