package dev.flin.runtime.entity;

/**
 * A reference that was not followed yet.
 *
 * @param id the record it leads to
 */
record Link(long id) {
}
