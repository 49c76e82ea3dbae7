/** Stub. */
@NullMarked
package dev.flin.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
