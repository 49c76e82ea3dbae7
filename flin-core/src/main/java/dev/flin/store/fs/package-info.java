/**
 * The only place of the store that touches files: a small port with a real and an in-memory implementation. Names are
 * relative to the data directory and use {@code /}.
 */
@NullMarked
package dev.flin.store.fs;

import org.jspecify.annotations.NullMarked;
