/** What every measurement shares: its form, tables, and statistics of samples. */
@NullMarked
package dev.flin.benchmarks.report;

import org.jspecify.annotations.NullMarked;
