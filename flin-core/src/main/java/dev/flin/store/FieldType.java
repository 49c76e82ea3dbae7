package dev.flin.store;

import java.util.List;
import java.util.stream.Collectors;

import dev.flin.value.EnumType;

/**
 * What a field holds. The Java classes of the values are those of the value model: {@code Long}, {@code Double},
 * {@code BigDecimal}, {@code Boolean}, {@code String}, {@code Instant}, {@code Duration}, {@code Money} and so on.
 */
public sealed interface FieldType {

	/**
	 * A single value.
	 *
	 * @param kind which
	 */
	record Scalar(Kind kind) implements FieldType {
	}

	/**
	 * A text out of an enum's members.
	 *
	 * @param name the enum's name
	 * @param members its members in order
	 */
	record Choice(String name, List<String> members) implements FieldType {

		/** Copies the list. */
		public Choice {
			members = List.copyOf(members);
		}

	}

	/**
	 * A reference to one record, stored as its id.
	 *
	 * @param entity the entity it refers to
	 */
	record Reference(String entity) implements FieldType {
	}

	/**
	 * A list of references, stored as a list of ids in order.
	 *
	 * @param entity the entity they refer to
	 */
	record References(String entity) implements FieldType {
	}

	/**
	 * A list, a map, or any other composed value, described by its source form; it cannot be indexed.
	 *
	 * @param description the type as written, such as {@code [text]}
	 */
	record Structure(String description) implements FieldType {

		private static final String ENUM = "enum ";

		/**
		 * The type of an enum's values with what they carry.
		 * @param type the enum
		 * @return its description names each variant and how many values it carries
		 */
		public static Structure of(EnumType type) {
			return new Structure(type.variants()
				.stream()
				.map(variant -> variant.name() + "/" + variant.size())
				.collect(Collectors.joining(" ", ENUM + type.name() + " ", "")));
		}

		/**
		 * Whether these are values of an enum.
		 * @return false for lists and maps
		 */
		public boolean isEnum() {
			return this.description.startsWith(ENUM);
		}

		/**
		 * Whether an enum has a variant.
		 * @param variant its name
		 * @param size how many values it carries
		 * @return true if it has
		 */
		public boolean has(String variant, int size) {
			return List.of(this.description.split(" ")).subList(2, this.description.split(" ").length)
				.contains(variant + "/" + size);
		}

	}

	/** The single values. */
	enum Kind {

		/** {@code String}. */
		TEXT,
		/** {@code Long}. */
		INT,
		/** {@code Double}. */
		NUMBER,
		/** {@code BigDecimal}. */
		DECIMAL,
		/** {@code Boolean}. */
		BOOL,
		/** {@code Instant}, microseconds. */
		TIME,
		/** {@code Duration}, microseconds. */
		DURATION,
		/** {@code Money}. */
		MONEY,
		/** A file: metadata in the row, bytes among the blobs. */
		FILE

	}

	/** Text. */
	FieldType TEXT = new Scalar(Kind.TEXT);

	/** Whole numbers. */
	FieldType INT = new Scalar(Kind.INT);

	/** Floating point numbers. */
	FieldType NUMBER = new Scalar(Kind.NUMBER);

	/** Decimals. */
	FieldType DECIMAL = new Scalar(Kind.DECIMAL);

	/** Truth values. */
	FieldType BOOL = new Scalar(Kind.BOOL);

	/** Instants. */
	FieldType TIME = new Scalar(Kind.TIME);

	/** Durations. */
	FieldType DURATION = new Scalar(Kind.DURATION);

	/** Amounts with their currency. */
	FieldType MONEY = new Scalar(Kind.MONEY);

	/** Files. */
	FieldType FILE = new Scalar(Kind.FILE);

}
