package dev.flin.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One immutable version of a record, in today's shape. Values are decoded when they are asked for.
 */
public interface RecordVersion {

	/**
	 * The entity's name.
	 * @return the name
	 */
	String entity();

	/**
	 * The record's id.
	 * @return the id, from 1
	 */
	long id();

	/**
	 * The version's number.
	 * @return the number, from 1; for the rest of a split valid-time segment that of the save its values came from
	 */
	long number();

	/**
	 * When the record's first version was stored; known also when that version was pruned.
	 * @return the time
	 */
	Instant createdAt();

	/**
	 * When this version was stored (system time). Within the transaction that writes it: the transaction's
	 * provisional time.
	 * @return the time
	 */
	Instant systemFrom();

	/**
	 * When the next version was stored.
	 * @return the time, or null for the current version
	 */
	@Nullable
	Instant systemTo();

	/**
	 * From when the version is true in the world; the system time unless saved with a period.
	 * @return the time
	 */
	Instant validFrom();

	/**
	 * Until when the version is true in the world.
	 * @return the time, or null when open
	 */
	@Nullable
	Instant validTo();

	/**
	 * Whether a valid period was given when the version was saved.
	 * @return true for {@code save … valid from}
	 */
	boolean hasValidPeriod();

	/**
	 * Whether this version is a deletion; its values are those it deleted.
	 * @return true for a deletion
	 */
	boolean deleted();

	/**
	 * For a deletion by cascade: the record whose deletion caused it.
	 * @return the record, or null
	 */
	@Nullable
	RecordRef cause();

	/**
	 * Who saved it.
	 * @return the user's name, or null
	 */
	@Nullable
	String savedBy();

	/**
	 * The names of the fields that differ from the version before, as stored with this one.
	 * @return the names in field order, empty for the first version
	 */
	List<String> changed();

	/**
	 * A field's value.
	 * @param position the field's position in the entity's schema of today
	 * @return the value, null for {@code none}
	 */
	@Nullable
	Object value(int position);

	/**
	 * All values in the order of today's fields.
	 * @return a fresh array
	 */
	@Nullable
	Object[] values();

	/**
	 * All values where they are decoded together, because that costs no more than one of them.
	 * @return the array that all readers of the version share, so nobody may change it; null where each value is
	 * decoded when it is asked for
	 */
	@Nullable
	Object @Nullable [] sharedValues();

}
