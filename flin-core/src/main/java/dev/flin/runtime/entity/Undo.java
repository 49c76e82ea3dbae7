package dev.flin.runtime.entity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.flin.store.AsOf;
import dev.flin.store.RecordVersion;

/**
 * How an instance was before a transaction touched it.
 */
final class Undo {

	private final RecordInstance instance;

	private final long id;

	private final long version;

	private final boolean past;

	private final @Nullable Instant createdAt;

	private final @Nullable Instant updatedAt;

	private final @Nullable Instant deletedAt;

	private final @Nullable Instant validFrom;

	private final @Nullable Instant validTo;

	private final @Nullable RecordVersion stored;

	private final @Nullable AsOf moment;

	private final @Nullable Object[] values;

	Undo(RecordInstance instance) {
		this.instance = instance;
		this.id = instance.id();
		this.version = instance.version();
		this.past = instance.isPast();
		this.createdAt = instance.createdAt();
		this.updatedAt = instance.updatedAt();
		this.deletedAt = instance.deletedAt();
		this.validFrom = instance.validFrom();
		this.validTo = instance.validTo();
		this.stored = instance.stored();
		this.moment = instance.moment();
		this.values = instance.copyOfSlots();
	}

	RecordInstance instance() {
		return this.instance;
	}

	/**
	 * Puts it back.
	 * @param withValues its field values too
	 */
	void apply(boolean withValues) {
		if (withValues) {
			this.instance.restoreSlots(this.values);
		}
		this.instance.id(this.id);
		this.instance.version(this.version);
		this.instance.past(this.past);
		this.instance.createdAt(this.createdAt);
		this.instance.updatedAt(this.updatedAt);
		this.instance.deletedAt(this.deletedAt);
		this.instance.validFrom(this.validFrom);
		this.instance.validTo(this.validTo);
		this.instance.restore(this.stored, this.moment);
	}

}
