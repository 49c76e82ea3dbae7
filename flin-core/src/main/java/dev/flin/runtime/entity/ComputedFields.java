package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Condition;
import dev.flin.store.Query;
import dev.flin.store.RecordCursor;
import dev.flin.store.RecordVersion;
import dev.flin.store.WriteTransaction;
import dev.flin.value.FlinError;

/**
 * Stores computed fields with an index anew, after their code has changed. This belongs to a migration, so it makes no
 * versions.
 */
final class ComputedFields {

	private static final int BATCH_RECORDS = 1000;

	private final EntitySession session;

	private final EntityType type;

	ComputedFields(EntitySession session, EntityType type) {
		this.session = session;
		this.type = type;
	}

	void store() {
		boolean unique = this.type.stored()
			.stream()
			.anyMatch(field -> field.isComputed() && field.definition().is(FieldDefinition.Flag.UNIQUE));
		List<Long> ids = ids();
		int batch = unique ? Math.max(1, ids.size()) : BATCH_RECORDS;
		for (int from = 0; from < ids.size(); from += batch) {
			List<Long> some = ids.subList(from, Math.min(ids.size(), from + batch));
			this.session.write(transaction -> {
				transaction.exchanging(() -> some.forEach(id -> store(transaction, id)));
				return some.size();
			});
		}
	}

	private List<Long> ids() {
		List<Long> ids = new ArrayList<>();
		Query all = new Query(this.type.name(), Condition.ALL, List.of(), 0, -1, Query.Visibility.ALL, null, null);
		try (RecordCursor records = this.session.view().query(all)) {
			records.forEachRemaining(version -> ids.add(version.id()));
		}
		return ids;
	}

	private void store(WriteTransaction transaction, long id) {
		RecordVersion newest = transaction.newest(this.type.name(), id);
		if (newest == null) {
			return;
		}
		RecordInstance instance = this.session.instance(this.type, newest, null);
		@Nullable Object[] row = newest.values();
		@Nullable Object[] before = row.clone();
		for (EntityField field : this.type.stored()) {
			if (field.isComputed()) {
				row[field.position()] = computed(instance, field);
			}
		}
		if (!Arrays.equals(before, row)) {
			transaction.update(this.type.name(), id, row, null);
		}
	}

	/** A record that the code fails for has no value; saving it says why. */
	private static @Nullable Object computed(RecordInstance instance, EntityField field) {
		try {
			return instance.row()[field.position()];
		}
		catch (FlinError ex) {
			return null;
		}
	}

}
