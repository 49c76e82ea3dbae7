/**
 * Values, keys and rows as bytes. Same input, same bytes; formats are versioned and described in
 * {@code docs/internals/store-format.md}.
 */
@NullMarked
package dev.flin.store.codec;

import org.jspecify.annotations.NullMarked;
