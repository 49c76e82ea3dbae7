package dev.flin.types;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How work on items is done that have nothing to do with each other. */
public interface Parallel {

	/** One item after the other. */
	Parallel NONE = new Parallel() {

		@Override
		public <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> work) {
			List<R> results = new ArrayList<>(items.size());
			for (T item : items) {
				results.add(work.apply(item));
			}
			return results;
		}

	};

	/**
	 * Applies a function to all items, perhaps on several threads.
	 * @return the results in the order of the items
	 */
	<T, R> List<R> map(List<T> items, Function<? super T, ? extends R> work);

}
