package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Telemetry;
import dev.flin.store.AsOf;
import dev.flin.store.Column;
import dev.flin.store.Condition;
import dev.flin.store.Order;
import dev.flin.store.Query;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.store.Snapshot;
import dev.flin.value.EntityShape;
import dev.flin.value.FlinBugException;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.HasMembers;
import dev.flin.value.ListView;

/**
 * A query as a value. Each of its methods makes another query; the store is asked when results are wanted, each time
 * anew.
 */
public final class EntityQuery implements Iterable<@Nullable Object>, ListView, HasMembers {

	private final EntitySession session;

	private final EntityType type;

	private final Condition where;

	private final List<SortKey> order;

	private final long offset;

	private final long limit;

	private final Query.Visibility visibility;

	private final @Nullable AsOf asOf;

	private final List<EntityField> eager;

	private final Query.@Nullable SeekKey after;

	private EntityQuery(Builder from) {
		this.session = from.session;
		this.type = from.type;
		this.where = from.where;
		this.order = List.copyOf(from.order);
		this.offset = from.offset;
		this.limit = from.limit;
		this.visibility = from.visibility;
		this.asOf = from.asOf;
		this.eager = List.copyOf(from.eager);
		this.after = from.after;
	}

	private EntityQuery(EntitySession session, EntityType type) {
		this.session = session;
		this.type = type;
		this.where = Condition.ALL;
		this.order = List.of();
		this.offset = 0;
		this.limit = -1;
		this.visibility = Query.Visibility.LIVE;
		this.asOf = null;
		this.eager = List.of();
		this.after = null;
	}

	/** The same at a time; by itself, for it is asked once for each look at the past. */
	private EntityQuery(EntityQuery other, AsOf point) {
		this.session = other.session;
		this.type = other.type;
		this.where = other.where;
		this.order = other.order;
		this.offset = other.offset;
		this.limit = other.limit;
		this.visibility = other.visibility;
		this.asOf = point;
		this.eager = other.eager;
		this.after = other.after;
	}

	/** All live records of an entity. */
	static EntityQuery of(EntitySession session, EntityType type) {
		return new EntityQuery(session, type);
	}

	private Builder change() {
		return new Builder(this);
	}

	EntitySession session() {
		return this.session;
	}

	EntityType type() {
		return this.type;
	}

	Conditions conditions() {
		return new Conditions(this.session, this.type);
	}

	public EntityQuery where(Condition condition) {
		Builder changed = change();
		if (this.limit >= 0 || this.offset > 0) {
			// A limit counts before what is asked of its result.
			changed = new Builder(this.session, this.type);
			changed.where = ids();
			changed.order = this.order;
			changed.visibility = this.visibility;
			changed.asOf = this.asOf;
		}
		changed.where = changed.where.and(condition);
		return new EntityQuery(changed);
	}

	private Condition ids() {
		List<@Nullable Object> ids = new ArrayList<>();
		instances().forEach(instance -> ids.add(instance.id()));
		return new Condition.In(Column.Meta.ID, ids);
	}

	EntityQuery order(SortKey key) {
		Builder changed = change();
		changed.order = new ArrayList<>(this.order);
		changed.order.add(key);
		return new EntityQuery(changed);
	}

	/** The opposite order, ties by id included. */
	private EntityQuery reversed() {
		Builder changed = change();
		changed.order = new ArrayList<>(this.order.stream().map(SortKey::reversed).toList());
		changed.order.add(new SortKey(Column.Meta.ID, "id", null, true));
		return new EntityQuery(changed);
	}

	public EntityQuery limit(long count) {
		Builder changed = change();
		changed.limit = Math.max(0, (this.limit < 0) ? count : Math.min(count, this.limit));
		return new EntityQuery(changed);
	}

	public EntityQuery offset(long count) {
		Builder changed = change();
		changed.offset = Math.max(0, count);
		return new EntityQuery(changed);
	}

	public EntityQuery withDeleted() {
		return visible(Query.Visibility.ALL);
	}

	public EntityQuery onlyDeleted() {
		return visible(Query.Visibility.DELETED);
	}

	/** With what is valid only later. */
	EntityQuery standing() {
		return visible(Query.Visibility.STANDING);
	}

	private EntityQuery visible(Query.Visibility which) {
		Builder changed = change();
		changed.visibility = which;
		return new EntityQuery(changed);
	}

	EntityQuery asOf(AsOf point) {
		return new EntityQuery(this, point);
	}

	EntityQuery with(List<EntityField> references) {
		Builder changed = change();
		changed.eager = new ArrayList<>(this.eager);
		changed.eager.addAll(references);
		return new EntityQuery(changed);
	}

	EntityQuery after(Query.@Nullable SeekKey place) {
		Builder changed = change();
		changed.after = place;
		return new EntityQuery(changed);
	}

	List<SortKey> order() {
		return this.order;
	}

	Condition where() {
		return this.where;
	}

	boolean isCut() {
		return this.limit >= 0 || this.offset > 0;
	}

	/** Whether it is about all live records, now or at a time. */
	boolean isOfAll() {
		return this.where instanceof Condition.All && !isCut() && this.after == null && this.eager.isEmpty()
				&& this.visibility == Query.Visibility.LIVE;
	}

	/** The record of an id of a query that is of all. */
	@Nullable
	RecordInstance byId(long id) {
		AsOf moment = this.asOf;
		RecordVersion version = (moment != null) ? this.session.view().findAsOf(this.type.name(), id, moment)
				: this.session.view().find(this.type.name(), id);
		return (version != null) ? this.session.instance(this.type, version, moment) : null;
	}

	/** Whether the store can order the result itself. */
	boolean storeOrders() {
		return this.order.stream().allMatch(key -> key.column() != null);
	}

	private Query storeQuery(boolean whole) {
		AsOf moment = this.asOf;
		Query query = new Query(this.type.name(), (moment != null) ? Conditions.at(this.where, moment) : this.where,
				List.of(), whole ? 0 : this.offset, whole ? -1 : this.limit, this.visibility, moment,
				whole ? null : this.after);
		if (whole) {
			return query;
		}
		for (SortKey key : this.order) {
			Column column = key.column();
			if (column != null) {
				query = query.order(new Order(column, key.descending()));
			}
		}
		return query;
	}

	/** The stored versions of the result, one after the other, where the store alone can give them in order. */
	RecordCursor cursor() {
		if (!storeOrders()) {
			throw new FlinBugException("the store cannot order " + this.type.name() + " by code");
		}
		return this.session.view().query(storeQuery(false));
	}

	/** The result. */
	List<RecordInstance> instances() {
		List<RecordInstance> found;
		if (storeOrders()) {
			found = load(this.session.view().query(storeQuery(false)));
		}
		else {
			found = cut(load(this.session.view().query(storeQuery(true))));
		}
		for (EntityField field : this.eager) {
			if (!found.isEmpty()) {
				found.forEach(instance -> instance.get(field.slot()));
			}
		}
		return found;
	}

	private List<RecordInstance> load(RecordCursor cursor) {
		Telemetry.Timing timing = this.session.database().telemetry().start(Telemetry.Kind.QUERY, this.type.name());
		try {
			List<RecordInstance> found = this.session.instances(this.type, cursor.toList(), this.asOf);
			timing.end(null);
			return found;
		}
		catch (RuntimeException | Error ex) {
			timing.end(ex);
			throw ex;
		}
	}

	private List<RecordInstance> cut(List<RecordInstance> all) {
		Comparator<RecordInstance> comparator = Comparator.comparingInt(instance -> 0);
		for (SortKey key : this.order) {
			comparator = comparator.thenComparing(key::compare);
		}
		List<RecordInstance> sorted = new ArrayList<>(all);
		Query.SeekKey place = this.after;
		if (place != null) {
			sorted.removeIf(instance -> !isAfter(instance, place));
		}
		sorted.sort(comparator.thenComparingLong(RecordInstance::id));
		int from = (int) Math.min(this.offset, sorted.size());
		int to = (this.limit < 0) ? sorted.size() : (int) Math.min(from + this.limit, sorted.size());
		return sorted.subList(from, to);
	}

	private boolean isAfter(RecordInstance instance, Query.SeekKey place) {
		for (int i = 0; i < this.order.size(); i++) {
			SortKey key = this.order.get(i);
			Object value = key.value(instance);
			int order = SortKey.compareValues((value instanceof RecordInstance target) ? target.id() : value,
					place.values().get(i));
			if (order != 0) {
				return key.descending() == order < 0;
			}
		}
		return instance.id() > place.id();
	}

	@Override
	public FlinList toList() {
		return FlinList.copyOf(instances());
	}

	@Override
	public EntityShape shape() {
		return this.type.shape();
	}

	@Override
	public Iterator<@Nullable Object> iterator() {
		return toList().iterator();
	}

	public @Nullable RecordInstance first() {
		List<RecordInstance> found = limit(1).instances();
		return found.isEmpty() ? null : found.getFirst();
	}

	public @Nullable RecordInstance last() {
		if (isCut()) {
			List<RecordInstance> found = instances();
			return found.isEmpty() ? null : found.getLast();
		}
		return reversed().first();
	}

	/** The last records, in the query's order. */
	FlinList last(long count) {
		List<RecordInstance> found = isCut() ? instances() : reversed().limit(count).instances();
		List<RecordInstance> ordered = new ArrayList<>(isCut() ? found : found.reversed());
		return FlinList.copyOf(ordered.subList((int) Math.max(0, ordered.size() - Math.max(0, count)), ordered.size()));
	}

	public long count() {
		return this.session.view().count(storeQuery(!storeOrders() && !isCut()));
	}

	public boolean exists() {
		return limit(1).count() > 0;
	}

	/** Calls a function with each record; none is kept. */
	public void each(FlinFunction function) {
		if (!storeOrders() || this.session.inTransaction()) {
			instances().forEach(function::offer1);
			return;
		}
		// A snapshot of its own, because the session's goes when the function writes.
		try (Snapshot snapshot = this.session.database().store().snapshot();
				RecordCursor cursor = snapshot.query(storeQuery(false))) {
			while (cursor.hasNext()) {
				RecordVersion version = cursor.next();
				function.offer1(this.session.instance(this.type, version, this.asOf));
			}
		}
	}

	/** How the result is found; what only code can sort is read as a whole. */
	public String explain() {
		if (storeOrders()) {
			return this.session.view().explain(storeQuery(false));
		}
		String keys = String.join(", ", this.order.stream().map(SortKey::text).toList());
		return this.session.view().explain(storeQuery(true)) + "\nsort by " + keys
				+ ((this.limit < 0) ? "" : "\nlimit " + this.limit);
	}

	/** Saves every record of the result with changed fields, all or none; gives their number. */
	public long update(FlinMap changes) {
		requirePresent("update");
		return this.session.write(transaction -> {
			List<RecordInstance> found = instances();
			for (RecordInstance instance : found) {
				changes.forEach((field, value) -> instance.set(slot(String.valueOf(field)), value));
			}
			if (!found.isEmpty()) {
				new SaveOperation(this.session, transaction, null).save(found, false);
			}
			return (long) found.size();
		});
	}

	private int slot(String field) {
		int slot = this.type.shape().slotOf(field);
		if (slot < 0) {
			throw new FlinError(this.type.name() + " has no field '" + field + "'");
		}
		return slot;
	}

	private void requirePresent(String operation) {
		if (this.asOf != null) {
			throw new FlinError("'" + operation + "' cannot change the past: this query reads " + this.type.name()
					+ " as of a moment");
		}
	}

	/** Deletes every record of the result, all or none; gives their number. */
	public long delete() {
		requirePresent("delete");
		return this.session.write(transaction -> {
			List<RecordInstance> found = instances();
			RemoveOperation.remove(this.session, transaction, found, false);
			return (long) found.size();
		});
	}

	/** Erases every record of the result with its history, all or none; gives their number. */
	public long destroy() {
		requirePresent("destroy");
		return this.session.write(transaction -> {
			List<RecordInstance> found = instances();
			RemoveOperation.remove(this.session, transaction, found, true);
			return (long) found.size();
		});
	}

	/** Brings every deleted record of the result back, all or none; gives their number. */
	public long restore() {
		requirePresent("restore");
		return this.session.write(transaction -> {
			List<RecordInstance> found = instances();
			RestoreOperation.restore(this.session, transaction, found);
			return (long) found.size();
		});
	}

	@Override
	public boolean hasMember(String name) {
		return QueryMembers.has(name);
	}

	@Override
	public @Nullable Object member(String name) {
		return QueryMembers.get(this, name);
	}

	@Override
	public String toString() {
		return dev.flin.value.Printer.print(toList());
	}

	/** A query that is about to differ. */
	private static final class Builder {

		private final EntitySession session;

		private final EntityType type;

		private Condition where = Condition.ALL;

		private List<SortKey> order = List.of();

		private long offset;

		private long limit = -1;

		private Query.Visibility visibility = Query.Visibility.LIVE;

		private @Nullable AsOf asOf;

		private List<EntityField> eager = List.of();

		private Query.@Nullable SeekKey after;

		private Builder(EntitySession session, EntityType type) {
			this.session = session;
			this.type = type;
		}

		private Builder(EntityQuery query) {
			this(query.session, query.type);
			this.where = query.where;
			this.order = query.order;
			this.offset = query.offset;
			this.limit = query.limit;
			this.visibility = query.visibility;
			this.asOf = query.asOf;
			this.eager = query.eager;
			this.after = query.after;
		}

	}

}
