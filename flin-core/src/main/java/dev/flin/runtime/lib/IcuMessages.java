package dev.flin.runtime.lib;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.Printer;

/** Messages with {@code plural}, {@code select} and formats. Apart, because ICU4J may be missing. */
final class IcuMessages {

	private IcuMessages() {
	}

	static String format(String pattern, Locale locale, Map<String, @Nullable Object> values) {
		Map<String, Object> converted = new HashMap<>();
		values.forEach((name, value) -> converted.put(name, convert(value)));
		try {
			return new MessageFormat(pattern, ULocale.forLocale(locale)).format(converted);
		}
		catch (IllegalArgumentException ex) {
			throw new FlinError(FlinError.ERROR, "the message '" + pattern + "' is not well formed: " + ex.getMessage(),
					ex);
		}
	}

	private static Object convert(@Nullable Object value) {
		return switch (value) {
			case Number number -> number;
			case Instant time -> Date.from(time);
			case null, default -> Printer.interpolate(value);
		};
	}

}
