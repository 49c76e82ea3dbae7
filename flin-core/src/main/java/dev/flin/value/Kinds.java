package dev.flin.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What values are called in FLIN: the words of {@code type_of} and of messages.
 */
public final class Kinds {

	private static final int SHOWN_MAX = 40;

	private Kinds() {
	}

	/** The word that {@code type_of} gives. */
	public static String of(@Nullable Object value) {
		return switch (value) {
			case null -> "none";
			case String text -> "text";
			case Long number -> "int";
			case Double number -> "number";
			case Boolean bool -> "bool";
			case FlinList list -> "list";
			case FlinMap map -> "map";
			case EntityInstance entity -> entity.shape().name();
			case EnumValue variant -> variant.type().name();
			case FlinTuple tuple -> "tuple";
			case FlinRange range -> "list";
			case ListView view -> "list";
			case FlinFunction function -> "function";
			case BigDecimal number -> "decimal";
			case Instant time -> "time";
			case Duration duration -> "duration";
			case Money money -> "money";
			case FileValue file -> "file";
			case Html html -> "html";
			case FlinError error -> "error";
			case Attempt attempt -> "attempt";
			case Regex regex -> "regex";
			default -> value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
		};
	}

	/** A value for a message: its kind and, when short, its printed form. */
	public static String describe(@Nullable Object value) {
		if (value == null) {
			return "none";
		}
		String kind = of(value);
		if (value instanceof String || value instanceof Number || value instanceof Boolean) {
			String shown = Printer.quoted(value);
			return (shown.length() <= SHOWN_MAX) ? kind + " " + shown : kind;
		}
		return kind;
	}

}
