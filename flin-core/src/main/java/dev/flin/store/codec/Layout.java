package dev.flin.store.codec;

import java.util.ArrayList;
import java.util.HashSet;
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
	 * The same layout with more fields encrypted.
	 * @param fields the fields; those it does not have do not matter
	 * @param number the number of the other layout
	 * @return the layout
	 */
	public Layout sealing(Set<Integer> fields, int number) {
		Set<Integer> all = new HashSet<>(fields);
		all.retainAll(this.fieldIds);
		all.addAll(this.encrypted);
		return new Layout(number, this.fieldIds, this.types, all);
	}

	/**
	 * The same layout with the fields of another one that it does not have.
	 * @param other the other
	 * @param number the number of the layout
	 * @return the layout
	 */
	public Layout including(Layout other, int number) {
		List<Integer> ids = new ArrayList<>(this.fieldIds);
		List<FieldType> all = new ArrayList<>(this.types);
		Set<Integer> sealed = new HashSet<>(this.encrypted);
		for (int i = 0; i < other.fieldIds.size(); i++) {
			Integer id = other.fieldIds.get(i);
			if (!this.fieldIds.contains(id)) {
				ids.add(id);
				all.add(other.types.get(i));
				if (other.isEncrypted(i)) {
					sealed.add(id);
				}
			}
		}
		return new Layout(number, ids, all, sealed);
	}

	/**
	 * Whether another layout has the same fields in the same way.
	 * @param other the other
	 * @return true when only the numbers may differ
	 */
	public boolean isLike(Layout other) {
		return this.fieldIds.equals(other.fieldIds) && this.types.equals(other.types)
				&& this.encrypted.equals(other.encrypted);
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
