package dev.flin.runtime.entity;

import dev.flin.store.Column;
import dev.flin.store.Condition;

/**
 * A reference seen from its target: which records of another entity point here.
 *
 * @param name the member of the target that gives them
 * @param source the entity that refers
 * @param field the field that refers
 */
record Relation(String name, EntityType source, EntityField field) {

	/** The records of the source that refer to a record. */
	Condition referringTo(long id) {
		Column column = this.field.column();
		return this.field.isReference() ? new Condition.Compare(column, Condition.Operator.EQ, id)
				: new Condition.Contains(column, id);
	}

}
