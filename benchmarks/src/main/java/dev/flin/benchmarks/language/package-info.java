/**
 * The same programs in FLIN and in other languages of the JVM. A program is a file with a function {@code bench(n)};
 * each is measured in JVMs of its own, after its result was compared with that of the Java version.
 */
@NullMarked
package dev.flin.benchmarks.language;

import org.jspecify.annotations.NullMarked;
