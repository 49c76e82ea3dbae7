package dev.flin.runtime.entity;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Column;
import dev.flin.value.FlinFunction;
import dev.flin.value.Ordering;

/**
 * One key of a query's order.
 *
 * @param column what the store orders by; null when the key is code or a field that is not stored
 * @param field the name of the field; null for code
 * @param code a function of the instance; null for a field
 * @param descending whether large values come first
 */
record SortKey(@Nullable Column column, @Nullable String field, @Nullable FlinFunction code, boolean descending) {

	static SortKey of(EntityType type, String field, boolean descending) {
		return new SortKey(type.column(field), field, null, descending);
	}

	SortKey reversed() {
		return new SortKey(this.column, this.field, this.code, !this.descending);
	}

	/** As a plan names it. */
	String text() {
		return ((this.field != null) ? this.field : "an expression") + (this.descending ? " desc" : "");
	}

	@Nullable
	Object value(RecordInstance instance) {
		FlinFunction function = this.code;
		if (function != null) {
			return function.call1(instance);
		}
		String name = this.field;
		return (name != null) ? InstanceMembers.read(instance, name) : null;
	}

	/** Compares with none first; ties are zero. */
	int compare(RecordInstance a, RecordInstance b) {
		int order = compareValues(value(a), value(b));
		return this.descending ? -order : order;
	}

	/** Records by id, other values as the store orders them. */
	static int compareValues(@Nullable Object a, @Nullable Object b) {
		return (a instanceof RecordInstance x && b instanceof RecordInstance y) ? Long.compare(x.id(), y.id())
				: Ordering.compareInOrder(a, b);
	}

}
