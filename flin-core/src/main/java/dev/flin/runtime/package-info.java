/**
 * What generated code calls: the context of a run with its limits, operations on values, dynamic dispatch, run-time
 * type checks, and the catalog of built-in functions. Layers of time, randomness, output and services arrive through
 * the context.
 */
@NullMarked
package dev.flin.runtime;

import org.jspecify.annotations.NullMarked;
