package dev.flin.store.codec;

import java.util.List;
import java.util.Set;

import dev.flin.store.FieldType;

/**
 * Which fields a row has, in order, as of the schema it was written with. Layouts are kept for ever, so that old rows
 * stay readable.
 *
 * @param id the layout's number within its entity, from 1
 * @param fieldIds the lasting ids of the fields
 * @param types their types at the time
 * @param encrypted the ids of the fields that were encrypted at the time
 */
public record Layout(int id, List<Integer> fieldIds, List<FieldType> types, Set<Integer> encrypted) {

	/** Copies the collections. */
	public Layout {
		fieldIds = List.copyOf(fieldIds);
		types = List.copyOf(types);
		encrypted = Set.copyOf(encrypted);
	}

	/**
	 * Whether a field is encrypted.
	 * @param index its place
	 * @return true for {@link SealedValue}s
	 */
	public boolean isEncrypted(int index) {
		return !this.encrypted.isEmpty() && this.encrypted.contains(this.fieldIds.get(index));
	}

}
