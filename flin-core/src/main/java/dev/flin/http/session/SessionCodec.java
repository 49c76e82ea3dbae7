package dev.flin.http.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EntityInstance;
import dev.flin.value.EnumValue;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Money;

/**
 * Session values as bytes. A record is kept as its name and id and read anew; an enum value as its text.
 */
final class SessionCodec {

	private enum Tag {

		NONE, FALSE, TRUE, INT, NUMBER, DECIMAL, TEXT, TIME, DURATION, MONEY, LIST, MAP, TUPLE, ENTITY

	}

	private static final Tag[] TAGS = Tag.values();

	private static final int DEPTH_MAX = 32;

	private SessionCodec() {
	}

	static byte[] encode(@Nullable Object value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			write(new DataOutputStream(bytes), value, 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * Reads a value back.
	 * @throws IOException when the bytes are not a value
	 */
	static @Nullable Object decode(byte[] bytes, Session.UserSource users) throws IOException {
		return read(new DataInputStream(new ByteArrayInputStream(bytes)), users);
	}

	private static void write(DataOutputStream out, @Nullable Object value, int depth) throws IOException {
		if (depth > DEPTH_MAX) {
			throw new FlinError("a session value may not nest deeper than " + DEPTH_MAX);
		}
		switch (value) {
			case null -> tag(out, Tag.NONE);
			case Boolean bool -> tag(out, bool ? Tag.TRUE : Tag.FALSE);
			case Long number -> {
				tag(out, Tag.INT);
				out.writeLong(number);
			}
			case Double number -> {
				tag(out, Tag.NUMBER);
				out.writeDouble(number);
			}
			case BigDecimal decimal -> text(out, Tag.DECIMAL, decimal.toString());
			case String text -> text(out, Tag.TEXT, text);
			case Instant time -> {
				tag(out, Tag.TIME);
				out.writeLong(time.getEpochSecond());
				out.writeInt(time.getNano());
			}
			case Duration duration -> {
				tag(out, Tag.DURATION);
				out.writeLong(duration.getSeconds());
				out.writeInt(duration.getNano());
			}
			case Money money -> {
				text(out, Tag.MONEY, money.amount().toString());
				raw(out, money.currency());
			}
			case EntityInstance entity -> {
				text(out, Tag.ENTITY, entity.shape().name());
				out.writeLong(entity.id());
			}
			case EnumValue constant -> text(out, Tag.TEXT, constant.variant());
			default -> writeContainer(out, value, depth);
		}
	}

	private static void writeContainer(DataOutputStream out, Object value, int depth) throws IOException {
		switch (value) {
			case FlinList list -> {
				tag(out, Tag.LIST);
				out.writeInt(list.size());
				for (Object element : list) {
					write(out, element, depth + 1);
				}
			}
			case FlinMap map -> {
				tag(out, Tag.MAP);
				out.writeInt(map.size());
				for (Map.Entry<?, ?> entry : map.entrySet()) {
					write(out, entry.getKey(), depth + 1);
					write(out, entry.getValue(), depth + 1);
				}
			}
			case FlinTuple tuple -> {
				tag(out, Tag.TUPLE);
				out.writeInt(tuple.size());
				for (int i = 0; i < tuple.size(); i++) {
					write(out, tuple.get(i), depth + 1);
				}
			}
			default -> throw new FlinError("a session cannot keep " + value);
		}
	}

	private static void tag(DataOutputStream out, Tag tag) throws IOException {
		out.writeByte(tag.ordinal());
	}

	private static void text(DataOutputStream out, Tag tag, String text) throws IOException {
		tag(out, tag);
		raw(out, text);
	}

	private static void raw(DataOutputStream out, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	private static @Nullable Object read(DataInputStream in, Session.UserSource users) throws IOException {
		int tag = in.readUnsignedByte();
		if (tag >= TAGS.length) {
			throw new IOException("unknown tag " + tag);
		}
		return switch (TAGS[tag]) {
			case NONE -> null;
			case FALSE -> false;
			case TRUE -> true;
			case INT -> in.readLong();
			case NUMBER -> in.readDouble();
			case DECIMAL -> new BigDecimal(text(in));
			case TEXT -> text(in);
			case TIME -> Instant.ofEpochSecond(in.readLong(), in.readInt());
			case DURATION -> Duration.ofSeconds(in.readLong(), in.readInt());
			case MONEY -> new Money(new BigDecimal(text(in)), text(in));
			case LIST -> FlinList.of(elements(in, users));
			case TUPLE -> FlinTuple.of(elements(in, users));
			case MAP -> map(in, users);
			case ENTITY -> users.find(text(in), in.readLong());
		};
	}

	private static @Nullable Object[] elements(DataInputStream in, Session.UserSource users) throws IOException {
		@Nullable Object[] elements = new @Nullable Object[size(in)];
		for (int i = 0; i < elements.length; i++) {
			elements[i] = read(in, users);
		}
		return elements;
	}

	private static FlinMap map(DataInputStream in, Session.UserSource users) throws IOException {
		int size = size(in);
		FlinMap map = new FlinMap();
		for (int i = 0; i < size; i++) {
			Object key = read(in, users);
			map.put(key, read(in, users));
		}
		return map;
	}

	private static String text(DataInputStream in) throws IOException {
		byte[] bytes = new byte[size(in)];
		in.readFully(bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/** No size can be larger than what is left to read. */
	private static int size(DataInputStream in) throws IOException {
		int size = in.readInt();
		if (size < 0 || size > in.available()) {
			throw new IOException("impossible size " + size);
		}
		return size;
	}

}
