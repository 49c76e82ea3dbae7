package dev.flin.http.route;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinError;

/**
 * The hours of {@code guard time("09:00-18:00", zone, days)}.
 */
final class OpeningHours {

	private OpeningHours() {
	}

	/** The end of a day, which is no time of day of its own. */
	private static final String MIDNIGHT = "24:00";

	/**
	 * Whether an instant lies within the hours. They may pass midnight; the minute of their end is outside.
	 * @param home the zone where none is said
	 */
	static boolean isOpen(@Nullable Object[] arguments, Instant now, ZoneId home) {
		try {
			ZoneId zone = (arguments.length > 1 && arguments[1] instanceof String name) ? ZoneId.of(name)
					: home;
			String hours = (arguments.length > 0 && arguments[0] instanceof String text) ? text : "";
			int dash = hours.indexOf('-');
			LocalTime from = LocalTime.parse(hours.substring(0, Math.max(dash, 0)).strip());
			String end = hours.substring(dash + 1).strip();
			boolean toMidnight = end.equals(MIDNIGHT);
			LocalTime to = toMidnight ? LocalTime.MIN : LocalTime.parse(end);
			ZonedDateTime local = now.atZone(zone);
			LocalTime time = local.toLocalTime();
			boolean passesMidnight = toMidnight || to.isBefore(from);
			boolean open = passesMidnight ? !time.isBefore(from) || time.isBefore(to)
					: !time.isBefore(from) && time.isBefore(to);
			DayOfWeek day = (passesMidnight && time.isBefore(to)) ? local.getDayOfWeek().minus(1)
					: local.getDayOfWeek();
			return open && isOnDay((arguments.length > 2) ? arguments[2] : null, day);
		}
		catch (DateTimeException ex) {
			throw new FlinError("guard time: " + ex.getMessage());
		}
	}

	/** Days as {@code MON-FRI} or {@code SAT,SUN} or a list; without any, every day. */
	private static boolean isOnDay(@Nullable Object days, DayOfWeek day) {
		if (days == null) {
			return true;
		}
		String text = days.toString().replaceAll("[\\[\\]\"\\s]", "").toUpperCase(Locale.ROOT);
		for (String part : text.split(",")) {
			int dash = part.indexOf('-');
			int from = indexOf((dash < 0) ? part : part.substring(0, dash));
			int to = (dash < 0) ? from : indexOf(part.substring(dash + 1));
			int index = day.getValue();
			if ((from <= to) ? index >= from && index <= to : index >= from || index <= to) {
				return true;
			}
		}
		return false;
	}

	private static int indexOf(String name) {
		for (DayOfWeek day : DayOfWeek.values()) {
			if (name.length() >= 2 && day.name().startsWith(name)) {
				return day.getValue();
			}
		}
		throw new DateTimeException("unknown day " + name);
	}

}
