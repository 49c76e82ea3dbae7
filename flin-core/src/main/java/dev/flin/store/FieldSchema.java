package dev.flin.store;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One stored field.
 *
 * @param name the name
 * @param type what it holds
 * @param nullable whether {@code none} is allowed
 * @param unique whether live records may not share a value
 * @param indexed whether it has an index; uniques and references have one anyway
 * @param initial what records that were stored before the field existed read; null when the field has no default
 * @param was earlier names ({@code @was})
 * @param rules what each stored value must keep to when a rule is new; checked at a migration only
 * @param retention how long old versions keep the field's value, null for always
 * @param encrypted whether its values are encrypted wherever they are stored
 */
public record FieldSchema(String name, FieldType type, boolean nullable, boolean unique, boolean indexed,
		@Nullable Object initial, List<String> was, List<FieldRule> rules, @Nullable Duration retention,
		boolean encrypted) {

	/** Copies the lists. */
	public FieldSchema {
		was = List.copyOf(was);
		rules = List.copyOf(rules);
	}

	/**
	 * A field that must have a value.
	 * @param name the name
	 * @param type the type
	 * @return the field
	 */
	public static FieldSchema required(String name, FieldType type) {
		return new FieldSchema(name, type, false, false, false, null, List.of(), List.of(), null, false);
	}

	/**
	 * A field that may be {@code none}.
	 * @param name the name
	 * @param type the type
	 * @return the field
	 */
	public static FieldSchema optional(String name, FieldType type) {
		return new FieldSchema(name, type, true, false, false, null, List.of(), List.of(), null, false);
	}

	/**
	 * The same field, unique.
	 * @return the field
	 */
	public FieldSchema asUnique() {
		return new FieldSchema(this.name, this.type, this.nullable, true, this.indexed, this.initial, this.was,
				this.rules, this.retention, this.encrypted);
	}

	/**
	 * The same field, indexed.
	 * @return the field
	 */
	public FieldSchema asIndexed() {
		return new FieldSchema(this.name, this.type, this.nullable, this.unique, true, this.initial, this.was,
				this.rules, this.retention, this.encrypted);
	}

	/**
	 * The same field with a value for records that were stored without it.
	 * @param value the value
	 * @return the field
	 */
	public FieldSchema withInitial(@Nullable Object value) {
		return new FieldSchema(this.name, this.type, this.nullable, this.unique, this.indexed, value, this.was,
				this.rules, this.retention, this.encrypted);
	}

	/**
	 * The same field with its earlier names.
	 * @param names the names
	 * @return the field
	 */
	public FieldSchema withWas(String... names) {
		return new FieldSchema(this.name, this.type, this.nullable, this.unique, this.indexed, this.initial,
				List.of(names), this.rules, this.retention, this.encrypted);
	}

	/**
	 * The same field with rules.
	 * @param added the rules
	 * @return the field
	 */
	public FieldSchema withRules(FieldRule... added) {
		return new FieldSchema(this.name, this.type, this.nullable, this.unique, this.indexed, this.initial, this.was,
				List.of(added), this.retention, this.encrypted);
	}

	/**
	 * The same field, forgotten in old versions.
	 * @param age how long after a version's end its value is kept
	 * @return the field
	 */
	public FieldSchema withRetention(Duration age) {
		return new FieldSchema(this.name, this.type, this.nullable, this.unique, this.indexed, this.initial, this.was,
				this.rules, age, this.encrypted);
	}

	/**
	 * The same field, encrypted.
	 * @return the field
	 */
	public FieldSchema asEncrypted() {
		return new FieldSchema(this.name, this.type, this.nullable, this.unique, this.indexed, this.initial, this.was,
				this.rules, this.retention, true);
	}

}
