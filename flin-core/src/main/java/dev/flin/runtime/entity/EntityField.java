package dev.flin.runtime.entity;

import dev.flin.store.Column;
import dev.flin.store.FieldType;

/**
 * A field with its place in instances and in stored rows.
 *
 * @param definition what is declared
 * @param type the type without its {@code ?}
 * @param optional whether none is allowed
 * @param slot its place in instances
 * @param position its place in stored rows; -1 when it is computed and not indexed
 */
record EntityField(FieldDefinition definition, ValueType type, boolean optional, int slot, int position) {

	String name() {
		return this.definition.name();
	}

	boolean isComputed() {
		return this.definition.isComputed();
	}

	boolean isStored() {
		return this.position >= 0;
	}

	boolean isReference() {
		return this.type instanceof ValueType.Reference;
	}

	/** Whether it holds a file or a list of files. */
	boolean isFile() {
		ValueType of = (this.type instanceof ValueType.ListOf(ValueType element)) ? element : this.type;
		return of instanceof ValueType.Scalar(FieldType.Kind kind) && kind == FieldType.Kind.FILE;
	}

	boolean isReferences() {
		return this.type instanceof ValueType.References;
	}

	/** Whether its stored values are what a program gets, and cannot be changed. */
	boolean isPlain() {
		return isStored() && !isComputed() && this.type instanceof ValueType.Scalar && !isFile();
	}

	/** Whether its type leaves open what its values are made of. */
	boolean isOpen() {
		return this.type.isOpen();
	}

	/** Whether its values are, or may contain, values of enums. */
	boolean holdsVariants() {
		return this.type.holdsVariants();
	}

	/** The entity that a reference, or a list of them, leads to; empty for other fields. */
	String target() {
		return switch (this.type) {
			case ValueType.Reference(String entity) -> entity;
			case ValueType.References(String entity) -> entity;
			case ValueType.Scalar scalar -> "";
			case ValueType.Choice choice -> "";
			case ValueType.Variants variants -> "";
			case ValueType.ListOf list -> "";
			case ValueType.RecordOf map -> "";
			case ValueType.TupleOf tuple -> "";
			case ValueType.MapOf map -> "";
			case ValueType.Maybe maybe -> "";
			case ValueType.OneOf union -> "";
			case ValueType.Markup markup -> "";
			case ValueType.Anything anything -> "";
		};
	}

	/** What happens to the reference when its target goes. */
	OnDelete onDelete() {
		String rule = this.definition.onDelete();
		if (rule == null) {
			return isReferences() ? OnDelete.SET_NULL : OnDelete.RESTRICT;
		}
		return switch (rule) {
			case "cascade" -> OnDelete.CASCADE;
			case "set_null" -> OnDelete.SET_NULL;
			default -> OnDelete.RESTRICT;
		};
	}

	Column column() {
		return new Column.Field(this.position);
	}

	FieldType storedType() {
		return this.type.stored(this.definition.type());
	}

	/** What a referrer does when the record it refers to goes. */
	enum OnDelete {

		CASCADE, SET_NULL, RESTRICT

	}

}
