package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.store.RecordRef;
import dev.flin.store.RecordVersion;
import dev.flin.store.StoreException;
import dev.flin.store.TimelineSegment;
import dev.flin.store.ValidPeriod;
import dev.flin.store.WriteTransaction;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;

/**
 * Deletes or destroys a record together with what its references' rules say: finds first all that goes and all that is
 * emptied, refuses as a whole, then writes.
 */
final class RemoveOperation {

	private final EntitySession session;

	private final WriteTransaction transaction;

	private final boolean forGood;

	/** What goes, with the record that took it along; null for the first. In the order it was found. */
	private final Map<RecordRef, @Nullable RecordRef> going = new LinkedHashMap<>();

	private final Map<RecordRef, RecordInstance> instances = new LinkedHashMap<>();

	private final List<Referrer> emptied = new ArrayList<>();

	private final List<Referrer> refusing = new ArrayList<>();

	private final DeletedReferrers deleted;

	/** What the same statement removes, before or after this: it neither refuses nor is emptied. */
	private final Set<RecordRef> together;

	private RemoveOperation(EntitySession session, WriteTransaction transaction, boolean forGood,
			Set<RecordRef> together) {
		this.session = session;
		this.transaction = transaction;
		this.forGood = forGood;
		this.together = together;
		this.deleted = new DeletedReferrers(transaction);
	}

	/**
	 * Removes the records of instances and describes the outcome in them.
	 * @param forGood destroy instead of delete
	 */
	static void remove(EntitySession session, WriteTransaction transaction, List<RecordInstance> instances,
			boolean forGood) {
		Set<RecordRef> together = new HashSet<>();
		instances.forEach(instance -> together.add(new RecordRef(instance.type().name(), instance.id())));
		instances.forEach(
				instance -> new RemoveOperation(session, transaction, forGood, together).remove(instance));
	}

	/** A record that refers to one that goes. */
	private record Referrer(RecordRef record, RecordRef target, EntityField field) {
	}

	private void remove(RecordInstance instance) {
		RecordRef root = new RecordRef(instance.type().name(), instance.id());
		RecordVersion newest = this.transaction.newest(root.entity(), root.id());
		if (newest == null) {
			if (this.forGood) {
				return;
			}
			throw new FlinError(root + " no longer exists");
		}
		if (newest.deleted() && !this.forGood) {
			return;
		}
		this.session.state().remember(instance);
		String operation = this.forGood ? "destroy" : "delete";
		Hooks.run(instance, true, operation);
		collect(root, instance);
		refuse(root);
		List<RecordInstance> others = this.instances.values().stream().filter(other -> other != instance).toList();
		others.forEach(other -> Hooks.run(other, true, operation));
		Map<RecordRef, List<Referrer>> staying = new LinkedHashMap<>();
		this.emptied.forEach((referrer) -> staying.computeIfAbsent(referrer.record(), (key) -> new ArrayList<>())
			.add(referrer));
		staying.forEach(this::empty);
		this.going.forEach(this::write);
		Hooks.run(instance, false, operation);
		others.forEach(other -> Hooks.run(other, false, operation));
	}

	/** Follows the references backwards; the list grows while it is walked. */
	private void collect(RecordRef root, RecordInstance instance) {
		this.going.put(root, null);
		this.instances.put(root, instance);
		List<RecordRef> queue = new ArrayList<>(List.of(root));
		for (int i = 0; i < queue.size(); i++) {
			RecordRef target = queue.get(i);
			for (Relation relation : this.session.type(target.entity()).referrers()) {
				for (RecordVersion version : referrers(relation, target.id())) {
					RecordRef record = new RecordRef(version.entity(), version.id());
					Referrer referrer = new Referrer(record, target, relation.field());
					switch (relation.field().onDelete()) {
						case CASCADE -> {
							if (!this.going.containsKey(record)) {
								this.going.put(record, target);
								this.instances.put(record,
										this.session.instance(relation.source(), version, null));
								queue.add(record);
							}
						}
						case SET_NULL -> this.emptied.add(referrer);
						case RESTRICT -> this.refusing.add(referrer);
					}
				}
			}
		}
		this.emptied.removeIf(referrer -> goes(referrer.record()));
		this.refusing.removeIf(referrer -> goes(referrer.record()));
	}

	private boolean goes(RecordRef record) {
		return this.going.containsKey(record) || this.together.contains(record);
	}

	private List<RecordVersion> referrers(Relation relation, long id) {
		String entity = relation.source().name();
		List<RecordVersion> found = new ArrayList<>();
		for (long referrer : this.transaction.referrers(entity, relation.field().position(), id)) {
			RecordVersion version = this.transaction.find(entity, referrer);
			if (version == null) {
				version = this.transaction.newest(entity, referrer);
			}
			if (version != null) {
				found.add(version);
			}
		}
		if (this.forGood) {
			found.addAll(this.deleted.of(relation, id));
			found.sort(Comparator.comparingLong(RecordVersion::id));
		}
		return found;
	}

	private void refuse(RecordRef root) {
		if (!this.refusing.isEmpty()) {
			Referrer first = this.refusing.getFirst();
			long count = this.refusing.stream()
				.filter(other -> other.target().equals(first.target())
						&& other.record().entity().equals(first.record().entity()))
				.map(Referrer::record)
				.distinct()
				.count();
			String records = count + " " + first.record().entity() + ((count == 1) ? " record references "
					: " records reference ");
			throw new FlinError(StoreErrors.FOREIGN_KEY, "Cannot " + (this.forGood ? "destroy " : "delete ") + root
					+ ": " + records + (first.target().equals(root) ? "it" : first.target()));
		}
		if (this.forGood) {
			for (RecordRef record : this.going.keySet()) {
				String reason = this.transaction.holdReason(record.entity(), record.id());
				if (reason != null) {
					throw StoreErrors.translate(new StoreException.Held(record, reason));
				}
			}
		}
	}

	/** Takes references out of a record that stays, all in one version. */
	private void empty(RecordRef record, List<Referrer> referrers) {
		RecordVersion newest = this.transaction.newest(record.entity(), record.id());
		if (newest == null) {
			return;
		}
		if (newest.deleted()) {
			this.transaction.amendDeletion(record.entity(), record.id(), emptied(newest, referrers));
			return;
		}
		Instant now = this.transaction.now();
		for (TimelineSegment segment : this.transaction.timeline(record.entity(), record.id())) {
			Instant end = segment.validTo();
			boolean over = end != null && !end.isAfter(now);
			if (!over && referrers.stream().anyMatch((referrer) -> refers(segment.version(), referrer))) {
				boolean fromNowOn = end == null && !segment.validFrom().isAfter(now);
				Instant start = segment.validFrom().isAfter(now) ? segment.validFrom() : now;
				this.transaction.update(record.entity(), record.id(), emptied(segment.version(), referrers),
						fromNowOn ? null : new ValidPeriod(start, end));
			}
		}
	}

	private static boolean refers(RecordVersion version, Referrer referrer) {
		long target = referrer.target().id();
		return switch (version.value(referrer.field().position())) {
			case Long id -> id == target;
			case FlinList list -> list.indexOf(target) >= 0;
			case null, default -> false;
		};
	}

	private static @Nullable Object[] emptied(RecordVersion version, List<Referrer> referrers) {
		@Nullable Object[] row = version.values();
		for (Referrer referrer : referrers) {
			if (refers(version, referrer)) {
				int position = referrer.field().position();
				row[position] = without(row[position], referrer.target().id());
			}
		}
		return row;
	}

	private static @Nullable Object without(@Nullable Object value, long id) {
		if (!(value instanceof FlinList list)) {
			return null;
		}
		FlinList kept = new FlinList(list.size());
		for (int i = 0; i < list.size(); i++) {
			if (list.getLong(i) != id) {
				kept.addLong(list.getLong(i));
			}
		}
		return kept;
	}

	private void write(RecordRef record, @Nullable RecordRef cause) {
		if (this.forGood) {
			this.transaction.destroy(record.entity(), record.id());
			return;
		}
		RecordVersion deletion = this.transaction.delete(record.entity(), record.id(), cause);
		RecordInstance instance = this.instances.get(record);
		if (instance != null) {
			instance.nowAt(deletion);
			this.session.state().wrote(instance);
		}
	}

}
