package dev.flin.runtime.entity;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.flin.store.Condition;
import dev.flin.store.FieldSchema;
import dev.flin.store.Query;
import dev.flin.store.ReadView;
import dev.flin.store.RecordVersion;
import dev.flin.value.FlinError;
import dev.flin.value.FlinMap;

/**
 * The records as they were before the migration that runs, as maps: their entities may have other fields by now, or be
 * gone. Its presence in a context tells that a migration runs.
 */
public final class OldRecords {

	private final ReadView view;

	/**
	 * Creates the service.
	 * @param view the state before the migration
	 */
	public OldRecords(ReadView view) {
		this.view = view;
	}

	/** All records of an entity, deleted ones included, in the order of their creation. */
	OldRecordList all(String entity) {
		if (this.view.schema().find(entity) == null) {
			throw new FlinError("there was no entity " + entity + " before this migration");
		}
		return new OldRecordList(this.view, new Query(entity, Condition.ALL, List.of(), 0, -1, Query.Visibility.ALL,
				null, null), this::map);
	}

	/**
	 * One record, or null.
	 * @param number its version: what is valid now need not be the newest
	 */
	@Nullable FlinMap one(String entity, long id, long number) {
		RecordVersion version = (this.view.schema().find(entity) != null) ? this.view.version(entity, id, number)
				: null;
		return (version != null) ? map(version) : null;
	}

	private FlinMap map(RecordVersion version) {
		FlinMap map = new FlinMap();
		map.put("id", version.id());
		int position = 0;
		for (FieldSchema field : this.view.schema().entity(version.entity()).fields()) {
			map.put(field.name(), version.value(position++));
		}
		map.put("is_deleted", version.deleted());
		return map;
	}

}
