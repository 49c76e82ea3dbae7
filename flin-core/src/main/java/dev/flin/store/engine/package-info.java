/**
 * The store itself: transactions over the log and the maps, recovery, checkpoints, migrations,
 * retention. Opened through
 * {@link dev.flin.store.engine.Stores}.
 */
@NullMarked
package dev.flin.store.engine;

import org.jspecify.annotations.NullMarked;
