/** Measurements beside hand-written equivalents, chosen by name. The root knows every suite; nothing knows the root. */
@NullMarked
package dev.flin.benchmarks;

import org.jspecify.annotations.NullMarked;
