package dev.flin.http.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

import org.jspecify.annotations.Nullable;

import dev.flin.http.HostSecurity;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpRequest;
import dev.flin.http.HttpResponse;
import dev.flin.http.ResponseBody;
import dev.flin.http.StreamSink;
import dev.flin.http.route.Csrf;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Sends the requests of one test as a browser would: it keeps cookies and sends the token against forged requests.
 */
public final class TestVisitor {

	private static final String FORM = "application/x-www-form-urlencoded";

	private final TestDriver driver;

	private final Map<String, String> cookies = new LinkedHashMap<>();

	public TestVisitor(TestDriver driver) {
		this.driver = driver;
	}

	/** The answer as a map of {@code status}, {@code headers}, {@code body} and {@code text}. */
	FlinMap request(String method, String target, @Nullable Object body, @Nullable FlinMap headers) {
		HttpFields.Builder fields = HttpFields.builder();
		if (headers != null) {
			headers.forEach((name, value) -> fields.set(String.valueOf(name), Printer.print(value)));
		}
		fields.setIfAbsent("Accept", "application/json, text/html;q=0.9, */*;q=0.8");
		byte[] content = content(body, fields);
		if (!this.cookies.isEmpty()) {
			StringJoiner all = new StringJoiner("; ");
			this.cookies.forEach((name, value) -> all.add(name + "=" + value));
			fields.setIfAbsent("Cookie", all.toString());
		}
		String token = this.cookies.get(Csrf.COOKIE);
		if (token != null) {
			fields.setIfAbsent("X-CSRF-Token", token);
		}
		HttpRequest plain = HttpRequest.of(method, target, fields.build(), content);
		HttpResponse response = this.driver.handle(new HttpRequest(plain.method(), plain.path(), plain.query(),
				plain.headers(), plain.body(), plain.remoteAddress(), plain.secure(), new Signed(this.driver.user())));
		response.headers().all("Set-Cookie").forEach(this::keep);
		return answer(response);
	}

	/** A user whom nobody has to believe: no page of others can send the requests of a test. */
	private record Signed(@Nullable Object user) implements HostSecurity {

		@Override
		public @Nullable String csrfBinding() {
			return null;
		}

	}

	private static byte[] content(@Nullable Object body, HttpFields.Builder fields) {
		if (body == null) {
			return new byte[0];
		}
		boolean form = FORM.equals(fields.build().first("Content-Type"));
		String text = switch (body) {
			case String plain -> plain;
			case FlinMap map when form -> encoded(map);
			default -> JsonWriter.write(body);
		};
		fields.setIfAbsent("Content-Type", (body instanceof String) ? "text/plain" : "application/json");
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String encoded(FlinMap form) {
		StringJoiner pairs = new StringJoiner("&");
		form.forEach((name, value) -> {
			for (Object each : (value instanceof FlinList list) ? list.toArray() : new @Nullable Object[] { value }) {
				pairs.add(encoded(String.valueOf(name)) + "=" + encoded(Printer.interpolate(each)));
			}
		});
		return pairs.toString();
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private void keep(String cookie) {
		String[] parts = cookie.split(";");
		int equals = parts[0].indexOf('=');
		String name = parts[0].substring(0, equals).strip();
		boolean gone = cookie.toLowerCase(Locale.ROOT).contains("max-age=0");
		if (gone) {
			this.cookies.remove(name);
		}
		else {
			this.cookies.put(name, parts[0].substring(equals + 1).strip());
		}
	}

	private static FlinMap answer(HttpResponse response) {
		String text = text(response.body());
		FlinMap headers = new FlinMap();
		response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
		FlinMap answer = new FlinMap();
		answer.put("status", (long) response.status());
		answer.put("headers", headers);
		answer.put("body", value(response, text));
		answer.put("text", text);
		return answer;
	}

	private static @Nullable Object value(HttpResponse response, String text) {
		String type = response.headers().first("Content-Type");
		return (type != null && type.startsWith("application/json") && !text.isEmpty()) ? JsonParser.parse(text)
				: text.isEmpty() ? null : text;
	}

	private static String text(ResponseBody body) {
		return switch (body) {
			case ResponseBody.Bytes bytes -> new String(bytes.array(), 0, bytes.length(), StandardCharsets.UTF_8);
			case ResponseBody.Stream stream -> streamed(stream);
			case ResponseBody.Content content -> {
				try (InputStream file = content.file().open()) {
					yield new String(file.readAllBytes(), StandardCharsets.UTF_8);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		};
	}

	/** What a stream sends before it waits for the first time: in a test nobody moves the clock meanwhile. */
	private static String streamed(ResponseBody.Stream stream) {
		ByteArrayOutputStream sent = new ByteArrayOutputStream();
		stream.source().writeTo(new StreamSink() {

			@Override
			public void write(byte[] bytes) {
				sent.writeBytes(bytes);
			}

			@Override
			public boolean pause(Duration time) {
				return false;
			}

			@Override
			public void keepAlive(byte[] sign, Duration silence) {
				// Nobody is waiting.
			}

		});
		return sent.toString(StandardCharsets.UTF_8);
	}

	/** Refuses a method that is none. */
	static String method(String name) {
		if (name.isEmpty() || !name.chars().allMatch(Character::isLetter)) {
			throw new FlinError("'" + name + "' is not a method such as POST");
		}
		return name.toUpperCase(Locale.ROOT);
	}

}
