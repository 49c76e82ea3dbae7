package dev.flin.store.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How the candidates of a query are found. Key bounds are those of live records; what is behind the values in a key is
 * the record's id.
 */
public sealed interface Access {

	/** All records by id. */
	record Scan() implements Access {
	}

	/**
	 * Records by id.
	 *
	 * @param ids the ids
	 */
	record Ids(List<Long> ids) implements Access {

		/** Copies the list. */
		public Ids {
			ids = List.copyOf(ids);
		}

	}

	/**
	 * A stretch of an index.
	 *
	 * @param index the index
	 * @param low the first key, inclusive
	 * @param high the first key that is no longer wanted, null for the index's end
	 * @param reverse whether to read from large to small
	 * @param text what it looks for
	 */
	record Range(IndexInfo index, byte[] low, byte @Nullable [] high, boolean reverse, String text)
			implements Access {
	}

	/**
	 * For a query about a time: the records of some stretches of an index, and all that were stored again since then.
	 * The whole condition is still to be tested.
	 *
	 * @param since the stretches of the index as it is now
	 */
	record Past(List<Range> since) implements Access {

		/** Copies the list. */
		public Past {
			since = List.copyOf(since);
		}

	}

	/**
	 * Several stretches, each record once.
	 *
	 * @param parts the stretches
	 */
	record Union(List<Range> parts) implements Access {

		/** Copies the list. */
		public Union {
			parts = List.copyOf(parts);
		}

	}

	/**
	 * Records in all of several stretches.
	 *
	 * @param parts the stretches
	 */
	record Intersection(List<Range> parts) implements Access {

		/** Copies the list. */
		public Intersection {
			parts = List.copyOf(parts);
		}

	}

}
