package dev.flin.store.query;

import java.util.List;

import dev.flin.store.FieldType;

/**
 * What a planner knows about an index.
 *
 * @param number the index's place in its entity's list
 * @param positions its fields
 * @param types their types
 * @param unique whether it is unique
 */
public record IndexInfo(int number, List<Integer> positions, List<FieldType> types, boolean unique) {

	/** Copies the lists. */
	public IndexInfo {
		positions = List.copyOf(positions);
		types = List.copyOf(types);
	}

	/**
	 * Whether a record may have several entries.
	 * @return true for lists of references
	 */
	public boolean isMulti() {
		for (FieldType type : this.types) {
			if (type instanceof FieldType.References) {
				return true;
			}
		}
		return false;
	}

}
