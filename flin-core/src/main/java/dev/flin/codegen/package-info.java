/**
 * From the typed core to JVM classes, with ASM: a class for each unit, one for each function value. Frames are computed
 * without loading any class; lines, source file and names of variables are written.
 */
@NullMarked
package dev.flin.codegen;

import org.jspecify.annotations.NullMarked;
