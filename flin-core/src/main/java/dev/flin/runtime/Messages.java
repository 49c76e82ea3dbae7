package dev.flin.runtime;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What an application says in several languages.
 */
public interface Messages {

	/**
	 * The pattern of a key in a locale, in its language, or in the language of the application.
	 * @return null when none of them has it
	 */
	@Nullable String pattern(Locale locale, String key);

}
