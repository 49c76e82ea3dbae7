/**
 * Source text and places in it: the vocabulary that every phase of the compiler and every error message shares.
 */
@NullMarked
package dev.flin.source;

import org.jspecify.annotations.NullMarked;
