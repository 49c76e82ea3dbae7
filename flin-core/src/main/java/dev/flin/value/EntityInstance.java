package dev.flin.value;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A record of an entity in the memory of a program: the current one, or a past version of it. Generated classes extend
 * this with one typed field for each slot.
 */
public abstract class EntityInstance {

	private long id;

	private long version;

	private boolean past;

	private @Nullable Instant createdAt;

	private @Nullable Instant updatedAt;

	private @Nullable Instant deletedAt;

	private @Nullable Instant validFrom;

	private @Nullable Instant validTo;

	public abstract EntityShape shape();

	/** Whether all instances of this class are of one entity, so that its slots are known by the class. */
	public boolean hasOwnClass() {
		return false;
	}

	/** The value of a slot; none when it has none. */
	public abstract @Nullable Object get(int slot);

	/** Stores a value without looking at {@link #isPast}. */
	public abstract void set(int slot, @Nullable Object value);

	/** The id, or 0 before the first save. */
	public final long id() {
		return this.id;
	}

	public final void id(long id) {
		this.id = id;
	}

	/** The number of this version, from 1; 0 before the first save. */
	public final long version() {
		return this.version;
	}

	public final void version(long version) {
		this.version = version;
	}

	public final boolean isNew() {
		return this.id == 0;
	}

	/** Whether this is a version read through time travel, which nobody may change. */
	public final boolean isPast() {
		return this.past;
	}

	public void past(boolean past) {
		this.past = past;
	}

	public final @Nullable Instant createdAt() {
		return this.createdAt;
	}

	public final void createdAt(@Nullable Instant time) {
		this.createdAt = time;
	}

	public final @Nullable Instant updatedAt() {
		return this.updatedAt;
	}

	public final void updatedAt(@Nullable Instant time) {
		this.updatedAt = time;
	}

	public final @Nullable Instant deletedAt() {
		return this.deletedAt;
	}

	public final void deletedAt(@Nullable Instant time) {
		this.deletedAt = time;
	}

	public final @Nullable Instant validFrom() {
		return this.validFrom;
	}

	public final void validFrom(@Nullable Instant time) {
		this.validFrom = time;
	}

	public final @Nullable Instant validTo() {
		return this.validTo;
	}

	public final void validTo(@Nullable Instant time) {
		this.validTo = time;
	}

	/** Equal when of the same entity and id; an unsaved record equals only itself. */
	@Override
	public final boolean equals(@Nullable Object other) {
		return this == other || (this.id != 0 && other instanceof EntityInstance entity && this.id == entity.id
				&& shape().name().equals(entity.shape().name()));
	}

	/** Stays the same through the first save, so that a record may be a key before it. */
	@Override
	public final int hashCode() {
		return shape().name().hashCode();
	}

	@Override
	public final String toString() {
		return Printer.print(this);
	}

}
