/**
 * What the store remembers about schemas: entities and fields by lasting numbers, the layouts of all rows ever written,
 * and how old values are read in today's shape. Pure code.
 */
@NullMarked
package dev.flin.store.schema;

import org.jspecify.annotations.NullMarked;
