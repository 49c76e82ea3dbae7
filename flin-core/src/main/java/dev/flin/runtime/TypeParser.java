package dev.flin.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.TypeDescriptor.Kind;
import dev.flin.value.FlinBugException;

/**
 * Reads the type syntax of constants that the compiler wrote: a mistake in it is ours.
 */
final class TypeParser {

	private final String text;

	private int at;

	private TypeParser(String text) {
		this.text = text;
	}

	static TypeDescriptor parse(String text) {
		TypeParser parser = new TypeParser(text);
		TypeDescriptor type = parser.union();
		if (parser.at < text.length()) {
			throw parser.unexpected();
		}
		return type;
	}

	private TypeDescriptor union() {
		TypeDescriptor first = optional();
		if (!take("|")) {
			return first;
		}
		List<TypeDescriptor> types = new ArrayList<>(List.of(first));
		do {
			types.add(optional());
		}
		while (take("|"));
		return new TypeDescriptor.Union(List.copyOf(types));
	}

	private TypeDescriptor optional() {
		TypeDescriptor type = primary();
		while (take("?")) {
			type = new TypeDescriptor.Optional(type);
		}
		return type;
	}

	private TypeDescriptor primary() {
		if (take("[")) {
			TypeDescriptor first = union();
			if (take(":")) {
				TypeDescriptor value = union();
				expect("]");
				return new TypeDescriptor.MapOf(first, value);
			}
			expect("]");
			return new TypeDescriptor.ListOf(first);
		}
		if (take("{")) {
			return recordType();
		}
		if (take("(")) {
			return parenthesised();
		}
		return named(word());
	}

	private TypeDescriptor recordType() {
		Map<String, TypeDescriptor> fields = new LinkedHashMap<>();
		while (!take("}")) {
			String name = word();
			expect(":");
			fields.put(name, union());
			take(",");
		}
		return new TypeDescriptor.RecordOf(fields);
	}

	private TypeDescriptor parenthesised() {
		List<TypeDescriptor> parts = new ArrayList<>();
		while (!take(")")) {
			take("...");
			parts.add(union());
			take(",");
		}
		if (take("->")) {
			optional();
			return new TypeDescriptor.Simple(Kind.FUNCTION);
		}
		return (parts.size() == 1) ? parts.get(0) : new TypeDescriptor.TupleOf(List.copyOf(parts));
	}

	private TypeDescriptor named(String name) {
		if (take("<")) {
			do {
				union();
			}
			while (take(","));
			expect(">");
		}
		Kind kind = kind(name);
		if (kind != null) {
			return new TypeDescriptor.Simple(kind);
		}
		return switch (name) {
			case "any" -> TypeDescriptor.ANY;
			case "list" -> new TypeDescriptor.ListOf(TypeDescriptor.ANY);
			case "map" -> new TypeDescriptor.MapOf(TypeDescriptor.ANY, TypeDescriptor.ANY);
			default -> new TypeDescriptor.Named(name);
		};
	}

	private static @Nullable Kind kind(String name) {
		return switch (name) {
			case "int" -> Kind.INT;
			case "number" -> Kind.NUMBER;
			case "decimal" -> Kind.DECIMAL;
			case "bool" -> Kind.BOOL;
			case "text" -> Kind.TEXT;
			case "time" -> Kind.TIME;
			case "duration" -> Kind.DURATION;
			case "money" -> Kind.MONEY;
			case "file" -> Kind.FILE;
			case "html" -> Kind.HTML;
			case "function" -> Kind.FUNCTION;
			case "none" -> Kind.NONE;
			case "never" -> Kind.NEVER;
			case "regex" -> Kind.REGEX;
			case "error" -> Kind.ERROR;
			default -> null;
		};
	}

	private String word() {
		blanks();
		int start = this.at;
		while (this.at < this.text.length() && Character.isUnicodeIdentifierPart(this.text.charAt(this.at))) {
			this.at++;
		}
		if (start == this.at) {
			throw unexpected();
		}
		return this.text.substring(start, this.at);
	}

	private boolean take(String token) {
		blanks();
		if (this.text.startsWith(token, this.at)) {
			this.at += token.length();
			return true;
		}
		return false;
	}

	private void expect(String token) {
		if (!take(token)) {
			throw unexpected();
		}
	}

	private void blanks() {
		while (this.at < this.text.length() && this.text.charAt(this.at) == ' ') {
			this.at++;
		}
	}

	private FlinBugException unexpected() {
		return new FlinBugException("bad type '" + this.text + "' at " + this.at);
	}

}
