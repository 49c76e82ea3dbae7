/**
 * The engine of the JUnit Platform that finds {@code *.test.flin} files and runs their tests.
 */
@NullMarked
package dev.flin.test.engine;

import org.jspecify.annotations.NullMarked;
