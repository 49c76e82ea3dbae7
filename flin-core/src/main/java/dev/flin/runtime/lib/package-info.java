/**
 * The built-in functions: annotated public static methods, grouped by what they work on.
 */
@NullMarked
package dev.flin.runtime.lib;

import org.jspecify.annotations.NullMarked;
