/**
 * The phases in order, from source files to a running program: parse, resolve, check, lower, generate, load. What they
 * make is immutable; a changed file makes a new program that shares every class which did not change.
 */
@NullMarked
package dev.flin.compiler;

import org.jspecify.annotations.NullMarked;
