package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.rule.Rules;
import dev.flin.store.RecordRef;
import dev.flin.store.RecordVersion;
import dev.flin.store.UniqueClash;
import dev.flin.store.ValidPeriod;
import dev.flin.store.WriteTransaction;
import dev.flin.value.FlinError;

/**
 * Saves instances, all or none of them: hooks, validation, uniqueness, the write, hooks.
 */
final class SaveOperation {

	private final EntitySession session;

	private final WriteTransaction transaction;

	private final @Nullable ValidPeriod period;

	private final Map<String, String> problems = new LinkedHashMap<>();

	/** What is still to be written, and may give up unique values that others take before. */
	private final Set<RecordRef> coming = new HashSet<>();

	/** What took such a value. */
	private final List<Taking> taking = new ArrayList<>();

	SaveOperation(EntitySession session, WriteTransaction transaction, @Nullable ValidPeriod period) {
		this.session = session;
		this.transaction = transaction;
		this.period = period;
	}

	/**
	 * Saves.
	 * @param numbered whether the names of failing fields start with the index of their instance
	 */
	void save(List<RecordInstance> instances, boolean numbered) {
		boolean[] created = new boolean[instances.size()];
		if (created.length == 1) {
			store(instances, numbered, created);
		}
		else {
			for (RecordInstance instance : instances) {
				this.coming.add(ref(instance));
			}
			this.transaction.exchanging(() -> store(instances, numbered, created));
		}
		for (int i = 0; i < created.length; i++) {
			Hooks.run(instances.get(i), false, created[i] ? "create" : "update");
			Hooks.run(instances.get(i), false, "save");
		}
	}

	private static RecordRef ref(RecordInstance instance) {
		return new RecordRef(instance.type().name(), instance.id());
	}

	private void store(List<RecordInstance> instances, boolean numbered, boolean[] created) {
		for (int i = 0; i < created.length; i++) {
			RecordInstance instance = instances.get(i);
			created[i] = instance.isNew();
			this.coming.remove(ref(instance));
			this.session.state().remember(instance);
			store(instance, numbered ? i + "." : "");
		}
		if (this.problems.isEmpty()) {
			this.taking.forEach(taken -> addProblems(clashes(taken.instance(), taken.instance().row()),
					taken.prefix()));
		}
		if (!this.problems.isEmpty()) {
			throw StoreErrors.validation(this.problems, null);
		}
	}

	private List<UniqueClash> clashes(RecordInstance instance, @Nullable Object[] row) {
		return this.transaction.clashes(instance.type().name(), instance.id(), row, this.period);
	}

	private void addProblems(List<UniqueClash> clashes, String prefix) {
		StoreErrors.clashes(clashes, prefix).forEach(this.problems::putIfAbsent);
	}

	private void store(RecordInstance instance, String prefix) {
		EntityType type = instance.type();
		boolean isNew = instance.isNew();
		RecordVersion newest = isNew ? null : current(instance);
		boolean amends = amends(instance, newest);
		instance.leavePast();
		try {
			Hooks.run(instance, true, "save");
			Hooks.run(instance, true, isNew ? "create" : "update");
		}
		catch (FlinError | NullPointerException failure) {
			throw missing(instance, newest, prefix, failure);
		}
		new Validation(this.session, this.transaction).check(instance, newest, prefix, this.problems);
		@Nullable Object[] row = instance.row();
		List<UniqueClash> clashes = clashes(instance, row);
		if (clashes.stream().allMatch(clash -> this.coming.contains(new RecordRef(type.name(), clash.existingId())))) {
			clashes.stream().limit(1).forEach(clash -> this.taking.add(new Taking(instance, prefix)));
		}
		else {
			addProblems(clashes, prefix);
		}
		if (!this.problems.isEmpty()) {
			return;
		}
		RecordVersion stored = isNew ? this.transaction.insert(type.name(), row, this.period)
				: amends ? this.transaction.amend(type.name(), instance.id(), instance.version(), row)
						: this.transaction.update(type.name(), instance.id(), row, this.period);
		instance.nowAt(stored);
		this.session.state().wrote(instance);
	}

	/** Whether a migration saves what is valid now, while the newest version is about another time. */
	private boolean amends(RecordInstance instance, @Nullable RecordVersion newest) {
		return this.session.context().service(OldRecords.class) != null && this.period == null && !instance.isPast()
				&& newest != null && newest.hasValidPeriod() && newest.number() != instance.version();
	}

	/** A hook may fail because a field that has to be there is missing: then that is what is wrong. */
	private RuntimeException missing(RecordInstance instance, @Nullable RecordVersion newest, String prefix,
			RuntimeException failure) {
		Map<String, String> found = new LinkedHashMap<>();
		new Validation(this.session, this.transaction).check(instance, newest, prefix, found);
		return found.containsValue(Rules.REQUIRED) ? StoreErrors.validation(found, failure) : failure;
	}

	/** The newest version of a record that the instance may replace. */
	private RecordVersion current(RecordInstance instance) {
		String entity = instance.type().name();
		RecordVersion newest = this.transaction.newest(entity, instance.id());
		if (newest == null) {
			throw new FlinError(entity + "#" + instance.id() + " no longer exists");
		}
		if (instance.isPast() || this.session.context().service(OldRecords.class) != null) {
			return newest;
		}
		if (instance.deletedAt() != null) {
			throw new FlinError(entity + "#" + instance.id() + " is deleted; restore it first");
		}
		if (newest.number() != instance.version() || newest.deleted()) {
			RecordVersion valid = this.transaction.find(entity, instance.id());
			if (newest.deleted() || valid == null || valid.number() != instance.version()) {
				throw new FlinError(FlinError.CONFLICT_ERROR,
						entity + "#" + instance.id() + " was changed since it was read: version " + newest.number()
								+ " is newer than " + instance.version());
			}
		}
		return newest;
	}

	/** An instance that took a unique value of one that is still to come, and the prefix of its fields. */
	private record Taking(RecordInstance instance, String prefix) {
	}

}
