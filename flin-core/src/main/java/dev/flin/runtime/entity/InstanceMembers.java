package dev.flin.runtime.entity;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Members;
import dev.flin.store.RecordVersion;
import dev.flin.value.FlinError;
import dev.flin.value.FlinFunction;
import dev.flin.value.FlinList;

/**
 * What every record has without declaring it.
 */
final class InstanceMembers {

	private static final Set<String> NAMES = Set.of("id", "version", "version_number", "created_at", "updated_at",
			"deleted_at", "valid_from", "valid_to", "known_from", "known_to", "is_new", "is_deleted", "is_past_version",
			"changed", "saved_by", "history", "timeline");

	private static final Set<String> TREE_NAMES = Set.of("ancestors", "descendants", "siblings", "path_to");

	private InstanceMembers() {
	}

	static boolean has(String name) {
		return NAMES.contains(name) || TREE_NAMES.contains(name);
	}

	/** A field or any other member by name. */
	static @Nullable Object read(RecordInstance instance, String name) {
		int slot = instance.shape().slotOf(name);
		if (slot >= 0) {
			return instance.get(slot);
		}
		if (!instance.hasMember(name)) {
			throw new FlinError(instance.shape().name() + " has no field '" + name + "'");
		}
		return instance.member(name);
	}

	static @Nullable Object get(RecordInstance instance, String name) {
		return switch (name) {
			case "known_from" -> knownFrom(instance);
			case "known_to" -> knownTo(instance);
			case "is_deleted" -> isDeleted(instance);
			case "changed" -> changed(instance);
			case "saved_by" -> savedBy(instance);
			case "history" -> TimeTravel.history(instance);
			case "timeline" -> TimeTravel.timeline(instance);
			case "ancestors", "descendants", "siblings" -> Trees.named(instance, name);
			case "path_to" -> new PathTo(instance);
			default -> Members.metadata(instance, name);
		};
	}

	private static @Nullable Instant knownFrom(RecordInstance instance) {
		RecordVersion version = instance.stored();
		return (instance.segment() != null && version != null) ? version.systemFrom() : instance.validFrom();
	}

	private static @Nullable Instant knownTo(RecordInstance instance) {
		RecordVersion version = instance.stored();
		return (instance.segment() != null && version != null) ? version.systemTo() : instance.validTo();
	}

	private static boolean isDeleted(RecordInstance instance) {
		return instance.deletedAt() != null;
	}

	private static FlinList changed(RecordInstance instance) {
		RecordVersion version = instance.stored();
		return (version != null) ? FlinList.copyOf(version.changed()) : new FlinList();
	}

	private static @Nullable String savedBy(RecordInstance instance) {
		RecordVersion version = instance.stored();
		return (version != null) ? version.savedBy() : null;
	}

	/** {@code record.path_to} as a function. */
	private static final class PathTo extends FlinFunction {

		private final RecordInstance from;

		private PathTo(RecordInstance from) {
			super(1);
			this.from = from;
		}

		@Override
		public String name() {
			return "path_to";
		}

		@Override
		public @Nullable Object call1(@Nullable Object other) {
			return Trees.path(this.from, this.from.session().require(other, "find a path to"));
		}

	}

}
