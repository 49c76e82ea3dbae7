package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

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
		List<Long> ids = this.session.write(transaction -> transaction.ids(this.type.name()));
		int batch = unique ? Math.max(1, ids.size()) : BATCH_RECORDS;
		for (int from = 0; from < ids.size(); from += batch) {
			List<Long> some = ids.subList(from, Math.min(ids.size(), from + batch));
			this.session.write(transaction -> {
				transaction.exchanging(() -> some.forEach(id -> store(transaction, id)));
				return some.size();
			});
		}
	}

	/** All versions: those of the past feed what is valid later, and queries of the past. */
	private void store(WriteTransaction transaction, long id) {
		List<RecordVersion> versions = new ArrayList<>();
		try (RecordCursor history = transaction.history(this.type.name(), id)) {
			history.forEachRemaining(versions::add);
		}
		for (RecordVersion version : versions) {
			RecordInstance instance = this.session.instance(this.type, version, null);
			@Nullable Object[] row = version.values();
			@Nullable Object[] before = row.clone();
			for (EntityField field : this.type.stored()) {
				if (field.isComputed()) {
					row[field.position()] = computed(instance, field);
				}
			}
			if (!Arrays.equals(before, row)) {
				transaction.amend(this.type.name(), id, version.number(), row);
			}
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
