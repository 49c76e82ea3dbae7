/**
 * How long things take, for Micrometer.
 */
@NullMarked
package dev.flin.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
