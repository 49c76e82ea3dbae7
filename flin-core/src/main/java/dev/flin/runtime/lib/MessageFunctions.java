package dev.flin.runtime.lib;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Messages;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.Printer;

/**
 * Texts in the language of the visitor.
 */
public final class MessageFunctions {

	private static final Pattern PLACE = Pattern.compile("\\{\\s*([A-Za-z_][A-Za-z0-9_]*|[0-9]+)\\s*\\}");

	private static final Pattern FORMATTED = Pattern.compile("\\{\\s*[A-Za-z0-9_]+\\s*,");

	private MessageFunctions() {
	}

	@Builtin(value = "t(key: text, values: map? = none, names: text = \"\", ...named: any) -> text", serverOnly = true,
			doc = "The message of a key in the language of the visitor, from `i18n/`. Values go into their places by "
					+ "name: `t(\"cart.items\", n: 3)`. A key without a message is the message.")
	public static String translate(FlinContext context, String key, @Nullable FlinMap values, String names,
			FlinList named) {
		Map<String, @Nullable Object> all = new LinkedHashMap<>();
		if (values != null) {
			values.forEach((name, value) -> all.put(String.valueOf(name), value));
		}
		String[] keys = names.isEmpty() ? new String[0] : names.split(",");
		for (int i = 0; i < named.size(); i++) {
			all.put((i < keys.length && !keys[i].isEmpty()) ? keys[i] : Integer.toString(i), named.get(i));
		}
		Messages messages = context.service(Messages.class);
		Locale locale = context.locale();
		String pattern = (messages != null) ? messages.pattern(locale, key) : null;
		return format((pattern != null) ? pattern : key, locale, all);
	}

	@Builtin(value = "locale: text", serverOnly = true,
			doc = "The language of the visitor: that of the session or the cookie `locale`, or what the browser asks "
					+ "for, among those of `i18n/`.")
	public static String locale(FlinContext context) {
		return context.locale().toLanguageTag();
	}

	/** Places without a format are filled here; everything else is ICU's, which is an optional dependency. */
	private static String format(String pattern, Locale locale, Map<String, @Nullable Object> values) {
		if (FORMATTED.matcher(pattern).find()) {
			try {
				return IcuMessages.format(pattern, locale, values);
			}
			catch (NoClassDefFoundError ex) {
				throw new FlinError(FlinError.ERROR,
						"messages with plural, select or formats need the dependency com.ibm.icu:icu4j", ex);
			}
		}
		Matcher place = PLACE.matcher(pattern);
		StringBuilder text = new StringBuilder();
		while (place.find()) {
			String name = place.group(1);
			String value = values.containsKey(name) ? Printer.interpolate(values.get(name)) : place.group();
			place.appendReplacement(text, Matcher.quoteReplacement(value));
		}
		return place.appendTail(text).toString();
	}

}
