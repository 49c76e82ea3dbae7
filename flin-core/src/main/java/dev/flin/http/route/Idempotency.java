package dev.flin.http.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.flin.http.Digests;
import dev.flin.http.HttpFields;
import dev.flin.http.HttpProblem;
import dev.flin.http.Reply;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.EntityInstance;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Html;
import dev.flin.value.Printer;

/**
 * {@code idempotent}: requests of one user with one key get one answer, for a day. What the first one did and its
 * answer are stored together, so that after a crash either both are there or neither.
 */
public final class Idempotency {

	static final String HEADER = "Idempotency-Key";

	private static final Duration LIFETIME = Duration.ofHours(24);

	private static final int KEY_CHARS_MAX = 255;

	/** What keeps the answers. */
	public interface Log {

		/** What was kept under a key and is not too old, or null. */
		@Nullable FlinMap find(FlinContext context, String key, Instant now);

		/** Does work and keeps what it gives, both or nothing; null is not kept. */
		void keep(FlinContext context, String key, Instant until, Supplier<@Nullable FlinMap> work);

	}

	/** A key that requests are answered for, and how many there are. */
	private static final class Turn {

		private final ReentrantLock lock = new ReentrantLock(true);

		private int users;

	}

	private final Log log;

	private final Map<String, Turn> turns = new ConcurrentHashMap<>();

	Idempotency(Log log) {
		this.log = log;
	}

	/** Runs the code of a route unless its answer is known. */
	Reply run(RouteSpec route, FlinContext context, Exchange exchange, Supplier<Reply> code) {
		String sent = exchange.header(HEADER);
		if (sent == null) {
			return code.get();
		}
		if (exchange.raw().headers().isRepeated(HEADER)) {
			throw new HttpProblem(400, "More than one Idempotency-Key");
		}
		if (sent.isBlank() || sent.length() > KEY_CHARS_MAX) {
			throw new HttpProblem(400, "Idempotency-Key must have 1 to " + KEY_CHARS_MAX + " characters");
		}
		String key = "route:" + hash(user(exchange.user()) + "\n" + route.method() + " " + route.path() + "\n" + sent);
		Turn turn = this.turns.compute(key, (name, known) -> {
			Turn used = (known != null) ? known : new Turn();
			used.users++;
			return used;
		});
		try {
			turn.lock.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			leave(key);
			Thread.currentThread().interrupt();
			throw new FlinError(FlinError.INTERRUPTED_ERROR, "interrupted");
		}
		try {
			return once(key, context, exchange, code);
		}
		finally {
			turn.lock.unlock();
			leave(key);
		}
	}

	private void leave(String key) {
		this.turns.computeIfPresent(key, (name, turn) -> (--turn.users == 0) ? null : turn);
	}

	private Reply once(String key, FlinContext context, Exchange exchange, Supplier<Reply> code) {
		String fingerprint = fingerprint(exchange);
		Instant now = context.now();
		FlinMap known = this.log.find(context, key, now);
		if (known != null) {
			return fingerprint.equals(known.get("request")) ? again(known)
					: Reply.error(422, "This Idempotency-Key was used for another request");
		}
		Reply[] made = new Reply[1];
		this.log.keep(context, key, now.plus(LIFETIME), () -> {
			Reply reply = code.get();
			made[0] = reply;
			return kept(reply, fingerprint);
		});
		return made[0];
	}

	/** What is kept of an answer; null for those that may be made anew: failures of the server, streams and files. */
	private static @Nullable FlinMap kept(Reply reply, String fingerprint) {
		Object body = reply.body();
		if (reply.status() >= 500 || reply.form() == Reply.Form.STREAM || reply.form() == Reply.Form.EVENTS
				|| body instanceof FileValue) {
			return null;
		}
		Reply.Form form = (reply.form() != Reply.Form.BY_VALUE || body instanceof String) ? reply.form()
				: (body instanceof Html) ? Reply.Form.HTML : Reply.Form.JSON;
		String text = switch (form) {
			case HTML -> (body instanceof Html markup) ? markup.text() : Printer.print(body);
			case TEXT, ERROR, BY_VALUE -> Printer.print(body);
			case JSON, STREAM, EVENTS -> JsonWriter.write(body);
		};
		FlinMap headers = new FlinMap();
		Responses.put(headers, reply.headers());
		boolean empty = body == null && reply.form() == Reply.Form.BY_VALUE;
		return FlinMap.of("request", fingerprint, "status", (long) reply.status(), "form",
				empty ? Reply.Form.BY_VALUE.name() : form.name(), "headers", headers, "body", empty ? null : text);
	}

	private static Reply again(FlinMap known) {
		Reply.Form form = Reply.Form.valueOf(String.valueOf(known.get("form")));
		Object body = known.get("body");
		HttpFields headers = HttpFields.builder()
			.addAll(Responses.fields(known.get("headers")))
			.set("Idempotent-Replayed", "true")
			.build();
		long status = (known.get("status") instanceof Long number) ? number : 200;
		return new Reply((int) status, form,
				(form == Reply.Form.JSON && body instanceof String text) ? JsonParser.parse(text) : body, headers);
	}

	private static String user(@Nullable Object user) {
		return switch (user) {
			case null -> "";
			case EntityInstance entity -> entity.shape().name() + "#" + entity.id();
			case FlinMap map when map.get("id") != null -> "#" + map.get("id");
			default -> user.toString();
		};
	}

	/** Tells one request from another: path, query and body. */
	private static String fingerprint(Exchange exchange) {
		MessageDigest digest = Digests.sha256();
		update(digest, exchange.path() + "?" + exchange.raw().query());
		add(digest, exchange.readBody().value());
		return HexFormat.of().formatHex(digest.digest());
	}

	private static void add(MessageDigest digest, @Nullable Object value) {
		switch (value) {
			case FlinMap map -> {
				update(digest, "{" + map.size());
				for (FlinMap.Cursor cursor = map.cursor(); cursor.advance();) {
					add(digest, cursor.key());
					add(digest, cursor.value());
				}
			}
			case FlinList list -> {
				update(digest, "[" + list.size());
				list.forEach((element) -> add(digest, element));
			}
			case FileValue file -> addContent(digest, file);
			case null, default -> update(digest, JsonWriter.write(value));
		}
	}

	private static void addContent(MessageDigest digest, FileValue file) {
		update(digest, file.name() + "\n" + file.size());
		byte[] buffer = new byte[8192];
		try (InputStream content = file.open()) {
			for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
				digest.update(buffer, 0, read);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void update(MessageDigest digest, String text) {
		digest.update(text.getBytes(StandardCharsets.UTF_8));
		digest.update((byte) 0);
	}

	private static String hash(String text) {
		return HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
	}

}
