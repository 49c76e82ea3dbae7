package dev.flin.http;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code validate { }} block declares.
 *
 * @param fields the declared keys
 */
public record ValidateSpec(List<Field> fields) {

	public ValidateSpec {
		fields = List.copyOf(fields);
	}

	/**
	 * One declared key.
	 *
	 * @param name the key
	 * @param shape what its value must be
	 * @param rules the decorators in written order
	 * @param defaultValue the code of {@code @default}, or null
	 */
	public record Field(String name, Shape shape, List<Rule> rules, @Nullable RouteHandler defaultValue) {

		public Field {
			rules = List.copyOf(rules);
		}

		boolean isRequired() {
			return this.rules.stream().anyMatch((rule) -> rule.name().equals("required"));
		}

	}

	/**
	 * A decorator.
	 *
	 * @param name its name without the sign
	 * @param arguments evaluated anew for each request
	 */
	public record Rule(String name, GuardSpec.Arguments arguments) {
	}

	/** What a value must be. */
	public sealed interface Shape {

	}

	/** A value of a built-in type: {@code text int number decimal bool time duration money file any}. */
	public record Scalar(String type) implements Shape {
	}

	/** One of these texts: an enum. */
	public record Choice(List<String> texts) implements Shape {

		public Choice {
			texts = List.copyOf(texts);
		}

	}

	/** The id of a record of an entity. */
	public record Reference(String entity) implements Shape {
	}

	/**
	 * {@code [T]} or {@code [T?]}.
	 *
	 * @param holes whether elements may be none
	 */
	public record ListOf(Shape element, boolean holes) implements Shape {
	}

	/**
	 * {@code [text: T]} or {@code [text: T?]}.
	 *
	 * @param holes whether values may be none
	 */
	public record MapOf(Shape value, boolean holes) implements Shape {
	}

	/** {@code { … }}. */
	public record Nested(List<Field> fields) implements Shape {

		public Nested {
			fields = List.copyOf(fields);
		}

	}

	public static Builder builder() {
		return new Builder(null, "", false);
	}

	/** Collects fields; made for generated code, which calls it top to bottom. */
	public static final class Builder {

		private final @Nullable Builder outer;

		private final String outerName;

		private final boolean list;

		private final List<Field> fields = new ArrayList<>();

		private Builder(@Nullable Builder outer, String outerName, boolean list) {
			this.outer = outer;
			this.outerName = outerName;
			this.list = list;
		}

		/** A key with a type as it is written: {@code int}, {@code text?}, {@code [text]}. */
		public Builder field(String name, String type) {
			return field(name, type, List.of(), false);
		}

		/**
		 * A key with a type.
		 * @param texts the texts of the enum that the type names; empty when it names none
		 * @param entity whether the type names an entity
		 */
		public Builder field(String name, String type, List<String> texts, boolean entity) {
			this.fields.add(new Field(name, shape(type, texts, entity), List.of(), null));
			return this;
		}

		/** A decorator of the key before. */
		public Builder rule(String name, GuardSpec.Arguments arguments) {
			Field field = this.fields.removeLast();
			List<Rule> rules = new ArrayList<>(field.rules());
			rules.add(new Rule(name, arguments));
			this.fields.add(new Field(field.name(), field.shape(), rules, field.defaultValue()));
			return this;
		}

		/** The {@code @default} of the key before. */
		public Builder defaultValue(RouteHandler code) {
			Field field = this.fields.removeLast();
			this.fields.add(new Field(field.name(), field.shape(), field.rules(), code));
			return this;
		}

		/** Begins the keys of {@code name: { … }}, or of {@code name: [{ … }]} when it is a list. */
		public Builder nested(String name, boolean listOfNested) {
			return new Builder(this, name, listOfNested);
		}

		/** Ends what {@link #nested} began. */
		public Builder end() {
			Builder target = this.outer;
			if (target == null) {
				throw new IllegalStateException("end() without nested()");
			}
			Shape shape = new Nested(this.fields);
			target.fields.add(new Field(this.outerName, this.list ? new ListOf(shape, false) : shape, List.of(), null));
			return target;
		}

		public ValidateSpec build() {
			return new ValidateSpec(this.fields);
		}

		private static Shape shape(String written, List<String> texts, boolean entity) {
			String type = written.strip();
			if (type.endsWith("?")) {
				return shape(type.substring(0, type.length() - 1), texts, entity);
			}
			if (type.startsWith("[") || type.startsWith("{")) {
				String inner = type.substring(1, type.length() - 1).strip();
				Shape element = shape(inner, texts, entity);
				return type.startsWith("[") ? new ListOf(element, inner.endsWith("?"))
						: new MapOf(element, inner.endsWith("?"));
			}
			return entity ? new Reference(type) : texts.isEmpty() ? new Scalar(type) : new Choice(texts);
		}

	}

}
