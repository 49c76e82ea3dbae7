package dev.flin.store.codec;

import java.util.List;

import dev.flin.store.FieldType;

/**
 * Which fields a row has, in order, as of the schema it was written with. Layouts are kept for ever, so that old rows
 * stay readable.
 *
 * @param id the layout's number within its entity, from 1
 * @param fieldIds the lasting ids of the fields
 * @param types their types at the time
 */
public record Layout(int id, List<Integer> fieldIds, List<FieldType> types) {

	/** Copies the lists. */
	public Layout {
		fieldIds = List.copyOf(fieldIds);
		types = List.copyOf(types);
	}

}
