package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.flin.store.Query;
import dev.flin.store.RecordVersion;
import dev.flin.store.WriteTransaction;
import dev.flin.value.FlinList;

/**
 * Deleted records by what they refer to. No index has them, so each question reads all deleted records of an entity;
 * after a few questions about the same one they are read once for all that follow. Good while nothing is written.
 */
final class DeletedReferrers {

	private static final int SINGLE_QUESTIONS = 4;

	private final WriteTransaction transaction;

	private final Map<Relation, Integer> questions = new HashMap<>();

	/** The ids of records by the ids of those that they refer to. */
	private final Map<Relation, Map<Long, List<Long>>> read = new HashMap<>();

	DeletedReferrers(WriteTransaction transaction) {
		this.transaction = transaction;
	}

	/** The deleted records of a relation that refer to a record. */
	List<RecordVersion> of(Relation relation, long id) {
		String entity = relation.source().name();
		if (this.questions.merge(relation, 1, Integer::sum) <= SINGLE_QUESTIONS) {
			return this.transaction.query(deleted(entity).where(relation.referringTo(id))).toList();
		}
		List<RecordVersion> found = new ArrayList<>();
		for (long referrer : this.read.computeIfAbsent(relation, this::readAll).getOrDefault(id, List.of())) {
			RecordVersion version = this.transaction.newest(entity, referrer);
			if (version != null) {
				found.add(version);
			}
		}
		return found;
	}

	private static Query deleted(String entity) {
		return Query.of(entity).visibility(Query.Visibility.DELETED);
	}

	private Map<Long, List<Long>> readAll(Relation relation) {
		Map<Long, List<Long>> found = new HashMap<>();
		for (RecordVersion version : this.transaction.query(deleted(relation.source().name())).toList()) {
			switch (version.value(relation.field().position())) {
				case Long target -> note(found, target, version.id());
				case FlinList targets -> {
					for (int i = 0; i < targets.size(); i++) {
						note(found, targets.getLong(i), version.id());
					}
				}
				case null, default -> {
					// refers to nothing
				}
			}
		}
		return found;
	}

	private static void note(Map<Long, List<Long>> found, long target, long referrer) {
		List<Long> referrers = found.computeIfAbsent(target, (key) -> new ArrayList<>());
		if (referrers.isEmpty() || referrers.getLast() != referrer) {
			referrers.add(referrer);
		}
	}

}
