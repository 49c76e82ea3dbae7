package dev.flin.store;

/**
 * What a condition or an order looks at.
 */
public sealed interface Column {

	/**
	 * A field by its position in the entity's schema.
	 *
	 * @param position the position
	 */
	record Field(int position) implements Column {
	}

	/** What every record has without declaring it. */
	enum Meta implements Column {

		/** The id, an int. */
		ID,
		/** When the first version was stored, a time. */
		CREATED_AT,
		/** When the current version was stored, a time. */
		UPDATED_AT,
		/** When the record was deleted, a time or {@code none}. */
		DELETED_AT,
		/** The version's number, an int. */
		VERSION_NUMBER

	}

}
