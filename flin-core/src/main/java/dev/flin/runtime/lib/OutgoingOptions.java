package dev.flin.runtime.lib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.flin.port.HttpCalls.Field;
import dev.flin.runtime.Outgoing;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * The options of a request that goes out.
 *
 * @param body null for none
 * @param retries how often it may be sent again
 */
record OutgoingOptions(List<Field> fields, byte @Nullable [] body, Duration timeout, int retries) {

	private static final Set<String> NAMES = Set.of("headers", "json", "form", "body", "timeout", "retries");

	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

	/** What says how a message is sent, which is not for programs to say. */
	private static final Set<String> OF_THE_CONNECTION = Set.of("host", "connection", "content-length",
			"transfer-encoding", "expect", "upgrade", "te", "trailer", "keep-alive", "proxy-authorization",
			"proxy-connection", "accept-encoding");

	private static final int RETRIES_MAX = 10;

	private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

	private static final String TYPE = "Content-Type";

	/**
	 * The options that a program gives.
	 * @param function its name, for messages
	 */
	static OutgoingOptions of(String function, FlinMap given, Outgoing limits) {
		for (Object key : given.keySet()) {
			if (!NAMES.contains(String.valueOf(key))) {
				throw new FlinError(function + " has the options headers, json, form, body, timeout and retries, not "
						+ Printer.quoted(String.valueOf(key)));
			}
		}
		List<Field> fields = fields(given.get("headers"));
		String type = null;
		byte[] body = null;
		int bodies = 0;
		if (given.containsKey("json")) {
			bodies++;
			type = "application/json";
			body = JsonWriter.write(given.get("json")).getBytes(StandardCharsets.UTF_8);
		}
		if (given.get("form") != null) {
			bodies++;
			type = "application/x-www-form-urlencoded";
			body = form(given.get("form")).getBytes(StandardCharsets.UTF_8);
		}
		Object plain = given.get("body");
		if (plain != null) {
			bodies++;
			type = (plain instanceof FileValue file) ? file.contentType() : "text/plain; charset=utf-8";
			body = bytes(plain, limits);
		}
		if (bodies > 1) {
			throw new FlinError(function + " sends one of json, form and body");
		}
		if (type != null && fields.stream().noneMatch((field) -> field.name().equalsIgnoreCase(TYPE))) {
			fields.add(new Field(TYPE, type));
		}
		return new OutgoingOptions(fields, body, timeout(given.get("timeout"), limits), retries(given.get("retries")));
	}

	private static List<Field> fields(@Nullable Object given) {
		List<Field> fields = new ArrayList<>();
		if (given == null) {
			return fields;
		}
		if (!(given instanceof FlinMap map)) {
			throw new FlinError("'headers' is a map of names and texts");
		}
		for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
			String name = String.valueOf(entry.getKey());
			if (!TOKEN.matcher(name).matches() || OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
				throw new FlinError(Printer.quoted(name) + " is no header field that a program may set");
			}
			if (entry.getValue() instanceof FlinList list) {
				list.forEach((each) -> fields.add(field(name, each)));
			}
			else if (entry.getValue() != null) {
				fields.add(field(name, entry.getValue()));
			}
		}
		return fields;
	}

	private static Field field(String name, @Nullable Object value) {
		String text = Printer.interpolate(value).strip();
		if (!VALUE.matcher(text).matches()) {
			throw new FlinError("the header field " + name + " has characters that a header field cannot have");
		}
		return new Field(name, text);
	}

	private static String form(@Nullable Object given) {
		if (!(given instanceof FlinMap map)) {
			throw new FlinError("'form' is a map of names and values");
		}
		List<String> pairs = new ArrayList<>();
		map.forEach((name, value) -> {
			List<? extends @Nullable Object> values = (value instanceof FlinList list) ? list : List.of(
					(value != null) ? value : "");
			for (Object each : values) {
				pairs.add(encoded(String.valueOf(name)) + "=" + encoded(Printer.interpolate(each)));
			}
		});
		return pairs.stream().collect(Collectors.joining("&"));
	}

	private static String encoded(String text) {
		return CodecFunctions.urlEncode(text);
	}

	private static byte[] bytes(Object body, Outgoing limits) {
		if (!(body instanceof FileValue file)) {
			return Printer.interpolate(body).getBytes(StandardCharsets.UTF_8);
		}
		if (file.size() > limits.bytesMax()) {
			throw new FlinError(FlinError.LIMIT_ERROR, "the file is larger than the limit of " + limits.bytesMax()
					+ " bytes (flin.http.max-body)");
		}
		try (InputStream content = file.open()) {
			return content.readAllBytes();
		}
		catch (IOException ex) {
			throw new FlinError(FlinError.ERROR, "the file " + file.name() + " cannot be read", ex);
		}
	}

	private static Duration timeout(@Nullable Object given, Outgoing limits) {
		if (given == null) {
			return limits.timeout();
		}
		Duration timeout = (given instanceof Duration duration) ? duration
				: (given instanceof Long seconds && seconds > 0 && seconds <= TIMEOUT_MAX.toSeconds())
						? Duration.ofSeconds(seconds) : Duration.ZERO;
		if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
			throw new FlinError("'timeout' is a time such as 5.seconds, of at most 10 minutes");
		}
		return timeout;
	}

	private static int retries(@Nullable Object given) {
		if (given == null) {
			return 0;
		}
		if (given instanceof Long count && count >= 0 && count <= RETRIES_MAX) {
			return count.intValue();
		}
		throw new FlinError("'retries' is a number from 0 to " + RETRIES_MAX);
	}

}
