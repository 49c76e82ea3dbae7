/** JVMs started for one measurement, so that nothing that ran before has an influence on it. */
@NullMarked
package dev.flin.benchmarks.fork;

import org.jspecify.annotations.NullMarked;
