/**
 * Limits of requests that several servers share: their buckets are rows of a table in the database of the application.
 */
@NullMarked
package dev.flin.autoconfigure.limits;

import org.jspecify.annotations.NullMarked;
