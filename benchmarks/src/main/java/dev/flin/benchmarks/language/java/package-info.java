/** The programs as one would write them in Java. */
@NullMarked
package dev.flin.benchmarks.language.java;

import org.jspecify.annotations.NullMarked;
