package dev.flin.runtime.text;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * TOML 1.0. A date with an offset is a time; local dates and times, which are no instants, are texts.
 */
public final class Toml {

	private static final int DEPTH_MAX = 200;

	private Toml() {
	}

	public static FlinMap parse(String text) {
		checkDepth(text);
		TomlParseResult result = org.tomlj.Toml.parse(text);
		if (!result.errors().isEmpty()) {
			TomlParseError error = result.errors().getFirst();
			throw new FlinError(FlinError.ERROR,
					"Malformed TOML at line " + error.position().line() + ": " + error.getMessage(), error);
		}
		return table(result);
	}

	/** The parser recurses. Counting every bracket, those in texts too, is only ever too strict. */
	private static void checkDepth(String text) {
		int depth = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '[' || c == '{') {
				depth++;
			}
			else if (c == ']' || c == '}') {
				depth = Math.max(0, depth - 1);
			}
			if (depth > DEPTH_MAX) {
				throw new FlinError("TOML nested deeper than " + DEPTH_MAX);
			}
		}
	}

	private static FlinMap table(TomlTable table) {
		FlinMap map = new FlinMap();
		table.entrySet().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
		return map;
	}

	private static @Nullable Object value(Object value) {
		return switch (value) {
			case TomlTable table -> table(table);
			case TomlArray array -> {
				FlinList list = new FlinList();
				array.toList().forEach(item -> list.add(value(item)));
				yield list;
			}
			case OffsetDateTime time -> time.toInstant();
			case Long number -> number;
			case Double number -> number;
			case Boolean bool -> bool;
			default -> value.toString();
		};
	}

}
