package dev.flin.store.codec;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EnumType;
import dev.flin.value.EnumValue;
import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Html;
import dev.flin.value.Money;

/**
 * Any value as bytes that say what they are: for lists, maps and all that nests in them.
 */
public final class ValueCodec {

	/** How many lists, maps and the like may stand in each other. */
	public static final int DEPTH_MAX = 200;

	private static final int NONE = 0;

	private static final int FALSE = 1;

	private static final int TRUE = 2;

	private static final int INT = 3;

	private static final int NUMBER = 4;

	private static final int DECIMAL = 5;

	private static final int TEXT = 6;

	private static final int TIME = 7;

	private static final int DURATION = 8;

	private static final int MONEY = 9;

	private static final int LIST = 10;

	private static final int MAP = 11;

	private static final int TUPLE = 12;

	private static final int FILE = 13;

	private static final int ENUM = 14;

	private static final int HTML = 15;

	private ValueCodec() {
	}

	/**
	 * Writes a value.
	 * @param into where to
	 * @param value the value
	 */
	public static void write(ByteWriter into, @Nullable Object value) {
		write(into, value, 0);
	}

	private static void write(ByteWriter into, @Nullable Object value, int depth) {
		if (depth > DEPTH_MAX) {
			throw new IllegalArgumentException("A stored value nests deeper than " + DEPTH_MAX);
		}
		switch (value) {
			case null -> into.putByte(NONE);
			case Boolean bool -> into.putByte(bool ? TRUE : FALSE);
			case Long number -> {
				into.putByte(INT);
				into.putSigned(number);
			}
			case Double number -> {
				into.putByte(NUMBER);
				into.putLong(Double.doubleToLongBits(number));
			}
			case BigDecimal number -> {
				into.putByte(DECIMAL);
				FieldCodec.writeDecimal(into, number);
			}
			case String text -> {
				into.putByte(TEXT);
				into.putText(text);
			}
			case Instant time -> {
				into.putByte(TIME);
				into.putLong(Micros.of(time));
			}
			case Duration duration -> {
				into.putByte(DURATION);
				into.putSigned(Micros.of(duration));
			}
			case Money money -> {
				into.putByte(MONEY);
				FieldCodec.writeDecimal(into, money.amount());
				into.putText(money.currency());
			}
			case FileValue file -> {
				into.putByte(FILE);
				FileCodec.write(into, file);
			}
			case Html html -> {
				into.putByte(HTML);
				into.putText(html.text());
			}
			case EnumValue variant -> writeVariant(into, variant, depth);
			case List<?> list -> writeList(into, LIST, list, depth);
			case FlinTuple tuple -> writeList(into, TUPLE, tuple.toList(), depth);
			case Map<?, ?> map -> {
				into.putByte(MAP);
				into.putVar(map.size());
				for (Map.Entry<?, ?> entry : map.entrySet()) {
					write(into, entry.getKey(), depth + 1);
					write(into, entry.getValue(), depth + 1);
				}
			}
			default -> throw new FlinBugException("A " + value.getClass().getName() + " cannot be stored");
		}
	}

	/** With the place of the variant, so that a value that is read is as good as that of the program. */
	private static void writeVariant(ByteWriter into, EnumValue value, int depth) {
		into.putByte(ENUM);
		into.putText(value.type().name());
		into.putVar(value.ordinal());
		into.putText(value.variant());
		into.putVar(value.size());
		for (Object carried : value.payload()) {
			write(into, carried, depth + 1);
		}
	}

	private static EnumValue readVariant(ByteReader from) {
		String name = from.getText();
		int ordinal = from.getCount();
		String variant = from.getText();
		@Nullable Object[] payload = new @Nullable Object[Math.min(from.getCount(), from.remaining())];
		for (int i = 0; i < payload.length; i++) {
			payload[i] = read(from);
		}
		return EnumType.withOnly(name, ordinal, new EnumType.Variant(variant, payload.length)).value(ordinal, payload);
	}

	private static void writeList(ByteWriter into, int tag, List<?> list, int depth) {
		into.putByte(tag);
		into.putVar(list.size());
		for (Object element : list) {
			write(into, element, depth + 1);
		}
	}

	/**
	 * Reads a value.
	 * @param from where from
	 * @return the value
	 */
	public static @Nullable Object read(ByteReader from) {
		int tag = from.getByte();
		return switch (tag) {
			case NONE -> null;
			case FALSE -> false;
			case TRUE -> true;
			case INT -> from.getSigned();
			case NUMBER -> Double.longBitsToDouble(from.getLong());
			case DECIMAL -> FieldCodec.readDecimal(from);
			case TEXT -> from.getText();
			case TIME -> Micros.toInstant(from.getLong());
			case DURATION -> Micros.toDuration(from.getSigned());
			case MONEY -> {
				BigDecimal amount = FieldCodec.readDecimal(from);
				yield new Money(amount, from.getText());
			}
			case FILE -> FileCodec.read(from);
			case HTML -> Html.of(from.getText());
			case ENUM -> readVariant(from);
			case LIST -> readList(from);
			case TUPLE -> FlinTuple.of(readList(from).toArray());
			case MAP -> {
				int count = from.getCount();
				FlinMap map = new FlinMap(Math.min(count, from.remaining()));
				for (int i = 0; i < count; i++) {
					Object key = read(from);
					map.put(key, read(from));
				}
				yield map;
			}
			default -> throw new IndexOutOfBoundsException("No value starts with " + tag);
		};
	}

	private static FlinList readList(ByteReader from) {
		int count = from.getCount();
		FlinList list = new FlinList(Math.min(count, from.remaining()));
		for (int i = 0; i < count; i++) {
			list.add(read(from));
		}
		return list;
	}

}
