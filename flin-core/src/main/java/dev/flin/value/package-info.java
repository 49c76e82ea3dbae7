/**
 * The values of FLIN programs: lists, maps, ranges, tuples, enum values, functions, money, files, markup, entities and
 * errors, and what holds for all of them (equality, order, truth, printed form). Depends on nothing else of FLIN and is
 * used by both the compile side and the run side.
 */
@NullMarked
package dev.flin.value;

import org.jspecify.annotations.NullMarked;
