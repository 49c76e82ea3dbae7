package dev.flin.mapping;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.runtime.entity.FieldOutline;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/** Values that a host gives by the names of fields. Where a field leads to records, their ids stand for them. */
public final class GivenValues {

	private GivenValues() {
	}

	/**
	 * The values as those of FLIN.
	 * @param entity the entity that has the fields; names that it does not have stay
	 */
	public static FlinMap of(FlinContext context, String entity, Map<String, ? extends @Nullable Object> values) {
		FlinMap given = HostValues.map(values);
		for (FieldOutline field : EntitySession.of(context).catalog().type(entity).outline()) {
			if (!field.target().isEmpty() && given.containsKey(field.name())) {
				given.put(field.name(), records(given.get(field.name()), field, context));
			}
		}
		return given;
	}

	private static @Nullable Object records(@Nullable Object value, FieldOutline field, FlinContext context) {
		if (value instanceof Long id) {
			return target(id, field, context);
		}
		if (!(value instanceof Collection<?> many)) {
			return value;
		}
		FlinList records = new FlinList(many.size());
		many.forEach((one) -> records.add((one instanceof Long id) ? target(id, field, context) : one));
		return records;
	}

	/** The record that an id in a field stands for. */
	static Object target(long id, FieldOutline field, FlinContext context) {
		Object found = Entities.operation(Entities.query(context, field.target()), "find", null, id);
		if (found == null) {
			throw new FlinError("'%s' refers to %s %d, which does not exist".formatted(field.name(), field.target(),
					id));
		}
		return found;
	}

}
