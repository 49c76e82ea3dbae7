package dev.flin.store;

/**
 * Names one record.
 *
 * @param entity the entity's name
 * @param id the record's id
 */
public record RecordRef(String entity, long id) {

	@Override
	public String toString() {
		return this.entity + "#" + this.id;
	}

}
