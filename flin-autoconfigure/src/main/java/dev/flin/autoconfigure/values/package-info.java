/**
 * Values of Java as values of FLIN and back, for routes and functions of beans.
 */
@NullMarked
package dev.flin.autoconfigure.values;

import org.jspecify.annotations.NullMarked;
