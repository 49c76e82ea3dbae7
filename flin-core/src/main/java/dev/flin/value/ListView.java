package dev.flin.value;

/**
 * A value of the host that is read as a list, such as a query: list functions, indexes and annotated places take the
 * list that it is at that moment.
 */
public interface ListView {

	FlinList toList();

}
