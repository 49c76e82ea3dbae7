/**
 * From checked syntax to the typed core: one pass over each body, guided by the types and accesses that the checker has
 * decided. What the core cannot say yet becomes a diagnostic, never other code.
 */
@NullMarked
package dev.flin.lower;

import org.jspecify.annotations.NullMarked;
