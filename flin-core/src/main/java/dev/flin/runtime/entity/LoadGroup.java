package dev.flin.runtime.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Instances that were read together: when a reference of one is followed, the same reference of all is.
 */
final class LoadGroup {

	private final List<RecordInstance> members = new ArrayList<>();

	void add(RecordInstance instance) {
		this.members.add(instance);
	}

	/** Reads the targets of a reference of all members. */
	void follow(EntitySession session, EntityField field) {
		Map<Long, @Nullable RecordInstance> targets = new LinkedHashMap<>();
		for (RecordInstance member : this.members) {
			Link link = member.unfollowed(field.slot());
			if (link != null) {
				targets.put(link.id(), null);
			}
		}
		LoadGroup loaded = new LoadGroup();
		for (Map.Entry<Long, @Nullable RecordInstance> target : targets.entrySet()) {
			target.setValue(session.target(this.members.getFirst(), field.target(), target.getKey(), loaded));
		}
		for (RecordInstance member : this.members) {
			Link link = member.unfollowed(field.slot());
			if (link != null) {
				member.followed(field.slot(), targets.get(link.id()));
			}
		}
	}

}
