/**
 * The rules that decorators put on values, as pure code: entities check them before a save, routes check the data that
 * comes in. A rule knows nothing of stores, requests or clocks.
 */
@NullMarked
package dev.flin.runtime.rule;

import org.jspecify.annotations.NullMarked;
