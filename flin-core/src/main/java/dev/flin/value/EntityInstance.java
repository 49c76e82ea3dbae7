package dev.flin.value;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A record of an entity in the memory of a program: the current one, or a past version of it. Generated classes extend
 * this with one typed field for each slot.
 */
public abstract class EntityInstance {

	private static final VarHandle WATCHED;

	static {
		try {
			WATCHED = MethodHandles.lookup().findVarHandle(Beside.class, "watched", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new FlinBugException("what is watched cannot be counted", ex);
		}
	}

	/** What may be shared by many instances until something is known of this one: most are made and forgotten. */
	private Beside beside;

	/** What an instance has besides its fields. */
	public abstract static class Beside {

		/** How many reasons there are to look at an instance before a field of it is read or assigned. */
		private int watched;

		/** @param watched whether it is so for a reason that stays */
		protected Beside(boolean watched) {
			this.watched = watched ? 1 : 0;
		}

		/** Whether there are reasons to look at instances first. */
		protected final boolean isWatched() {
			return this.watched != 0;
		}

		/** One more reason to look at instances, 1, or one less, -1. A thread surely sees what it did itself. */
		protected final void watch(int change) {
			WATCHED.getAndAdd(this, change);
		}

	}

	private static final class Nothing extends Beside {

		private static final Nothing BESIDE = new Nothing();

		private Nothing() {
			super(false);
		}

	}

	/** Which record and version it is, and when it was that. */
	protected static class Provenance extends Beside {

		private long id;

		private long version;

		private boolean past;

		private @Nullable Instant createdAt;

		private @Nullable Instant updatedAt;

		private @Nullable Instant deletedAt;

		private @Nullable Instant validFrom;

		private @Nullable Instant validTo;

		protected Provenance() {
			super(true);
		}

	}

	protected EntityInstance() {
		this(nothing());
	}

	/** @param beside what it has until something is known of it */
	protected EntityInstance(Beside beside) {
		this.beside = beside;
	}

	/** What an instance has of which nothing can be known but what its class holds. */
	protected static Beside nothing() {
		return Nothing.BESIDE;
	}

	/** What {@link #known} makes when it is asked first. */
	protected Provenance newProvenance() {
		return new Provenance();
	}

	protected final Provenance known() {
		if (this.beside instanceof Provenance known) {
			return known;
		}
		Provenance known = newProvenance();
		this.beside = known;
		return known;
	}

	protected final Beside beside() {
		return this.beside;
	}

	/** Whether all fields hold plain values and may just be read and assigned. */
	protected final boolean isPlain() {
		return this.beside.watched == 0;
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
	 * How a slot is read fastest in all instances of this class: what takes the context and the instance, both as call
	 * sites have them, and gives the value of {@link #get}. Null when that is the fastest way.
	 */
	public @Nullable MethodHandle reader(int slot) {
		return null;
	}

	/** What takes the context and any value, and says whether that is an instance of this class. */
	public @Nullable MethodHandle tester() {
		return null;
	}

	/** How a slot is assigned fastest: as {@link #reader}, for {@link #set}, giving none. */
	public @Nullable MethodHandle writer(int slot) {
		return null;
	}

	/** Says which version of which record this is, and when it was that. */
	protected static void describe(Provenance known, long id, long version, Instant createdAt, Instant from,
			@Nullable Instant to, boolean deleted) {
		known.id = id;
		known.version = version;
		known.createdAt = createdAt;
		known.updatedAt = from;
		known.deletedAt = deleted ? from : null;
		known.validFrom = from;
		known.validTo = to;
	}

	/** The id, or 0 before the first save. */
	public final long id() {
		return (this.beside instanceof Provenance known) ? known.id : 0;
	}

	public final void id(long id) {
		known().id = id;
	}

	/** The number of this version, from 1; 0 before the first save. */
	public final long version() {
		return (this.beside instanceof Provenance known) ? known.version : 0;
	}

	public final void version(long version) {
		known().version = version;
	}

	public final boolean isNew() {
		return id() == 0;
	}

	/** Whether this is a version read through time travel, which nobody may change. */
	public final boolean isPast() {
		return (this.beside instanceof Provenance known) ? known.past : false;
	}

	public void past(boolean past) {
		if (past || this.beside instanceof Provenance) {
			known().past = past;
		}
	}

	public final @Nullable Instant createdAt() {
		return (this.beside instanceof Provenance known) ? known.createdAt : null;
	}

	public final void createdAt(@Nullable Instant time) {
		if (time != null || this.beside instanceof Provenance) {
			known().createdAt = time;
		}
	}

	public final @Nullable Instant updatedAt() {
		return (this.beside instanceof Provenance known) ? known.updatedAt : null;
	}

	public final void updatedAt(@Nullable Instant time) {
		if (time != null || this.beside instanceof Provenance) {
			known().updatedAt = time;
		}
	}

	public final @Nullable Instant deletedAt() {
		return (this.beside instanceof Provenance known) ? known.deletedAt : null;
	}

	public final void deletedAt(@Nullable Instant time) {
		if (time != null || this.beside instanceof Provenance) {
			known().deletedAt = time;
		}
	}

	public final @Nullable Instant validFrom() {
		return (this.beside instanceof Provenance known) ? known.validFrom : null;
	}

	public final void validFrom(@Nullable Instant time) {
		if (time != null || this.beside instanceof Provenance) {
			known().validFrom = time;
		}
	}

	public final @Nullable Instant validTo() {
		return (this.beside instanceof Provenance known) ? known.validTo : null;
	}

	public final void validTo(@Nullable Instant time) {
		if (time != null || this.beside instanceof Provenance) {
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
