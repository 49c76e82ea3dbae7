package dev.flin.store.query;

import dev.flin.store.Condition;

/**
 * How a query is run.
 *
 * @param access how candidates are found
 * @param residual what candidates must still meet
 * @param ordered whether candidates come in the query's order
 */
public record Plan(Access access, Condition residual, boolean ordered) {
}
