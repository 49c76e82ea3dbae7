/**
 * The rules of time as pure functions over arrays: which version is true when, the timeline of a record, and what
 * retention and compaction forget. No clock, no store.
 */
@NullMarked
package dev.flin.store.temporal;

import org.jspecify.annotations.NullMarked;
