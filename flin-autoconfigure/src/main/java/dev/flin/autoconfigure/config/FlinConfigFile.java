package dev.flin.autoconfigure.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code flin.config}: a setting a line, {@code key = value} or {@code key: value}, with {@code #} or
 * {@code //} before what is a comment. Texts may have quotes, lists brackets. Keys need no {@code flin.} before them.
 */
final class FlinConfigFile {

	private static final String PREFIX = "flin.";

	private static final Pattern SETTING = Pattern.compile("([A-Za-z][A-Za-z0-9_.\\-\\[\\]]*)\\s*[=:]\\s*(.*)");

	private FlinConfigFile() {
	}

	/**
	 * The settings by their full keys.
	 * @throws InvalidFlinConfigException when a line is no setting
	 */
	static Map<String, Object> read(String text, String location) {
		Map<String, Object> settings = new LinkedHashMap<>();
		String[] lines = text.split("\\R", -1);
		for (int i = 0; i < lines.length; i++) {
			String line = withoutByteOrderMark(lines[i]).strip();
			if (line.isEmpty() || line.startsWith("#") || line.startsWith("//")) {
				continue;
			}
			Matcher setting = SETTING.matcher(line);
			if (!setting.matches()) {
				throw new InvalidFlinConfigException(location, i + 1, line);
			}
			String key = setting.group(1).replace('_', '-');
			settings.put(key.startsWith(PREFIX) ? key : PREFIX + key, value(setting.group(2).strip()));
		}
		return settings;
	}

	private static String withoutByteOrderMark(String line) {
		return line.startsWith("\uFEFF") ? line.substring(1) : line;
	}

	private static String value(String written) {
		if (written.length() >= 2 && written.startsWith("[") && written.endsWith("]")) {
			StringBuilder list = new StringBuilder();
			for (String element : written.substring(1, written.length() - 1).split(",")) {
				if (!element.isBlank()) {
					list.append(list.isEmpty() ? "" : ",").append(unquoted(element.strip()));
				}
			}
			return list.toString();
		}
		return unquoted(written);
	}

	private static String unquoted(String written) {
		boolean quoted = written.length() >= 2 && written.charAt(0) == written.charAt(written.length() - 1)
				&& (written.charAt(0) == '"' || written.charAt(0) == '\'');
		return quoted ? written.substring(1, written.length() - 1) : written;
	}

}
