package dev.flin.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A query as a value; evaluated by a {@link ReadView}.
 *
 * @param entity the entity
 * @param where which records
 * @param order in which order; without one by id, which is the order of creation
 * @param offset how many to leave out at the start
 * @param limit how many at most, -1 for all
 * @param visibility live records, deleted ones, or both; with or without what is valid only later
 * @param asOf the point in time asked about, null for now
 * @param after start behind this key of the order, null for the start
 */
public record Query(String entity, Condition where, List<Order> order, long offset, long limit, Visibility visibility,
		@Nullable AsOf asOf, @Nullable SeekKey after) {

	/** Which records a query sees. */
	public enum Visibility {

		/** Those that are not deleted. */
		LIVE,
		/** Those that are not deleted, and what is valid only later as it is then. */
		STANDING,
		/** Only deleted ones. */
		DELETED,
		/** Both. */
		ALL

	}

	/**
	 * The place of a record in an order.
	 *
	 * @param values its values of the order's columns
	 * @param id its id
	 */
	public record SeekKey(List<@Nullable Object> values, long id) {

		/** Copies the list. */
		public SeekKey {
			values = Collections.unmodifiableList(new ArrayList<>(values));
		}

	}

	/** Copies the list. */
	public Query {
		order = List.copyOf(order);
	}

	/**
	 * All live records of an entity.
	 * @param entity the entity
	 * @return the query
	 */
	public static Query of(String entity) {
		return new Query(entity, Condition.ALL, List.of(), 0, -1, Visibility.LIVE, null, null);
	}

	/**
	 * The query narrowed by a condition.
	 * @param condition the condition
	 * @return the query
	 */
	public Query where(Condition condition) {
		return new Query(this.entity, this.where.and(condition), this.order, this.offset, this.limit, this.visibility,
				this.asOf, this.after);
	}

	/**
	 * The query with one more key of its order.
	 * @param key the key, after those it has
	 * @return the query
	 */
	public Query order(Order key) {
		List<Order> keys = new ArrayList<>(this.order);
		keys.add(key);
		return new Query(this.entity, this.where, keys, this.offset, this.limit, this.visibility, this.asOf,
				this.after);
	}

	/**
	 * The query with another limit.
	 * @param count how many at most, -1 for all
	 * @return the query
	 */
	public Query limit(long count) {
		return new Query(this.entity, this.where, this.order, this.offset, count, this.visibility, this.asOf,
				this.after);
	}

	/**
	 * The query with another offset.
	 * @param count how many to leave out
	 * @return the query
	 */
	public Query offset(long count) {
		return new Query(this.entity, this.where, this.order, count, this.limit, this.visibility, this.asOf,
				this.after);
	}

	/**
	 * The query over other records.
	 * @param wanted which
	 * @return the query
	 */
	public Query visibility(Visibility wanted) {
		return new Query(this.entity, this.where, this.order, this.offset, this.limit, wanted, this.asOf, this.after);
	}

	/**
	 * The query asked of another time.
	 * @param point the point
	 * @return the query
	 */
	public Query asOf(AsOf point) {
		return new Query(this.entity, this.where, this.order, this.offset, this.limit, this.visibility, point,
				this.after);
	}

	/**
	 * The query behind a place in its order.
	 * @param place the place
	 * @return the query
	 */
	public Query after(SeekKey place) {
		return new Query(this.entity, this.where, this.order, this.offset, this.limit, this.visibility, this.asOf,
				place);
	}

}
