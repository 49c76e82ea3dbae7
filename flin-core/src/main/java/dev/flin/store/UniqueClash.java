package dev.flin.store;

import java.util.List;

/**
 * A unique index that already has a row's values.
 *
 * @param entity the entity
 * @param fields the index's fields
 * @param existingId the record that has them
 */
public record UniqueClash(String entity, List<String> fields, long existingId) {

	/** Copies the list. */
	public UniqueClash {
		fields = List.copyOf(fields);
	}

}
