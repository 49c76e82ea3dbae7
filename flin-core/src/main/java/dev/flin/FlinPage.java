package dev.flin;

import java.util.List;
import java.util.function.Function;

/**
 * A numbered page of what a query finds. Pages shift when records come and go; see {@link FlinSlice}.
 *
 * @param <T> the type of the records
 * @param items the records
 * @param total how many records there are on all pages
 * @param pages how many pages there are
 * @param page its number, from 1
 * @param size how many records fit on a page
 */
public record FlinPage<T>(List<T> items, long total, long pages, long page, long size) {

	/** Copies the list. */
	public FlinPage {
		items = List.copyOf(items);
	}

	/** The page with other values for its records. */
	public <R> FlinPage<R> map(Function<? super T, ? extends R> each) {
		return new FlinPage<>(items().stream().<R>map(each).toList(), total(), pages(), page(), size());
	}

}
