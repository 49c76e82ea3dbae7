package dev.flin.store;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A consistent state of the store: a snapshot, or a write transaction's snapshot with its own writes on top. Reads
 * never block writers.
 */
public interface ReadView {

	/**
	 * The schema the view's rows have.
	 * @return the schema
	 */
	StoreSchema schema();

	/**
	 * The system time of the newest transaction the view sees.
	 * @return the time
	 */
	Instant latestSystemTime();

	/**
	 * The moment that counts as now on the axis of valid time.
	 * @return the moment, never before {@link #latestSystemTime()}
	 */
	Instant now();

	/**
	 * The record as it is now: not deleted and, for a record with valid periods, what is valid now.
	 * @param entity the entity
	 * @param id the id
	 * @return the version, or null
	 */
	@Nullable
	RecordVersion find(String entity, long id);

	/**
	 * The newest version of a record whatever it is: deleted, or not valid now.
	 * @param entity the entity
	 * @param id the id
	 * @return the version, or null when there is no such record
	 */
	@Nullable
	RecordVersion newest(String entity, long id);

	/**
	 * A version by its number.
	 * @param entity the entity
	 * @param id the id
	 * @param number the number
	 * @return the version, a deletion too, or null when there is none or it was pruned
	 */
	@Nullable
	RecordVersion version(String entity, long id, long number);

	/**
	 * A record at a point in time.
	 * @param entity the entity
	 * @param id the id
	 * @param point the point
	 * @return the version, or null when there was none, it was deleted, or was pruned since
	 */
	@Nullable
	RecordVersion findAsOf(String entity, long id, AsOf point);

	/**
	 * All versions of a record, oldest first, deletions and the newest included.
	 * @param entity the entity
	 * @param id the id
	 * @return the versions, streamed
	 */
	RecordCursor history(String entity, long id);

	/**
	 * What is true when, as known in this view.
	 * @param entity the entity
	 * @param id the id
	 * @return the segments by valid time; stretches in which the record is deleted or absent are left out
	 */
	List<TimelineSegment> timeline(String entity, long id);

	/**
	 * Runs a query.
	 * @param query the query
	 * @return its records
	 */
	RecordCursor query(Query query);

	/**
	 * Counts a query's records, from an index alone where that tells.
	 * @param query the query
	 * @return how many, its offset and limit applied
	 */
	long count(Query query);

	/**
	 * How a query is run.
	 * @param query the query
	 * @return the plan, one step a line
	 */
	String explain(Query query);

	/**
	 * The live records whose unique values equal those of a row.
	 * @param entity the entity
	 * @param id the row's own id, 0 for a new one
	 * @param values the row's values
	 * @param valid when they are true, null for from now on; what is over clashes with nothing
	 * @return the clashes, in the order of fields and indexes
	 */
	List<UniqueClash> clashes(String entity, long id, @Nullable Object[] values, @Nullable ValidPeriod valid);

	/**
	 * The records that are not deleted and refer to a record now or, where they have valid periods, at a
	 * later time: what
	 * {@code on_delete} and inverses count.
	 * @param entity the referring entity
	 * @param position its field, a reference or a list of references
	 * @param target the id referred to
	 * @return their ids in order
	 */
	List<Long> referrers(String entity, int position, long target);

	/**
	 * Why a record is held.
	 * @param entity the entity
	 * @param id the id
	 * @return the reason, or null when it is not held
	 */
	@Nullable
	String holdReason(String entity, long id);

}
