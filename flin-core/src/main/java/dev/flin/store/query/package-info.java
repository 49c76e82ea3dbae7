/**
 * Queries as pure code: what a condition matches, in which order records come, and which index answers a query.
 */
@NullMarked
package dev.flin.store.query;

import org.jspecify.annotations.NullMarked;
