package dev.flin.runtime.lib;

import java.time.DateTimeException;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Patterns of dates from skeletons of CLDR. Java knows the usual ones of each locale; others are put together. */
final class Skeletons {

	/** The letters of days and those of the time of day, in the order of a skeleton. */
	private static final String DAY = "yMEd";

	/** The second digit of numbers that are to have two. */
	private static final Pattern TWO_DIGITS = Pattern
		.compile("(?<=y)y|(?<=d)d|(?<=j)j|(?<=h)h|(?<=H)H|(?<=m)m|(?<=s)s|(?<=(?<!M)M)M(?!M)");

	private Skeletons() {
	}

	/** The pattern of a locale for a skeleton; names and numbers in it are as long as the skeleton asks for. */
	static String pattern(String skeleton, Locale place) {
		String pattern = localized(skeleton, place);
		if (pattern == null) {
			pattern = localized(TWO_DIGITS.matcher(skeleton).replaceAll(""), place);
		}
		return (pattern != null) ? widened(pattern, skeleton) : joined(skeleton, place);
	}

	private static @Nullable String localized(String skeleton, Locale place) {
		try {
			return DateTimeFormatterBuilder.getLocalizedDateTimePattern(skeleton, IsoChronology.INSTANCE, place);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static String widened(String pattern, String skeleton) {
		String wide = skeleton.contains("MMMM") ? pattern.replaceAll("(?<![ML])[ML]{3}(?![ML])", "MMMM") : pattern;
		wide = skeleton.contains("EEEE") ? wide.replaceAll("(?<![Ec])[Ec]{1,3}(?![Ec])", "EEEE") : wide;
		wide = skeleton.matches(".*(jj|hh|HH).*") ? wide.replaceAll("(?<![hHkK])([hHkK])(?![hHkK])", "$1$1") : wide;
		wide = skeleton.contains("dd") ? wide.replaceAll("(?<!d)d(?!d)", "dd") : wide;
		wide = skeleton.matches(".*(?<!M)MM(?!M).*") ? wide.replaceAll("(?<![ML])([ML])(?![ML])", "$1$1") : wide;
		return skeleton.contains("yy") ? wide.replaceAll("(?<!y)y(?!y)", "yy") : wide;
	}

	/** Day and time of day after each other; where that is no help, each part alone. */
	private static String joined(String skeleton, Locale place) {
		int time = 0;
		while (time < skeleton.length() && DAY.indexOf(skeleton.charAt(time)) >= 0) {
			time++;
		}
		if (time > 0 && time < skeleton.length()) {
			return pattern(skeleton.substring(0, time), place) + ", " + pattern(skeleton.substring(time), place);
		}
		int end = 1;
		while (end < skeleton.length() && skeleton.charAt(end) == skeleton.charAt(0)) {
			end++;
		}
		if (end == skeleton.length()) {
			// No locale lacks a part alone but for its number of letters.
			return skeleton.replace('j', 'H');
		}
		return pattern(skeleton.substring(0, end), place) + " " + pattern(skeleton.substring(end), place);
	}

}
