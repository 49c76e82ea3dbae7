package dev.flin.store;

/**
 * One key of an order. {@code none} sorts first (last when descending); ties go by id, ascending.
 *
 * @param column the column
 * @param descending whether large values come first
 */
public record Order(Column column, boolean descending) {
}
