package dev.flin.store.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.FieldType;
import dev.flin.value.FileValue;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinList;
import dev.flin.value.Money;

/**
 * One field's value as bytes. The type comes from the row's layout and is not repeated; {@code none} is a bit of the
 * row.
 */
public final class FieldCodec {

	private FieldCodec() {
	}

	/**
	 * Writes a value.
	 * @param into where to
	 * @param type the field's type
	 * @param value the value, not none
	 */
	public static void write(ByteWriter into, FieldType type, Object value) {
		try {
			switch (type) {
				case FieldType.Scalar scalar -> writeScalar(into, scalar.kind(), value);
				case FieldType.Choice choice -> into.putText((String) value);
				case FieldType.Reference reference -> into.putVar((Long) value);
				case FieldType.References references -> writeIds(into, (List<?>) value);
				case FieldType.Structure structure -> ValueCodec.write(into, value);
			}
		}
		catch (ClassCastException ex) {
			throw new FlinBugException("A " + value.getClass().getName() + " is no value of " + type, ex);
		}
	}

	private static void writeScalar(ByteWriter into, FieldType.Kind kind, Object value) {
		switch (kind) {
			case TEXT -> into.putText((String) value);
			case INT -> into.putSigned((Long) value);
			case NUMBER -> into.putLong(Double.doubleToLongBits((Double) value));
			case DECIMAL -> writeDecimal(into, (BigDecimal) value);
			case BOOL -> into.putByte(((Boolean) value) ? 1 : 0);
			case TIME -> into.putLong(Micros.of((Instant) value));
			case DURATION -> into.putSigned(Micros.of((Duration) value));
			case MONEY -> {
				writeDecimal(into, ((Money) value).amount());
				into.putText(((Money) value).currency());
			}
			case FILE -> FileCodec.write(into, (FileValue) value);
		}
	}

	private static void writeIds(ByteWriter into, List<?> ids) {
		into.putVar(ids.size());
		for (Object id : ids) {
			into.putVar((Long) id);
		}
	}

	static void writeDecimal(ByteWriter into, BigDecimal value) {
		byte[] unscaled = value.unscaledValue().toByteArray();
		into.putSigned(value.scale());
		into.putVar(unscaled.length);
		into.putBytes(unscaled);
	}

	static BigDecimal readDecimal(ByteReader from) {
		int scale = Math.toIntExact(from.getSigned());
		return new BigDecimal(new BigInteger(from.getBytes(from.getCount())), scale);
	}

	/** Whether values of a type are texts. */
	static boolean isText(FieldType type) {
		return switch (type) {
			case FieldType.Scalar scalar -> scalar.kind() == FieldType.Kind.TEXT;
			case FieldType.Choice choice -> true;
			case FieldType.Reference reference -> false;
			case FieldType.References references -> false;
			case FieldType.Structure structure -> false;
		};
	}

	/**
	 * Reads a value.
	 * @param from where from
	 * @param type the type it was written with
	 * @return the value
	 */
	public static Object read(ByteReader from, FieldType type) {
		return switch (type) {
			case FieldType.Scalar scalar -> readScalar(from, scalar.kind());
			case FieldType.Choice choice -> from.getText();
			case FieldType.Reference reference -> from.getVar();
			case FieldType.References references -> readIds(from);
			case FieldType.Structure structure -> structure(ValueCodec.read(from));
		};
	}

	private static Object structure(@Nullable Object value) {
		if (value == null) {
			throw new IndexOutOfBoundsException("A value that is none has no bytes");
		}
		return value;
	}

	private static Object readScalar(ByteReader from, FieldType.Kind kind) {
		return switch (kind) {
			case TEXT -> from.getText();
			case INT -> from.getSigned();
			case NUMBER -> Double.longBitsToDouble(from.getLong());
			case DECIMAL -> readDecimal(from);
			case BOOL -> from.getByte() != 0;
			case TIME -> Micros.toInstant(from.getLong());
			case DURATION -> Micros.toDuration(from.getSigned());
			case MONEY -> {
				BigDecimal amount = readDecimal(from);
				yield new Money(amount, from.getText());
			}
			case FILE -> FileCodec.read(from);
		};
	}

	private static FlinList readIds(ByteReader from) {
		int count = from.getCount();
		FlinList ids = new FlinList(Math.min(count, from.remaining()));
		for (int i = 0; i < count; i++) {
			ids.addLong(from.getVar());
		}
		return ids;
	}

	/**
	 * Goes past a value without making it.
	 * @param from where from
	 * @param type the type it was written with
	 */
	public static void skip(ByteReader from, FieldType type) {
		switch (type) {
			case FieldType.Scalar scalar -> skipScalar(from, scalar.kind());
			case FieldType.Choice choice -> from.skip(from.getCount());
			case FieldType.Reference reference -> from.getVar();
			case FieldType.References references -> {
				for (int left = from.getCount(); left > 0; left--) {
					from.getVar();
				}
			}
			case FieldType.Structure structure -> ValueCodec.read(from);
		}
	}

	private static void skipScalar(ByteReader from, FieldType.Kind kind) {
		switch (kind) {
			case TEXT -> from.skip(from.getCount());
			case INT, DURATION -> from.getVar();
			case NUMBER, TIME -> from.skip(8);
			case DECIMAL -> skipDecimal(from);
			case BOOL -> from.skip(1);
			case MONEY -> {
				skipDecimal(from);
				from.skip(from.getCount());
			}
			case FILE -> FileCodec.skip(from);
		}
	}

	private static void skipDecimal(ByteReader from) {
		from.getSigned();
		from.skip(from.getCount());
	}

}
