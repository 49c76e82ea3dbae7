/**
 * Methods of beans as built-ins of FLIN.
 */
@NullMarked
package dev.flin.autoconfigure.function;

import org.jspecify.annotations.NullMarked;
