package dev.flin.test.components;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Whether each element of a piece of markup is closed by its own tag, and no template is left in it. */
final class WellFormed {

	private static final Set<String> VOID = Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link",
			"meta", "param", "source", "track", "wbr");

	private static final Pattern RAW = Pattern.compile("(?s)<(script|style|textarea|title|pre)\\b[^>]*>.*?</\\1>");

	private static final Pattern TAG = Pattern
		.compile("<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\\s+[^\\s\"'<>/=]+(?:=\"[^\"<]*\")?)*)\\s*(/?)>");

	private WellFormed() {
	}

	/** What is wrong, or null. */
	static @Nullable String problem(String markup) {
		String plain = RAW.matcher(markup).replaceAll("").replace("<!doctype html>", "").replace("<!DOCTYPE html>", "");
		Deque<String> open = new ArrayDeque<>();
		Matcher tag = TAG.matcher(plain);
		int end = 0;
		while (tag.find()) {
			String between = plain.substring(end, tag.start());
			if (between.contains("<") || between.contains("{/")) {
				return "stray text: " + between.strip();
			}
			end = tag.end();
			String name = tag.group(2);
			if (!tag.group(1).isEmpty()) {
				String last = open.poll();
				if (!name.equals(last)) {
					return "</" + name + "> closes <" + last + ">";
				}
			}
			else if (tag.group(4).isEmpty() && !VOID.contains(name)) {
				open.push(name);
			}
		}
		if (plain.substring(end).contains("<")) {
			return "stray text: " + plain.substring(end).strip();
		}
		return open.isEmpty() ? null : "<" + open.peek() + "> is never closed";
	}

}
