package dev.flin.http.route;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.value.EnumType;

/**
 * What a {@code validate { }} block declares.
 *
 * @param fields the declared keys
 * @param exact whether decimals are declared, which have all digits that were sent
 */
public record ValidateSpec(List<Field> fields, boolean exact) {

	public ValidateSpec {
		fields = List.copyOf(fields);
	}

	public ValidateSpec(List<Field> fields) {
		this(fields, isExact(fields));
	}

	private static boolean isExact(List<Field> fields) {
		return fields.stream().anyMatch((field) -> isExact(field.shape()));
	}

	private static boolean isExact(Shape shape) {
		return switch (shape) {
			case Scalar(String type) -> type.equals("decimal") || type.equals("money");
			case Choice choice -> false;
			case Reference reference -> false;
			case Variants variants -> variants.carried()
				.stream()
				.anyMatch((carried) -> carried.stream().anyMatch((element) -> isExact(element.shape())));
			case ListOf list -> isExact(list.element().shape());
			case MapOf map -> isExact(map.value().shape());
			case TupleOf tuple -> tuple.elements().stream().anyMatch((element) -> isExact(element.shape()));
			case Nested nested -> isExact(nested.fields());
		};
	}

	/**
	 * One declared key.
	 *
	 * @param name the key
	 * @param shape what its value must be
	 * @param rules the decorators in written order
	 * @param defaultValue the code of {@code @default}, or null
	 * @param constantDefault whether that code gives the same for every request
	 */
	public record Field(String name, Shape shape, List<Rule> rules, @Nullable RouteHandler defaultValue,
			boolean constantDefault) {

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
	 * A value of an enum, sent as it is answered: its name, or {@code {"Circle": 2}}.
	 *
	 * @param carried what the variants carry, in their order
	 */
	public record Variants(EnumType type, List<List<Element>> carried) implements Shape {

		public Variants {
			carried = List.copyOf(carried);
		}

	}

	/** {@code [T]}. */
	public record ListOf(Element element) implements Shape {
	}

	/** {@code [K: T]}. */
	public record MapOf(Shape key, Element value) implements Shape {
	}

	/** {@code (A, B)}, sent as a list. */
	public record TupleOf(List<Element> elements) implements Shape {

		public TupleOf {
			elements = List.copyOf(elements);
		}

	}

	/**
	 * A value within another one.
	 *
	 * @param hole whether it may be none
	 */
	public record Element(Shape shape, boolean hole) {
	}

	/** {@code { … }}. */
	public record Nested(List<Field> fields) implements Shape {

		public Nested {
			fields = List.copyOf(fields);
		}

	}

}
