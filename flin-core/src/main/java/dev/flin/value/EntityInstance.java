package dev.flin.value;

import java.lang.invoke.MethodHandle;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A record of an entity in the memory of a program: the current one, or a past version of it. Generated classes extend
 * this with one typed field for each slot.
 */
public abstract class EntityInstance {

	/** Null until something is known: most records that a program makes and forgets are small. */
	private @Nullable Provenance provenance;

	/** Which record and version it is, and when it was that. */
	protected static class Provenance {

		private long id;

		private long version;

		private boolean past;

		private @Nullable Instant createdAt;

		private @Nullable Instant updatedAt;

		private @Nullable Instant deletedAt;

		private @Nullable Instant validFrom;

		private @Nullable Instant validTo;

		protected Provenance() {
		}

	}

	/** What {@link #known} makes when it is asked first. */
	protected Provenance newProvenance() {
		return new Provenance();
	}

	protected final Provenance known() {
		Provenance known = this.provenance;
		if (known == null) {
			known = newProvenance();
			this.provenance = known;
		}
		return known;
	}

	protected final @Nullable Provenance provenance() {
		return this.provenance;
	}

	public abstract EntityShape shape();

	/** Whether all instances of this class are of one entity, so that its slots are known by the class. */
	public boolean hasOwnClass() {
		return false;
	}

	/** The value of a slot; none when it has none. */
	public abstract @Nullable Object get(int slot);

	/** Stores a value without looking at {@link #isPast}. */
	public abstract void set(int slot, @Nullable Object value);

	/**
	 * How a slot is read fastest in all instances of this class: what takes the instance and gives the value of
	 * {@link #get}. Null when that is the fastest way.
	 */
	public @Nullable MethodHandle reader(int slot) {
		return null;
	}

	/** How a slot is assigned fastest: as {@link #reader}, for {@link #set}. */
	public @Nullable MethodHandle writer(int slot) {
		return null;
	}

	/** The id, or 0 before the first save. */
	public final long id() {
		return (this.provenance != null) ? this.provenance.id : 0;
	}

	public final void id(long id) {
		known().id = id;
	}

	/** The number of this version, from 1; 0 before the first save. */
	public final long version() {
		return (this.provenance != null) ? this.provenance.version : 0;
	}

	public final void version(long version) {
		known().version = version;
	}

	public final boolean isNew() {
		return id() == 0;
	}

	/** Whether this is a version read through time travel, which nobody may change. */
	public final boolean isPast() {
		return (this.provenance != null) ? this.provenance.past : false;
	}

	public void past(boolean past) {
		if (past || this.provenance != null) {
			known().past = past;
		}
	}

	public final @Nullable Instant createdAt() {
		return (this.provenance != null) ? this.provenance.createdAt : null;
	}

	public final void createdAt(@Nullable Instant time) {
		if (time != null || this.provenance != null) {
			known().createdAt = time;
		}
	}

	public final @Nullable Instant updatedAt() {
		return (this.provenance != null) ? this.provenance.updatedAt : null;
	}

	public final void updatedAt(@Nullable Instant time) {
		if (time != null || this.provenance != null) {
			known().updatedAt = time;
		}
	}

	public final @Nullable Instant deletedAt() {
		return (this.provenance != null) ? this.provenance.deletedAt : null;
	}

	public final void deletedAt(@Nullable Instant time) {
		if (time != null || this.provenance != null) {
			known().deletedAt = time;
		}
	}

	public final @Nullable Instant validFrom() {
		return (this.provenance != null) ? this.provenance.validFrom : null;
	}

	public final void validFrom(@Nullable Instant time) {
		if (time != null || this.provenance != null) {
			known().validFrom = time;
		}
	}

	public final @Nullable Instant validTo() {
		return (this.provenance != null) ? this.provenance.validTo : null;
	}

	public final void validTo(@Nullable Instant time) {
		if (time != null || this.provenance != null) {
			known().validTo = time;
		}
	}

	// As Java beans have them, for projections and expressions of Java.

	public final long getId() {
		return id();
	}

	public final long getVersion() {
		return version();
	}

	public final @Nullable Instant getCreatedAt() {
		return createdAt();
	}

	public final @Nullable Instant getUpdatedAt() {
		return updatedAt();
	}

	public final @Nullable Instant getDeletedAt() {
		return deletedAt();
	}

	public final @Nullable Instant getValidFrom() {
		return validFrom();
	}

	public final @Nullable Instant getValidTo() {
		return validTo();
	}

	/** Equal when of the same entity and id; an unsaved record equals only itself. */
	@Override
	public final boolean equals(@Nullable Object other) {
		return this == other || (id() != 0 && other instanceof EntityInstance entity && id() == entity.id()
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
