package dev.flin.runtime.entity;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.FlinContext;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;
import dev.flin.value.Kinds;

/**
 * The built-in functions of {@code migrate} blocks.
 */
public final class MigrationFunctions {

	private MigrationFunctions() {
	}

	@Builtin(value = "old_records(name: text) -> any",
			doc = "In `migrate`: the records of an entity as they were before, deleted ones included, as maps with the "
					+ "fields of then, `id` and `is_deleted`. `for` reads them one by one.")
	public static Object oldRecords(FlinContext context, String name) {
		return context.require(OldRecords.class, "old_records outside of 'migrate'").all(name);
	}

	@Builtin(value = "old_record(e: any) -> any",
			doc = "In `migrate`: a record as it was before, as a map; `none` for one that was not there.")
	public static @Nullable FlinMap oldRecord(FlinContext context, @Nullable Object e) {
		if (e instanceof RecordInstance instance) {
			return context.require(OldRecords.class, "old_record outside of 'migrate'")
				.one(instance.type().name(), instance.id(), instance.version());
		}
		throw new FlinError("expected an entity, got " + Kinds.describe(e));
	}

}
