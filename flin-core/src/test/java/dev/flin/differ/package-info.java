/**
 * Programs that compile and end, made from seeds: what they print is compared with a naive evaluation of the same tree,
 * in several ways to write it.
 */
@NullMarked
package dev.flin.differ;

import org.jspecify.annotations.NullMarked;
