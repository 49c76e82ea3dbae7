package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.HashMap;
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
import dev.flin.runtime.entity.ValueType.RecordOf;
import dev.flin.runtime.entity.ValueType.Reference;
import dev.flin.runtime.entity.ValueType.References;
import dev.flin.runtime.entity.ValueType.Scalar;
import dev.flin.runtime.entity.ValueType.TupleOf;
import dev.flin.runtime.entity.ValueType.Variants;
import dev.flin.store.FieldType.Kind;
import dev.flin.value.EnumType;

/**
 * Reads types as they are written in declarations. The checker has accepted them before; what it would refuse becomes
 * a type that everything fits.
 */
final class ValueTypeParser {

	private final Map<String, List<String>> enums;

	private final Map<String, Variants> types = new HashMap<>();

	private final Set<String> entities;

	/**
	 * Prepares.
	 * @param enums the variants of each enum, such as {@code Stop}, {@code Go/1} for one that carries a value,
	 * {@code Stop<Halt} for one that had another name
	 */
	ValueTypeParser(Map<String, List<String>> enums, Set<String> entities) {
		this.enums = enums;
		this.entities = entities;
	}

	/**
	 * Reads the type of a field. A field of an enum whose variants carry nothing holds texts; inside of other types the
	 * variants stay what they are.
	 */
	ValueType parse(String written) {
		ValueType type = parsed(written);
		return switch (type) {
			case Variants variants when isPlain(variants.type()) -> choice(variants);
			case Maybe(Variants variants) when isPlain(variants.type()) -> new Maybe(choice(variants));
			default -> type;
		};
	}

	private static boolean isPlain(EnumType type) {
		return type.variants().stream().allMatch(variant -> variant.size() == 0);
	}

	private static Choice choice(Variants variants) {
		EnumType type = variants.type();
		return new Choice(type.name(), type.variants().stream().map(EnumType.Variant::name).toList(),
				variants.earlier());
	}

	/** An enum out of variants such as {@code Stop}, {@code Go/1}, {@code Stop<Halt}. */
	private static Variants variants(String name, List<String> members) {
		List<String> today = new ArrayList<>();
		Map<String, String> earlier = new HashMap<>();
		for (String member : members) {
			String[] names = member.split("<");
			today.add(names[0]);
			for (int i = 1; i < names.length; i++) {
				earlier.put(names[i], names[0].replaceFirst("/.*", ""));
			}
		}
		return new Variants(EnumType.of(name, today.toArray(String[]::new)), earlier);
	}

	private ValueType parsed(String written) {
		String text = written.strip();
		List<String> members = split(text, '|');
		if (members.size() > 1) {
			return new OneOf(members.stream().map(this::parsed).toList());
		}
		if (text.endsWith("?")) {
			return new Maybe(parsed(text.substring(0, text.length() - 1)));
		}
		if (text.startsWith("[") && text.endsWith("]")) {
			return bracketed(text.substring(1, text.length() - 1));
		}
		if (text.startsWith("(") && text.endsWith(")")) {
			List<String> elements = split(text.substring(1, text.length() - 1), ',');
			return (elements.size() == 1) ? parsed(elements.getFirst())
					: new TupleOf(elements.stream().map(this::parsed).toList());
		}
		if (text.startsWith("{") && text.endsWith("}")) {
			return record(text.substring(1, text.length() - 1));
		}
		return named(text);
	}

	private ValueType record(String inside) {
		List<String> keys = new ArrayList<>();
		List<ValueType> types = new ArrayList<>();
		for (String entry : split(inside, ',')) {
			int colon = entry.indexOf(':');
			keys.add(entry.substring(0, colon).strip());
			types.add(parsed(entry.substring(colon + 1)));
		}
		return new RecordOf(keys, types);
	}

	private ValueType bracketed(String inside) {
		List<String> sides = split(inside, ':');
		if (sides.size() == 2) {
			return new MapOf(parsed(sides.get(0)), parsed(sides.get(1)));
		}
		ValueType element = parsed(inside);
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
					yield this.types.computeIfAbsent(name, of -> variants(of, members));
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
