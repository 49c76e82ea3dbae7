package dev.flin.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Snapshot isolation: reads see the state at the start plus the transaction's own writes; {@link #commit()} fails with
 * {@link StoreException.Conflict} when another transaction has meanwhile written the same record, taken a unique value,
 * deleted a record that this one refers to, or referred to a record that this one deletes. Used by one thread at a
 * time. Closing without a commit takes everything back.
 * <p>
 * The store checks uniqueness, ids and holds; validation, hooks and {@code on_delete} rules are its caller's.
 */
public interface WriteTransaction extends ReadView, AutoCloseable {

	/**
	 * The system time its versions show until the commit gives them their own, which is not earlier.
	 * @return the time
	 */
	Instant provisionalTime();

	/**
	 * Stores a new record with the next id.
	 * @param entity the entity
	 * @param values the values in field order; not used by the caller afterwards
	 * @param valid when it is true, null for from now on
	 * @return version 1
	 * @throws StoreException.UniqueViolation when unique values are taken
	 */
	RecordVersion insert(String entity, @Nullable Object[] values, @Nullable ValidPeriod valid);

	/**
	 * Stores the next version of a record; one that was deleted is live again.
	 * @param entity the entity
	 * @param id the id
	 * @param values the values in field order; not used by the caller afterwards
	 * @param valid when it is true, null for from now on
	 * @return the version
	 * @throws StoreException.UniqueViolation when unique values are taken
	 */
	RecordVersion update(String entity, long id, @Nullable Object[] values, @Nullable ValidPeriod valid);

	/**
	 * Changes a version that is stored already, as only a migration does: number, times and who saved it stay.
	 * @param entity the entity
	 * @param id the id
	 * @param number the version's number
	 * @param values the values in field order; not used by the caller afterwards
	 * @return the version
	 */
	RecordVersion amend(String entity, long id, long number, @Nullable Object[] values);

	/**
	 * All records of an entity, whether deleted, valid now or not, without what this transaction has inserted.
	 * @param entity the entity
	 * @return their ids in order
	 */
	List<Long> ids(String entity);

	/**
	 * Stores a deletion as the next version. Nothing happens to a record that is deleted already.
	 * @param entity the entity
	 * @param id the id
	 * @param cause the record whose deletion cascades to this one, null for a deletion of its own
	 * @return the deletion
	 */
	RecordVersion delete(String entity, long id, @Nullable RecordRef cause);

	/**
	 * Stores the deletion of a deleted record once more, with other values; its cause stays.
	 * @param entity the entity
	 * @param id the id
	 * @param values the values in field order; not used by the caller afterwards
	 * @return the deletion
	 */
	RecordVersion amendDeletion(String entity, long id, @Nullable Object[] values);

	/**
	 * Stores a live version with the values a deletion has. Nothing happens to a live record.
	 * @param entity the entity
	 * @param id the id
	 * @return the live version
	 * @throws StoreException.UniqueViolation when unique values were taken meanwhile
	 */
	RecordVersion restore(String entity, long id);

	/**
	 * Erases a record with its history.
	 * @param entity the entity
	 * @param id the id
	 * @throws StoreException.Held when it is held
	 */
	void destroy(String entity, long id);

	/**
	 * Holds a record: retention leaves it alone and it cannot be destroyed. Makes no version.
	 * @param entity the entity
	 * @param id the id
	 * @param reason why
	 */
	void hold(String entity, long id, String reason);

	/**
	 * Ends a hold.
	 * @param entity the entity
	 * @param id the id
	 */
	void release(String entity, long id);

	/**
	 * Lets records take unique values that others of the same operation give up only later: what is written meanwhile
	 * is judged at the end.
	 * @param operation what writes
	 * @throws StoreException.UniqueViolation when at the end two records have a unique value
	 */
	void exchanging(Runnable operation);

	/**
	 * Makes the commit fail with a conflict when another transaction writes this record before it.
	 * @param entity the entity
	 * @param id the id
	 */
	void guard(String entity, long id);

	/**
	 * Marks a place to go back to.
	 * @return the place
	 */
	Savepoint savepoint();

	/**
	 * Takes back everything since a place; the place stays usable.
	 * @param place the place
	 */
	void rollbackTo(Savepoint place);

	/**
	 * Makes the transaction's writes permanent and visible, together. With durability {@code SYNC} they are forced to
	 * disk when it returns.
	 * @return when and as what it was committed
	 * @throws StoreException.Conflict when another transaction came first; nothing was stored
	 * @throws StoreException.ReadOnly when the store cannot write; see there for what is certain
	 */
	CommitResult commit();

	/** Takes everything back, if it was not committed. */
	@Override
	void close();

	/**
	 * A place within a transaction.
	 *
	 * @param depth how many writes came before it
	 */
	record Savepoint(int depth) {
	}

	/**
	 * A commit.
	 *
	 * @param sequence its number, without gaps; 0 when there was nothing to write
	 * @param systemTime its system time, that of all its versions
	 */
	record CommitResult(long sequence, Instant systemTime) {
	}

}
