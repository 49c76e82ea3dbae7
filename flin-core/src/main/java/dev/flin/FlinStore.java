package dev.flin;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.flin.mapping.GivenValues;
import dev.flin.mapping.HostValues;
import dev.flin.mapping.InstanceMapping;
import dev.flin.mapping.MappingFinder;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.Members;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntityCatalog;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.runtime.entity.TemporalFunctions;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinTuple;

/**
 * The records of an application, for Java. Each call is a run of its own: it reads one snapshot, and what it saves is
 * durable when it returns; calls within {@link #transaction}, or after {@link #begin}, belong together. Safe for any
 * number of threads, but for the one that a transaction is given.
 * <p>
 * What the application refuses is a {@link FlinError}, as in its own files: a rule of a field that does not hold with
 * the code {@code ValidationError} and {@linkplain FlinError#fields a message for each field}, another transaction that
 * was faster with {@code ConflictError}, an entity or field that is none with {@code Error}. What the disk refuses is a
 * {@link dev.flin.store.StoreException}.
 */
public final class FlinStore {

	private final EngineContexts contexts;

	/** The run that all calls belong to, null when each has its own. */
	private final @Nullable FlinContext run;

	FlinStore(EngineContexts contexts) {
		this(contexts, null);
	}

	private FlinStore(EngineContexts contexts, @Nullable FlinContext run) {
		this.contexts = contexts;
		this.run = run;
	}

	/**
	 * Does several things as one: all of it is saved, or none when the work throws. All its reads see one state, and
	 * what it has written itself. When others were faster the work is done again, up to three times, so it should do
	 * nothing else that may not be repeated. Within another transaction it is a savepoint.
	 * @param work gets the store for calls that belong to the transaction
	 * @return what the work gives
	 */
	public <T extends @Nullable Object> T transaction(Function<FlinStore, T> work) {
		return inRun((context) -> {
			FlinStore inside = within(context);
			return EntitySession.of(context).inTransaction(() -> work.apply(inside));
		});
	}

	/**
	 * Begins a transaction that is bound to this thread, for hosts with transactions of their own, such as Spring's.
	 * Until it is ended or suspended, all calls of all stores of the engine on this thread belong to it, and so do
	 * files and components that the engine runs on it. Nothing is done again by itself.
	 * @param readOnly whether to refuse to write
	 * @param timeout how long it may take; null for no limit
	 * @throws IllegalStateException when a transaction is bound to the thread already
	 */
	public FlinTransaction begin(boolean readOnly, @Nullable Duration timeout) {
		return FlinTransaction.begin(this.contexts, readOnly, timeout);
	}

	/** The transaction that {@link #begin} bound to this thread, or null. */
	public @Nullable FlinTransaction current() {
		return this.contexts.transaction();
	}

	/**
	 * A query, of all live records at first.
	 * @param entity the entity
	 */
	public FlinQuery query(String entity) {
		return new FlinQuery(this, entity, List.of());
	}

	/**
	 * The records of one entity: what this store does, without naming the entity each time.
	 * @param entity the entity
	 */
	public FlinRepository<EntityInstance> entity(String entity) {
		return inRun((context) -> new FlinRepository<>(this, EntitySession.of(context).catalog().type(entity).name(),
				new InstanceMapping()));
	}

	/**
	 * The records of an entity as values of a hand-written record or interface with the entity's name.
	 * @param type its components or getters have the names of fields, in snake or camel case
	 * @throws IllegalArgumentException when a name or type fits no field; the message tells of all of them
	 */
	public <T> FlinRepository<T> repository(Class<T> type) {
		return repository(type, type.getSimpleName());
	}

	/**
	 * As {@link #repository(Class)}, for a type with another name.
	 * @param entity the entity
	 */
	public <T> FlinRepository<T> repository(Class<T> type, String entity) {
		return inRun((context) -> {
			EntityCatalog catalog = EntitySession.of(context).catalog();
			return new FlinRepository<>(this, entity,
					new MappingFinder<>(type, catalog.type(entity), catalog).find());
		});
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
	 * @param values by field; a reference is a record or its id
	 */
	public EntityInstance create(String entity, Map<String, ? extends @Nullable Object> values) {
		return inRun((context) -> {
			EntityInstance made = Entities.create(context, entity, null, GivenValues.of(context, entity, values));
			values.keySet().forEach((field) -> slot(made, field));
			Entities.save(context, made);
			return made;
		});
	}

	/**
	 * Saves a record with other values.
	 * @param values by field; a reference is a record or its id
	 */
	public EntityInstance update(EntityInstance record, Map<String, ? extends @Nullable Object> values) {
		return inRun((context) -> {
			GivenValues.of(context, record.shape().name(), values)
				.forEach((field, value) -> record.set(slot(record, (String) field), value));
			Entities.save(context, record);
			return record;
		});
	}

	private static int slot(EntityInstance record, String field) {
		int slot = record.shape().slotOf(field);
		if (slot < 0) {
			throw new FlinError(record.shape().name() + " has no field '" + field + "'");
		}
		return slot;
	}

	/** The versions of a record, oldest first. */
	public List<EntityInstance> history(EntityInstance record) {
		return inRun((context) -> list(Members.getMember(context, record, "history", null)));
	}

	/** Saves a record: a new one, or the next version of one that has other values. */
	public void save(EntityInstance record) {
		inRun((context) -> Entities.save(context, record));
	}

	/**
	 * Saves records, all or none.
	 * @param records new ones and others
	 */
	public void saveAll(List<? extends EntityInstance> records) {
		inRun((context) -> Entities.save(context, FlinList.copyOf(records)));
	}

	/**
	 * Saves a record that is true in the world during a period, whenever that is; as {@code save record valid from …
	 * to …}.
	 * @param from the start of the period
	 * @param to its end, null for open
	 */
	public void save(EntityInstance record, Instant from, @Nullable Instant to) {
		inRun((context) -> Entities.saveValid(context, record, from, to));
	}

	/** Brings a deleted record back, with what was deleted because of it. */
	public void restore(EntityInstance record) {
		inRun((context) -> Entities.restore(context, record));
	}

	/** Erases a record with its history and files: after the next checkpoint no byte of it is left. */
	public void destroy(EntityInstance record) {
		inRun((context) -> Entities.destroy(context, record));
	}

	/**
	 * Keeps a record and all its versions from retention and from being destroyed. Makes no version.
	 * @param reason why
	 */
	public void hold(EntityInstance record, String reason) {
		inRun((context) -> Entities.hold(context, record, reason));
	}

	/** Ends what {@link #hold} began. */
	public void release(EntityInstance record) {
		inRun((context) -> Entities.release(context, record));
	}

	/** Deletes a record: it stays in the history. */
	public void delete(EntityInstance record) {
		inRun((context) -> Entities.delete(context, record));
	}

	/** The record as it was at a time or version, as {@code record @ when} in FLIN; null when there was none. */
	public @Nullable EntityInstance at(EntityInstance record, Object when) {
		return inRun((context) -> (EntityInstance) Entities.at(context, record,
				Objects.requireNonNull(HostValues.toFlin(when))));
	}

	/**
	 * What was known at one time about another: {@code record @ when as_of known}.
	 * @param when the time that it is about
	 * @param known the time at which it was known
	 */
	public @Nullable EntityInstance at(EntityInstance record, Instant when, Instant known) {
		return inRun((context) -> (EntityInstance) Entities.at(context, record, when, known));
	}

	/** What is now known to be true of a record and when, the oldest first. */
	public List<EntityInstance> timeline(EntityInstance record) {
		return inRun((context) -> list(Members.getMember(context, record, "timeline", null)));
	}

	/**
	 * What differs between two versions of a record: {@code diff(before, after)}.
	 * @return the fields with other values, in the order of their declaration
	 */
	public Map<String, FieldChange> diff(EntityInstance before, EntityInstance after) {
		Map<String, FieldChange> changes = new LinkedHashMap<>();
		TemporalFunctions.diff(before, after).forEach((field, values) -> {
			if (values instanceof FlinTuple pair) {
				changes.put(String.valueOf(field), new FieldChange(pair.get(0), pair.get(1)));
			}
		});
		return changes;
	}

	/**
	 * The values that a field had, one of each version, the oldest first: {@code field_history(record, field)}.
	 * @param field its name
	 */
	public List<@Nullable Object> fieldHistory(EntityInstance record, String field) {
		return inRun((context) -> {
			List<@Nullable Object> values = new ArrayList<>();
			TemporalFunctions.fieldHistory(record, field).forEach(values::add);
			return values;
		});
	}

	/**
	 * A member of a record as {@code record.name} gives it in FLIN: a field, a reference, what refers to it, a
	 * computed field.
	 * @param name its name
	 * @return the value; queries as lists
	 */
	public @Nullable Object get(EntityInstance record, String name) {
		return inRun((context) -> Entities.list(Members.getMember(context, record, name, null)));
	}

	/** The store for calls that belong to a run. */
	FlinStore within(FlinContext context) {
		return new FlinStore(this.contexts, context);
	}

	static List<EntityInstance> list(@Nullable Object found) {
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

	<T extends @Nullable Object> T inRun(Function<FlinContext, T> work) {
		FlinContext own = this.run;
		if (own != null) {
			return work.apply(own);
		}
		FlinTransaction around = this.contexts.transaction();
		if (around != null) {
			return around.run(work);
		}
		FlinContext context = this.contexts.open(null);
		try {
			return work.apply(context);
		}
		finally {
			this.contexts.close(context);
		}
	}

}
