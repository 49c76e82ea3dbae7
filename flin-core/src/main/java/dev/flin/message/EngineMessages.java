package dev.flin.message;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.route.Exchange;
import dev.flin.runtime.Messages;
import dev.flin.runtime.text.JsonParser;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/** The messages of {@code i18n/}, and who gets them in which language. */
public final class EngineMessages implements Messages {

	/** What libraries bring has a number, and stands before the application's own, which replaces it key by key. */
	private static final Pattern FILE = Pattern
		.compile("i18n/(?:@[0-9]+/)?([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\\.(json|flin)");

	private static final String KEY = "locale";

	/** Messages by language tag and key. */
	private final Map<String, Map<String, String>> byTag;

	private final Locale ownLocale;

	private EngineMessages(Map<String, Map<String, String>> byTag, Locale ownLocale) {
		this.byTag = byTag;
		this.ownLocale = ownLocale;
	}

	/**
	 * Reads the files of messages.
	 * @param code runs a file that is written in the language and gives its value
	 * @throws FlinError when a file does not hold messages
	 */
	public static EngineMessages of(Map<String, String> sources, String ownLocale,
			Function<String, @Nullable Object> code) {
		Map<String, Map<String, String>> byTag = new TreeMap<>();
		new TreeMap<>(sources).forEach((path, text) -> {
			Matcher file = FILE.matcher(path);
			if (file.matches()) {
				Object value = file.group(2).equals("json") ? parsed(path, text) : code.apply(path);
				if (!(value instanceof FlinMap messages)) {
					throw new FlinError(path + ": messages are a map of keys and texts");
				}
				flatten("", messages, byTag.computeIfAbsent(tag(file.group(1)), (key) -> new HashMap<>()));
			}
		});
		return new EngineMessages(byTag, Locale.forLanguageTag(ownLocale));
	}

	private static @Nullable Object parsed(String path, String text) {
		try {
			return JsonParser.parse(text);
		}
		catch (FlinError ex) {
			throw new FlinError(FlinError.ERROR, path + ": " + ex.message(), ex);
		}
	}

	private static String tag(String name) {
		return Locale.forLanguageTag(name.replace('_', '-')).toLanguageTag();
	}

	private static void flatten(String prefix, FlinMap messages, Map<String, String> into) {
		messages.forEach((key, value) -> {
			String full = prefix + key;
			if (value instanceof FlinMap group) {
				flatten(full + ".", group, into);
			}
			else {
				into.put(full, Printer.interpolate(value));
			}
		});
	}

	/** The languages that have no message for a key, not even in the language without its region. */
	List<String> without(String key) {
		return this.byTag.keySet().stream().filter((tag) -> {
			String language = tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
			return !this.byTag.getOrDefault(tag, Map.of()).containsKey(key)
					&& !this.byTag.getOrDefault(language, Map.of()).containsKey(key);
		}).toList();
	}

	public boolean isEmpty() {
		return this.byTag.isEmpty();
	}

	@Override
	public @Nullable String pattern(Locale locale, String key) {
		String tag = locale.toLanguageTag();
		while (!tag.isEmpty()) {
			String pattern = this.byTag.getOrDefault(tag, Map.of()).get(key);
			if (pattern != null) {
				return pattern;
			}
			tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
		}
		return this.byTag.getOrDefault(this.ownLocale.toLanguageTag(), Map.of()).get(key);
	}

	/** The locale of a visitor: of the session, of the cookie, of the browser, or the application's own. */
	public Locale localeOf(Exchange exchange) {
		if (exchange.hasSession() && exchange.session().get(KEY) instanceof String chosen) {
			Locale known = known(chosen);
			if (known != null) {
				return known;
			}
		}
		Locale cookie = (exchange.cookies().get(KEY) instanceof String chosen) ? known(chosen) : null;
		if (cookie != null) {
			return cookie;
		}
		Locale asked = asked(exchange.header("Accept-Language"));
		return (asked != null) ? asked : this.ownLocale;
	}

	/** A locale that is asked for, when there are messages in its language. */
	private @Nullable Locale known(String name) {
		Locale locale = Locale.forLanguageTag(name.replace('_', '-'));
		return isKnown(locale) ? locale : null;
	}

	private boolean isKnown(Locale locale) {
		return this.byTag.containsKey(locale.toLanguageTag()) || this.byTag.containsKey(locale.getLanguage())
				|| locale.getLanguage().equals(this.ownLocale.getLanguage());
	}

	private @Nullable Locale asked(@Nullable String header) {
		if (header == null || header.isBlank()) {
			return null;
		}
		List<Locale.LanguageRange> ranges;
		try {
			ranges = Locale.LanguageRange.parse(header);
		}
		catch (IllegalArgumentException ex) {
			// What a browser sends is not worth an error: it gets the application's own language.
			return null;
		}
		for (Locale.LanguageRange range : ranges) {
			Locale locale = Locale.forLanguageTag(range.getRange());
			if (range.getWeight() > 0 && !locale.getLanguage().isEmpty() && isKnown(locale)) {
				return locale;
			}
		}
		return null;
	}

	public Locale ownLocale() {
		return this.ownLocale;
	}

}
