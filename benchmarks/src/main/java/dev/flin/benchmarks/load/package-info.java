/** A client that sends as much as it can and keeps out of the way. */
@NullMarked
package dev.flin.benchmarks.load;

import org.jspecify.annotations.NullMarked;
