package dev.flin.runtime.entity;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Query;
import dev.flin.value.FlinError;
import dev.flin.value.Money;

/**
 * Places in an order as texts that may travel through URLs.
 */
final class Cursors {

	private static final char SEPARATOR = '\u001f';

	private static final char ESCAPE = '\u001b';

	private Cursors() {
	}

	/** The place of an instance. */
	static String encode(RecordInstance instance, List<SortKey> order) {
		StringBuilder out = new StringBuilder().append(instance.id()).append(named(order));
		for (SortKey key : order) {
			out.append(SEPARATOR).append(text(key.value(instance)));
		}
		return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toString().getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The place that a text means.
	 * @param order the order that it must be a place in
	 */
	static Query.SeekKey decode(String cursor, List<SortKey> order) {
		try {
			String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
			String[] parts = text.split(String.valueOf(SEPARATOR), -1);
			String named = named(order);
			if (parts.length == order.size() + 1 && parts[0].endsWith(named)) {
				List<@Nullable Object> values = new ArrayList<>();
				for (int i = 1; i < parts.length; i++) {
					values.add(value(parts[i]));
				}
				String id = parts[0].substring(0, parts[0].length() - named.length());
				return new Query.SeekKey(values, Long.parseLong(id));
			}
		}
		catch (IllegalArgumentException | java.time.DateTimeException ex) {
			throw foreign(ex);
		}
		throw foreign(null);
	}

	/** Cursors come from clients: one that is none is their mistake. */
	private static FlinError foreign(@Nullable Throwable cause) {
		return new FlinError(FlinError.VALIDATION_ERROR, "this cursor does not belong to this query", cause);
	}

	/** Tells an order from others; what is computed has no name. */
	private static String named(List<SortKey> order) {
		StringBuilder names = new StringBuilder();
		for (SortKey key : order) {
			names.append(key.descending() ? '-' : '+').append((key.field() != null) ? key.field() : "");
		}
		return names.toString();
	}

	private static String text(@Nullable Object value) {
		return switch (value) {
			case null -> "-";
			case String text -> "t" + text.replace(String.valueOf(ESCAPE), ESCAPE + "e")
				.replace(String.valueOf(SEPARATOR), ESCAPE + "s");
			case Long number -> "i" + number;
			case Double number -> "n" + number;
			case BigDecimal number -> "d" + number;
			case Boolean bool -> "b" + bool;
			case Instant time -> "z" + time;
			case Duration duration -> "p" + duration;
			case Money money -> "m" + money.amount() + " " + money.currency();
			case RecordInstance record -> "i" + record.id();
			default -> throw new FlinError("a cursor cannot stand at " + value);
		};
	}

	private static @Nullable Object value(String text) {
		String rest = text.isEmpty() ? "" : text.substring(1);
		return switch (text.isEmpty() ? '?' : text.charAt(0)) {
			case '-' -> null;
			case 't' -> rest.replace(ESCAPE + "s", String.valueOf(SEPARATOR))
				.replace(ESCAPE + "e", String.valueOf(ESCAPE));
			case 'i' -> Long.valueOf(rest);
			case 'n' -> Double.valueOf(rest);
			case 'd' -> new BigDecimal(rest);
			case 'b' -> Boolean.valueOf(rest);
			case 'z' -> Instant.parse(rest);
			case 'p' -> Duration.parse(rest);
			case 'm' -> Money.of(new BigDecimal(rest.substring(0, rest.indexOf(' '))),
					rest.substring(rest.indexOf(' ') + 1));
			default -> throw new IllegalArgumentException(text);
		};
	}

}
