package dev.flin.store;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One entity. Values of its rows are arrays in the order of {@link #fields()}.
 *
 * @param name the name
 * @param was earlier names, for renames ({@code @was})
 * @param fields the stored fields in order, computed and indexed ones included
 * @param indexes indexes and uniques over one or several fields; a field's own {@code unique} and {@code indexed}
 * flags and references need no entry here
 * @param retention what to forget, null to keep everything
 */
public record EntitySchema(String name, List<String> was, List<FieldSchema> fields, List<IndexSchema> indexes,
		@Nullable RetentionPolicy retention) {

	/** Copies the lists and checks the names. */
	public EntitySchema {
		was = List.copyOf(was);
		fields = List.copyOf(fields);
		indexes = List.copyOf(indexes);
		for (int i = 0; i < fields.size(); i++) {
			for (int j = 0; j < i; j++) {
				if (fields.get(i).name().equals(fields.get(j).name())) {
					throw new IllegalArgumentException("Field " + fields.get(i).name() + " is declared twice");
				}
			}
		}
	}

	/**
	 * An entity without renames, composite indexes or retention.
	 * @param name the name
	 * @param fields the fields
	 * @return the entity
	 */
	public static EntitySchema of(String name, FieldSchema... fields) {
		return new EntitySchema(name, List.of(), List.of(fields), List.of(), null);
	}

	/**
	 * The same entity with composite indexes.
	 * @param added the indexes to add
	 * @return the entity
	 */
	public EntitySchema with(IndexSchema... added) {
		return new EntitySchema(this.name, this.was, this.fields, List.of(added), this.retention);
	}

	/**
	 * The position of a field.
	 * @param field the field's name
	 * @return the position, or -1 when there is none of that name
	 */
	public int position(String field) {
		for (int i = 0; i < this.fields.size(); i++) {
			if (this.fields.get(i).name().equals(field)) {
				return i;
			}
		}
		return -1;
	}

}
