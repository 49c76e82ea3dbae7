package dev.flin.value;

import java.util.AbstractList;
import java.util.RandomAccess;

import org.jspecify.annotations.Nullable;

/** What a list does as a {@link java.util.List} of FLIN values, however it keeps them. */
abstract class ElementList extends AbstractList<@Nullable Object> implements RandomAccess {

	/** The element at an index that is known to be in range. */
	public abstract @Nullable Object element(int index);

	@Override
	public int indexOf(@Nullable Object value) {
		for (int i = 0; i < size(); i++) {
			if (Equality.equal(element(i), value)) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public boolean contains(@Nullable Object value) {
		return indexOf(value) >= 0;
	}

	@Override
	@SuppressWarnings("NullAway") // Collection's array is of elements, and ours may be none
	public @Nullable Object[] toArray() {
		@Nullable Object[] array = new @Nullable Object[size()];
		for (int i = 0; i < array.length; i++) {
			array[i] = element(i);
		}
		return array;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (!(other instanceof ElementList list) || size() != list.size()) {
			return false;
		}
		for (int i = 0; i < size(); i++) {
			if (!Equality.equal(element(i), list.element(i))) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = 1;
		for (int i = 0; i < size(); i++) {
			hash = 31 * hash + Equality.hash(element(i));
		}
		return hash;
	}

	@Override
	public String toString() {
		return Printer.print(this);
	}

}
