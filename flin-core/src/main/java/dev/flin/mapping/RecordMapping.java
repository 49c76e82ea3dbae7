package dev.flin.mapping;

import dev.flin.runtime.FlinContext;
import dev.flin.value.EntityInstance;

/**
 * How records of an entity become values of a Java type and back.
 *
 * @param <T> the type
 */
public sealed interface RecordMapping<T> permits TypedMapping, InstanceMapping {

	T toJava(EntityInstance record);

	/** The id in a value; 0 when it has none. */
	long id(T value);

	/** The version in a value; 0 when it has none. */
	long version(T value);

	/** A new record with the values. */
	EntityInstance make(T value, String entity, FlinContext context);

	/**
	 * Gives a record the values.
	 * @return what is to be saved
	 */
	EntityInstance assign(T value, EntityInstance record, FlinContext context);

}
