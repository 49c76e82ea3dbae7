package dev.flin.mapping;

import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;

/**
 * Records as they are. One that is saved is saved itself.
 */
public final class InstanceMapping implements RecordMapping<EntityInstance> {

	@Override
	public EntityInstance toJava(EntityInstance record) {
		return record;
	}

	/** Whether it is new is the record's own affair. */
	@Override
	public long id(EntityInstance value) {
		return 0;
	}

	@Override
	public long version(EntityInstance value) {
		return 0;
	}

	@Override
	public EntityInstance make(EntityInstance value, String entity, FlinContext context) {
		if (!value.shape().name().equals(entity)) {
			throw new FlinError("expected a record of " + entity + ", not of " + value.shape().name());
		}
		return value;
	}

	@Override
	public EntityInstance assign(EntityInstance value, EntityInstance record, FlinContext context) {
		if (!value.equals(record)) {
			throw new FlinError("a record keeps its id: " + value.shape().name() + " " + value.id()
					+ " cannot be saved as " + record.shape().name() + " " + record.id());
		}
		return value;
	}

}
