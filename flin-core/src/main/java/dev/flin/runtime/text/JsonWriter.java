package dev.flin.runtime.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EntityInstance;
import dev.flin.value.EntityShape;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinRange;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Kinds;
import dev.flin.value.ListView;
import dev.flin.value.Money;
import dev.flin.value.Printer;

/**
 * Writes values as JSON: money as amount and currency, decimals as texts, times and durations as ISO 8601, enums as
 * their names, tuples as lists, none as null. Hidden fields of entities are left out; a reference is written in full
 * one level deep and then as its id.
 */
public final class JsonWriter {

	private static final int DEPTH_MAX = 500;

	/** A list that holds others many times may have no end in practice. */
	private static final int LENGTH_MAX = 1 << 26;

	private static final int CHARS_FIRST = 256;

	private static final char[] HEX = "0123456789abcdef".toCharArray();

	private final StringBuilder out = new StringBuilder(CHARS_FIRST);

	private final String indent;

	private JsonWriter(String indent) {
		this.indent = indent;
	}

	/** Writes on one line, without blanks. */
	public static String write(@Nullable Object value) {
		return write(value, "");
	}

	/** Writes with line breaks and this indentation, unless it is empty. */
	public static String write(@Nullable Object value, String indent) {
		JsonWriter writer = new JsonWriter(indent);
		writer.value(value, 0, 0);
		return writer.out.toString();
	}

	private void value(@Nullable Object value, int depth, int entityDepth) {
		if (depth > DEPTH_MAX) {
			throw new FlinError("a value nested deeper than " + DEPTH_MAX + " cannot be written as JSON");
		}
		if (this.out.length() > LENGTH_MAX) {
			throw new FlinError(FlinError.LIMIT_ERROR, "the JSON is longer than the limit of " + LENGTH_MAX
					+ " characters");
		}
		switch (value) {
			case null -> this.out.append("null");
			case String text -> string(text);
			case Long number -> this.out.append(number.longValue());
			case Boolean bool -> this.out.append(bool.booleanValue());
			case Double number -> this.out.append(Double.isFinite(number) ? Printer.number(number) : "null");
			case BigDecimal number -> string(number.toPlainString());
			case FlinList list -> list(list, depth, entityDepth);
			case FlinMap map -> map(map, depth, entityDepth);
			case FlinTuple tuple -> list(tuple.toList(), depth, entityDepth);
			case FlinRange range -> list(range.toList(), depth, entityDepth);
			case ListView view -> list(view.toList(), depth, entityDepth);
			case Money money -> map(FlinMap.of("amount", money.amount().toPlainString(), "currency",
					money.currency().isEmpty() ? null : money.currency()), depth, entityDepth);
			case Instant time -> string(time.toString());
			case Duration duration -> string(duration.toString());
			case EnumValue variant -> variant(variant, depth, entityDepth);
			case EntityInstance entity -> entity(entity, depth, entityDepth);
			case Html html -> string(html.text());
			case FileValue file -> map(FlinMap.of("name", file.name(), "size", file.size(), "type", file.contentType(),
					"url", file.url()), depth, entityDepth);
			case FlinError error ->
				map(FlinMap.of("code", error.code(), "message", error.message()), depth, entityDepth);
			default -> throw new FlinError(Kinds.describe(value) + " cannot be written as JSON");
		}
	}

	private void list(FlinList list, int depth, int entityDepth) {
		if (list.isEmpty()) {
			this.out.append("[]");
			return;
		}
		this.out.append('[');
		for (int i = 0; i < list.size(); i++) {
			separate(i, depth + 1);
			value(list.element(i), depth + 1, entityDepth);
		}
		close(']', depth);
	}

	private void map(FlinMap map, int depth, int entityDepth) {
		if (map.isEmpty()) {
			this.out.append("{}");
			return;
		}
		this.out.append('{');
		int count = 0;
		for (int at = map.next(-1); at >= 0; at = map.next(at)) {
			separate(count++, depth + 1);
			key(Printer.print(map.keyAt(at)));
			value(map.valueAt(at), depth + 1, entityDepth);
		}
		close('}', depth);
	}

	private void entity(EntityInstance entity, int depth, int entityDepth) {
		this.out.append('{');
		separate(0, depth + 1);
		key("id");
		this.out.append(entity.id());
		if (entityDepth <= 1) {
			EntityShape shape = entity.shape();
			for (int slot = 0; slot < shape.fields().size(); slot++) {
				if (!shape.fields().get(slot).hidden()) {
					separate(1, depth + 1);
					key(shape.fields().get(slot).name());
					value(entity.get(slot), depth + 1, entityDepth + 1);
				}
			}
		}
		close('}', depth);
	}

	private void variant(EnumValue variant, int depth, int entityDepth) {
		if (variant.size() == 0) {
			string(variant.variant());
			return;
		}
		FlinList payload = new FlinList();
		for (int i = 0; i < variant.size(); i++) {
			payload.add(variant.get(i));
		}
		map(FlinMap.of(variant.variant(), (payload.size() == 1) ? payload.element(0) : payload), depth, entityDepth);
	}

	private void separate(int index, int depth) {
		if (index > 0) {
			this.out.append(',');
		}
		line(depth);
	}

	private void close(char bracket, int depth) {
		line(depth);
		this.out.append(bracket);
	}

	private void line(int depth) {
		if (!this.indent.isEmpty()) {
			this.out.append('\n').repeat(this.indent, depth);
		}
	}

	private void key(String name) {
		string(name);
		this.out.append(this.indent.isEmpty() ? ":" : ": ");
	}

	private void string(String text) {
		this.out.append('"');
		int plainFrom = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= ' ' && c != '"' && c != '\\') {
				continue;
			}
			this.out.append(text, plainFrom, i);
			plainFrom = i + 1;
			switch (c) {
				case '"' -> this.out.append("\\\"");
				case '\\' -> this.out.append("\\\\");
				case '\n' -> this.out.append("\\n");
				case '\r' -> this.out.append("\\r");
				case '\t' -> this.out.append("\\t");
				case '\b' -> this.out.append("\\b");
				case '\f' -> this.out.append("\\f");
				default -> this.out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
			}
		}
		this.out.append(text, plainFrom, text.length()).append('"');
	}

}
