package dev.flin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.flin.mapping.RecordMapping;
import dev.flin.runtime.FlinContext;
import dev.flin.runtime.entity.Entities;
import dev.flin.runtime.entity.EntitySession;
import dev.flin.value.EntityInstance;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/**
 * The records of an entity as values of a Java type: a record whose components, or an interface whose getters have the
 * names of fields. The values are copies, apart from the store and from each other. Of what a type may also have,
 * {@code id}, {@code version}, {@code createdAt}, {@code updatedAt}, {@code deletedAt}, {@code validFrom} and
 * {@code validTo} say which version it is. Safe for any number of threads.
 *
 * @param <T> the type of the values
 */
public final class FlinRepository<T> {

	private final FlinStore store;

	private final String entity;

	private final RecordMapping<T> mapping;

	FlinRepository(FlinStore store, String entity, RecordMapping<T> mapping) {
		this.store = store;
		this.entity = entity;
		this.mapping = mapping;
	}

	/** A query of all live records, to be narrowed; it gives records as they are. */
	public FlinQuery query() {
		return this.store.query(this.entity);
	}

	/** The record of an id, or null. */
	public @Nullable T find(long id) {
		return this.store.inRun((context) -> typed(find(context, id)));
	}

	/** All live records in the order of their creation. */
	public List<T> all() {
		return query((all) -> all);
	}

	/**
	 * A page of the records that a query finds.
	 * @param narrow gets the query of all live records
	 * @param number the number of the page, from 1
	 * @param size how many records fit on a page
	 */
	public FlinPage<T> page(UnaryOperator<FlinQuery> narrow, long number, long size) {
		return this.store.inRun((context) -> narrow.apply(this.store.within(context).query(this.entity))
			.page(number, size)
			.map(this.mapping::toJava));
	}

	/**
	 * The records that a query finds behind a place in its order.
	 * @param narrow gets the query of all live records
	 * @param cursor the {@link FlinSlice#cursor} of what came before; null to start
	 * @param limit how many at most
	 */
	public FlinSlice<T> after(UnaryOperator<FlinQuery> narrow, @Nullable String cursor, long limit) {
		return this.store.inRun((context) -> narrow.apply(this.store.within(context).query(this.entity))
			.after(cursor, limit)
			.map(this.mapping::toJava));
	}

	/** How many live records there are. */
	public long count() {
		return this.store.count(this.entity);
	}

	/** The records whose field compares so; see {@link FlinQuery#where}. */
	public List<T> where(String field, String operator, @Nullable Object value) {
		return query((all) -> all.where(field, operator, value));
	}

	/**
	 * The records that a query finds.
	 * @param narrow gets the query of all live records
	 */
	public List<T> query(UnaryOperator<FlinQuery> narrow) {
		return this.store.inRun((context) -> {
			FlinQuery all = new FlinQuery(this.store.within(context), this.entity, List.of());
			return narrow.apply(all).list().stream().map(this.mapping::toJava).toList();
		});
	}

	/**
	 * Saves a value: as a new record when its id is none or 0, or the type has no id, else as the next version of that
	 * record. What is null in a new one and may not be none gets the field's default. Computed fields are left alone.
	 * @return the value as it was saved
	 * @throws FlinError with the code {@code ConflictError} when the type has a {@code version}, and the record has
	 * another one by now
	 */
	public T save(T value) {
		return saved((context) -> {
			EntityInstance record = toSave(value, context);
			Entities.save(context, record);
			return record;
		});
	}

	/**
	 * Saves a value as the next version of a record.
	 * @param id the id of the record, whatever the value's own is
	 */
	public T save(long id, T value) {
		return saved((context) -> {
			EntityInstance changed = changed(id, value, context);
			Entities.save(context, changed);
			return changed;
		});
	}

	private EntityInstance toSave(T value, FlinContext context) {
		long id = this.mapping.id(value);
		return (id != 0) ? changed(id, value, context) : this.mapping.make(value, this.entity, context);
	}

	private EntityInstance changed(long id, T value, FlinContext context) {
		EntityInstance record = require(context, id);
		long seen = this.mapping.version(value);
		if (seen != 0 && seen != record.version()) {
			throw new FlinError(FlinError.CONFLICT_ERROR, this.entity + " " + id + " is at version "
					+ record.version() + " by now, not at " + seen);
		}
		return this.mapping.assign(value, record, context);
	}

	/**
	 * Saves a value, as {@link #save(Object)} does, as what is true in the world during a period, whenever that is.
	 * @param from the start of the period
	 * @param to its end, null for open
	 */
	public T save(T value, Instant from, @Nullable Instant to) {
		return saved((context) -> {
			EntityInstance record = toSave(value, context);
			Entities.saveValid(context, record, from, to);
			return record;
		});
	}

	/**
	 * Saves values, as {@link #save(Object)} does, all or none.
	 * @return the values as they were saved
	 */
	public List<T> saveAll(List<? extends T> values) {
		return this.store.inRun((context) -> {
			List<EntityInstance> records = EntitySession.of(context).inTransaction(() -> {
				List<EntityInstance> written = new ArrayList<>();
				values.forEach((value) -> written.add(toSave(value, context)));
				Entities.save(context, FlinList.copyOf(written));
				return written;
			});
			return records.stream().map(this.mapping::toJava).toList();
		});
	}

	/**
	 * Saves a new record.
	 * @param values by field
	 */
	public T create(Map<String, ? extends @Nullable Object> values) {
		return this.store.inRun((context) -> this.mapping
			.toJava(this.store.within(context).create(this.entity, values)));
	}

	/**
	 * Saves a record with other values.
	 * @param values by field
	 */
	public T update(long id, Map<String, ? extends @Nullable Object> values) {
		return saved((context) -> this.store.within(context).update(require(context, id), values));
	}

	/** Deletes a record, which stays in the history; false when there is none. */
	public boolean delete(long id) {
		return this.store.transaction((inside) -> {
			EntityInstance record = inside.find(this.entity, id);
			if (record != null) {
				inside.delete(record);
			}
			return record != null;
		});
	}

	/** Brings a deleted record back, with what was deleted because of it; null when none of that id is deleted. */
	public @Nullable T restore(long id) {
		return this.store.inRun((context) -> {
			FlinStore inside = this.store.within(context);
			EntityInstance deleted = inside.query(this.entity).onlyDeleted().where("id", "==", id).first();
			if (deleted != null) {
				inside.restore(deleted);
			}
			return (deleted != null) ? typed(find(context, id)) : null;
		});
	}

	/**
	 * Erases a record, also a deleted one, with its history and files; false when there is none.
	 * @throws FlinError when the record is held, or others refer to it and may not lose it
	 */
	public boolean destroy(long id) {
		return this.store.transaction((inside) -> {
			EntityInstance record = deletedToo(inside, id);
			if (record != null) {
				inside.destroy(record);
			}
			return record != null;
		});
	}

	/**
	 * Keeps a record, also a deleted one, from retention and from being destroyed; see {@link FlinStore#hold}.
	 * @param reason why
	 */
	public void hold(long id, String reason) {
		this.store.inRun((context) -> {
			FlinStore inside = this.store.within(context);
			inside.hold(requireDeletedToo(inside, id), reason);
			return null;
		});
	}

	/** Ends what {@link #hold} began. */
	public void release(long id) {
		this.store.inRun((context) -> {
			FlinStore inside = this.store.within(context);
			inside.release(requireDeletedToo(inside, id));
			return null;
		});
	}

	/** What is now known to be true of a record and when, the oldest first; empty when there is none. */
	public List<T> timeline(long id) {
		return this.store.inRun((context) -> {
			FlinStore inside = this.store.within(context);
			EntityInstance record = deletedToo(inside, id);
			return (record != null) ? inside.timeline(record).stream().map(this.mapping::toJava).toList() : List.of();
		});
	}

	/** The versions of a record, also of a deleted one, oldest first; empty when there is none. */
	public List<T> history(long id) {
		return this.store.inRun((context) -> {
			EntityInstance record = findDeletedToo(context, id);
			return (record != null)
					? this.store.within(context).history(record).stream().map(this.mapping::toJava).toList()
					: List.of();
		});
	}

	/** A record as it was at a time; null when there was none. */
	public @Nullable T at(long id, Instant when) {
		return atMoment(id, when);
	}

	/** A version of a record by its number; null when there is none. */
	public @Nullable T at(long id, long version) {
		return atMoment(id, version);
	}

	/**
	 * What was known at one time about a record at another; null when there was none.
	 * @param when the time that it is about
	 * @param known the time at which it was known
	 */
	public @Nullable T at(long id, Instant when, Instant known) {
		return this.store.inRun((context) -> {
			EntityInstance record = findDeletedToo(context, id);
			return (record != null) ? typed(this.store.within(context).at(record, when, known)) : null;
		});
	}

	private @Nullable T atMoment(long id, Object when) {
		return this.store.inRun((context) -> {
			EntityInstance record = findDeletedToo(context, id);
			return (record != null) ? typed(this.store.within(context).at(record, when)) : null;
		});
	}

	private @Nullable EntityInstance find(FlinContext context, long id) {
		return this.store.within(context).find(this.entity, id);
	}

	private @Nullable EntityInstance findDeletedToo(FlinContext context, long id) {
		return deletedToo(this.store.within(context), id);
	}

	private @Nullable EntityInstance deletedToo(FlinStore inside, long id) {
		return inside.query(this.entity).withDeleted().where("id", "==", id).first();
	}

	private EntityInstance requireDeletedToo(FlinStore inside, long id) {
		EntityInstance record = deletedToo(inside, id);
		if (record == null) {
			throw new FlinError("there is no " + this.entity + " " + id);
		}
		return record;
	}

	private EntityInstance require(FlinContext context, long id) {
		EntityInstance record = find(context, id);
		if (record == null) {
			throw new FlinError("there is no " + this.entity + " " + id);
		}
		return record;
	}

	private @Nullable T typed(@Nullable EntityInstance record) {
		return (record != null) ? this.mapping.toJava(record) : null;
	}

	/** Writes in a transaction, and reads what was written after it, when its times are known. */
	private T saved(Function<FlinContext, EntityInstance> work) {
		return this.store.inRun((context) -> {
			EntityInstance written = EntitySession.of(context).inTransaction(() -> work.apply(context));
			return this.mapping.toJava(written);
		});
	}

}
