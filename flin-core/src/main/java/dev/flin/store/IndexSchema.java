package dev.flin.store;

import java.util.List;

/**
 * An index over one or several fields, in order.
 *
 * @param fields the names of the fields
 * @param unique whether two live records may not have equal values in all of them; a {@code none} among them never
 * clashes
 */
public record IndexSchema(List<String> fields, boolean unique) {

	/** Copies the list. */
	public IndexSchema {
		fields = List.copyOf(fields);
	}

}
