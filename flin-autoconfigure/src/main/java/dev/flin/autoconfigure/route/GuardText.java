package dev.flin.autoconfigure.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.flin.http.route.GuardSpec;

/**
 * Guards as annotations write them: the name of a rule and constant arguments.
 */
final class GuardText {

	private static final Pattern RULE = Pattern.compile("\\s*([a-z_]+)\\s*(?:\\((.*)\\))?\\s*");

	private static final Pattern ARGUMENT = Pattern
		.compile("\\s*(?:([a-z]+)\\s*:\\s*)?(?:'([^']*)'|\"([^\"]*)\"|(-?[0-9]{1,18}))\\s*(,|$)");

	/** The rules, with the names of their arguments in their places. */
	private static final Map<String, List<String>> RULES = Map.of("auth", List.of(), "csrf", List.of(), "api_key",
			List.of(), "signed", List.of(), "role", List.of(), "owner", List.of(), "ip_whitelist", List.of(), "method",
			List.of(), "rate_limit", List.of("n", "seconds", "by"), "time", List.of("hours", "zone", "days"));

	private GuardText() {
	}

	/**
	 * Reads a guard.
	 * @param origin the method that it stands at
	 * @throws IllegalArgumentException when it is none: a guard that nobody checks must not be there
	 */
	static GuardSpec parse(String text, String origin) {
		Matcher rule = RULE.matcher(text);
		List<String> names = rule.matches() ? RULES.get(rule.group(1)) : null;
		if (names == null) {
			throw new IllegalArgumentException("'" + text + "' is not a guard such as auth or role('ADMIN')");
		}
		@Nullable Object[] arguments = arguments(text, (rule.group(2) != null) ? rule.group(2) : "", names);
		return new GuardSpec.Rule(rule.group(1), origin + "#" + text, (context, exchange) -> arguments.clone());
	}

	private static @Nullable Object[] arguments(String text, String list, List<String> names) {
		List<@Nullable Object> values = new ArrayList<>();
		Matcher argument = ARGUMENT.matcher(list);
		int at = 0;
		while (at < list.length()) {
			if (!argument.find(at) || argument.start() != at) {
				throw new IllegalArgumentException("the arguments of the guard '" + text + "' are not constants");
			}
			int place = (argument.group(1) != null) ? names.indexOf(argument.group(1)) : values.size();
			if (place < 0) {
				throw new IllegalArgumentException("the guard '" + text + "' has no argument " + argument.group(1));
			}
			while (values.size() <= place) {
				values.add(null);
			}
			String quoted = (argument.group(2) != null) ? argument.group(2) : argument.group(3);
			values.set(place, (quoted != null) ? quoted : (Object) Long.valueOf(argument.group(4)));
			at = argument.end();
		}
		return Arrays.copyOf(values.toArray(), values.size());
	}

}
