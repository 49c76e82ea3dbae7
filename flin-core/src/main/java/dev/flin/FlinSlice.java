package dev.flin;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What a query finds behind a place in its order. Nothing is shown twice or left out when records come and go
 * meanwhile.
 *
 * @param <T> the type of the records
 * @param items the records
 * @param cursor the place to go on from, a text that may stand in an address; null when there was nothing at all
 * @param hasMore whether something follows
 */
public record FlinSlice<T>(List<T> items, @Nullable String cursor, boolean hasMore) {

	/** Copies the list. */
	public FlinSlice {
		items = List.copyOf(items);
	}

	/** The slice with other values for its records. */
	public <R> FlinSlice<R> map(Function<? super T, ? extends R> each) {
		return new FlinSlice<>(items().stream().<R>map(each).toList(), cursor(), hasMore());
	}

}
