/** Stub. */
@NullMarked
package dev.flin.benchmarks.language;

import org.jspecify.annotations.NullMarked;
