package dev.flin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Members;
import dev.flin.runtime.entity.Entities;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;

/**
 * The records of an application, for Java. Each call is a run of its own: it reads one snapshot, and what it saves is
 * durable when it returns. Safe for any number of threads.
 */
public final class FlinStore {

	private final EngineContexts contexts;

	FlinStore(EngineContexts contexts) {
		this.contexts = contexts;
	}

	/** The record of an id, or null. */
	public @Nullable EntityInstance find(String entity, long id) {
		return inRun((context) -> (EntityInstance) Entities.operation(Entities.query(context, entity), "find", null,
				id));
	}

	/** All live records in the order of their creation. */
	public List<EntityInstance> all(String entity) {
		return inRun((context) -> list(Entities.query(context, entity).toList()));
	}

	/** How many live records there are. */
	public long count(String entity) {
		Long count = inRun((context) -> (Long) Entities.operation(Entities.query(context, entity), "count", null));
		return (count != null) ? count : 0;
	}

	/**
	 * Saves a new record.
	 * @param values by field
	 */
	public EntityInstance create(String entity, Map<String, ? extends @Nullable Object> values) {
		return inRun((context) -> {
			EntityInstance made = Entities.create(context, entity, null, FlinMap.copyOf(values));
			Entities.save(context, made);
			return made;
		});
	}

	/**
	 * Saves a record with other values.
	 * @param values by field
	 */
	public EntityInstance update(EntityInstance record, Map<String, ? extends @Nullable Object> values) {
		return inRun((context) -> {
			values.forEach((field, value) -> {
				int slot = record.shape().slotOf(field);
				if (slot < 0) {
					throw new FlinError(record.shape().name() + " has no field '" + field + "'");
				}
				record.set(slot, value);
			});
			Entities.save(context, record);
			return record;
		});
	}

	/** The versions of a record, oldest first. */
	public List<EntityInstance> history(EntityInstance record) {
		return inRun((context) -> list(Members.getMember(context, record, "history", null)));
	}

	/** Saves a record. */
	public void save(EntityInstance record) {
		inRun((context) -> Entities.save(context, record));
	}

	/** Deletes a record: it stays in the history. */
	public void delete(EntityInstance record) {
		inRun((context) -> Entities.delete(context, record));
	}

	/** The record as it was at a time or version, as {@code record @ when} in FLIN; null when there was none. */
	public @Nullable EntityInstance at(EntityInstance record, Object when) {
		return inRun((context) -> (EntityInstance) Entities.at(context, record, when));
	}

	private static List<EntityInstance> list(@Nullable Object found) {
		List<EntityInstance> records = new ArrayList<>();
		if (found instanceof FlinList elements) {
			elements.forEach((element) -> {
				if (element instanceof EntityInstance record) {
					records.add(record);
				}
			});
		}
		return records;
	}

	private <T extends @Nullable Object> T inRun(Function<FlinContext, T> work) {
		FlinContext context = this.contexts.open(null);
		try {
			return work.apply(context);
		}
		finally {
			this.contexts.close(context);
		}
	}

}
