/**
 * From names to what they mean: scopes, symbols, definite assignment, labels, duplicate declarations, and the help that
 * names the nearest known spelling. Knows nothing about types; what only types can decide is left open for the checker.
 */
@NullMarked
package dev.flin.resolve;

import org.jspecify.annotations.NullMarked;
