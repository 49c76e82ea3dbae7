package dev.flin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.RequestLimits;
import dev.flin.runtime.Limits;

/**
 * The {@code flin.*} properties that the engine itself reads, with their units.
 */
final class EngineProperties {

	private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)?");

	private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB)?", Pattern.CASE_INSENSITIVE);

	private static final Duration SESSION_IDLE_DEFAULT = Duration.ofDays(30);

	private final Map<String, String> values;

	EngineProperties(Map<String, String> values) {
		this.values = Map.copyOf(values);
	}

	@Nullable String text(String key) {
		return this.values.get(key);
	}

	/** Whether diagnostics and other inner things may be shown to visitors. */
	boolean isDevelopment() {
		return !"false".equalsIgnoreCase(this.values.get("flin.development"));
	}

	ZoneId zone() {
		String zone = this.values.get("flin.time-zone");
		try {
			return (zone != null) ? ZoneId.of(zone) : ZoneOffset.UTC;
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("flin.time-zone: " + zone + " is not a time zone", ex);
		}
	}

	Duration sessionIdle() {
		return duration("flin.session.idle", SESSION_IDLE_DEFAULT);
	}

	RequestLimits requestLimits() {
		RequestLimits defaults = RequestLimits.DEFAULT;
		return new RequestLimits(size("flin.web.max-body", defaults.maxBodyBytes()),
				size("flin.web.max-upload", defaults.maxUploadBytes()), defaults.maxParts());
	}

	Limits runLimits() {
		Limits defaults = Limits.DEFAULT;
		return new Limits((int) count("flin.limits.call-depth", defaults.callDepth()),
				duration("flin.limits.time", Duration.ofMillis(defaults.timeMillis())).toMillis(),
				(int) count("flin.limits.collection-size", defaults.collectionSize()),
				size("flin.limits.output", defaults.outputBytes()));
	}

	/** A duration as Spring reads it: {@code 30s}, {@code 500ms}, milliseconds, or ISO 8601 such as {@code PT30S}. */
	private Duration duration(String key, Duration byDefault) {
		String value = this.values.get(key);
		try {
			return (value != null) ? duration(value.strip()) : byDefault;
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(key + ": '" + value + "' is not a duration such as 30s or PT30S", ex);
		}
	}

	private static Duration duration(String value) {
		Matcher matcher = SIMPLE_DURATION.matcher(value);
		if (!matcher.matches()) {
			return Duration.parse(value);
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch ((matcher.group(2) != null) ? matcher.group(2) : "ms") {
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			case "d" -> Duration.ofDays(amount);
			default -> Duration.ofMillis(amount);
		};
	}

	private long count(String key, long byDefault) {
		String value = this.values.get(key);
		if (value == null) {
			return byDefault;
		}
		try {
			return Long.parseLong(value.strip());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(key + ": '" + value + "' is not a number", ex);
		}
	}

	/** A size such as {@code 100B}, {@code 2MB} or a plain number of bytes. */
	private long size(String key, long byDefault) {
		String value = this.values.get(key);
		if (value == null) {
			return byDefault;
		}
		Matcher matcher = SIZE.matcher(value.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(key + ": '" + value + "' is not a size such as 2MB");
		}
		String unit = (matcher.group(2) != null) ? matcher.group(2).toUpperCase(Locale.ROOT) : "B";
		int shift = switch (unit) {
			case "KB" -> 10;
			case "MB" -> 20;
			case "GB" -> 30;
			default -> 0;
		};
		return Long.parseLong(matcher.group(1)) << shift;
	}

}
