/** How long the compiler takes, how that grows, and what stays behind after many reloads. */
@NullMarked
package dev.flin.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
