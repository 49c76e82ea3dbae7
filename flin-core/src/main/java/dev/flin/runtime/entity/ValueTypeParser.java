package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.runtime.entity.ValueType.Anything;
import dev.flin.runtime.entity.ValueType.Choice;
import dev.flin.runtime.entity.ValueType.ListOf;
import dev.flin.runtime.entity.ValueType.MapOf;
import dev.flin.runtime.entity.ValueType.Markup;
import dev.flin.runtime.entity.ValueType.Maybe;
import dev.flin.runtime.entity.ValueType.OneOf;
import dev.flin.runtime.entity.ValueType.Reference;
import dev.flin.runtime.entity.ValueType.References;
import dev.flin.runtime.entity.ValueType.Scalar;
import dev.flin.store.FieldType.Kind;

/**
 * Reads types as they are written in declarations. The checker has accepted them before; what it would refuse becomes
 * a type that everything fits.
 */
final class ValueTypeParser {

	private final Map<String, List<String>> enums;

	private final Set<String> entities;

	ValueTypeParser(Map<String, List<String>> enums, Set<String> entities) {
		this.enums = enums;
		this.entities = entities;
	}

	ValueType parse(String written) {
		String text = written.strip();
		List<String> members = split(text, '|');
		if (members.size() > 1) {
			return new OneOf(members.stream().map(this::parse).toList());
		}
		if (text.endsWith("?")) {
			return new Maybe(parse(text.substring(0, text.length() - 1)));
		}
		if (text.startsWith("[") && text.endsWith("]")) {
			return bracketed(text.substring(1, text.length() - 1));
		}
		if (text.startsWith("(") && text.endsWith(")")
				&& split(text.substring(1, text.length() - 1), ',').size() == 1) {
			return parse(text.substring(1, text.length() - 1));
		}
		return named(text);
	}

	private ValueType bracketed(String inside) {
		List<String> sides = split(inside, ':');
		if (sides.size() == 2) {
			return new MapOf(parse(sides.get(0)), parse(sides.get(1)));
		}
		ValueType element = parse(inside);
		return (element instanceof Reference(String entity)) ? new References(entity) : new ListOf(element);
	}

	private ValueType named(String name) {
		return switch (name) {
			case "text" -> new Scalar(Kind.TEXT);
			case "int" -> new Scalar(Kind.INT);
			case "number" -> new Scalar(Kind.NUMBER);
			case "decimal" -> new Scalar(Kind.DECIMAL);
			case "bool" -> new Scalar(Kind.BOOL);
			case "time" -> new Scalar(Kind.TIME);
			case "duration" -> new Scalar(Kind.DURATION);
			case "money" -> new Scalar(Kind.MONEY);
			case "file" -> new Scalar(Kind.FILE);
			case "html" -> new Markup();
			default -> {
				List<String> members = this.enums.get(name);
				if (members != null) {
					yield new Choice(name, members);
				}
				yield this.entities.contains(name) ? new Reference(name) : new Anything();
			}
		};
	}

	/** The parts between separators outside of brackets. */
	private static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		int depth = 0;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '[' || c == '(' || c == '{') {
				depth++;
			}
			else if (c == ']' || c == ')' || c == '}') {
				depth--;
			}
			else if (c == separator && depth == 0) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parts.add(text.substring(start));
		return parts;
	}

}
