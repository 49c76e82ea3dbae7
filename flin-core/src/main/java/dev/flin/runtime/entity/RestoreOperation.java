package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.flin.store.Query;
import dev.flin.store.RecordRef;
import dev.flin.store.RecordVersion;
import dev.flin.store.WriteTransaction;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/**
 * Brings a deleted record back, with what the same deletion took along.
 */
final class RestoreOperation {

	private final EntitySession session;

	private final WriteTransaction transaction;

	private final Map<RecordRef, RecordInstance> returning = new LinkedHashMap<>();

	/** What the same statement restores, before or after this. */
	private final Set<RecordRef> together;

	private RestoreOperation(EntitySession session, WriteTransaction transaction, Set<RecordRef> together) {
		this.session = session;
		this.transaction = transaction;
		this.together = together;
	}

	/** Restores the records of instances and describes the outcome in them. */
	static void restore(EntitySession session, WriteTransaction transaction, List<RecordInstance> instances) {
		Set<RecordRef> together = new HashSet<>();
		instances.forEach(instance -> together.add(new RecordRef(instance.type().name(), instance.id())));
		instances.forEach(instance -> new RestoreOperation(session, transaction, together).restore(instance));
	}

	private void restore(RecordInstance instance) {
		RecordRef root = new RecordRef(instance.type().name(), instance.id());
		RecordVersion newest = this.transaction.newest(root.entity(), root.id());
		if (newest == null) {
			throw new FlinError(root + " no longer exists");
		}
		if (!newest.deleted()) {
			return;
		}
		this.session.state().remember(instance);
		this.returning.put(root, instance);
		collect(newest);
		for (RecordRef record : this.returning.keySet()) {
			checkTargets(record);
		}
		List<RecordInstance> all = List.copyOf(this.returning.values());
		all.forEach(each -> Hooks.run(each, true, "restore"));
		this.returning.forEach((record, each) -> {
			each.nowAt(this.transaction.restore(record.entity(), record.id()));
			this.session.state().wrote(each);
		});
		all.forEach(each -> Hooks.run(each, false, "restore"));
	}

	/** Finds what was deleted because of the record, in the same transaction. */
	private void collect(RecordVersion root) {
		Instant since = deletedAt(root);
		Map<String, Map<RecordRef, List<RecordVersion>>> taken = new HashMap<>();
		List<RecordVersion> queue = new ArrayList<>(List.of(root));
		for (int i = 0; i < queue.size(); i++) {
			RecordVersion parent = queue.get(i);
			RecordRef cause = new RecordRef(parent.entity(), parent.id());
			for (Relation relation : this.session.type(parent.entity()).referrers()) {
				if (relation.field().onDelete() != EntityField.OnDelete.CASCADE) {
					continue;
				}
				Map<RecordRef, List<RecordVersion>> byCause = taken.computeIfAbsent(relation.source().name(),
						(entity) -> deletedWith(entity, since));
				for (RecordVersion version : byCause.getOrDefault(cause, List.of())) {
					RecordRef record = new RecordRef(version.entity(), version.id());
					if (!this.returning.containsKey(record)) {
						this.returning.put(record, this.session.instance(relation.source(), version, null));
						queue.add(version);
					}
				}
			}
		}
	}

	/** The deleted records of an entity that went at a moment, by what took them along. One reading serves all. */
	private Map<RecordRef, List<RecordVersion>> deletedWith(String entity, Instant since) {
		Map<RecordRef, List<RecordVersion>> found = new HashMap<>();
		// found by their cause: what referred only later shows another reference now
		Query deleted = Query.of(entity).visibility(Query.Visibility.DELETED);
		for (RecordVersion version : this.transaction.query(deleted).toList()) {
			RecordRef cause = version.cause();
			if (cause != null && deletedAt(version).equals(since)) {
				found.computeIfAbsent(cause, (same) -> new ArrayList<>()).add(version);
			}
		}
		return found;
	}

	/** When a record was deleted; its deletion may have been amended since. */
	private Instant deletedAt(RecordVersion deletion) {
		RecordVersion first = deletion;
		while (true) {
			RecordVersion before = this.transaction.version(first.entity(), first.id(), first.number() - 1);
			if (before == null || !before.deleted()) {
				return first.systemFrom();
			}
			first = before;
		}
	}

	private void checkTargets(RecordRef record) {
		RecordVersion newest = this.transaction.newest(record.entity(), record.id());
		if (newest == null) {
			return;
		}
		for (EntityField field : this.session.type(record.entity()).stored()) {
			Object value = newest.value(field.position());
			if (value instanceof Long id && field.isReference()) {
				checkTarget(record, field, id);
			}
			else if (value instanceof FlinList list && field.isReferences()) {
				for (int i = 0; i < list.size(); i++) {
					checkTarget(record, field, list.getLong(i));
				}
			}
		}
	}

	private void checkTarget(RecordRef record, EntityField field, long id) {
		RecordRef target = new RecordRef(field.target(), id);
		RecordVersion newest = this.transaction.newest(target.entity(), id);
		if (newest == null || newest.deleted() && !this.returning.containsKey(target)
				&& !this.together.contains(target)) {
			throw new FlinError(StoreErrors.FOREIGN_KEY, "Cannot restore " + record + ": its " + field.name() + " "
					+ target + ((newest == null) ? " no longer exists" : " is deleted"));
		}
	}

}
