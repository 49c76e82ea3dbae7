package dev.flin.value;

import org.jspecify.annotations.Nullable;

/**
 * A value of the host that is read as a list, such as a query: list functions, indexes and annotated places take the
 * list that it is at that moment.
 */
public interface ListView {

	FlinList toList();

	/** What the elements are when all are records of one entity; else null. */
	default @Nullable EntityShape shape() {
		return null;
	}

}
