/**
 * Static types: their forms, inference by Hindley–Milner made gradual by {@code any}, the rules of operators, members
 * and calls, exhaustiveness of patterns, and the tables that lowering reads. Built-ins arrive as signatures.
 */
@NullMarked
package dev.flin.types;

import org.jspecify.annotations.NullMarked;
