/**
 * What generated classes are linked with: boxes of captured variables, conversions, and the call sites of operations
 * that are chosen by their operands.
 */
@NullMarked
package dev.flin.runtime.link;

import org.jspecify.annotations.NullMarked;
