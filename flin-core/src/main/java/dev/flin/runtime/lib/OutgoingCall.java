package dev.flin.runtime.lib;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.port.HttpCalls;
import dev.flin.port.HttpCalls.Answer;
import dev.flin.port.HttpCalls.Call;
import dev.flin.port.HttpCalls.Failed;
import dev.flin.port.HttpCalls.Field;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Outgoing;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * One request to another server, with what follows from it: redirects, each checked as the first address was, and
 * further attempts.
 */
final class OutgoingCall {

	/** The code of errors when nothing came back. */
	static final String HTTP_ERROR = "HttpError";

	private static final int REDIRECTS_MAX = 5;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

	/** Methods that may be done twice. */
	private static final Set<String> REPEATABLE = Set.of("GET", "PUT", "DELETE");

	/** What says who asks is for the server that was asked, not for one that it sends us to. */
	private static final Set<String> FOR_EVERYBODY = Set.of("accept", "accept-language", "content-type", "user-agent");

	private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s\";]+)");

	private static final Pattern TEXT = Pattern
		.compile("(?i)text/.*|application/(json|xml|javascript|x-www-form-urlencoded|x-ndjson|[^;]+\\+(json|xml))");

	private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

	private final FlinContext context;

	private final HttpCalls calls;

	private final Outgoing rules;

	private final String function;

	private final OutgoingOptions options;

	private final long deadlineNanos;

	private String method;

	private URI address;

	private List<Field> fields;

	private byte @Nullable [] body;

	private OutgoingCall(FlinContext context, String function, String method, String url, OutgoingOptions options) {
		this.context = context;
		this.calls = context.require(HttpCalls.class, "'" + function + "'");
		this.rules = context.require(Outgoing.class, "'" + function + "'");
		this.function = function;
		this.method = method;
		this.address = OutgoingAddress.of(url);
		this.options = options;
		this.fields = options.fields();
		this.body = options.body();
		this.deadlineNanos = System.nanoTime() + options.timeout().toNanos();
	}

	static OutgoingCall of(FlinContext context, String function, String method, String url,
			@Nullable FlinMap options) {
		Outgoing rules = context.require(Outgoing.class, "'" + function + "'");
		return new OutgoingCall(context, function, method, url,
				OutgoingOptions.of(function, (options != null) ? options : new FlinMap(), rules));
	}

	/** Sends it and gives what came back in the end. */
	FlinMap answer() {
		Answer answer = repeated();
		int redirects = 0;
		while (follow(answer)) {
			if (++redirects > REDIRECTS_MAX) {
				throw failed("was redirected more than " + REDIRECTS_MAX + " times", null);
			}
			answer = repeated();
		}
		return value(answer);
	}

	private Answer repeated() {
		for (int attempt = 0;; attempt++) {
			boolean last = attempt >= this.options.retries();
			Duration pause = FIRST_PAUSE.multipliedBy(1L << attempt);
			try {
				Answer answer = send();
				boolean busy = answer.status() == 429 || answer.status() == 503;
				boolean broken = answer.status() == 502 || answer.status() == 504;
				if (last || !(busy || (broken && REPEATABLE.contains(this.method)))) {
					return answer;
				}
				Duration asked = retryAfter(answer);
				pause = (asked.compareTo(pause) > 0) ? asked : pause;
				if (!hasTimeFor(pause)) {
					return answer;
				}
			}
			catch (Failed ex) {
				boolean again = switch (ex.reason()) {
					case UNREACHABLE -> true;
					case BROKEN -> REPEATABLE.contains(this.method);
					case ADDRESS_REFUSED, TIMEOUT, TOO_LARGE -> false;
				};
				if (last || !again || !hasTimeFor(pause)) {
					throw failure(ex);
				}
			}
			ControlFunctions.sleep(this.context, pause);
		}
	}

	private boolean hasTimeFor(Duration pause) {
		return pause.compareTo(PAUSE_MAX) <= 0 && left().compareTo(pause) > 0;
	}

	private Duration left() {
		return Duration.ofNanos(Math.max(0, this.deadlineNanos - System.nanoTime()));
	}

	private static Duration retryAfter(Answer answer) {
		String wish = field(answer, "retry-after");
		return (wish != null && SECONDS.matcher(wish).matches()) ? Duration.ofSeconds(Long.parseLong(wish))
				: Duration.ZERO;
	}

	private Answer send() throws Failed {
		String host = OutgoingAddress.host(this.address);
		HttpCalls.AddressRule rule = this.rules.rule(host);
		InetAddress literal = OutgoingAddress.literal(host);
		if (literal != null && !rule.allows(literal)) {
			throw new Failed(HttpCalls.Reason.ADDRESS_REFUSED, null);
		}
		Duration left = left();
		if (!left.isPositive()) {
			throw new Failed(HttpCalls.Reason.TIMEOUT, null);
		}
		Call call = new Call(this.method, this.address, this.fields, this.body, left, this.rules.bytesMax(), rule);
		return Outside.waitFor(this.context, Failed.class, () -> this.calls.send(call));
	}

	/** Goes on to where an answer leads. */
	private boolean follow(Answer answer) {
		String location = field(answer, "location");
		boolean moved = answer.status() == 301 || answer.status() == 302 || answer.status() == 303;
		boolean same = answer.status() == 307 || answer.status() == 308;
		if (location == null || !(moved || same)) {
			return false;
		}
		URI next = OutgoingAddress.of(resolved(location));
		if (this.address.getScheme().equals("https") && next.getScheme().equals("http")) {
			throw failed("was redirected from https to http", null);
		}
		if (!origin(next).equals(origin(this.address))) {
			this.fields = this.fields.stream()
				.filter((field) -> FOR_EVERYBODY.contains(field.name().toLowerCase(Locale.ROOT)))
				.toList();
		}
		if (moved && !this.method.equals("GET")) {
			this.method = "GET";
			this.body = null;
			this.fields = this.fields.stream()
				.filter((field) -> !field.name().equalsIgnoreCase("content-type"))
				.toList();
		}
		this.address = next;
		return true;
	}

	private String resolved(String location) {
		if (location.matches("(?i)[a-z][a-z0-9+.-]*:.*")) {
			return location;
		}
		String origin = origin(this.address);
		if (location.startsWith("//")) {
			return this.address.getScheme() + ":" + location;
		}
		if (location.startsWith("/")) {
			return origin + location;
		}
		String path = String.valueOf(this.address.getRawPath());
		return location.startsWith("?") ? origin + path + location
				: origin + path.substring(0, path.lastIndexOf('/') + 1) + location;
	}

	private static String origin(URI address) {
		return address.getScheme() + "://" + address.getRawAuthority();
	}

	private FlinMap value(Answer answer) {
		FlinMap headers = new FlinMap();
		for (Field field : answer.fields()) {
			String name = field.name().toLowerCase(Locale.ROOT);
			headers.put(name, headers.containsKey(name) ? headers.get(name) + ", " + field.value() : field.value());
		}
		String type = (headers.get("content-type") instanceof String given) ? given.strip() : "";
		String essence = type.contains(";") ? type.substring(0, type.indexOf(';')).strip() : type;
		boolean isText = essence.isEmpty() || TEXT.matcher(essence).matches();
		String text = isText ? new String(answer.body(), charset(type)) : null;
		FlinMap value = FlinMap.of("status", (long) answer.status(), "ok", answer.status() / 100 == 2, "headers",
				headers);
		value.put("body", (text != null) ? text : file(essence, answer.body()));
		value.put("json", (text != null) ? json(text) : null);
		return value;
	}

	private FileValue file(String type, byte[] bytes) {
		String path = String.valueOf(this.address.getPath());
		String name = path.substring(path.lastIndexOf('/') + 1);
		return new FileValue(name.isEmpty() ? "download" : name, type, bytes.length, null,
				() -> new ByteArrayInputStream(bytes));
	}

	/** What a body says as JSON; none when it says something else, which is the sender's right. */
	static @Nullable Object json(String text) {
		try {
			return JsonParser.parse(text);
		}
		catch (FlinError noJson) {
			return null;
		}
	}

	private static Charset charset(String type) {
		Matcher named = CHARSET.matcher(type);
		try {
			return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
			return StandardCharsets.UTF_8;
		}
	}

	private static @Nullable String field(Answer answer, String name) {
		return answer.fields()
			.stream()
			.filter((field) -> field.name().equalsIgnoreCase(name))
			.map(Field::value)
			.findFirst()
			.orElse(null);
	}

	/** Messages name hosts, but not what their names lead to. */
	private FlinError failure(Failed ex) {
		String host = OutgoingAddress.host(this.address);
		return switch (ex.reason()) {
			case ADDRESS_REFUSED -> new FlinError(HTTP_ERROR, "'" + host + "' "
					+ ((OutgoingAddress.literal(host) != null) ? "is" : "leads to")
					+ " a private address: flin.http.allow does not name it", ex);
			case UNREACHABLE -> new FlinError(HTTP_ERROR, "'" + host + "' cannot be reached", ex);
			case TIMEOUT -> new FlinError(HTTP_ERROR, "'" + host + "' did not answer within "
					+ DurationFunctions.humanize(this.options.timeout()), ex);
			case TOO_LARGE -> new FlinError(HTTP_ERROR, "the answer of '" + host + "' is larger than the limit of "
					+ this.rules.bytesMax() + " bytes (flin.http.max-body)", ex);
			case BROKEN -> failed("got no proper answer of '" + host + "'", ex);
		};
	}

	private FlinError failed(String what, @Nullable Throwable cause) {
		return new FlinError(HTTP_ERROR, this.function + " " + what, cause);
	}

}
