package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.text.JsonParser;
import dev.flin.runtime.text.JsonWriter;
import dev.flin.value.Printer;

/**
 * JSON there and back.
 */
public final class JsonFunctions {

	private static final int INDENT_MAX = 10;

	private JsonFunctions() {
	}

	@Builtin(value = "to_json(x: any, indent: int = 0) -> text",
			doc = "The value as JSON, on one line, or indented by so many blanks.",
			example = "to_json([\"n\": [1, 2]]) // '{\"n\":[1,2]}'",
			errors = "to_json(x => x) // function cannot be written as JSON")
	public static String toJson(FlinContext context, @Nullable Object x, long indent) {
		return context.checked(JsonWriter.write(x, " ".repeat(Math.clamp(indent, 0, INDENT_MAX))));
	}

	@Builtin(value = "JSON.stringify(x: any, replacer: any = none, indent: any = none) -> text",
			aliases = "stringify", doc = "The value as JSON; with an indentation on several lines.",
			example = "JSON.stringify([1, 2]) // \"[1,2]\"")
	public static String stringify(@Nullable Object x, @Nullable Object replacer, @Nullable Object indent) {
		if (indent instanceof Long blanks) {
			return JsonWriter.write(x, " ".repeat(Math.clamp(blanks, 0, INDENT_MAX)));
		}
		return JsonWriter.write(x, Printer.interpolate(indent));
	}

	@Builtin(value = "parse_json(s: text) -> any", aliases = { "JSON.parse", "from_json" },
			doc = "The value that is written as JSON; anything else raises an error with the place.",
			example = "parse_json('{\"a\": [1, 2]}').a[1] // 2",
			errors = "parse_json('[1') // Malformed JSON at line 1, column 3")
	public static @Nullable Object parseJson(String s) {
		return JsonParser.parse(s);
	}

}
