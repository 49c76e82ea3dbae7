package dev.flin.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

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
	 * @param earlier the names that members had, with those of today
	 */
	record Choice(String name, List<String> members, Map<String, String> earlier) implements FieldType {

		/** Copies the collections. */
		public Choice {
			members = List.copyOf(members);
			earlier = Map.copyOf(earlier);
		}

		/**
		 * An enum whose members always had their names.
		 * @param name the enum's name
		 * @param members its members in order
		 */
		public Choice(String name, List<String> members) {
			this(name, members, Map.of());
		}

		/**
		 * The member of a name of today or earlier.
		 * @param name the name
		 * @return its name today, or null when there is none
		 */
		public @Nullable String member(String name) {
			String today = this.members.contains(name) ? name : this.earlier.get(name);
			return (today != null && this.members.contains(today)) ? today : null;
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
		 * @param earlier the names that variants had, with those of today
		 * @return its description names each variant and how many values it carries
		 */
		public static Structure of(EnumType type, Map<String, String> earlier) {
			StringBuilder description = new StringBuilder(ENUM).append(type.name());
			for (EnumType.Variant variant : type.variants()) {
				description.append(' ').append(variant.name()).append('/').append(variant.size());
			}
			new TreeMap<>(earlier).forEach((old, today) -> type.variants()
				.stream()
				.filter(variant -> variant.name().equals(today))
				.forEach(variant -> description.append(' ').append(old).append('/').append(variant.size())));
			return new Structure(description.toString());
		}

		/**
		 * Whether these are values of an enum.
		 * @return false for lists and maps
		 */
		public boolean isEnum() {
			return this.description.startsWith(ENUM);
		}

		/**
		 * Whether an enum has a variant, or had one that is another today.
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
