/**
 * The compiler as a whole: from the files of an application to loaded classes and the definitions that the run side
 * works with.
 */
@NullMarked
package dev.flin.compiler;

import org.jspecify.annotations.NullMarked;
