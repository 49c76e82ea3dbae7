package dev.flin.runtime.entity;

import org.jspecify.annotations.Nullable;

import dev.flin.value.FlinList;

/** Lists of references as the ids of their targets. */
final class ReferenceIds {

	private ReferenceIds() {
	}

	/** The ids of a list of records, of ids, or of both; 0 for what is neither. */
	static FlinList of(FlinList list) {
		long[] ids = new long[list.size()];
		for (int i = 0; i < ids.length; i++) {
			Object element = list.element(i);
			ids[i] = (element instanceof RecordInstance target) ? target.id() : (element instanceof Long id) ? id : 0;
		}
		return FlinList.ofLongs(ids);
	}

	/** The list of ids that a version holds; a new one, which may be changed. */
	static FlinList stored(@Nullable Object value) {
		if (!(value instanceof FlinList list) || list.isEmpty()) {
			return new FlinList();
		}
		long[] ids = new long[list.size()];
		for (int i = 0; i < ids.length; i++) {
			ids[i] = list.getLong(i);
		}
		return FlinList.ofLongs(ids);
	}

}
