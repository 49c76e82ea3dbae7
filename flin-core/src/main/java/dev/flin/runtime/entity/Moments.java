package dev.flin.runtime.entity;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;
import dev.flin.value.Kinds;

/**
 * Moments as programs write them: instants, days, days with a time.
 */
final class Moments {

	private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter
		.ofPattern("yyyy-MM-dd['T'][' ']HH:mm[:ss][.SSSSSS][.SSS][XXX][X]");

	private static final int DATE_LENGTH = 10;

	private Moments() {
	}

	/**
	 * The moment that a value means.
	 * @param zone where days start and times without zone are
	 */
	static Instant of(@Nullable Object value, ZoneId zone) {
		return switch (value) {
			case Instant time -> time.truncatedTo(ChronoUnit.MICROS);
			case String text -> parse(text.strip(), zone);
			case null, default -> throw new FlinError("expected a time, got " + Kinds.describe(value));
		};
	}

	private static Instant parse(String text, ZoneId zone) {
		try {
			if (text.length() <= DATE_LENGTH) {
				return LocalDate.parse(text).atStartOfDay(zone).toInstant();
			}
			String iso = (text.charAt(DATE_LENGTH) == ' ')
					? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1) : text;
			return instant(parseDateAndTime(iso), zone).truncatedTo(ChronoUnit.MICROS);
		}
		catch (DateTimeException ex) {
			throw new FlinError(FlinError.ERROR, "\"" + text + "\" is not a date or a time", ex);
		}
	}

	private static TemporalAccessor parseDateAndTime(String iso) {
		try {
			return DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, OffsetDateTime::from,
					LocalDateTime::from);
		}
		catch (DateTimeParseException ex) {
			return DATE_AND_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
		}
	}

	private static Instant instant(TemporalAccessor parsed, ZoneId zone) {
		return switch (parsed) {
			case ZonedDateTime zoned -> zoned.toInstant();
			case OffsetDateTime offset -> offset.toInstant();
			case LocalDateTime local -> local.atZone(zone).toInstant();
			default -> Instant.from(parsed);
		};
	}

}
